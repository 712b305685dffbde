"""A case closed under error tolerance: three answers, a decision above the town, a correction, another sheet."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import fill_deed, find, open_from_desk, press, stands, take_call, tell, today

pytestmark = pytest.mark.browser

TESTS = (
    "先行先试中的失误，不是明知故犯",
    "上级尚无明确限制的试验，不是明令禁止后依然故我",
    "为推动发展的无意过失，不是谋取私利",
)


def test_a_case_is_closed_under_error_tolerance(sign_in):
    number = take_call(sign_in("operator"), "村委会主任", caller="鄢子期") + "-1"
    keeper, inspector, district = sign_in("keeper"), sign_in("shuanggang-inspector"), sign_in("district")
    open_from_desk(keeper, number)
    press(keeper, "批办")
    press(keeper, "移送", sure=True)
    open_from_desk(inspector, number)
    press(inspector, "签收")
    tell(inspector, "初步核实", {"批准人及职务": "镇纪委书记贾某", "批准日期": today(inspector)})

    # it was true, and it was a trial without a limit, for the people, by somebody new to it: the body asks
    inspector.get_by_role("link", name="打开结果单").click()
    _ask(inspector)
    open_from_desk(district, number)
    decision = {
        "决定理由": "符合三个区分开来。",
        "要求纠正什么": "补做核对。",
        "何时前完成纠正": "2018-08-22",
    }
    tell(district, "决定容错纠错", decision, "免责")
    stands(district, "已决定")

    # the body concludes with the decided sheet; the sender reads the finding and nothing of the tolerance
    open_from_desk(inspector, number)
    inspector.get_by_role("link", name="打开结果单").click()
    _fill(inspector, "属实", "属实，属先行先试中的失误，按容错免责。")
    inspector.get_by_role("switch", name="按容错纠错办结").check()
    press(inspector, "保存结果单")
    press(inspector, "办结", sure=True)
    stands(inspector, "已办结")
    sheet = inspector.url
    find(keeper, number.removesuffix("-1"))
    keeper.get_by_role("link", name=number, exact=True).click()
    expect(keeper.locator("aside")).to_contain_text("属实")
    for word in ("容错", "免责", "先行发放"):
        expect(keeper.locator("main")).not_to_contain_text(word)

    # what was to be put right is, and that is written down
    open_from_desk(inspector, number, "登记已纠正")
    tell(inspector, "登记已纠正", {"日期": today(inspector)})
    stands(inspector, "已纠正")

    # the caller has something new: somebody else takes it up again; another sheet, and the first stays
    inspector.goto(sheet)
    inspector.get_by_role("link", name="回到这件办理").click()
    tell(inspector, "登记异议", {"内容": "举报人补充了新证据。"}, "提出了新的证据或线索")
    secretary = sign_in("shuanggang-secretary")
    open_from_desk(secretary, number, "异议")
    form = fill_deed(secretary, "办理这条异议")
    form.get_by_label("内容").fill("补充的情况须再核。")
    form.get_by_role("button", name="采纳异议").click()
    stands(secretary, "处置中")
    open_from_desk(inspector, number)
    inspector.get_by_role("link", name="打开结果单").click()
    _fill(inspector, "部分属实", "补充的情况部分属实。")
    inspector.get_by_label("运用的形态").select_option(label="第一种形态")
    inspector.get_by_role("switch", name="按容错纠错办结").uncheck()
    press(inspector, "保存结果单")
    press(inspector, "办结", sure=True)
    stands(inspector, "已办结")
    expect(inspector.locator("main")).to_contain_text("第1次办结的结果单")


def _ask(inspector: Page) -> None:
    form = fill_deed(inspector, "提请容错纠错")
    form.get_by_label("基本事实和提请理由").fill("先行发放，后补核对。")
    for test in TESTS:
        form.get_by_role("group", name=test).get_by_label("符合", exact=True).check()
        form.get_by_label(f"理由：{test}").fill("有会议记录和当时的通知为证。")
    form.get_by_role("button", name="提请容错纠错").click()
    expect(inspector.locator("#error-tolerance")).to_contain_text("第1次提请")


def _fill(inspector: Page, finding: str, result: str) -> None:
    inspector.get_by_label("查办结论").select_option(label=finding)
    inspector.get_by_label("查办结果").fill(result)
