"""Two strokes and a few letters lead anywhere: the box above every page, from the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser


def go(page: Page, typed: str, name: str) -> None:
    """Type into the box, walk down to the line with this name, and go."""
    hands = Keyboard(page)
    hands.press("/")
    hands.type(typed)
    expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
    while page.get_by_role("option", name=name, exact=True).get_attribute("aria-selected") != "true":
        hands.press("ArrowDown")
    hands.press("Enter")


def test_the_keyboard_leads_to_pages_towns_and_papers(sign_in):
    keeper = sign_in("keeper")
    go(keeper, "xstz", "线索台账 页面")
    keeper.wait_for_url("**/leads/")
    number = keeper.locator(".row-link").first.inner_text()
    go(keeper, "ggz", "葛沽镇 镇街的线索")
    keeper.wait_for_url("**/leads/?town=*")
    go(keeper, number.lower(), f"{number} 线索")
    expect(keeper.locator(".number .figure")).to_have_text(number)


def test_enter_alone_still_searches_and_escape_closes(sign_in):
    keeper = sign_in("keeper")
    keeper.keyboard.press("/")
    keeper.keyboard.type("双港")
    keeper.get_by_role("option", name="双港镇 镇街的线索", exact=True).wait_for()
    keeper.keyboard.press("Escape")
    expect(keeper.locator("#frame-search-list")).to_be_hidden()
    keeper.keyboard.press("Enter")
    keeper.wait_for_url("**/leads/search")
    expect(keeper.locator("main .hint").first).to_contain_text("双港")


def test_whoever_has_no_papers_goes_to_pages(sign_in):
    auditor = sign_in("auditor")
    auditor.keyboard.press("Control+k")
    auditor.keyboard.type("留痕")
    auditor.get_by_role("option", name="留痕 页面", exact=True).wait_for()
    auditor.keyboard.press("Enter")
    auditor.wait_for_url("**/trail")
    expect(auditor.locator("h1")).to_have_text("留痕")
