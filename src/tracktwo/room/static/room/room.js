// What the pages do beyond HTML; each works without it.
"use strict";

// A field with a limit says how much of it is used; told to screen readers when the writer pauses.
const figure = new Intl.NumberFormat("en", { useGrouping: document.documentElement.lang === "en" });
const pauses = new WeakMap();

function counted(field) {
  const limit = field.closest(".field")?.querySelector(".limit");
  if (!limit?.dataset.count || field.counter) return;
  const counter = document.createElement("p");
  counter.className = "count-left";
  counter.setAttribute("aria-live", "polite");
  field.after(counter);
  field.counter = counter;
}

function count(field) {
  if (!field.counter) return;
  const said = field.closest(".field").querySelector(".limit").dataset.count;
  field.counter.textContent = said.replace("#", figure.format([...field.value].length));
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches("textarea[maxlength]")) counted(target);
});
document.addEventListener("input", ({ target }) => {
  if (!target.counter) return;
  clearTimeout(pauses.get(target));
  pauses.set(target, setTimeout(count, 500, target));
});

// Pages that poll never take the place where somebody reads or writes; all leave the screen when the session ended.
const polled = ({ requestConfig }) => requestConfig.verb === "get" && !requestConfig.triggeringEvent;

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "get" && !detail.triggeringEvent) detail.headers["Room-Poll"] = "1"; // keeps no session awake
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && polled(event.detail)) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 404 || new URL(detail.xhr.responseURL).pathname === "/sign-in") {
    detail.shouldSwap = false;
    location.reload();
  } else if (polled(detail) && detail.target.contains(document.activeElement)) {
    detail.shouldSwap = false;
  }
});

// A form that is pressed twice is sent once.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
  setTimeout(() => sent.delete(event.target), 3000);
});
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));
