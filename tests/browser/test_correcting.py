"""A post that was misheard is corrected: where it goes stands there while one types, and is confirmed as it stands."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.browser.test_every_page import faults_of

pytestmark = pytest.mark.browser


def test_a_post_is_corrected_while_the_page_tells_where_it_goes(sign_in):
    page = sign_in("keeper")
    page.goto("/leads/?left=no")
    for address in page.locator("main a.row-link").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        if page.get_by_text("更正前").count():
            break
    page.get_by_role("link", name="更正被反映人").click()
    look = page.locator("#look")
    expect(page.get_by_role("combobox", name="职务")).to_have_value("村委会委员")
    expect(look.get_by_role("button", name="确认更正")).to_have_count(0)
    page.get_by_label("理由").fill("录音里说的是镇长。")
    Keyboard(page).pick(page.get_by_role("combobox", name="职务"), "zz", "镇长")
    expect(look).to_contain_text("区纪委监委")
    expect(look).to_contain_text("原来是")
    assert faults_of(page) == []
    look.get_by_role("button", name="确认更正").click()
    expect(page.get_by_text("已更正，原来的记录保留")).to_be_visible()
    expect(page.get_by_text(re.compile("更正前.*录音里说的是镇长"))).to_be_visible()
    assert faults_of(page) == []
