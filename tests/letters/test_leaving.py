"""Somebody leaves: their drafts and the cases they answer for pass to a colleague, and nothing is orphaned."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.letters.cast import at_stage, cast, drafted
from tests.supervision.test_every_move import DEEDS, people
from tests.supervision.test_every_move import brought_to as case_in
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.leads import access, recusals
from tipline.letters import holding, waiting
from tipline.letters.lifecycle import LetterStage
from tipline.office import handing_on, holdings, leaving, trail
from tipline.office.charter import Act, Role
from tipline.office.lifecycle import LeavingState
from tipline.office.models import Entry
from tipline.supervision import joining
from tipline.supervision.lifecycle import CaseState

LATER = make.NOON + timedelta(days=1)


@pytest.fixture
def admin(app):
    make.officer(Role.SYSTEM_ADMIN)
    return make.officer(Role.SYSTEM_ADMIN)


def leaves(officer, admin):
    one = leaving.start(officer, by=admin, at=LATER)
    db.session.commit()
    return one


def desk(officer) -> list[str]:
    db.session.flush()
    return [one.number for one in waiting.waiting_for(officer, date(2018, 6, 5))]


@pytest.mark.parametrize("stage", [LetterStage.DRAFT, LetterStage.SENT_BACK])
def test_a_draft_passes_to_a_colleague_who_finds_it_on_the_desk(app, admin, stage):
    players = cast()
    letter = at_stage(stage, players)
    mate = players.second_keeper
    assert letter.number not in desk(mate)
    one = leaves(players.keeper, admin)
    with pytest.raises(Incomplete):
        handing_on.complete(one, by=mate, at=LATER)
    handing_on.hand_on(one, holding.KIND, letter.key, mate, by=mate, at=LATER)
    handing_on.complete(one, by=mate, at=LATER)
    assert letter.number in desk(mate)
    assert (letter.held_by, letter.drafted_by) == (mate, players.keeper)
    assert db.session.scalars(select(Entry).filter_by(paper=letter.ref, act=Act.HAND_ON)).one().note == mate.name
    assert holdings.orphans() == 0
    assert not list(trail.faults())


def test_a_letter_that_is_no_longer_written_holds_nobody(app, admin):
    players = cast()
    at_stage(LetterStage.IN_APPROVAL, players)
    one = leaves(players.keeper, admin)
    assert holdings.held_by(players.keeper, players.keeper.office, players.second_keeper) == []
    handing_on.complete(one, by=players.second_keeper, at=LATER)
    assert one.state is LeavingState.DONE


def test_a_draft_that_nobody_there_may_know_of_is_let_go_and_is_anybodys_once_they_may(app, admin):
    players = cast()
    letter = drafted(players)
    recusals.recuse(letter.lead, "other", reason="两家是多年的邻居。", by=players.second_keeper, at=LATER)
    one = leaves(players.keeper, admin)
    assert holdings.held_by(players.keeper, players.keeper.office, players.second_keeper) == []
    handing_on.complete(one, by=players.second_keeper, at=LATER)
    assert (letter.held_by, holdings.orphans()) == (None, 0)
    assert letter.number not in desk(players.second_keeper)
    newcomer = make.officer(Role.LEDGER_KEEPER)
    access.redraw(letter.lead)
    assert letter.number in desk(newcomer)


def test_who_answers_for_a_case_is_followed_by_a_colleague(app, admin):
    players = people()
    case = case_in(CaseState.UNDER_SUPERVISION, players)
    DEEDS[Act.NAME_OFFICER](case, players)
    mate = players["leader"]
    one = leaves(players["second"], admin)
    (thing,) = holdings.held_by(players["second"], players["second"].office, mate)
    assert (thing.number, mate in thing.hands) == (case.number, True)
    with pytest.raises(Incomplete):
        handing_on.complete(one, by=mate, at=LATER)
    handing_on.hand_on(one, thing.kind, thing.key, mate, by=mate, at=LATER)
    handing_on.complete(one, by=mate, at=LATER)
    assert [named.officer for named in joining.answering(case)] == [mate]
    assert case.officers[0].until == LATER
    assert holdings.orphans() == 0
    assert not list(trail.faults())


def test_a_planted_fault_leaves_orphans_of_both_kinds(app, admin, monkeypatch):
    monkeypatch.setattr(leaving, "open_for", lambda *args, **more: None)
    players = people()
    case = case_in(CaseState.UNDER_SUPERVISION, players)
    DEEDS[Act.NAME_OFFICER](case, players)
    writers = cast()
    drafted(writers)
    for gone in (players["second"], writers.keeper):
        gone.active = False
    db.session.flush()
    assert holdings.orphans() == 2
