// A lead beside the list. Its own page is fetched, through its own door, and shown in the pane; without this file, and
// where there is no room, the row opens that page. Only Enter or a click opens: a lead that J and K pass by is not read.
"use strict";
{
const frame = find("[data-beside]");
const list = find("[data-list]", frame);
const pane = find("[data-pane]", frame);
const body = find("[data-pane-body]", pane);
const whole = find("[data-whole]", pane);
const told = find("#told");
const roomy = matchMedia("(min-width: 1101px)");
let current = null;
let asking;

const tell = (what, number = "") => { told.textContent = `${pane.dataset[what]} ${number}`; };
const mark = (link) => {
  current?.closest("tr").removeAttribute("aria-current");
  link?.closest("tr").setAttribute("aria-current", "true");
  current = link;
};

// Words that were begun in the pane are neither covered nor put away.

const unfinished = () => {
  const field = begun(body);
  if (field) { field.focus(); tell("begun"); }
  return Boolean(field);
};

const renamed = (element, name) => {
  const other = document.createElement(name);
  other.className = element.className;
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
};

const fill = (answer) => {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const parts = [".page-head", ".middle", "main aside"].map((part) => find(part, page)).filter(Boolean);
  parts.forEach((part) => all("h1", part).forEach((title) => renamed(title, "h2")));
  body.replaceChildren(...parts.map((part) => (part.matches("aside") ? renamed(part, "div") : part)));
  window.htmx?.process(body);
};

const open = async (link) => {
  if (unfinished()) return;
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(link.href, { signal: asking.signal })
    .then((reply) => (reply.ok && !reply.redirected ? reply.text() : ""), (fault) => (fault.name === "AbortError" ? null : ""));
  if (answer === null) return;
  if (unfinished()) return;
  if (!answer) return location.assign(link.href);
  fill(answer);
  if (pane.hidden) find("table", list).style.minWidth = `${find("table", list).offsetWidth}px`;
  pane.hidden = false;
  pane.scrollTop = 0;
  frame.classList.add("open");
  whole.href = link.href;
  mark(link);
  measure();
  tell("opened", link.textContent);
};

const close = () => {
  if (unfinished()) return;
  asking?.abort();
  const link = current;
  const inside = pane.contains(document.activeElement) || document.activeElement === document.body;
  pane.hidden = true;
  frame.classList.remove("open");
  find("table", list).style.minWidth = "";
  body.replaceChildren();
  mark(null);
  measure();
  if (inside) link?.focus();
};

on("click", "[data-list] .row-link", (e, link) => {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.shiftKey || !roomy.matches || link === current) return;
  e.preventDefault();
  open(link);
});
on("click", "[data-close]", close);
roomy.addEventListener("change", () => { if (!roomy.matches && !pane.hidden) close(); });

// Up and down walk the rows, right and left go into the pane and back, Escape closes it.

const onARow = () => list.contains(document.activeElement) && document.activeElement.closest("tbody tr");
const moves = {
  ArrowDown: () => onARow() && !walk(1),
  ArrowUp: () => onARow() && !walk(-1),
  ArrowRight: () => onARow() && !pane.hidden && !pane.focus(),
  ArrowLeft: () => pane.contains(document.activeElement) && !document.activeElement.matches("[type=radio]") && !current.focus(),
  Escape: () => !pane.hidden && !close(),
};
document.addEventListener("keydown", (e) => {
  const move = moves[e.key];
  if (!move || composing(e) || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
  if (find("dialog[open]") || find(menus) || (e.key !== "Escape" && typing(e.target))) return;
  if (move()) e.preventDefault();
}, true);
}
