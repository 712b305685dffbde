// A table to write in as in a sheet. Without this file every row leads to its form.
// A cell says what stands on record (data-stands) and, until its row is saved, what was typed (data-typed).
"use strict";
{
const sheet = find("[data-sheet]");
const told = find("#told");
const tell = (what) => { told.textContent = ""; setTimeout(() => { told.textContent = sheet.dataset[what]; }, 50); };

const rows = () => all("tr[data-row]", sheet);
const cells = (row) => all("td[data-column]", row);
const rowOf = (element) => element.closest("tr[data-row]");
const cellOf = (element) => element?.closest?.("td[data-column]");
const shown = (cell) => find(".cell", cell);
const editor = (cell) => find("input, textarea", cell);
const typed = (row) => cells(row).filter((cell) => "typed" in cell.dataset);

const near = (cell, down, right) => {
  const row = rows()[rows().indexOf(rowOf(cell)) + down];
  return row && cells(row)[cells(rowOf(cell)).indexOf(cell) + right];
};
const following = (cell, step) => {
  const every = rows().flatMap(cells);
  return every[every.indexOf(cell) + step];
};
const go = (cell) => {
  if (!cell) return;
  all("td[tabindex='0']", sheet).forEach((one) => { one.tabIndex = -1; });
  cell.tabIndex = 0;
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
};

// What is typed stays in its cell until the row is saved.

const put = (cell, words) => {
  if (words === ("typed" in cell.dataset ? cell.dataset.typed : cell.dataset.stands)) return;
  if (words === cell.dataset.stands) delete cell.dataset.typed;
  else cell.dataset.typed = words;
  shown(cell).textContent = words;
  cell.classList.toggle("pending", "typed" in cell.dataset);
  delete rowOf(cell).dataset.sent;
};

const open = (cell, words) => {
  const list = find(`thead th:nth-child(${cell.cellIndex + 1})`, sheet).dataset.list;
  const field = document.createElement(list ? "input" : "textarea");
  const stands = "covered" in cell.dataset ? cell.dataset.typed || "" : shown(cell).textContent;
  field.value = words ?? stands;
  if (list) field.setAttribute("list", list);
  else field.rows = Math.max(1, field.value.split("\n").length);
  field.setAttribute("aria-label", find(`thead th:nth-child(${cell.cellIndex + 1})`, sheet).textContent.trim());
  field.dataset.before = stands;
  cell.classList.add("editing");
  cell.append(field);
  field.focus();
};

const close = (cell, keep) => {
  const field = editor(cell);
  if (!field || !cell.classList.contains("editing")) return;
  const { value, dataset: { before } } = field;
  cell.classList.remove("editing");
  if (field === document.activeElement) cell.focus();
  field.remove();
  if (keep && value !== before) put(cell, value.trim());
};

// Rows are saved one after the other, each with the version it was read in.

const closed = async (row) => { while (find(".editing", row)) await new Promise((soon) => setTimeout(soon, 50)); };

const renew = async (row, answer, sent) => {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const fresh = find("tr[data-row]", page);
  if (!fresh) return false;
  await closed(row);
  const held = cellOf(document.activeElement);
  const at = held && rowOf(held) === row ? cells(row).indexOf(held) : -1;
  const later = typed(row).filter((cell) => sent[cell.dataset.column] !== cell.dataset.typed);
  if (row.nextElementSibling?.matches("[data-refusal]")) row.nextElementSibling.remove();
  row.dataset.gone = "";
  row.replaceWith(...all("tbody > tr", page));
  find("tfoot", sheet).replaceWith(find("tfoot", page));
  prepare();
  later.forEach((cell) => put(find(`[data-column="${cell.dataset.column}"]`, fresh), cell.dataset.typed));
  if (typed(fresh).length) fresh.dataset.sent = JSON.stringify(sent);
  if (later.length) delete fresh.dataset.sent;
  if (at >= 0) go(cells(fresh)[at]);
  return true;
};

const post = async (row) => {
  const sent = Object.fromEntries(typed(row).map((cell) => [cell.dataset.column, cell.dataset.typed]));
  const body = new URLSearchParams({ knew: row.dataset.version });
  Object.entries(sent).forEach(([column, words]) => body.set(`cell-${column}`, words));
  row.dataset.saving = "";
  const reply = await fetch(row.dataset.save, {
    method: "POST", headers: { "X-CSRFToken": token() }, body,
  }).catch(() => null);
  delete row.dataset.saving;
  const drawn = reply && [200, 409, 422].includes(reply.status) && await renew(row, await reply.text(), sent);
  tell(!drawn ? "failed" : reply.ok ? "saved" : "wrong");
  find("[data-unsaved]").hidden = Boolean(drawn);
  if (!drawn) setTimeout(() => save(row), 5000);
};

let queue = Promise.resolve();
const save = (row, again) => {
  queue = queue.then(() => {
    const waits = row.isConnected && typed(row).length && !("saving" in row.dataset);
    if (waits && (again || !("sent" in row.dataset))) return post(row);
  });
};

// Hands

const prepare = () => {
  cells(sheet).forEach((cell) => { if (!cell.hasAttribute("tabindex")) cell.tabIndex = -1; });
  if (!find("td[tabindex='0']", sheet)) find("td[data-column]", sheet).tabIndex = 0;
};

const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const whileEditing = (e, cell) => {
  if (e.key === "Escape") { close(cell, false); go(cell); }
  else if (e.key === "Enter" && e.altKey) e.target.setRangeText?.("\n", e.target.selectionStart, e.target.selectionEnd, "end");
  else if (e.key === "Enter") { close(cell, true); go(near(cell, e.shiftKey ? -1 : 1, 0) || cell); }
  else if (e.key === "Tab") { close(cell, true); go(following(cell, e.shiftKey ? -1 : 1) || cell); }
  else return false;
  return true;
};

const whileWalking = (e, cell) => {
  const move = moves[e.key];
  const next = move ? near(cell, ...move) : e.key === "Tab" ? following(cell, e.shiftKey ? -1 : 1) : null;
  if (next) go(next);
  else if (e.key === "Home") go(cells(rowOf(cell))[0]);
  else if (e.key === "End") go(cells(rowOf(cell)).at(-1));
  else if (e.key === "Enter" || e.key === "F2") open(cell);
  else if (e.key === "Delete" || e.key === "Backspace") put(cell, "");
  else return Boolean(move);
  return true;
};

sheet.addEventListener("keydown", (e) => {
  const cell = cellOf(e.target);
  if (!cell) return;
  const editing = cell !== e.target;
  const begins = !editing && (composing(e) || (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey));
  if (begins) { e.stopPropagation(); return open(cell, ""); }  // the key itself falls into the field
  if (composing(e) || e.ctrlKey || e.metaKey) return;
  if (editing ? whileEditing(e, cell) : whileWalking(e, cell)) { e.preventDefault(); e.stopPropagation(); }
});

sheet.addEventListener("mousedown", (e) => {
  const cell = cellOf(e.target);
  if (!cell || editor(cell) || cell !== document.activeElement) return;
  e.preventDefault();
  open(cell);
});
sheet.addEventListener("focusin", (e) => {
  if (e.target !== cellOf(e.target) || e.target.tabIndex === 0) return;
  go(e.target);
});

sheet.addEventListener("focusout", (e) => {
  const cell = cellOf(e.target);
  if (!cell || "gone" in rowOf(cell).dataset) return;
  if (e.target !== cell && cellOf(e.relatedTarget) !== cell) close(cell, true);
  if (!rowOf(cell).contains(e.relatedTarget)) save(rowOf(cell));
});

sheet.addEventListener("click", (e) => {
  const row = e.target.closest("tr[data-refusal]")?.previousElementSibling;
  if (!row) return;
  if (e.target.closest("[data-again]")) return save(row, true);
  if (!e.target.closest("[data-let-go]")) return;
  typed(row).forEach((cell) => { put(cell, cell.dataset.stands); find(".hint, .error", cell)?.remove(); });
  row.nextElementSibling.remove();
  go(cells(row)[0]);
});

// Several cells at once, as a spreadsheet gives them: tabs between cells, lines between rows, quotes around both.

const grid = (text) => {
  const found = [[]];
  for (const [, cell, end] of text.replace(/\r\n?/g, "\n").replace(/\n$/, "").matchAll(/("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/g)) {
    found.at(-1).push(/^"[^]*"$/.test(cell) ? cell.slice(1, -1).replace(/""/g, '"') : cell);
    if (end === "\n") found.push([]);
    if (!end) break;
  }
  return found;
};

// The event goes to where the text is marked, which need not be the cell that has the focus.
const walkedTo = () => (document.activeElement.matches("[data-sheet] td[data-column]") ? document.activeElement : null);

document.addEventListener("paste", (e) => {
  const first = walkedTo();
  if (!first) return;
  e.preventDefault();
  const lines = grid(e.clipboardData.getData("text/plain"));
  let over = false;
  lines.forEach((line, down) => line.forEach((words, right) => {
    const cell = near(first, down, right);
    if (cell) put(cell, words.trim());
    else over = true;
  }));
  const from = rows().indexOf(rowOf(first));
  rows().slice(from, from + lines.length).forEach((row) => save(row));
  if (over) tell("over");
});

document.addEventListener("copy", (e) => {
  if (!walkedTo() || String(getSelection())) return;
  e.preventDefault();
  e.clipboardData.setData("text/plain", shown(walkedTo()).textContent);
});

addEventListener("beforeunload", (e) => { if (rows().some((row) => typed(row).length)) e.preventDefault(); });

sheet.setAttribute("role", "grid");
prepare();
}
