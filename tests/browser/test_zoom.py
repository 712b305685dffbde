"""At 200 % zoom the keyboard reaches nothing that is covered, and what is asked of every page finds what is planted."""

import pytest
from playwright.sync_api import Page

from tests.browser import zoom

pytestmark = pytest.mark.browser

LARGE = {"viewport": zoom.WINDOW, "device_scale_factor": 2}
MOST = 60
"""So many controls of one page are walked at most."""
PLANTED = (
    ("px too wide", "h1", "width: 900px"),
    ("cut off: h1", "h1", "height: 8px; overflow: hidden"),
    ("cut off: h1", "h1", "width: 2em; overflow: hidden; white-space: nowrap; text-overflow: ellipsis"),
    ("of the window lies under header.top", ".top", "position: sticky; top: 0; height: 130px"),
    ("of the window lies under p.strip", ".strip", "position: fixed; bottom: 0; height: 130px; width: 100%"),
    (
        "when it has the focus: input",
        ".strip",
        "position: absolute; z-index: 9; left: 0; right: 0; top: 0; height: 120px",
    ),
    ("when it has the focus: a.row-link", "tbody tr", "pointer-events: none"),
)


def test_whoever_walks_with_the_tab_key_sees_every_control(sign_in):
    page = sign_in("keeper", **LARGE)
    for address in ("/desk/", "/leads/", "/screening/"):
        page.goto(address)
        walked = 0
        while walked < MOST:
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            assert not page.evaluate(f"({zoom.COVERED})(document.activeElement)"), page.locator(":focus").inner_text()
            walked += 1
        assert walked > 10


def test_what_is_asked_of_every_page_finds_what_is_planted(sign_in):
    page = sign_in("keeper", **LARGE)
    page.goto("/leads/")
    assert zoom.faults(page) == []
    for told, where, planted in PLANTED:
        page.goto("/leads/")
        plant(page, where, planted)
        assert told in "; ".join(zoom.faults(page)), planted
    page.goto("/reports/")
    plant(page, "#across", "width: 48px; min-width: 0")
    assert "chosen words cut off: across" in "; ".join(zoom.faults(page))
    page.goto("/leads/")
    plant(page, "h1", PLANTED[2][2])
    page.locator("h1").evaluate("one => one.title = one.textContent")
    assert zoom.faults(page) == []  # it says on purpose that there is more, and where


def plant(page: Page, where: str, style: str) -> None:
    page.locator(where).first.evaluate("(one, style) => one.style.cssText = style", style)
