"""What is lost on a page at 200 % zoom: it runs off sideways, cuts its words off, or something lies over it."""

from playwright.sync_api import Page

WINDOW = {"width": 683, "height": 384}
"""What is left of 1366×768 at 200 % zoom."""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

COVERED = """
(one) => {
  const { left, right, top, bottom } = one.getClientRects()[0];
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const there = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
  return !one.contains(there) && there?.closest("label")?.control !== one;
}
"""
"""Whether something else lies where a control is seen."""

LOST = """
(covered) => {
  const seen = (one) => one instanceof HTMLElement && one.checkVisibility();
  const all = [...document.body.querySelectorAll("*")].filter(seen);
  const words = (one) => (one.innerText || one.id).trim().slice(0, 24);
  const name = (one) => `${[one.localName, ...one.classList].join(".")} ${words(one)}`;

  const cuts = (way, whole, box) => /^(hidden|clip)$/.test(way) && whole > box + 1;
  const ARROW = 16;
  const pen = document.createElement("canvas").getContext("2d");
  const short = all.filter((one) => {
    if (!one.matches("select:not([multiple])")) return false;
    const { fontWeight, fontSize, fontFamily, paddingLeft, paddingRight } = getComputedStyle(one);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const words = pen.measureText(one.selectedOptions[0]?.text ?? "").width;
    return words + ARROW > one.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  });
  const cut = all.filter((one) => {
    const { overflowX, overflowY, clipPath, textOverflow } = getComputedStyle(one);
    if (overflowX === "visible" && overflowY === "visible") return false;
    const told = textOverflow === "ellipsis" && one.closest("[title]") || clipPath !== "none";
    return !told && one.innerText.trim() && !one.matches("input, select, textarea")
      && (cuts(overflowX, one.scrollWidth, one.clientWidth) || cuts(overflowY, one.scrollHeight, one.clientHeight));
  });

  scrollTo(0, document.documentElement.scrollHeight / 2);
  const near = (a, b) => Math.abs(a - parseFloat(b)) < 1;
  const lying = all.filter((one) => {
    const { position, top, bottom } = getComputedStyle(one);
    if (position !== "sticky") return position === "fixed";
    const box = one.getBoundingClientRect();
    return near(box.top, top) || near(innerHeight - box.bottom, bottom);
  });
  const within = (from, to, most) => Math.max(0, Math.min(to, most) - Math.max(from, 0));
  const share = (one, { left, right, top, bottom } = one.getBoundingClientRect()) =>
    within(left, right, innerWidth) * within(top, bottom, innerHeight) / innerWidth / innerHeight;
  const taken = Math.round(100 * lying.reduce((sum, one) => sum + share(one), 0));

  const before = document.activeElement;
  const under = all.filter((one) => {
    if (one.tabIndex < 0 || !one.getClientRects().length) return false;
    one.focus({ focusVisible: true });
    return document.activeElement === one && covered(one);
  });
  before === document.body ? document.activeElement.blur() : before.focus();
  scrollTo(0, 0);

  return [
    ...cut.map((one) => `cut off: ${name(one)}`),
    ...short.map((one) => `chosen words cut off: ${one.id} ${one.selectedOptions[0].text}`),
    ...(taken > 33 ? [`${taken} % of the window lies under ${lying.map(name).join(", ")}`] : []),
    ...under.map((one) => `under something else when it has the focus: ${name(one)}`),
  ];
}
"""
"""Words that their own box cuts off, unless they end in an ellipsis and a title tells the whole; what stays over more
than a third of the window while it is scrolled; controls that something lies over once they have the focus."""


def faults(page: Page) -> list[str]:
    """What is lost on the page that stands there, in a window of this size."""
    over = page.evaluate(SIDEWAYS)
    return [*([f"{over} px too wide"] if over > 0 else []), *page.evaluate(f"() => ({LOST})({COVERED})")]
