"""From the proposal to the result: two offices, five hands, and a clock that says how it counts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import Hand, confirm, fill_deed, open_from_desk, take_call

pytestmark = pytest.mark.browser


def test_a_lead_is_approved_handed_over_signed_for_and_concluded(sign_in):
    number = take_call(sign_in("operator"), "村委会主任") + "-1"

    keeper = sign_in("keeper")
    open_from_desk(keeper, number)
    expect(keeper.locator("h1")).to_contain_text("双港镇纪委")
    expect(keeper.locator(".reason")).to_contain_text("四（三）")
    keeper.get_by_role("button", name="批办").click()
    expect(keeper.locator("h1")).to_contain_text("已批办")
    keeper.get_by_role("button", name="移送").click()
    confirm(keeper)
    expect(keeper.locator("h1")).to_contain_text("已移送")

    inspector = sign_in("shuanggang-inspector")
    open_from_desk(inspector, number)
    inspector.get_by_role("button", name="签收").click()
    expect(inspector.locator("h1")).to_contain_text("已签收")
    form = fill_deed(inspector, "初步核实")
    form.get_by_label("批准人及职务").fill("镇纪委书记彭某")
    form.get_by_label("批准日期").fill("2018-06-04")
    form.get_by_role("button", name="初步核实").click()
    form = fill_deed(inspector, "记录进展")
    form.locator("select[name$=step]").select_option(index=0)
    form.locator("input[name$=reached_on]").fill("2018-06-04")
    form.locator("textarea").fill("已到村入户走访六户。")
    form.get_by_role("button", name="记录进展").click()
    expect(inspector.locator("main")).to_contain_text("已到村入户走访六户。")
    inspector.get_by_role("link", name="打开结果单").click()
    inspector.get_by_label("查办结论").select_option(label="属实")
    inspector.get_by_label("运用的形态").select_option(label="第一种形态")
    inspector.get_by_label("查办结果").fill("反映属实，违规领取的低保金已追回。")
    inspector.get_by_label("认定的违纪违法金额（元）").fill("8600")
    inspector.get_by_role("button", name="再加一笔钱款").click()
    inspector.get_by_label("钱款去向").select_option(label="追缴")
    inspector.locator("#money-0-amount").fill("8600")
    inspector.get_by_role("button", name="保存结果单").click()
    expect(inspector.locator("#faults")).to_contain_text("还有8,600.00元没有去向")
    expect(inspector.get_by_role("button", name="办结", exact=True)).to_have_count(0)
    inspector.get_by_label("暂存待处理（元）").fill("8600")
    inspector.get_by_role("button", name="保存结果单").click()
    inspector.get_by_role("button", name="办结", exact=True).click()
    confirm(inspector)
    expect(inspector.locator("h1")).to_contain_text("已办结")
    inspector.get_by_role("link", name="回到这件办理").click()
    expect(inspector.locator("h1")).to_contain_text("已办结")
    expect(inspector.locator("aside")).to_contain_text("8,600.00")


def test_a_case_is_signed_for_disposed_of_and_moved_on_in_six_actions(sign_in):
    number = take_call(sign_in("operator"), "村委会主任") + "-1"
    keeper = sign_in("keeper")
    open_from_desk(keeper, number)
    keeper.get_by_role("button", name="批办").click()
    keeper.get_by_role("button", name="移送").click()
    confirm(keeper)
    expect(keeper.locator("h1")).to_contain_text("已移送")

    hand = Hand(page := sign_in("shuanggang-inspector"))
    waiting = page.get_by_role("row").filter(has_text=number)
    hand.click(waiting.get_by_role("link", name="签收", exact=True))
    hand.click(page.get_by_role("button", name="签收"))
    expect(page.locator("h1")).to_contain_text("已签收")
    form = page.locator("details.deed[open]")
    hand.click(page.locator("summary", has_text=re.compile(r"^\s*初步核实\s*$")))
    form.get_by_label("批准人及职务").fill("镇纪委书记彭某")
    form.get_by_label("批准日期").fill("2018-06-04")
    hand.click(form.get_by_role("button", name="初步核实"))
    hand.click(page.locator("summary", has_text=re.compile(r"^\s*记录进展\s*$")))
    form.locator("input[name$=reached_on]").fill("2018-06-04")
    form.locator("textarea").fill("已到村入户走访六户。")
    hand.click(form.get_by_role("button", name="记录进展"))
    expect(page.locator("main")).to_contain_text("已到村入户走访六户。")
    assert hand.actions <= 6


def test_a_due_date_opens_to_the_counting_of_its_days(sign_in):
    keeper = sign_in("keeper")
    badge = keeper.locator("details.due").filter(has_text="工作日").first
    expect(badge.get_by_text("这个日期是怎样数出来的")).to_be_hidden()
    badge.locator("summary").press("Enter")
    counting = badge.get_by_role("table", name="这个日期是怎样数出来的")
    expect(counting).to_be_visible()
    expect(counting.get_by_role("row").nth(1)).to_contain_text("2018年")
    keeper.keyboard.press("Escape")
    expect(counting).to_be_hidden()


def test_another_town_does_not_find_the_lead_at_all(sign_in):
    number = take_call(sign_in("operator"), "村会计")
    elsewhere = sign_in("gegu-inspector")
    elsewhere.locator("#frame-search").fill(number)
    elsewhere.locator("#frame-search").press("Enter")
    expect(elsewhere.locator("main table")).to_have_count(0)
