"""Saved views and the choice of columns: an address under a name, which opens nothing to anybody."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from tests import make
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads import columns, queries, saved
from tipline.leads.models import LedgerView
from tipline.office.charter import Act, Role
from tipline.office.models import Entry


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def heads(page):
    found = re.findall(r"<th[^>]*>(?:<a[^>]*>)?([^<]+)", page.partition("<thead>")[2].partition("</thead>")[0])
    return [head for head in found if head != "选取"]


def address_of(page, name):
    """Where the chip of a view leads."""
    found = re.search(rf'<a class="button" href="([^"]*)"[^>]*>{name}', page)
    return found and unescape(found[1])


def save(browser, name, **address):
    return browser.post("/leads/views/save", data={"view-name": name, **address})


def test_a_view_keeps_filters_order_and_columns_and_is_a_link(clerk, sign_in):
    first, second = (make.lead("village_head", by=clerk, media=media) for media in (True, True))
    plain = make.lead("village_head", by=clerk)
    browser = sign_in(clerk)
    address = {"flag": "media", "order": "oldest", "columns": "number.recorder.town"}
    assert save(browser, "媒体盯着的", **address).status_code == 302
    there = address_of(browser.get("/leads/").text, "媒体盯着的")
    page = browser.get(there).text
    assert heads(page) == ["编号", "登记人", "镇街"]
    assert page.index(first.number) < page.index(second.number)
    assert plain.number not in page
    assert re.search(r'aria-current="page">媒体盯着的', page)
    key = db.session.scalars(select(LedgerView.key)).one()
    browser.post(f"/leads/views/{key}/rename", data={"rename-name": "媒体"})
    assert address_of(browser.get("/leads/").text, "媒体") == there
    browser.post(f"/leads/views/{key}/delete")
    assert not db.session.scalars(select(LedgerView)).all()
    told = db.session.scalars(select(Entry).where(Entry.paper == f"ledger-view/{key}").order_by(Entry.seq))
    assert [(line.act, line.facts) for line in told] == [
        (act, {}) for act in (Act.SAVE_VIEW, Act.RENAME_VIEW, Act.DELETE_VIEW)
    ]


def test_a_name_used_again_replaces_and_a_name_too_few_or_too_many_comes_back(clerk, sign_in):
    browser = sign_in(clerk)
    save(browser, "要看的", flag="media")
    save(browser, "要看的", flag="major")
    assert [view.address["flag"] for view in saved.known_to(clerk)] == ["major"]
    for n in range(saved.MOST - 1):
        save(browser, f"第{n}个", flag="media")
    for name, why in (("", "请给视图起个名字"), ("长" * 21, "最多20个字"), ("多一个", "视图最多保存12个")):
        answer = save(browser, name, flag="media", order="oldest")
        assert answer.status_code == 422
        assert why in answer.text
        assert 'name="order" value="oldest"' in answer.text
        assert f'value="{name}"' in answer.text
    assert len(saved.known_to(clerk)) == saved.MOST
    one, other = saved.known_to(clerk)[:2]
    answer = browser.post(f"/leads/views/{one.key}/rename", data={"rename-name": other.name, **one.address})
    assert (answer.status_code, "您已有叫这个名字的视图" in answer.text) == (422, True)


@pytest.mark.parametrize("filter_", ["town", "channel", "problem", "wrong"])
def test_no_view_keeps_what_is_no_word_of_a_list(clerk, sign_in, filter_):
    answer = save(sign_in(clerk), "看", **{filter_: "佘仁杰"})
    assert (answer.status_code, "这个地址里有别的内容" in answer.text) == (422, True)
    assert save(sign_in(clerk), "看", q="佘仁杰", month="2018-06", repeat="佘仁杰").status_code == 302
    assert saved.known_to(clerk)[0].address == {"month": "2018-06", "columns": columns.written(columns.USUAL)}


def test_a_shared_view_shows_everybody_what_they_may_see_and_no_more(keeper, clerk, sign_in):
    operator, mate = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    mine, others = make.lead("village_head", by=operator), make.lead("village_head", by=clerk)
    walled = make.lead("village_head", by=clerk, names=(mate.name,))
    db.session.commit()
    save(sign_in(keeper), "全区电话", channel="call")
    [view] = saved.known_to(keeper)
    assert address_of(sign_in(mate).get("/leads/").text, "全区电话") is None
    assert sign_in(operator).post(f"/leads/views/{view.key}/share").status_code == 404
    assert sign_in(keeper).post(f"/leads/views/{view.key}/share").status_code == 302
    seen = {}
    for officer in (keeper, mate, operator):
        browser = sign_in(officer)
        page = browser.get(address_of(browser.get("/leads/").text, "全区电话")).text
        seen[officer.login] = [lead.number in page for lead in (mine, others, walled)]
    assert seen == {
        keeper.login: [True, True, True],
        mate.login: [True, True, False],
        operator.login: [True, False, False],
    }
    assert address_of(sign_in(clerk).get("/leads/").text, "全区电话") is None
    for deed in ("share", "rename", "delete"):
        assert sign_in(mate).post(f"/leads/views/{view.key}/{deed}", data={"rename-name": "我的"}).status_code == 404
    assert sign_in(clerk).post(f"/leads/views/{view.key}/unshare").status_code == 404
    assert sign_in(mate).post(f"/leads/views/{view.key}/unshare").status_code == 302
    assert address_of(sign_in(mate).get("/leads/").text, "全区电话") is None
    assert address_of(sign_in(keeper).get("/leads/").text, "全区电话")


def test_whoever_has_left_an_office_writes_nothing_on_its_ledger_and_finds_their_own_first(keeper, sign_in):
    mate = make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    for officer in (keeper, mate):
        save(sign_in(officer), "全区电话", channel="call")
    [view] = saved.known_to(keeper)
    sign_in(keeper).post(f"/leads/views/{view.key}/share")
    assert "删除视图" in sign_in(mate).get(address_of(sign_in(mate).get("/leads/").text, "全区电话")).text
    keeper.office = make.office(Body.TOWN_GOVERNMENT)
    db.session.commit()
    saved.rename(view, "改个名字", by=keeper, at=make.NOON)
    db.session.commit()
    assert view.office_id is None
    assert "改个名字" not in sign_in(mate).get("/leads/").text


def test_whoever_may_not_share_is_not_asked_to(sign_in):
    operator = make.officer(Role.OPERATOR)
    browser = sign_in(operator)
    save(browser, "今天的", flag="media")
    page = browser.get(address_of(browser.get("/leads/").text, "今天的")).text
    assert "删除视图" in page
    assert "共享视图" not in page


def test_columns_are_chosen_moved_and_remembered(clerk, sign_in):
    make.lead("village_head", by=clerk, amount_fen=120_000)
    browser = sign_in(clerk)
    usual = [columns.NAMES[key].text for key in columns.USUAL]
    assert heads(browser.get("/leads/").text) == usual
    choose = "/leads/views/choose-columns"
    ticked = ["number", "received", "town", "named"]
    assert browser.post(choose, data={"column": ticked, "left": "no"}).location == "/leads/?left=no"
    page = browser.get("/leads/").text
    assert heads(page) == ["编号", "收到", "镇街", "实名还是匿名"]
    assert "1,200.00" not in page, "what the page of the lead keeps closed"
    browser.post(choose, data={"column": ticked, "up": "named"})
    assert heads(browser.get("/leads/").text) == ["编号", "收到", "实名还是匿名", "镇街"]
    browser.post(choose, data={"column": ["佘仁杰", "town"], "down": "number"})
    assert heads(browser.get("/leads/").text) == ["编号", "镇街"]
    browser.post(choose, data={"column": ["number"], "usual": "yes"})
    assert heads(browser.get("/leads/").text) == usual
    assert len(saved.known_to(clerk)) == 1


def test_a_column_moves_one_place_and_never_before_the_number():
    row = ("number", "town", "state")
    assert columns.moved(row, "state", -1) == ("number", "state", "town")
    assert columns.moved(row, "town", -1) == row
    assert columns.moved(row, "state", 1) == row
    assert columns.moved(row, "number", 1) == row
    assert columns.moved(row, "flags", 1) == row


def test_pages_of_the_oldest_first_walk_forth_and_back(clerk, sign_in):
    leads = [make.lead("village_head", by=clerk) for _ in range(60)]
    browser, numbers = sign_in(clerk), [lead.number for lead in leads]
    shown = [
        browser.get(f"/leads/?order=oldest{mark}").text
        for mark in ("", f"&after={leads[24].key}", f"&before={leads[25].key}")
    ]
    assert [re.findall(r'row-link"[^>]*>(SG2018-\d{4})', page) for page in shown] == [
        numbers[:25],
        numbers[25:50],
        numbers[:25],
    ]
    assert f"after={leads[24].key}" in shown[2]
    assert "上一页" not in shown[2]


def test_every_column_can_be_shown_to_whoever_sees_the_shell_only(keeper, clerk, sign_in):
    lead = make.lead("village_head", by=clerk, names=("佘仁杰",), narrative="内情", household="鄂国栋")
    page = sign_in(keeper).get(f"/leads/?columns={columns.written(columns.NAMES)}").text
    assert heads(page) == [word.text for word in columns.NAMES.values()]
    assert lead.number in page
    assert not [word for word in ("佘仁杰", "内情", "鄂国栋") if word in page]
    assert not queries.may_read_content(keeper, lead, make.NOON)
