"""A returned lead that finds its body: given back by two hands, decided by the arbiter, handled to its end."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_from_desk, press, stands, take_call, tell, today

pytestmark = pytest.mark.browser

WRONG_PERSON = "被反映人或管理权限有误（本局约定）"


def test_a_returned_lead_finds_its_body(sign_in):
    number = take_call(sign_in("operator"), "村委会主任") + "-1"
    keeper, leader = sign_in("keeper"), sign_in("leader")
    inspector, secretary = sign_in("shuanggang-inspector"), sign_in("shuanggang-secretary")
    _send(keeper, number)

    # the town asks to give it back; whoever asked does not approve it, and the bureau does not agree
    _give_back(inspector, number, "此人已调区里。")
    expect(inspector.get_by_role("button", name="批准退回")).to_have_count(0)
    _endorse(secretary, number)
    open_from_desk(keeper, number)
    expect(keeper.locator("main")).to_contain_text("此人已调区里。")
    tell(keeper, "不同意退回", {"理由": "组织部门说仍由镇管。"})
    stands(keeper, "已移送")

    # with better reasons it is agreed, and sent again; and agreed a second time
    for reason in ("附调令。", "附区委组织部证明。"):
        _give_back(inspector, number, reason)
        expect(inspector.locator("main")).to_contain_text("组织部门说仍由镇管。")
        _endorse(secretary, number)
        open_from_desk(keeper, number)
        tell(keeper, "同意退回", {"理由": "已看过调令。"})
        stands(keeper, "已退回")
        if reason == "附调令。":
            _send(keeper, number)

    # the arbiter decides for good
    open_from_desk(leader, number)
    tell(leader, "裁定去向", {"由谁办理": "津南区纪委监委", "理由": "人事关系已在区里。"})
    stands(leader, "津南区纪委监委")
    open_from_desk(keeper, number)
    press(keeper, "移送", sure=True)
    stands(keeper, "已移送")
    district = sign_in("district")
    open_from_desk(district, number)
    press(district, "签收")
    stands(district, "已签收")
    expect(district.locator("summary", has_text="提请退回")).to_have_count(0)
    assert inspector.request.get(inspector.url).status == 404

    # and the body that was found handles it to its end
    tell(district, "初步核实", {"批准人及职务": "室主任彭某", "批准日期": today(district)})
    district.get_by_role("link", name="打开结果单").click()
    district.get_by_label("查办结论").select_option(label="不属实")
    district.get_by_label("查办结果").fill("经核对，该户符合条件，反映的问题不属实。")
    press(district, "保存结果单")
    press(district, "办结", sure=True)
    stands(district, "已办结")


def _send(keeper: Page, number: str) -> None:
    open_from_desk(keeper, number)
    press(keeper, "批办")
    stands(keeper, "已批办")
    press(keeper, "移送", sure=True)
    stands(keeper, "已移送")


def _give_back(inspector: Page, number: str, reason: str) -> None:
    open_from_desk(inspector, number)
    tell(inspector, "提请退回", {"具体理由": reason}, WRONG_PERSON)
    expect(inspector.locator("main")).to_contain_text("等待答复")


def _endorse(secretary: Page, number: str) -> None:
    open_from_desk(secretary, number)
    press(secretary, "批准退回")
    expect(secretary.get_by_role("button", name="批准退回")).to_have_count(0)
