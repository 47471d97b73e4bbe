"use strict";
let sent = false;
const typing = (element) => element.matches("input:not([type=hidden]), select, textarea");

document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault(); // a key held down decides once
  sent = true;
});
window.addEventListener("pageshow", () => { sent = false; });

document.addEventListener("keydown", (event) => {
  const field = document.activeElement;
  if (event.key === "Escape") {
    document.querySelectorAll("details[open]").forEach((d) => { d.open = false; });
    field.blur();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (typing(field)) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (field.form.id === "decide") field.blur(); // why was written; now accept or reject
    else field.form.requestSubmit();
    return;
  }
  const key = event.key.toLowerCase();
  const pressed = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const focused = document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  const opened = document.querySelector(`[data-open="${CSS.escape(key)}"]`);
  if (pressed) pressed.click();
  else if (focused) focused.focus();
  else if (opened) {
    opened.open = true;
    (opened.querySelector("select") || opened.querySelector("summary")).focus();
    opened.scrollIntoView({ block: "nearest" });
  } else return;
  event.preventDefault();
});
