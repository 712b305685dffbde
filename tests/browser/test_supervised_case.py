"""A supervised case from the newspaper to its release: five offices, a report sent back, a result that lacked money."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_from_desk, press, stands, take_call, tell, today

pytestmark = pytest.mark.browser

GROUP = "驻区民政局纪检监察组"
PLAN_BY = "2018-08-22"  # a Wednesday that no other story comes to


def test_a_case_is_watched_from_the_newspaper_to_its_release(sign_in):
    number = take_call(sign_in("operator"), "村委会主任", media=True, narrative="报上说村主任优亲厚友。") + "-1"
    keeper, leader, principal = (sign_in(login) for login in ("keeper", "leader", "principal"))
    open_from_desk(keeper, number)
    press(keeper, "批办")
    press(keeper, "移送", sure=True)
    stands(keeper, "已移送")
    keeper.get_by_role("link", name="看这件线索").click()
    case = keeper.locator("#supervision").get_by_role("link").inner_text()

    # the leader opens it, joins the stationed group, and names who answers for it
    open_from_desk(leader, case)
    leader.get_by_label("督办要求").fill("查清资金去向。")
    leader.get_by_label("节点").first.select_option(label="报送查办方案")
    leader.get_by_label("完成日期").first.fill("2018-08-25")
    press(leader, "批准督办")
    expect(leader.locator(".errors")).to_contain_text("工作日")
    leader.get_by_label("完成日期").first.fill(PLAN_BY)
    press(leader, "批准督办")
    stands(leader, "督办中")
    expect(leader.locator("aside")).to_contain_text("督〔2018〕")
    tell(leader, "增加联合督办单位", {"联合督办单位": GROUP})
    tell(leader, "确定责任人", {"责任人": f"{GROUP} · 孙立新"})
    expect(leader.locator("aside")).to_contain_text("孙立新")

    # the town hears of it, and takes the first step
    inspector = sign_in("shuanggang-inspector")
    open_from_desk(inspector, number)
    press(inspector, "签收")
    open_from_desk(inspector, case)
    expect(inspector.locator("main")).to_contain_text("查清资金去向。")
    press(inspector, "完成节点")
    expect(inspector.locator("ol.milestones li.done")).to_contain_text("报送查办方案")

    # how far it has come: once without the sum, sent back by the joint body, and once with it
    group = sign_in("group")
    _report_how_far(inspector, case, "已核对发放明细。")
    open_from_desk(group, case)
    expect(group.locator("main")).to_contain_text("已核对发放明细。")
    tell(group, "退回阶段情况", {"理由": "没有写金额。"})
    _report_how_far(inspector, case, "已核对发放明细，涉及一千二百元。")
    open_from_desk(group, case)
    tell(group, "认可阶段情况", {}, "以后不再报送阶段情况，直接报结果")
    tell(group, "记录督办进展", {"了解到的情况": "到村看了。"}, "听取汇报")
    expect(group.locator("main")).to_contain_text("到村看了。")

    # the body concludes and reports; the result lacks the money, and then it does not
    open_from_desk(inspector, number)
    tell(inspector, "初步核实", {"批准人及职务": "镇纪委书记贾某", "批准日期": today(inspector)})
    _conclude(inspector)
    _report_result(inspector, case, "查清，已批评教育。")
    open_from_desk(leader, case)
    tell(leader, "退回补充", {"理由": "金额没有写。"}, "涉及资金和追缴情况")
    expect(leader.locator("main")).to_contain_text("还缺：涉及资金和追缴情况")
    _report_result(inspector, case, "查清，追回一千二百元。", **{"追缴（元）": "1200"})

    # accepted by one leader, released by another
    open_from_desk(leader, case)
    expect(leader.locator("main")).to_contain_text("1,200.00")
    press(leader, "认可结果")
    stands(leader, "结果已认可")
    expect(leader.get_by_role("button", name="解除督办")).to_have_count(0)
    open_from_desk(principal, case)
    press(principal, "解除督办", sure=True)
    stands(principal, "已解除督办")
    assert sign_in("gegu-inspector").request.get(principal.url).status == 404


def _report_how_far(inspector: Page, case: str, words: str) -> None:
    inspector.goto("/supervision/")
    inspector.get_by_role("link", name=case).click()
    tell(inspector, "报送阶段情况", {"阶段情况": words})
    expect(inspector.locator("main")).to_contain_text(words)


def _conclude(inspector: Page) -> None:
    inspector.get_by_role("link", name="打开结果单").click()
    inspector.get_by_label("查办结论").select_option(label="属实")
    inspector.get_by_label("运用的形态").select_option(label="第一种形态")
    inspector.get_by_label("查办结果").fill("属实，已追回。")
    press(inspector, "保存结果单")
    press(inspector, "办结", sure=True)
    stands(inspector, "已办结")


def _report_result(inspector: Page, case: str, words: str, **more: str) -> None:
    inspector.goto("/supervision/")
    inspector.get_by_role("link", name=case).click()
    on = today(inspector)
    told = {
        "督办结果": words,
        "集体研究日期": on,
        "研究的会议": "镇纪委会议",
        "审批的主要负责人": "贾某",
        "审批日期": on,
        "佐证材料编号": "卷一",
        "处理人数": "1",
        "处理了哪些人、如何处理": "批评教育一人。",
        "公开回应日期": on,
        "公开回应内容": "已在村里公开说明。",
    }
    tell(inspector, "报送督办结果", told | more)
    stands(inspector, "结果已报")
