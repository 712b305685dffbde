"""A refused form is in sight where it was written, unfolded and in hand: on a phone, by the ledger, without script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_every_page import faults_of

pytestmark = pytest.mark.browser

WHY = "两家是多年的邻居。"


def stand_aside(on: Page | Locator) -> None:
    """With a reason, and without saying on which ground."""
    reason = on.locator("[name=recuse-reason]")
    way = reason.locator("xpath=ancestor::details")
    way.locator("summary").click()
    reason.fill(WHY)
    way.locator(".actions button").click()


def has_come_back(page: Page, number: str) -> None:
    told = page.locator("#aside .errors")
    expect(told).to_be_in_viewport()
    expect(told).to_be_focused()
    expect(page.locator("#aside [name=recuse-reason]")).to_have_value(WHY)
    expect(page.locator(".page-head .number")).to_contain_text(number)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without"])
def test_on_a_phone(on_a_phone, script):
    keeper = on_a_phone("keeper", script=script)
    keeper.goto("/leads/?left=no")
    row = keeper.locator(".row-link").first
    number = row.inner_text()
    keeper.goto(row.get_attribute("href"))
    keeper.locator("label[for=aside-unfold]").click()
    stand_aside(keeper)
    has_come_back(keeper, number)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_beside_the_ledger(sign_in, language):
    keeper = sign_in("keeper", language)
    keeper.goto("/leads/?left=no")
    row, pane = keeper.locator("[data-list] .row-link").first, keeper.locator("[data-pane]")
    number = row.inner_text()
    row.focus()
    keeper.keyboard.press("Enter")
    expect(pane.locator(".number")).to_contain_text(number)
    stand_aside(pane)
    expect(pane).to_have_count(0)  # the whole page
    has_come_back(keeper, number)
    assert faults_of(keeper) == []
