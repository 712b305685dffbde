"""What comes next is on the first screen, at a desk and on a phone; the month fits on four sheets."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

SHEETS = 4
A_SHEET = re.compile(rb"/Type\s*/Page\b")


def test_the_next_step_of_a_case_needs_no_scrolling(sign_in):
    for screen in ({}, {"viewport": PHONE}):
        page = sign_in("balitai-inspector", **screen)
        page.goto("/referrals/?tab=at-work")
        page.locator("a.row-link").first.click()
        expect(page.locator(".next .badge")).to_be_in_viewport()
        expect(page.locator("summary", has_text="记录进展")).to_be_in_viewport()
        page.close()


def test_the_deeds_of_the_desk_are_in_sight_on_a_phone(sign_in):
    page = sign_in("balitai-inspector", viewport=PHONE)
    page.locator("label[for=later-unfold]").click()
    deeds = page.locator("main td .button")
    assert deeds.count() > 1
    assert all(_right_of(page, number) <= PHONE["width"] for number in range(deeds.count()))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_month_fits_on_four_sheets(sign_in, language):
    page = sign_in("leader", language)
    page.goto("/reports/?month=2018-05")
    sheets = len(A_SHEET.findall(page.pdf(prefer_css_page_size=True)))
    assert 1 < sheets <= SHEETS


def _right_of(page: Page, number: int) -> float:
    box = page.locator("main td .button").nth(number).bounding_box()
    assert box is not None
    return box["x"] + box["width"]
