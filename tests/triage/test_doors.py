"""Triage at the counter, asked by who may, who may not, and the stranger; and what the panel says to whom."""

from datetime import timedelta

import pytest

from tests import make
from tests.questions import questions
from tests.triage.cast import WORDS, S, brought_to, cast, registered
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role

DOORS = {
    Act.ASK_BACK: (S.REGISTERED, "ask-back", {"asked-words": "哪一年发生的？"}, "keeper"),
    Act.NOTE_ANSWER: (S.AWAITING_INFO, "note-answer", {"answer-words": "去年秋天。"}, "keeper"),
    Act.PROPOSE_REFUSAL: (
        S.REGISTERED,
        "propose-refusal",
        {"refusal-reason": "no_substance", "refusal-words": WORDS},
        "keeper",
    ),
    Act.REFUSE_LEAD: (S.REFUSAL_PROPOSED, "refuse", {}, "leader"),
    Act.KEEP_LEAD: (S.REFUSAL_PROPOSED, "keep", {"keep-words": "可以核查。"}, "leader"),
    Act.TELL_REFUSAL: (S.NOT_ACCEPTED, "tell-refusal", {"told-words": "电话告知"}, "keeper"),
    Act.PASS_ON: (S.REGISTERED, "pass-on", {"pass-words": "静海区民政局"}, "keeper"),
    Act.RECORD_PASS_RECEIPT: (S.PASSED_ON, "record-pass-receipt", {"receipt-words": "静收5号"}, "keeper"),
    Act.SEPARATE_PETITION: (S.REGISTERED, "separate", {"separate-words": "低保被停，不服。"}, "keeper"),
    Act.CONVERT_LEAD: (S.REGISTERED, "convert", {"convert-words": "低保被停，不服。"}, "keeper"),
    Act.REOPEN_LEAD: (S.NOT_ACCEPTED, "reopen", {"reopen-words": "又收到存折复印件。"}, "keeper"),
    Act.ARCHIVE_LEAD: (S.ARCHIVED, "archive", {"filing-words": "2018-7"}, "keeper"),
}
IN_TIME = make.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    """The counter's clock stands where the calls were made."""
    set_clock(IN_TIME)


@pytest.mark.parametrize("act", DOORS)
def test_every_door_opens_to_who_may_and_is_not_there_for_the_others(app, sign_in, act):
    state, verb, data, who = DOORS[act]
    players = cast()
    lead = brought_to(state, players)
    if act is Act.ARCHIVE_LEAD:  # the deed again, on a lead that is already there: the life says no
        address = f"/triage/{lead.key}/{verb}"
        db.session.commit()
        assert sign_in(players.keeper).post(address, data=data).status_code == 409
        return
    db.session.commit()
    address = f"/triage/{lead.key}/{verb}"
    for outsider in (players.stranger, players.clerk, players.operator, make.officer(Role.AUDITOR)):
        assert sign_in(outsider).post(address, data=data).status_code == 404
    before = lead.state
    response = sign_in(getattr(players, who)).post(address, data=data)
    assert response.status_code == 302, response.text
    db.session.refresh(lead)
    assert lead.state is not before or act in {Act.TELL_REFUSAL, Act.RECORD_PASS_RECEIPT, Act.SEPARATE_PETITION}


@pytest.mark.parametrize("act", [act for act in DOORS if DOORS[act][2] and act is not Act.CONVERT_LEAD])
def test_a_form_without_its_words_comes_back(app, sign_in, act):
    state, verb, data, who = DOORS[act]
    players = cast()
    lead = brought_to(state, players)
    db.session.commit()
    browser = sign_in(getattr(players, who))
    response = browser.post(f"/triage/{lead.key}/{verb}", data=dict.fromkeys(data, ""))
    assert response.status_code == 422
    assert lead.number in response.text
    assert next(iter(data)) in response.text


def test_what_is_refused_comes_back_with_its_words_and_the_reason(app, sign_in):
    players = cast()
    lead = registered(players, reporter=None)
    db.session.commit()
    response = sign_in(players.keeper).post(f"/triage/{lead.key}/ask-back", data={"asked-words": "哪一年发生的呢？"})
    assert response.status_code == 409
    assert "哪一年发生的呢？" in response.text
    assert "联系方式" in response.text


def test_the_panel_says_where_the_lead_stands_and_shows_the_words_to_readers_only(app, sign_in):
    players = cast()
    lead = brought_to(S.AWAITING_INFO, players)
    db.session.commit()
    keeper, leader = (sign_in(one).get(f"/leads/{lead.key}").text for one in (players.keeper, players.leader))
    for page in (keeper, leader):
        assert "待补充" in page
        assert "等待批办" in page
    assert "哪一年发生的？" in keeper
    assert "哪一年发生的？" not in leader
    assert sign_in(players.stranger).get(f"/leads/{lead.key}").status_code == 404


def test_who_decides_reads_why_it_should_be_refused(app, sign_in):
    players = cast()
    lead = brought_to(S.REFUSAL_PROPOSED, players)
    db.session.commit()
    assert WORDS in sign_in(players.leader).get(f"/leads/{lead.key}").text
    assert "决定是否受理" in sign_in(players.leader).get("/desk/").text
    operator = sign_in(players.operator).get(f"/leads/{lead.key}").text
    assert "拟不予受理" in operator


def test_the_ledger_is_narrowed_by_state(app, sign_in):
    players = cast()
    waiting, other = brought_to(S.AWAITING_INFO, players), registered(players)
    db.session.commit()
    page = sign_in(players.keeper).get("/leads/?state=awaiting_info").text
    assert waiting.number in page
    assert other.number not in page


def test_the_panel_asks_no_more_for_many_referrals(app, sign_in):
    players = cast()
    few, many = registered(players), make.lead(*["village_head"] * 6, by=players.operator)
    keys = few.key, many.key
    db.session.commit()
    browser = sign_in(players.keeper)
    counts = []
    for key in keys:
        browser.get(f"/leads/{key}")
        with questions() as asked:
            assert browser.get(f"/leads/{key}").status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1, counts


def test_a_walled_officer_finds_no_door(app, sign_in):
    players = cast()
    named = make.officer(Role.LEDGER_KEEPER, name=make.NAMES[0])
    lead = registered(players)
    assert lead.walled
    db.session.commit()
    browser = sign_in(named)
    for _state, verb, data, _who in DOORS.values():
        assert browser.post(f"/triage/{lead.key}/{verb}", data=data).status_code == 404
    assert lead.number not in browser.get("/desk/").text
    assert db.session.get(Lead, lead.id).state is S.REGISTERED
