"""Notes and watchers: who reads which ring, who may be asked to look, and who hears that a paper moved."""

import pytest

from tests import make
from tests.referrals.cast import brought_to, cast, verified
from tipline.handling import operations as handling
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.law.bodies import Body
from tipline.notes import operations, queries, waiting
from tipline.notes.models import Note, Ring
from tipline.office.charter import Role
from tipline.office.roster import clock_officer
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import ReferralState

SAID = "先不要惊动村里，等银行流水。"
TODAY = make.NOON.date()


@pytest.fixture
def players(app):
    return cast()


@pytest.fixture
def referral(players):
    return brought_to(ReferralState.SIGNED_FOR, players)


def read(referral, officer):
    return [note.text for note in queries.of_referral(referral, officer)]


def test_a_note_inside_is_read_in_its_own_office_and_nowhere_else(players, referral):
    operations.write(referral, Ring.INTERNAL, SAID, by=players.inspector, at=make.NOON)
    colleague = make.officer(Role.TOWN_INSPECTOR)
    assert read(referral, players.inspector) == read(referral, colleague) == [SAID]
    assert read(referral, players.keeper) == read(referral, players.leader) == []


def test_a_note_to_the_other_side_is_read_on_both(players, referral):
    operations.write(referral, Ring.BUREAU, "请补寄审批表。", by=players.inspector, at=make.NOON)
    operations.write(referral, Ring.BUREAU, "已补寄。", by=players.keeper, at=make.NOON)
    assert read(referral, players.keeper) == read(referral, players.inspector) == ["请补寄审批表。", "已补寄。"]


def test_a_lead_has_no_other_side(players, referral):
    with pytest.raises(Incomplete, match="移送以后"):
        operations.write(referral.lead, Ring.BUREAU, SAID, by=players.keeper, at=make.NOON)


@pytest.mark.parametrize("text", ["", "　 \n", "\u200b"])
def test_an_empty_note_is_not_written(players, referral, text):
    with pytest.raises(Incomplete):
        operations.write(referral, Ring.INTERNAL, text, by=players.inspector, at=make.NOON)
    assert not db.session.query(Note).count()


def test_whoever_receives_calls_only_writes_no_notes(players, referral):
    with pytest.raises(NotPermitted):
        operations.write(referral.lead, Ring.INTERNAL, SAID, by=players.operator, at=make.NOON)


def test_the_words_of_a_note_stand_nowhere_in_plain(players, referral):
    note = operations.write(referral, Ring.INTERNAL, SAID, by=players.inspector, at=make.NOON)
    db.session.flush()
    assert SAID.encode() not in note.text_sealed


def test_the_three_askers_at_the_door(players, referral, sign_in):
    address = f"/notes/referrals/{referral.key}/internal/write"
    assert sign_in(players.inspector).post(address, data={"internal-text": SAID}).status_code == 302
    assert sign_in(players.stranger).post(address, data={"internal-text": SAID}).status_code == 404
    assert sign_in(players.operator).post(address, data={"internal-text": SAID}).status_code == 404
    page = f"/referrals/{referral.key}"
    assert SAID in sign_in(players.inspector).get(page).text
    assert SAID not in sign_in(players.keeper).get(page).text


def test_an_empty_form_comes_back_with_the_reason(players, referral, sign_in):
    answer = sign_in(players.inspector).post(f"/notes/referrals/{referral.key}/internal/write", data={})
    assert answer.status_code == 422
    assert "请写明备注内容" in answer.text


def test_whoever_keeps_an_eye_on_a_paper_hears_once_that_it_moved(players, referral):
    inspector, colleague = players.inspector, make.officer(Role.TOWN_INSPECTOR)
    operations.watch(referral, by=colleague, at=make.NOON)
    db.session.flush()
    assert not waiting.waiting_for(colleague, TODAY)
    handling.set_disposition(referral, verified(make.NOON), by=inspector, at=make.NOON)
    db.session.flush()
    (line,) = waiting.waiting_for(colleague, TODAY)
    assert (line.number, line.endpoint) == (referral.number, "referrals.show")
    operations.watch(referral, by=colleague, at=make.NOON)
    db.session.flush()
    assert not waiting.waiting_for(colleague, TODAY)


def test_what_a_body_does_inside_wakes_nobody_outside(players, referral):
    operations.watch(referral, by=players.keeper, at=make.NOON)
    handling.set_disposition(referral, verified(make.NOON), by=players.inspector, at=make.NOON)
    db.session.flush()
    assert not waiting.waiting_for(players.keeper, TODAY)
    handling.file_case(referral, by=players.inspector, at=make.NOON)
    db.session.flush()
    assert waiting.waiting_for(players.keeper, TODAY)


def test_the_desk_opens_the_paper_that_moved(players, referral, sign_in):
    operations.watch(referral, by=players.keeper, at=make.NOON)
    handling.set_disposition(referral, verified(make.NOON), by=players.inspector, at=make.NOON)
    handling.file_case(referral, by=players.inspector, at=make.NOON)
    db.session.commit()
    browser = sign_in(players.keeper)
    assert f"/referrals/{referral.key}" in browser.get("/desk/").text
    assert "变化已看" in browser.get(f"/referrals/{referral.key}").text


def test_only_who_may_read_it_is_offered_and_can_be_asked(players, referral):
    colleague = make.officer(Role.TOWN_INSPECTOR)
    assert queries.colleagues(referral, players.inspector) == [colleague]
    with pytest.raises(NotPermitted):
        operations.ask_to_watch(referral, players.stranger, by=players.inspector, at=make.NOON)
    operations.ask_to_watch(referral, colleague, by=players.inspector, at=make.NOON)
    db.session.flush()
    assert [line.number for line in waiting.waiting_for(colleague, TODAY)] == [referral.number]


def test_a_walled_colleague_is_not_offered_and_a_wall_drawn_later_ends_the_watch(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER, name="沙仁杰")
    walled = make.officer(Role.LEDGER_KEEPER, name="亓福来")
    lead = make.lead("village_head", "village_accountant", by=operator, names=("佘仁杰", "亓福来"))
    referral = make.referrals(lead)[0]
    assert lead.walled
    assert walled not in queries.colleagues(referral, keeper)
    operations.watch(referral, by=keeper, at=make.NOON)
    referrals.approve(referral, by=keeper, at=make.NOON)
    db.session.flush()
    assert waiting.waiting_for(keeper, TODAY)
    make.kin(keeper, "亓福来")
    db.session.flush()
    assert not waiting.waiting_for(keeper, TODAY)


def test_the_clock_is_nobodys_colleague(players, referral):
    assert clock_officer() not in queries.colleagues(referral, players.keeper)
    assert all(
        officer.office.body is Body.CIVIL_AFFAIRS_BUREAU for officer in queries.colleagues(referral, players.keeper)
    )
