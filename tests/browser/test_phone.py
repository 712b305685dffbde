"""On a phone: rows become cards, what is not due now is folded, and all of it opens without a script."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.steps import PHONE
from tests.browser.test_every_page import faults_of

pytestmark = pytest.mark.browser


def test_the_first_lead_stands_on_the_first_screen_and_says_what_its_cells_are(sign_in):
    keeper = sign_in("keeper", viewport=PHONE)
    keeper.goto("/leads/?left=no")
    row = keeper.locator("tbody tr").first
    box = row.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"]
    told = row.locator("td").evaluate_all("cells => cells.map(cell => getComputedStyle(cell, '::before').content)")
    assert '"渠道 "' in told
    assert keeper.evaluate("document.querySelector('.table').scrollWidth <= innerWidth")
    keeper.set_viewport_size({"width": 1366, "height": 768})
    assert keeper.locator(".cards").count() == 0
    expect(keeper.locator("thead")).to_be_in_viewport()
    keeper.set_viewport_size(PHONE)
    assert keeper.locator(".cards").count() > 0
    assert faults_of(keeper) == []


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without"])
def test_filters_and_parts_open_at_a_touch(on_a_phone, script):
    keeper = on_a_phone("keeper", script=script)
    keeper.goto("/leads/?left=no")
    expect(keeper.locator("label[for=filters]")).to_have_text("筛选（1）")
    expect(keeper.locator(".chip")).to_be_visible()  # what is in force is never folded away
    expect(keeper.locator("select[name=town]")).to_be_hidden()
    keeper.locator("label[for=filters]").click()
    expect(keeper.locator("select[name=town]")).to_be_visible()
    keeper.goto(keeper.locator(".row-link").first.get_attribute("href"))
    expect(keeper.locator(".trail").last).to_be_hidden()
    keeper.locator("label[for=trail-unfold]").click()
    expect(keeper.locator(".trail").last).to_be_visible()
    keeper.goto(f"{keeper.url}#notes")
    expect(keeper.locator("#notes .deeds")).to_be_visible()  # aimed at
    keeper.set_viewport_size({"width": 1366, "height": 768})
    expect(keeper.locator(".trail").last).to_be_visible()
    expect(keeper.locator(".unfold").first).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without"])
def test_the_desk_begins_with_what_is_due_and_folds_what_comes_later(on_a_phone, script):
    keeper = on_a_phone("keeper", script=script)
    keeper.goto("/desk/")
    first = keeper.locator("tbody tr").first
    expect(first.locator(".due .badge")).to_be_in_viewport()
    expect(first.locator(".button")).to_be_in_viewport()
    assert height(first) < 100
    later = keeper.locator("#later")
    expect(later.locator("tbody tr").first).to_be_hidden()
    expect(later.locator("h2 small")).to_have_text(str(later.locator(".row-link").count()))
    later.locator("label").click()
    expect(later.locator("tbody tr").first).to_be_visible()


def test_the_call_sheet_takes_three_screens_and_folds_the_problems_until_one_is_ticked(sign_in):
    operator = sign_in("operator", viewport=PHONE)
    operator.goto("/intake/")
    assert height(operator.locator("form[data-main]")) < 3 * PHONE["height"]
    problem = operator.locator("#problems .option").first
    expect(problem).to_be_hidden()
    operator.locator("label[for=problems-unfold]").click()
    problem.click()
    operator.locator("label[for=problems-unfold]").click()
    expect(problem).to_be_visible()  # what is ticked is never folded away


def test_a_card_leaves_out_what_is_zero(sign_in):
    keeper = sign_in("keeper", viewport=PHONE)
    keeper.goto("/screening/")
    empty = keeper.locator("tbody tr").filter(has_not=keeper.locator("td a:not(.row-link)")).last
    assert height(empty) < 48
    expect(empty.locator("td.num", has_text="0").first).to_be_hidden()


def test_an_outcome_begins_with_what_is_missing_and_by_when(sign_in):
    inspector = sign_in("district", viewport=PHONE)
    inspector.goto("/outcomes/")
    inspector.locator("tr", has_text="结果单填写中").locator(".row-link").first.click()
    expect(inspector.locator(".next .badge")).to_be_in_viewport()
    expect(inspector.locator("#faults .notice").first).to_be_in_viewport()
    expect(inspector.locator("#standing .facts")).to_be_hidden()
    inspector.locator("label[for=standing-unfold]").click()
    expect(inspector.locator("#standing .facts")).to_be_visible()
    paid, voucher = (inspector.locator(f"#money-0-{name}").bounding_box() for name in ("moved_on", "voucher"))
    assert paid["y"] == voucher["y"]


def test_whoever_stays_nameless_is_not_asked_for_a_name(sign_in):
    operator = sign_in("operator")
    operator.goto("/intake/")
    name = operator.locator("#reporter_name")
    expect(name).to_be_visible()
    operator.locator("#named-1").check()
    expect(name).to_be_hidden()
    operator.locator("#named-0").check()
    operator.locator("#phone").fill("15400001234")
    operator.locator("#named-1").check()
    expect(name).to_be_visible()  # what stands there is seen


def height(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["height"]
