"""A month of the towns: cases from one, nothing to report from another, and the bureau's answers on the grid."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import fill_deed

pytestmark = pytest.mark.browser

MAY = "/typical-cases/months/2018-05"


def test_a_month_is_filed_answered_and_shown(sign_in):
    _file_a_case(sign_in("gegu-clerk"))
    _file_nothing(sign_in("xiaozhan-clerk"))

    keeper = sign_in("keeper")
    _open(keeper, "葛沽镇")
    expect(keeper.locator("main")).to_contain_text("评议流于形式")
    keeper.get_by_role("button", name="接收月报").click()
    expect(keeper.get_by_role("status").first).to_contain_text("已接收葛沽镇")
    _open(keeper, "小站镇")
    form = fill_deed(keeper, "退回月报")
    form.get_by_label("退回原因").fill("五月贵镇有党纪处分通报，请核对后重报。")
    form.get_by_role("button", name="退回月报").click()

    keeper.goto("/typical-cases/")
    expect(_cell(keeper, "葛沽镇")).to_contain_text("已接收")
    expect(_cell(keeper, "小站镇")).to_contain_text("退回")

    returned = sign_in("xiaozhan-clerk")
    returned.goto("/typical-cases/")
    returned.get_by_role("link", name="看退回原因并改正").click()
    expect(returned.locator("main")).to_contain_text("请核对后重报")


def test_a_name_that_should_be_hidden_is_asked_about_before_anything_is_filed(sign_in):
    clerk = sign_in("xinzhuang-clerk")
    clerk.goto(f"{MAY}/filing")
    _tell(clerk, facts="低保户身份证号129999195001010017，骗取低保金。")
    expect(clerk.locator(".errors")).to_be_focused()
    expect(clerk.locator(".errors")).to_contain_text("还没有报送")
    expect(clerk.locator("#cases-0-title")).to_have_value("村会计截留低保金案")


def _file_a_case(clerk: Page) -> None:
    clerk.goto(f"{MAY}/filing")
    _tell(clerk, facts="某村会计在发放中截留低保金，共8600元。")
    expect(clerk.get_by_role("status").first).to_contain_text("典型案例已报送")


def _tell(clerk: Page, *, facts: str) -> None:
    clerk.locator("#cases-0-title").fill("村会计截留低保金案")
    clerk.locator("#cases-0-rank_class").select_option(label="村级干部")
    clerk.locator("#cases-0-problem").select_option(index=1)
    clerk.locator("#cases-0-origin").select_option(index=1)
    clerk.locator("#cases-0-facts").fill(facts)
    clerk.locator("#cases-0-decided_by").fill("镇纪委")
    clerk.locator("#cases-0-sanction").fill("党内警告")
    clerk.locator("#cases-0-analysis").fill("评议流于形式。")
    clerk.locator("#signatory").fill("高宝山")
    clerk.keyboard.press("Control+Enter")
    clerk.wait_for_load_state()


def _file_nothing(clerk: Page) -> None:
    clerk.goto(f"{MAY}/filing")
    clerk.locator("#nil-signatory").fill("韩永强")
    clerk.locator("#nil-confirmed").check()
    clerk.get_by_role("button", name="报送零报告").click()
    expect(clerk.get_by_role("status").first).to_contain_text("零报告已报送")


def _open(keeper: Page, town: str) -> None:
    keeper.goto("/typical-cases/")
    _cell(keeper, town).get_by_role("link").click()
    expect(keeper.locator("h1")).to_contain_text(town)


def _cell(page: Page, town: str):
    """A town's May."""
    table = page.locator(".grid table")
    column = table.get_by_role("columnheader").all_text_contents().index("2018年5月")
    return table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=town)).get_by_role("cell").nth(column)
