"""Why a town is red: from one's own desk in two actions, and the rows are as many as the number said."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import Hand

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_from_the_score_to_the_rows(sign_in):
    hand = Hand(page := sign_in("keeper"))
    hand.room("督查")
    worst = page.locator("tr", has=page.locator("[name=picked]")).first
    number = worst.locator("a[href*='/attention/']").first
    told = int(number.inner_text())
    hand.click(number)
    expect(page.locator("tbody .row-link")).to_have_count(told)
    assert hand.actions == 2


def test_from_a_red_cell_to_what_is_late(sign_in):
    hand = Hand(page := sign_in("leader"))
    hand.room("报送任务")
    hand.click(page.locator(".grid a.badge.overdue").first)
    expect(page.locator("main")).to_contain_text("已超期")
    assert hand.actions == 2


def test_from_a_bar_of_the_report_to_its_rows(sign_in):
    page = sign_in("leader")
    page.goto("/reports/?month=2018-05")
    hand = Hand(page)
    hand.click(page.locator("#outcomes summary"))
    number = page.locator("#outcomes td a").first
    told = int(number.inner_text())
    hand.click(number)
    expect(page.locator("tbody tr")).to_have_count(told)
    assert hand.actions == 2
