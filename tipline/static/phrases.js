// Approved wording goes in where the cursor stands: from the list, or after ; and initials with Enter. Never by itself.
"use strict";
{
const lines = () => all("[data-phrases] [data-words]");
const CALLED = /[;；]([a-z\u4e00-\u9fff]{1,12})$/i;
let last = null;

const called = (field) => field.value.slice(0, field.selectionStart).match(CALLED);
const fitting = (typed) => lines().filter((line) => line.dataset.ways.split(" ").some((way) => way.startsWith(typed.toLowerCase())));

// What fits stands first and marked, so that Enter holds no surprise.
const mark = (field) => {
  const typed = called(field)?.[1];
  const fits = typed ? fitting(typed) : [];
  lines().forEach((line) => { line.hidden = fits.length > 0 && !fits.includes(line); line.toggleAttribute("data-next", line === fits[0]); });
};

const insert = (field, words, from) => {
  field.setRangeText(words, from, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

on("focusin", "textarea", (_, field) => { last = field; });
on("input", "textarea", (e, field) => { if (!e.isComposing) mark(field); });
on("compositionend", "textarea", (_, field) => mark(field));
on("keydown", "textarea", (e, field) => {
  const typed = called(field);
  if (composing(e) || e.key !== "Enter" || e.ctrlKey || e.metaKey || !typed) return;
  const [line] = fitting(typed[1]);
  if (!line) return;
  e.preventDefault();
  insert(field, line.dataset.words, field.selectionStart - typed[0].length);
}, true);
on("click", "[data-insert]", (_, button) => {
  const field = last?.isConnected ? last : find("#narrative");
  insert(field, button.closest("[data-words]").dataset.words, field.selectionStart);
});
}
