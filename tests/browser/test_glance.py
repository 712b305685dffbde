"""Two colleagues before one paper: a quiet line at the foot, nothing moves, nothing that is being written is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import fill_deed, open_from_desk, press, stands, take_call

pytestmark = pytest.mark.browser

PLACES = """[...document.querySelectorAll("main h1, main h2, main button, main summary")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x, y, width, height];
})"""


def look(page: Page) -> None:
    """Let the script's clock run on until the open page has asked again."""
    with page.expect_response("**/glance"):
        page.clock.fast_forward(26_000)


def test_a_change_is_told_at_the_foot_and_takes_nothing_from_whoever_writes(sign_in):
    number = take_call(sign_in("operator"), "村委会主任") + "-1"
    mine, theirs = sign_in("keeper"), sign_in("leader")
    mine.clock.install()
    open_from_desk(mine, number)
    reason = fill_deed(mine, "改变去向").get_by_label(re.compile("^理由"))
    reason.fill("还没有写完的话")
    before, line = mine.evaluate(PLACES), mine.locator(".lying-open")
    look(mine)
    expect(line).to_be_hidden()

    with theirs.expect_response("**/glance"):
        open_from_desk(theirs, number)
    look(mine)
    expect(line).to_have_text("还有1人正在看此件")
    press(theirs, "批办")
    look(mine)
    expect(line).to_contain_text("有变动")
    assert mine.evaluate(PLACES) == before
    with mine.expect_popup() as other:
        line.get_by_role("link").click()
    stands(other.value, "已批办")
    expect(reason).to_have_value("还没有写完的话")


def test_without_script_there_is_no_line_and_nothing_missing(sign_in):
    page = sign_in("keeper", java_script_enabled=False)
    page.goto("/referrals/")
    page.locator(".row-link").first.click()
    expect(page.locator(".number .figure")).to_be_visible()
    expect(page.locator(".lying-open")).to_be_hidden()
