// Keys for the card: 1 agree, 2 disagree, 3 pass, u undo; never while something is being written or held with Ctrl.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input:not([type=hidden]), textarea, select, [contenteditable]")) return;
  const button = document.querySelector(`#card [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  button.focus({ preventScroll: true });
  button.click();
});
// One vote at a time: what is pressed while a vote is on its way is not another vote.
let pressed = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.elt.closest("#card")) return;
  pressed = document.activeElement?.dataset?.key ?? null;
  document.querySelectorAll("#card button").forEach((each) => { each.disabled = true; });
});
// Who goes by keyboard stays on the same button of the next card.
document.addEventListener("htmx:afterSettle", () => {
  const button = pressed && (document.querySelector(`#card [data-key="${pressed}"]`) ?? document.querySelector("#card button, #card a"));
  button?.focus({ preventScroll: true });
});
// What was refused is explained by the page itself.
for (const wrong of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(wrong, () => window.location.reload());
}
