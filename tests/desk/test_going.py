"""The box above every page: it leads to pages, towns and papers, and only to those that whoever types may know of."""

import pytest
from sqlalchemy import select

from tests import make
from tests.conftest import timeless
from tests.referrals.cast import S, brought_to, cast
from tipline.desk import going
from tipline.kit.db import db
from tipline.leads import queries as leads
from tipline.leads.models import Lead
from tipline.office.charter import Role
from tipline.office.frame import ROOMS
from tipline.office.powers import PERMITTED, PUBLIC
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral

NO_WAYS = {"office.home", "intake.registered"}
"""A way to somewhere else, and a page that shows itself only once."""


def titles(typed, officer):
    return [str(way.name) for way in going.pages(typed, officer)]


@pytest.mark.parametrize("typed", ["线索台账", "台账", "xstz", "XianSuoTaiZhang", " 线索 "])
def test_a_page_is_found_by_its_characters_its_sound_and_its_initials(app, typed):
    with app.test_request_context():
        assert "线索台账" in titles(typed, make.officer(Role.LEDGER_KEEPER))
        assert "线索台账" not in titles(typed, make.officer(Role.SYSTEM_ADMIN))


def test_nothing_typed_leads_nowhere(app, sign_in):
    browser = sign_in(make.officer(Role.LEDGER_KEEPER))
    for typed in ("", "  ", "。", "%", "_", "'\"<>", "x" * 5000, "0" * 5000):
        answer = browser.post("/desk/ways", data={"q": typed})
        assert (answer.status_code, answer.text.strip()) == (200, ""), typed


def test_a_paper_is_found_by_its_number_by_whoever_may_know_of_it(app, sign_in, monkeypatch):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    lead = referral.lead
    db.session.commit()
    number = lead.number[-4:]
    offered = {
        officer.login: sign_in(officer).post("/desk/ways", data={"q": number}).text
        for officer in (players.keeper, players.inspector, players.stranger)
    }
    assert f'data-href="/leads/{lead.key}"' in offered[players.keeper.login]
    assert f'data-href="/referrals/{referral.key}"' in offered[players.inspector.login]
    assert lead.key not in offered[players.inspector.login]
    assert offered[players.stranger.login].strip() == ""
    assert sign_in(players.keeper).post("/desk/ways", data={"q": "1" * 60_000}).text.strip() == ""
    namesake = make.officer(Role.LEDGER_KEEPER, name=lead.people[0].name)
    walled = sign_in(namesake)
    assert walled.post("/desk/ways", data={"q": number}).text.strip() == ""
    act, kind, door, _, column = going.PAPERS[0]
    assert going.PAPERS[0][3] is leads.visible_to
    monkeypatch.setattr(going, "PAPERS", ((act, kind, door, lambda officer: select(Lead), column),))
    assert lead.key in walled.post("/desk/ways", data={"q": number}).text


def test_a_town_leads_to_its_leads(app, sign_in):
    offered = sign_in(make.officer(Role.LEDGER_KEEPER)).post("/desk/ways", data={"q": "sgz"}).text
    assert f"/leads/?town={make.SHUANGGANG}" in offered
    assert "town=" not in sign_in(make.officer(Role.AUDITOR)).post("/desk/ways", data={"q": "sgz"}).text


def test_whoever_has_no_papers_to_search_goes_to_the_page(app, sign_in):
    browser = sign_in(make.officer(Role.SYSTEM_ADMIN))
    assert 'action="/desk/go"' in browser.get("/desk/").text
    assert browser.post("/desk/go", data={"q": "gzrl"}).location == "/admin/calendar"
    answer = browser.post("/desk/go", data={"q": "没有这一页"}, follow_redirects=True)
    assert "没有叫这个名字的页面" in answer.text


def test_every_page_that_needs_no_paper_can_be_gone_to(assembled):
    known = {endpoint for endpoint, *_ in [*ROOMS, *going.WITHIN]}
    asking = {name for name, view in assembled.view_functions.items() if getattr(view, "act", PUBLIC) is not PUBLIC}
    doors = {
        rule.endpoint
        for rule in assembled.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint in asking
    }
    assert doors - NO_WAYS == known


def test_a_page_bears_the_title_by_which_it_is_found(app, sign_in):
    browsers = {role: sign_in(make.officer(role)) for role in make.HOME}
    for endpoint, word in going.WITHIN:
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        role = next(role for role in browsers if app.view_functions[endpoint].act in PERMITTED[role])
        page = browsers[role].get(rule.rule).text
        assert word.text in page.partition("<h1>")[2].partition("</h1>")[0], endpoint


def test_the_number_of_a_referral_leads_to_it_and_not_to_its_lead_alone(app, sign_in, monkeypatch):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    namesake = make.officer(Role.LEDGER_KEEPER, name=referral.lead.people[0].name)
    db.session.commit()
    number = referral.number
    there = f"/referrals/{referral.key}"
    for officer in (players.keeper, players.leader, players.inspector):
        browser = sign_in(officer)
        assert browser.post("/desk/ways", data={"q": number.lower()}).text.index(there)
        page = browser.post("/leads/search", data={"q": number}).text
        assert there in page
        assert not (at := page.find(f"/leads/{referral.lead.key}")) + 1 or page.index(there) < at
    for officer in (players.stranger, players.operator, namesake):
        browser = sign_in(officer)
        none = number[:-1] + "9"
        got, unknown = (browser.post("/leads/search", data={"q": each}).text for each in (number, none))
        assert there not in got
        if officer is not players.operator:  # their own lead they find by the same number
            assert timeless(got).replace(number, "") == timeless(unknown).replace(none, "")
    monkeypatch.setattr(referrals, "visible_to", lambda officer: select(Referral))
    assert there in sign_in(namesake).post("/leads/search", data={"q": number}).text
