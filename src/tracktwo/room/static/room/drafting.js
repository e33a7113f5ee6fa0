// The drafting page: a bracket opens where it stands, and what was refused is said there; each works without it.
"use strict";

// A click on the words of a bracket is one on its mark, unless words are being marked.
document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("a, button, input, textarea, select, label, summary") || !getSelection().isCollapsed) return;
  const mark = target.closest(".provision > .two > .w .b")?.querySelector(":scope > a");
  if (mark) mark.click();
});

// What was refused, or is not complete, comes with what was typed and takes the article's place.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if ([409, 422].includes(detail.xhr.status) && detail.target.matches(".provision")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

// A bracket that was closed leaves the reader at its provision.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { elt, requestConfig } = detail;
  if (!requestConfig?.path.includes("closed=1")) return;
  document.getElementById(elt.id)?.querySelector("a")?.focus({ preventScroll: true });
});

// The rail, where it is laid over the page, goes away once a provision was chosen.
document.addEventListener("click", ({ target }) => {
  const rail = target.closest("#rail[popover]");
  if (rail?.matches(":popover-open") && target.closest("a")) rail.hidePopover();
});
