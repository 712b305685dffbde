// Everything works without this file; it makes the same things faster.
// An element says its own key with data-key="n"; nothing else needs to be registered.
"use strict";

const root = document.documentElement;
const find = (what, where = document) => where.querySelector(what);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const seen = (element) => element.getClientRects().length > 0;
const on = (event, what, answer, early = false) =>
  document.addEventListener(event, (e) => {
    const element = e.target.closest?.(what);
    if (element) answer(e, element);
  }, early);

// Choices of this browser: how bright, and whether single letters are keys.

const choice = (name) => { try { return localStorage.getItem(name) || ""; } catch { return ""; } };
const choose = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept, still in force */ } };
const paint = (theme) => { if (theme) root.dataset.theme = theme; else delete root.dataset.theme; };
let letters = choice("letters") !== "off";

root.dataset.script = "";
paint(choice("theme"));

on("change", "[name=theme]", (_, box) => { choose("theme", box.value); paint(box.value); });
on("change", "[name=letters]", (_, box) => { letters = box.checked; choose("letters", letters ? "on" : "off"); });

// Keys. Silent while an input method composes and while a field has the focus.

const composing = (e) => e.isComposing || e.keyCode === 229;
const typing = (target) =>
  target.closest("textarea, select, [contenteditable], dialog, input:not([type=checkbox]):not([type=radio])");

const press = (element) => {
  if (!element.matches("input, textarea, select")) return element.click();
  element.focus();
  element.select?.();
};

const keyed = (key) => all("[data-key]").find((element) => element.dataset.key === key && seen(element));

const walk = (step) => {
  const pane = document.activeElement.closest("[data-pane]");
  const links = all(".row-link").filter((link) => seen(link) && link.closest("[data-pane]") === pane);
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
};

const tick = () => {
  const row = document.activeElement.closest("tr");
  if (row) find("[name=picked]", row)?.click();
};

// All rows of the page are ticked for one form; pressed again, none.
on("click", "[data-tick-all]", (_, button) => {
  const boxes = all("[name=picked]").filter((box) => box.form?.id === button.dataset.tickAll);
  const wanted = boxes.some((box) => !box.checked);
  boxes.forEach((box) => { box.checked = wanted; });
});

// After G, the first free letter of a room's endpoint goes there: D desk, L leads, R referrals.
const rooms = () => {
  const doors = new Map();
  for (const link of all(".rail [data-room]")) {
    const letter = [...link.dataset.room].find((sign) => /[a-z]/.test(sign) && !doors.has(sign));
    if (letter) doors.set(letter, link);
  }
  return doors;
};

let goingSince = 0;
const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  x: () => tick(),
  g: () => { goingSince = Date.now(); },
  "?": () => showKeys(),
  ".": () => find("[data-copy]")?.click(),
};

document.addEventListener("keydown", (e) => {
  if (composing(e)) return;
  if (e.key === "Escape") return closeMenus(e);
  if ((e.ctrlKey || e.metaKey) && e.key === "Enter") {
    const form = e.target.closest("form[data-main]") || find("form[data-main]");
    if (form && !find("dialog[open]")) form.requestSubmit();
    return;
  }
  if (e.ctrlKey && e.key === "k") { const box = keyed("/"); if (box) { e.preventDefault(); press(box); } return; }
  if (e.ctrlKey || e.metaKey || e.altKey || !letters || typing(e.target)) return;

  const key = e.key.toLowerCase();
  const room = Date.now() - goingSince < 1500 && rooms().get(key);
  const target = room || keyed(key);
  goingSince = 0;
  if (room || (target && !keys[key])) { e.preventDefault(); press(target); }
  else if (keys[key]) { e.preventDefault(); keys[key](); }
});

const showKeys = () => {
  const line = (key, words) => {
    const row = document.createElement("div");
    row.append(document.createElement("dt"), document.createElement("dd"));
    row.firstChild.append(Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() }));
    row.lastChild.textContent = words;
    return row;
  };
  const words = (element) =>
    (element.labels?.[0] || find("span:not(.count)", element) || element).textContent.trim();
  find("[data-page-keys]").replaceChildren(
    ...all("[data-key]").filter(seen).map((element) => line(element.dataset.key, words(element))));
  find("[data-room-keys]").replaceChildren(
    ...[...rooms()].map(([letter, link]) => line(letter, words(link))));
  find("#keys").showModal();
};

on("click", "[data-show-keys]", showKeys);

// Menus close when the eye moves on.

const menus = ".looks details[open], details.due[open], details.account[open], details.phone-menu[open]";
const closeMenus = () => {
  const inside = document.activeElement.closest(menus);
  all(menus).forEach((menu) => { menu.open = false; });
  if (inside) find("summary", inside).focus();
};
document.addEventListener("click", (e) => {
  all(menus).filter((menu) => !menu.contains(e.target)).forEach((menu) => { menu.open = false; });
});

// The whole row opens its paper, unless the person meant something in it or was marking text.

on("click", "tbody tr", (e, row) => {
  const link = find(".row-link", row);
  const meant = e.target.closest("a, button, input, label, select, textarea, summary, details");
  if (!link || meant || String(getSelection())) return;
  if (e.ctrlKey || e.metaKey) window.open(link.href, "_blank", "noopener");
  else link.click();
});

// A deed that asks first; and no deed is sent twice by an impatient hand.

on("submit", "form[data-confirm]", (e, form) => {
  if (form.dataset.sure) return;
  e.preventDefault();
  e.stopPropagation();
  const dialog = find("#confirm");
  find("#confirm-text").textContent = form.dataset.confirm;
  find("button[value=yes]", dialog).textContent = e.submitter?.textContent;
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.sure = "yes";
    form.requestSubmit(e.submitter);
  };
  dialog.showModal();
  find("button[value=no]", dialog).focus();
}, true);

on("submit", "form[method=post]", (e, form) => {
  if (e.defaultPrevented) return;
  const button = `sent by ${e.submitter?.value || ""}`;  // another button of the form is another deed
  if (form.dataset.sent === button) return e.preventDefault();
  form.dataset.sent = button;
  setTimeout(() => { delete form.dataset.sent; }, 5000);
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

// Rows that can be added and taken away.

on("click", "[data-add]", (e, button) => {
  e.preventDefault();
  const rows = button.closest("[data-rows]");
  const taken = all("li.row [name]", find("ol", rows))
    .map((field) => Number(field.name.slice(rows.dataset.rows.length + 1).split("-")[0]) || 0);
  const next = Math.max(Number(rows.dataset.next) || 0, ...taken.map((n) => n + 1), 0);
  rows.dataset.next = next + 1;
  find("ol", rows).insertAdjacentHTML("beforeend", find("template", rows).innerHTML.replace(/__n__/g, next));
  const row = find("ol", rows).lastElementChild;
  window.htmx?.process(row);
  find("input:not([type=hidden]), select, textarea", row)?.focus();
});

on("click", "[data-remove]", (e, button) => {
  e.preventDefault();
  const rows = button.closest("[data-rows]");
  button.closest("li.row").remove();
  find("[data-add]", rows).focus();
  rows.dispatchEvent(new Event("change", { bubbles: true }));
});

// Copying a number; the office's own network may have no https, hence the second way.

on("click", "[data-copy]", async (_, button) => {
  try { await navigator.clipboard.writeText(button.dataset.copy); } catch { copyByHand(button.dataset.copy); }
  const told = find("#told");
  told.textContent = `${told.dataset.copied} ${button.dataset.copy}`;
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
});

const copyByHand = (text) => {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "aloud" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
};

// Type-ahead: the words go to the server, which answers with list items; a choice fills the field.

const token = () => find("meta[name=csrf-token]")?.content || "";
const parts = (box) => ({
  input: find("[role=combobox]", box),
  list: find("[role=listbox]", box),
  fills: box.dataset.fills && document.getElementById(box.dataset.fills),
});
const show = ({ input, list }, open) => {
  list.hidden = !open;
  input.setAttribute("aria-expanded", open);
  if (!open) input.removeAttribute("aria-activedescendant");
};

const asked = new WeakMap();
const ask = async (box) => {
  const { input, list } = parts(box);
  asked.get(box)?.abort();
  const asking = new AbortController();
  asked.set(box, asking);
  if (!input.value.trim()) return show(parts(box), false);
  const answer = await fetch(box.dataset.suggest, {
    method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ q: input.value }), signal: asking.signal,
  }).then((reply) => (reply.ok ? reply.text() : ""), () => null);
  if (answer === null) return;
  list.innerHTML = answer;
  [...list.children].forEach((option, n) => { option.id = `${list.id}-${n}`; option.setAttribute("role", "option"); });
  show(parts(box), list.children.length > 0 && document.activeElement === input);
};

const take = (box, option) => {
  if (option.dataset.href) return location.assign(option.dataset.href);
  const { input, fills } = parts(box);
  input.value = option.dataset.words || option.textContent.trim();
  if (fills) fills.value = option.dataset.value;
  show(parts(box), false);
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

const waiting = new WeakMap();
const askSoon = (e, box) => {
  if (e.isComposing || !e.target.matches("[role=combobox]")) return;
  const { fills } = parts(box);
  if (fills) fills.value = "";
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(() => ask(box), 150));
};
on("input", "[data-suggest]", askSoon);
on("compositionend", "[data-suggest]", askSoon);
on("focusout", "[data-suggest]", (_, box) => show(parts(box), false));
on("mousedown", "[data-suggest] [role=option]", (e, option) => { e.preventDefault(); take(option.closest("[data-suggest]"), option); });
on("keydown", "[data-suggest]", (e, box) => {
  const { input, list, fills } = parts(box);
  if (composing(e) || list.hidden) return;
  const options = [...list.children];
  const here = options.findIndex((option) => option.id === input.getAttribute("aria-activedescendant"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (e.key === "Escape") show(parts(box), false);
  else if (e.key === "Enter" && here >= 0) take(box, options[here]);
  else if (e.key === "Enter" && fills && /^[ -~]+$/.test(input.value)) take(box, options[0]);  // initials mean the first
  else if (step) {
    const next = options[(here + step + options.length + (here < 0 && step < 0 ? 1 : 0)) % options.length];
    options.forEach((option) => option.setAttribute("aria-selected", option === next));
    input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  } else return;
  e.preventDefault();
  e.stopPropagation();
}, true);

// Enter in a field of a sheet that is kept means the field: the sheet goes in with its button or Ctrl Enter.

on("keydown", "form input", (e, field) => {
  if (e.key === "Enter" && !e.ctrlKey && !e.metaKey && find("[data-keep]", field.form)) e.preventDefault();
});

// A sheet that is kept while it is written: within two seconds, one time after the other, and when its page is left.

const sheets = new Map();
const keep = async (form) => {
  const box = find("[data-keep]", form);
  const answer = await fetch(box.dataset.keep, {
    method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(new FormData(form)), keepalive: true,
  }).then((reply) => (reply.ok ? reply.text() : null), () => null);
  find("[data-not-kept]", box).hidden = answer !== null;
  if (answer === null) keepSoon(form);
  else find("[data-kept]", box).innerHTML = answer;
};
const keepNow = (form) => {
  const sheet = sheets.get(form);
  clearTimeout(sheet.timer);
  sheet.timer = 0;
  sheet.line = sheet.line.then(() => keep(form));
};
const keepSoon = (form) => {
  if (!sheets.has(form)) sheets.set(form, { line: Promise.resolve(), timer: 0 });
  sheets.get(form).timer ||= setTimeout(() => keepNow(form), 1500);
};
const written = (_, form) => { if (find("[data-keep]", form)) keepSoon(form); };
on("input", "form", written);
on("change", "form", written);
on("submit", "form", (e, form) => { if (!e.defaultPrevented && sheets.has(form)) clearTimeout(sheets.get(form).timer); });
addEventListener("pagehide", () => sheets.forEach((sheet, form) => { if (sheet.timer && !form.dataset.sent) keepNow(form); }));

// A page that lies open asks now and then, while somebody can see it, what others have done meanwhile and who else looks.
// What it is told stands at the foot of the window; nothing on the page itself moves.

const EVERY = 25_000, AT_FIRST = 3_000;
let glanced = Date.now() - EVERY + AT_FIRST;
const glance = async () => {
  const line = find("[data-glance]");
  if (!line || document.hidden || Date.now() - glanced < EVERY) return;
  glanced = Date.now();
  const answer = await fetch(line.dataset.glance, {
    method: "POST", redirect: "manual", headers: { "X-CSRFToken": token() },
    body: new URLSearchParams({ since: line.dataset.since }),
  }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  if (!answer.ok) return line.remove();
  const words = (await answer.text()).trim();
  if (words !== line.heard) line.innerHTML = line.heard = words;
};
setInterval(glance, 1_000);
document.addEventListener("visibilitychange", glance);

// Whoever has begun to write keeps this page and sees the changed one in another window.

const begun = (within) => all("textarea, select, input:not([type=hidden], .unfold)", within).find((field) => (field.matches("select")
  ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected))
  : field.value !== field.defaultValue || field.checked !== field.defaultChecked));
on("click", "[data-reload]", (_, link) => { link.target = find(".errors") || begun(find("main")) ? "_blank" : ""; });

// Who writes is here: a page asks its house for something now and then while somebody types, so that no session ends meanwhile.

const WRITING = 240_000;
let wrote = Date.now();
on("input", "main form", () => {
  const ways = find("header [data-suggest]");
  if (!ways || Date.now() - wrote < WRITING) return;
  wrote = Date.now();
  fetch(ways.dataset.suggest, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ q: "" }) }).catch(() => null);
});

// Live panels carry the same token as forms do.

document.addEventListener("htmx:configRequest", (e) => { e.detail.headers["X-CSRFToken"] = token(); });

// A table wider than a phone becomes cards, each cell under the head it stood under; wider than another screen, it can be
// scrolled from the keyboard.

const phone = matchMedia("screen and (max-width: 720px)");
const NOTHING = ["—", "·", "0", "0.00"];
const heads = (frame) => {
  const words = all("thead tr:last-child > *", frame).map((head) => [...head.childNodes].filter((part) => part.localName !== "small").map((part) => part.textContent).join("").trim());
  all("tbody tr", frame).forEach((row) => [...row.cells].forEach((cell, at) => {
    if (cell.matches("td:not(.tight, [colspan], :has(.row-link))")) cell.dataset.head = NOTHING.includes(cell.textContent.trim()) ? "—" : words[at] || "";
  }));
};
const measure = () => all("[data-scroll]").forEach((frame) => {
  frame.classList.remove("cards");
  if (phone.matches && !frame.matches(".compare") && frame.scrollWidth > frame.clientWidth + 1) {
    heads(frame);
    frame.classList.add("cards");
  }
  const wide = frame.scrollWidth > frame.clientWidth + 1;
  if (!wide) return ["tabindex", "role", "aria-label"].forEach((name) => frame.removeAttribute(name));
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", find("caption", frame).textContent);
});
addEventListener("resize", measure);

// On paper nothing is folded away.

addEventListener("beforeprint", () => all("details.fold").forEach((folded) => { folded.open = true; }));

document.addEventListener("DOMContentLoaded", () => {
  all("[name=theme]").forEach((box) => { box.checked = box.value === choice("theme"); });
  all("[name=letters]").forEach((box) => { box.checked = letters; });
  measure();
  find("[data-focus]")?.focus();
});
