"""The long pages of a case: milestones on top, what is finished folded, everything there on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

FOLDS = "main details.fold"


def test_a_case_shows_its_milestones_folds_what_is_over_and_prints_it_all(sign_in):
    page = sign_in("xiaozhan-inspector")
    page.goto("/referrals/?tab=all")
    cases = page.locator("tr", has_text="处置中").locator("a.row-link")
    cases.first.click()
    expect(page.locator(".milestones .done").first).to_be_visible()
    expect(page.locator(".milestones [aria-current=step]")).to_have_count(1)
    assert page.locator(FOLDS).count() >= 2
    assert page.locator(f":is({FOLDS})[open]").count() == 0
    assert faults_of(page) == []
    words = page.locator("main").evaluate("main => main.innerText")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(f":is({FOLDS}):not([open])").count() == 0
    assert len(page.locator("main").evaluate("main => main.innerText")) > len(words)
