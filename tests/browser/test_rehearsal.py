"""The date moves on, and the clock, a process of its own, does what falls due on the way."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WALKING = 90_000  # milliseconds in which the clock walks a week


def test_when_the_date_moves_on_the_clock_reminds_who_is_late(sign_in):
    page = sign_in("sysadmin")
    before = _newest(page)
    _move(page, "前进一周")

    assert _newest(page) != before
    expect(page.locator("ol.trail > li").filter(has_text="报送任务：已超期").first).to_be_visible()


def test_nobody_moves_the_date_back(sign_in):
    page = sign_in("operator")
    page.goto("/rehearsal/")
    before = page.locator(".strip.rehearsal").inner_text()
    _move(page, "前进一天")
    page.goto("/rehearsal/")
    assert page.locator(".strip.rehearsal").inner_text() > before
    assert page.get_by_role("button", name="后退").count() == 0


def _move(page: Page, stride: str) -> None:
    """Send the date ahead and wait until the clock has walked there; the page tells by itself."""
    page.goto("/rehearsal/")
    page.get_by_role("button", name=stride).click()
    expect(page.get_by_role("status").first).to_contain_text("时钟出发了")
    expect(page.get_by_role("button", name=stride)).to_be_visible(timeout=WALKING)


def _newest(page: Page) -> str:
    page.goto("/rehearsal/outbox")
    letters = page.locator("ol.trail > li")
    return letters.first.inner_text() if letters.count() else ""
