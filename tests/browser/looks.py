"""How things look, in words that every Chromium with any font says alike: what the stylesheet makes of each of them."""

from pathlib import Path

from playwright.sync_api import Page

APPROVED = Path(__file__).with_name("looks")
FIXED = {".top", ".rail", "main", ".two", ".middle", "aside"}
"""What stands on tracks of the stylesheet's own, so that its left and right edge hang on no font."""

LOOKS = r"""([what, edges]) => {
  const said = ["display", "position", "color", "background-color", "border-top-width", "border-top-color",
    "border-bottom-width", "border-left-width", "border-top-left-radius", "padding-top", "padding-left",
    "padding-bottom", "margin-top",
    "font-size", "font-weight", "line-height", "text-align", "white-space", "text-decoration-line", "opacity",
    "width", "height", "min-height", "max-width", "column-gap", "grid-template-columns", "box-shadow"];
  const plain = new Set(["auto", "0px", "none", "normal", "static", "start", "1", "rgba(0, 0, 0, 0)"]);
  const inherited = new Set(["color", "font-size", "font-weight", "line-height", "text-align", "white-space"]);
  const marks = ["aria-current", "aria-invalid", "aria-sort", "disabled", "checked", "open"];
  const name = (one) => one.localName + [...one.classList].sort().map((word) => `.${word}`).join("")
    + marks.filter((mark) => one.hasAttribute(mark)).map((mark) => `[${mark}]`).join("");
  const looks = (one) => {
    const styles = one.computedStyleMap();
    const value = (part) => String(styles.get(part)).replace(/(\.\d\d)\d+/g, "$1");
    const above = one.parentElement.computedStyleMap();
    const drawn = (part) => !part.startsWith("border") || part.endsWith("radius")
      || String(styles.get(part.replace(/width$|color$/, "style"))) !== "none";
    const own = (part) => !inherited.has(part) || String(styles.get(part)) !== String(above.get(part));
    return said.filter((part) => !plain.has(value(part)) && drawn(part) && own(part))
      .map((part) => `${part} ${value(part)}`);
  };
  const stands = ({ left, right }) => edges ? [`from ${Math.round(left)} to ${Math.round(right)}`] : [];
  return [...document.querySelectorAll(what)].filter((one) => !one.closest("template"))
    .map((one) => [name(one), ...stands(one.getBoundingClientRect()), ...looks(one)].join("; "));
}"""


def looks(page: Page, what: str) -> str:
    """A line for each different look among what the page shows."""
    return "".join(f"{line}\n" for line in sorted(set(page.evaluate(LOOKS, [what, False]))))


def landmarks(page: Page, *what: str) -> str:
    """How the first of each looks, and where it stands if it stands fast: however much is on the page beside it."""
    return "".join(f"{one}: {page.evaluate(LOOKS, [one, one in FIXED])[0]}\n" for one in what)


def photograph(page: Page) -> bytes:
    """The same picture of the same page, whenever it is taken: nothing moves, no caret blinks."""
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); return document.fonts.ready.then(() => 1); }")
    return page.screenshot(animations="disabled", caret="hide")


def plant(page: Page, *faults: str) -> None:
    """Rules that somebody slipped in."""
    for fault in faults:
        page.evaluate(
            "rule => document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length)", fault
        )
