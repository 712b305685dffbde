"""On a phone: rows become cards, what is not due now is folded, and all of it opens without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_every_page import PHONE, faults_of

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
def test_filters_and_parts_open_at_a_touch(sign_in, open_browser, script):
    signed_in = sign_in("keeper")
    keeper = open_browser(viewport=PHONE, java_script_enabled=script)
    keeper.context.add_cookies(signed_in.context.cookies())
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
