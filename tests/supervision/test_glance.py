"""A page that lies open is told of what others did and that a colleague looks too; who is walled off, of nothing."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, true, update

from tests import make
from tests.conftest import timeless
from tests.questions import questions
from tests.referrals import cast as hands
from tests.supervision import test_every_move as moves
from tipline.kit.db import db
from tipline.leads import operations as leads
from tipline.office import glance, trail
from tipline.office.charter import Act, Role
from tipline.office.glance import Glance
from tipline.office.models import Session
from tipline.referrals import operations as referrals
from tipline.referrals import queries
from tipline.referrals.lifecycle import ReferralState

CHANGED, BESIDE = "有变动", "还有1人正在看此件"
NOON = make.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def stopped(set_clock):
    set_clock(NOON)
    return set_clock


def opened(browser, page):
    """Open a page and give what it asks when it lies open."""
    text = browser.get(page).text
    asked, since = re.search(r'data-glance="([^"]+)" data-since="(\d+)"', text).groups()

    def ask():
        answer = browser.post(asked, data={"since": since})
        assert answer.status_code == 200
        return answer.text.strip()

    return ask


def test_a_change_by_another_is_told_and_ones_own_and_a_reading_are_not(app, sign_in):
    keeper, leader = make.officer(Role.LEDGER_KEEPER), make.officer(Role.BUREAU_LEADER)
    lead = make.lead("village_head", by=make.officer(Role.OPERATOR))
    (referral,) = make.referrals(lead)
    page, key = f"/referrals/{referral.key}", lead.key
    mine = opened(sign_in(keeper), page)
    assert mine() == ""
    on_lead = opened(sign_in(keeper), f"/leads/{key}")
    sign_in(leader).get(f"/leads/{key}")
    assert on_lead() == ""
    referrals.approve(referral, by=leader, at=make.NOON + timedelta(minutes=42))
    db.session.commit()
    assert "此件12:42有变动" in mine()
    assert f'href="{page}"' in mine()
    assert leader.name not in mine()
    again = opened(sign_in(keeper), page)
    referrals.hand_over(referral, by=keeper, at=NOON)
    db.session.commit()
    assert again() == ""


def test_what_is_done_inside_the_body_is_told_only_there(app, sign_in):
    players = hands.cast(two=True)
    referral = hands.brought_to(ReferralState.SIGNED_FOR, players)
    db.session.commit()
    page = f"/referrals/{referral.key}"
    sender, inside = opened(sign_in(players.keeper), page), opened(sign_in(players.principal), page)
    hands.DEEDS[Act.SEND_BACK](referral, players, NOON)
    db.session.commit()
    assert sender() == ""
    assert CHANGED in inside()


def test_a_case_tells_as_well(app, sign_in):
    players = moves.people()
    case = moves.brought_to(moves.S.PROPOSED, players)
    db.session.commit()
    told = opened(sign_in(players["second"]), f"/supervision/{case.key}")
    moves.DEEDS[Act.OPEN_SUPERVISION](case, players)
    db.session.commit()
    assert CHANGED in told()


def test_colleagues_hear_of_each_other_for_a_minute_and_others_never(app, sign_in, stopped):
    keeper, second = make.officer(Role.LEDGER_KEEPER), make.officer(Role.LEDGER_KEEPER)
    clerk = make.officer(Role.TOWN_CLERK)
    page = f"/leads/{make.lead('village_head', by=clerk).key}"
    mine, theirs, other_office = (opened(sign_in(one), page) for one in (keeper, second, clerk))
    before = trail.head()
    assert [mine(), other_office()] == ["", ""]
    assert BESIDE in theirs()
    assert BESIDE in mine()
    assert other_office() == ""
    stopped(NOON + glance.LASTS)
    assert BESIDE not in mine()
    assert db.session.scalar(select(func.count()).select_from(Glance)) == 1
    assert trail.head() == before


def worlds(sign_in, page, insiders):
    """What a walled colleague gets before and while others look at the lead and change it."""
    other = make.lead("village_head", names=("某乙",), by=make.officer(Role.OPERATOR))
    named = sign_in(make.officer(Role.LEDGER_KEEPER, name="佘仁杰"))
    beside = opened(named, f"/leads/{other.key}")

    def got():
        doors = (f"{page}/glance", "/leads/2222222222222222/glance")
        answers = [named.post(door, data={"since": "0"}) for door in doors]
        assert {answer.status_code for answer in answers} == {404}
        return [timeless(answer.text) for answer in answers], beside()

    quiet = got()
    looks = [opened(sign_in(one), page) for one in insiders]
    assert [BESIDE in look() for look in looks] == [False, True]
    return quiet, got


def test_to_whoever_is_walled_off_both_worlds_are_one(app, sign_in):
    insiders = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK)
    lead = make.lead("village_head", names=("佘仁杰",), by=insiders[0])
    key = lead.key
    quiet, got = worlds(sign_in, f"/leads/{key}", insiders)
    leads.amend(lead, "另一番话。", reason="来电人补正了时间。", by=lead.registered_by, at=NOON)
    db.session.commit()
    assert got() == quiet
    (known, nothing), _ = quiet
    assert known == nothing


def test_a_wall_that_is_missing_is_found(app, sign_in, monkeypatch):
    monkeypatch.setattr("tipline.leads.queries.not_walled", lambda officer: true())
    insiders = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK)
    lead = make.lead("village_head", names=("佘仁杰",), by=insiders[0])
    with pytest.raises(AssertionError):
        worlds(sign_in, f"/leads/{lead.key}", insiders)


def test_lines_that_are_not_told_would_be_found(app, sign_in, monkeypatch):
    whole = queries.told_of
    monkeypatch.setattr(queries, "told_of", lambda referral, *, inside: whole(referral, inside=True))
    with pytest.raises(AssertionError):
        test_what_is_done_inside_the_body_is_told_only_there(app, sign_in)


def test_an_open_page_keeps_no_idle_session_alive_and_asks_little(app, sign_in, stopped):
    players = hands.cast()
    referral = hands.brought_to(ReferralState.SIGNED_FOR, players)
    db.session.commit()
    ask = opened(sign_in(players.inspector), f"/referrals/{referral.key}")
    db.session.execute(update(Session).values(seen_at=NOON - timedelta(minutes=10)))
    db.session.commit()
    with questions() as asked:
        ask()
    assert len(asked) <= 10
    assert {seen for (seen,) in db.session.execute(select(Session.seen_at))} == {NOON - timedelta(minutes=10)}


def test_what_was_written_on_a_refused_form_is_given_back_and_to_nobody_else(app, sign_in):
    clerk = make.officer(Role.TOWN_CLERK)
    lead = make.lead("village_head", by=clerk, at=NOON)
    data = {
        "amend-narrative": "写了很久 的话。",
        "amend-reason": "补正时间地点。",
        "amend-knew": "0",
        "amend-household": "住在村东头 的那一户",
        "x-password": "a b c",
    }
    address, browser = f"/leads/{lead.key}/amend", sign_in(clerk)
    for referral in make.referrals(lead):
        referrals.approve(referral, by=make.officer(Role.LEDGER_KEEPER), at=NOON)
        referrals.hand_over(referral, by=clerk, at=NOON)
    db.session.commit()
    refused = browser.post(address, data=data)
    assert refused.status_code == 403
    assert "您刚才写的" in refused.text
    assert data["amend-narrative"] in refused.text
    assert data["amend-household"] in refused.text
    assert "a b c" not in refused.text
    elsewhere = browser.post("/leads/2222222222222222/amend", data=data)
    assert elsewhere.status_code == 404
    assert data["amend-narrative"] in elsewhere.text
    assert "您刚才写的" not in browser.get("/leads/2222222222222222").text
