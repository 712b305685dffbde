"""What a page must be on paper, and where the Tab key must lead: looked at on every page of the tour.

The frame is not asked: on a phone its search stands under what comes after it.
"""

from playwright.sync_api import Page

A4 = {"width": 718, "height": 1047}
"""The width between the margins of an upright A4 sheet; a sheet on its side is as wide as this one is high."""
ON_PAPER = """
() => {
  const found = [];
  const tall = document.documentElement;
  if (tall.scrollWidth > tall.clientWidth) found.push(`${tall.scrollWidth - tall.clientWidth} px too wide on paper`);
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  for (const one of document.querySelectorAll("button, [type=submit], nav, dialog, .rail, .top"))
    if (seen(one) && one.offsetHeight) found.push(`on paper stands ${one.outerHTML.slice(0, 80)}`);
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const dots = (colour) => {
    if (!known.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      known.set(colour, [...pen.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const printed = (one) => getComputedStyle(one).printColorAdjust === "exact";
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const dot = dots(getComputedStyle(one).backgroundColor);
      if (dot[3] > 250 && printed(one)) return dot;
    }
    return [255, 255, 255, 255];
  };
  const said = new Set();
  const text = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) {
    const one = text.currentNode.parentElement;
    if (!text.currentNode.data.trim() || one.closest("script, style, svg, option") || !seen(one)) continue;
    const ink = light(dots(getComputedStyle(one).color)), paper = light(ground(one));
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) said.add(`pale on paper (${contrast.toFixed(1)}): ${one.outerHTML.slice(0, 80)}`);
  }
  const main = document.querySelector("main");
  if (!main || !seen(main) || !main.innerText.trim()) found.push("nothing on paper");
  return [...found, ...[...said].slice(0, 3)];
}
"""
BY_TAB = """
() => {
  const found = [];
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.checkVisibility());
  for (const one of stops) if (one.tabIndex > 0) found.push(`tabindex ${one.tabIndex}: ${one.outerHTML.slice(0, 80)}`);
  const still = (one) => {
    for (; one; one = one.parentElement)
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position)) return false;
    return true;
  };
  const boxes = stops.filter((one) => one.closest("main") && still(one))
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width);
  for (let at = 1; at < boxes.length; at++) {
    const [before, above] = boxes[at - 1], [after, below] = boxes[at];
    const sameColumn = below.left < above.right && above.left < below.right;
    const sameLine = below.top < above.bottom && above.top < below.bottom;
    if (sameColumn && below.bottom <= above.top || sameLine && below.right <= above.left)
      found.push(`Tab goes back from ${before.outerHTML.slice(0, 60)} to ${after.outerHTML.slice(0, 60)}`);
  }
  return found.slice(0, 3);
}
"""


def faults_on_paper(page: Page) -> list[str]:
    """What is wrong with the page when it is printed: too wide, pale, empty, or with things to press."""
    wide = page.locator("body.landscape").count()
    usual = page.viewport_size
    assert usual is not None
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4["height"], "height": A4["width"]} if wide else A4)
    found: list[str] = page.evaluate(ON_PAPER)
    page.emulate_media(media="null")
    page.set_viewport_size(usual)
    return found


def faults_by_tab(page: Page) -> list[str]:
    """Where the Tab key goes back up the page, or follows an order of its own."""
    found: list[str] = page.evaluate(BY_TAB)
    return found
