// A long file on its way: how much of it has come, then that it is being read. Without this file the form just goes.
"use strict";
{
const draw = (form, text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const middle = find(".middle", page);
  if (middle) form.closest(".middle").replaceWith(middle);
  find("[data-focus]")?.focus();
};

on("submit", "[data-progress] form", (e, form) => {
  if (e.defaultPrevented || !find("input[type=file]", form).files.length) return;
  e.preventDefault();
  const box = find(".progress", form.closest("[data-progress]"));
  const [bar, words] = [find("progress", box), find("output", box)];
  const buttons = all("button", form);
  const done = () => { box.hidden = true; buttons.forEach((button) => { button.disabled = false; }); delete form.dataset.sent; };
  const sending = new XMLHttpRequest();
  sending.open("POST", form.action);
  sending.setRequestHeader("X-Progress", "yes");
  sending.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    words.textContent = `${box.dataset.sending} ${Math.floor(100 * loaded / total)}%`;
  });
  sending.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    words.textContent = box.dataset.reading;
  });
  sending.addEventListener("load", () => {
    const onward = sending.getResponseHeader("Location");
    if (sending.status === 201 && onward) return location.assign(onward);
    done();
    draw(form, sending.responseText);
  });
  sending.addEventListener("error", () => { done(); box.hidden = false; words.textContent = box.dataset.failed; });
  const data = new FormData(form);
  buttons.forEach((button) => { button.disabled = true; });
  box.hidden = false;
  sending.send(data);
});
}
