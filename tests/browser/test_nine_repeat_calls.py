"""Nine people ring about one village head; they are taken as one matter, and then it turns out that they were two."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import find, open_from_desk, press, stands, take_call, tell

pytestmark = pytest.mark.browser

CALLS = 9
SAID = {"name": "佘仁杰", "narrative": "村主任把弟弟一家报成低保户，没有经过评议。"}


def test_a_bundle_of_nine_repeat_calls_is_undone(sign_in):
    operator, keeper = sign_in("operator"), sign_in("keeper")
    first, *repeats = [take_call(operator, "村委会主任", **SAID) for _ in range(CALLS)]
    open_from_desk(keeper, f"{first}-1")
    press(keeper, "批办")
    stands(keeper, "已批办")
    before = _states(keeper, [first, *repeats])

    # nothing is bundled by itself: a person looks, ticks and says why
    find(keeper, first)
    keeper.get_by_role("link", name="查找相似线索").click()
    for number in repeats:
        row = keeper.get_by_role("row").filter(has_text=number)
        expect(row).to_contain_text("同一被反映人")
        row.get_by_role("checkbox").check()
    keeper.get_by_role("radio", name=f"以 {first} 为初次件").check()
    keeper.get_by_label("理由").fill("九人反映同一件事。")
    keeper.get_by_role("button", name=re.compile("^并案")).click()
    expect(keeper.locator("main")).to_contain_text("1 件 9 人次")
    bundle = keeper.url

    # the repeats are kept and wait for nobody
    keeper.goto("/desk/")
    for number in repeats:
        expect(keeper.get_by_role("row").filter(has_text=f"{number}-1")).to_have_count(0)
    find(keeper, repeats[0])
    expect(keeper.locator("#bundles")).to_contain_text("本件是重复件")
    leader = sign_in("leader")
    leader.goto("/bundles/")
    expect(leader.get_by_role("row").filter(has_text=first)).to_contain_text("9")

    # some of them spoke of another household: everything stands again where it stood
    keeper.goto(bundle)
    tell(keeper, "拆分并案", {"理由": "后三人说的是另一户。"})
    stands(keeper, "已拆分")
    assert _states(keeper, [first, *repeats]) == before
    leader.goto("/bundles/")
    expect(leader.get_by_role("row").filter(has_text=first)).to_have_count(0)
    open_from_desk(keeper, f"{repeats[0]}-1")
    press(keeper, "批办")
    stands(keeper, "已批办")


def _states(page: Page, numbers: list[str]) -> list[str]:
    """Where each lead and its referral stand, as the ledger says."""
    page.goto("/leads/")
    return [page.get_by_role("row").filter(has_text=number).inner_text() for number in numbers]
