"""A petition with review and re-review: a household of 双港镇 does not accept that its dibao was stopped."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import fill_deed, open_from_desk, press, stands, take_call, tell, today

pytestmark = pytest.mark.browser

WORDS = "上个月低保停了，请求恢复并说明理由。"
ITEM = "要求恢复低保。"


def test_a_petition_is_answered_looked_at_again_and_a_last_time(sign_in):
    take_call(sign_in("operator"), "低保户", narrative=WORDS, allegation="", caller="鄢子期")
    clerk, deputy = sign_in("shuanggang-clerk"), sign_in("shuanggang-deputy")
    keeper, leader = sign_in("keeper"), sign_in("leader")

    # the town accepts, looks, and asks for thirty days more
    clerk.goto("/desk/")
    clerk.get_by_role("link", name="受理或转送低保申诉").last.click()
    number = clerk.locator(".number .figure").inner_text()
    expect(clerk.locator("main")).to_contain_text(WORDS)
    tell(clerk, "受理申诉", {"受理的事项": ITEM}, "已当场书面告知信访人")
    press(clerk, "开始核查")
    tell(clerk, "记录核查", {"核对报告编号": "核7", "查看到的情况": "名下有车一辆。"}, "经济状况核对")
    visit = {"入户人员": "甲某", "另一名入户人员": "乙某", "查看到的情况": "有楼房。"}
    tell(clerk, "记录核查", visit, "入户核查")
    tell(clerk, "申请延长办理", {"理由": "须外省协查收入。"})
    open_from_desk(deputy, number)
    press(deputy, "批准延长办理")
    clerk.reload()
    press(clerk, "告知延长理由")

    # the answer: stopped, carried out, delivered with the right to ask the body above
    _opine(clerk, "作出处理意见", "停发", "不予支持")
    stands(clerk, "已作处理意见")
    tell(clerk, "执行处理意见", {"文号": "津南双民〔2018〕9号", "从哪个月起": "2018-09", "每月增减多少": "920"})
    tell(clerk, "送达答复", {"送达日期": today(clerk)})
    _reads(clerk, "向津南区民政局请求复查")

    # the review: the bureau's leader decides otherwise, and the town puts it right
    tell(clerk, "登记复查请求", {"收到请求的日期": today(clerk), "请求的理由": "车是邻居的。"})
    open_from_desk(leader, number)
    expect(leader.locator("main")).to_contain_text("名下有车一辆。")
    _opine(leader, "作出复查意见", "减发", "做好解释")
    stands(leader, "已作复查意见")
    open_from_desk(clerk, number)
    tell(clerk, "执行处理意见", {"文号": "津南双民〔2018〕12号", "从哪个月起": "2018-10", "每月增减多少": "300"})
    open_from_desk(keeper, number)
    tell(keeper, "送达答复", {"送达日期": today(keeper)})
    _reads(keeper, "请求复核")

    # the re-review: a body above on paper, a hearing of two days, and the last word
    tell(keeper, "登记复核请求", {"收到请求的日期": today(keeper), "请求的理由": "仍不服。"})
    tell(keeper, "登记听证", {"听证用去的天数": "2"})
    _opine(keeper, "作出复核意见", "减发", "不予支持")
    tell(keeper, "送达答复", {"送达日期": today(keeper)})
    _reads(keeper, "复核意见是终结意见")
    open_from_desk(clerk, number)
    press(clerk, "结案", sure=True)
    stands(clerk, "已结案")


def _opine(page: Page, deed: str, outcome: str, stand: str) -> None:
    """An opinion on what was asked for, with facts and basis."""
    form = fill_deed(page, deed)
    form.get_by_label("认定的事实").fill("该户三口人，人均收入与标准比较如下。")
    form.get_by_label("法律依据").fill("社会救助暂行办法 第九条")
    form.get_by_role("group", name=ITEM).get_by_label(stand, exact=True).check()
    form.get_by_label("意见和理由").fill("已当面说明。")
    form.get_by_label(outcome, exact=True).check()
    form.get_by_role("button", name=deed, exact=True).click()


def _reads(page: Page, right: str) -> None:
    """The written answer names this right."""
    page.get_by_role("link", name="打印书面答复").last.click()
    expect(page.locator("main")).to_contain_text(right)
    page.get_by_role("link", name="返回").click()
