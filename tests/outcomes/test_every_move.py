"""The four lives of the room: every pair of state and deed does what its table says, or nothing."""

from datetime import timedelta

import pytest

from tests import make
from tests.outcomes.telling import LATER, ON, approval, at_work, colleague, review, said
from tests.referrals.cast import S, cast
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.outcomes import clearing, operations, tolerance
from tipline.outcomes.lifecycle import APPROVAL, CLARIFICATION, SHEET, TOLERANCE
from tipline.outcomes.objections import open_acts
from tipline.outcomes.tolerance import Decision

DUE = ON + timedelta(days=30)
DECISION = Decision(decision="lighter", ground="初犯，手续有误。", correction="补办评议手续。", correction_due_on=DUE)


class Cast:
    """Who acts on the papers of one referral."""

    def __init__(self, **sheet):
        self.referral, players = at_work(cast())
        self.first, self.second = players.inspector, colleague()
        self.district = make.officer(Role.DISTRICT_INSPECTOR)
        self.told = said(**sheet)


def record(paper, c):
    return operations.record(c.referral, c.told, seen=paper.draft if paper else 0, by=c.first, at=LATER)


DEEDS = {
    Act.RECORD_OUTCOME: record,
    Act.CONCLUDE: lambda paper, c: operations.conclude(paper, by=c.first, at=LATER),
    Act.CHECK_APPROVAL: lambda paper, c: clearing.check_approval(paper, by=c.second, at=LATER),
    Act.DECLINE_APPROVAL: lambda paper, c: clearing.decline_approval(paper, reason="文号不符。", by=c.second, at=LATER),
    Act.APPROVE_CLARIFICATION: lambda paper, c: clearing.approve(
        paper, principal="纪委书记彭某", by=c.second, at=LATER
    ),
    Act.DECLINE_CLARIFICATION: lambda paper, c: clearing.decline(paper, reason="影响不大。", by=c.second, at=LATER),
    Act.FINISH_CLARIFICATION: lambda paper, c: clearing.finish(paper, ON, by=c.first, at=LATER),
    Act.DECIDE_TOLERANCE: lambda paper, c: tolerance.decide(paper, DECISION, by=c.district, at=LATER),
    Act.MEET_CORRECTION: lambda paper, c: tolerance.meet_correction(paper, ON, by=c.first, at=LATER),
}


def a_sheet(c):
    return record(None, c)


def an_approval(c):
    return approval(c.referral, c.first)


def a_clarification(c):
    if c.referral.finding is None:
        operations.conclude(record(None, c), by=c.first, at=LATER)
    return clearing.propose(
        c.referral,
        reason="影响其正常工作。",
        manner="in_person",
        audience="双港村“两委”",
        requested_on=None,
        by=c.first,
        at=LATER,
    )


def a_review(c):
    return review(c.referral, c.first)


LIVES = [
    (SHEET, a_sheet, {}),
    (APPROVAL, an_approval, {}),
    (CLARIFICATION, a_clarification, {"finding": "not_substantiated", "form": None}),
    (TOLERANCE, a_review, {}),
]
PLACES = [(life, begun, sheet, state) for life, begun, sheet in LIVES for state in dict.fromkeys(life.moves.values())]


def brought_to(state, paper, life, c):
    """Along the shortest way of the table."""
    roads = {paper.state: ()}
    for here in (waiting := [paper.state]):
        for (start, act), there in life.moves.items():
            if start is here and there not in roads:
                roads[there] = (*roads[here], act)
                waiting.append(there)
    for act in roads[state]:
        DEEDS[act](paper, c)
    return paper


@pytest.mark.parametrize(("life", "begun", "sheet", "state"), PLACES)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, life, begun, sheet, state):
    c = Cast(**sheet)
    paper = brought_to(state, begun(c), life, c)
    db.session.flush()
    for act in life.acts & DEEDS.keys():
        if (state, act) in life.moves:
            with db.session.begin_nested() as trial:
                DEEDS[act](paper, c)
                db.session.flush()
                assert paper.state is life.moves[state, act], act
                trial.rollback()
        else:
            with pytest.raises(NotNow):
                DEEDS[act](paper, c)
        assert paper.state is state, act
    db.session.commit()
    assert not list(trail.faults())


@pytest.mark.parametrize(("life", "begun", "sheet", "state"), PLACES)
def test_every_button_belongs_to_the_table_and_to_the_role(app, life, begun, sheet, state):
    c = Cast(**sheet)
    paper = brought_to(state, begun(c), life, c)
    offered = {officer.id: open_acts(paper, officer) for officer in (c.first, c.second, c.district)}
    assert all((state, act) in life.moves for acts in offered.values() for act in acts)
    assert all(any(act in acts for acts in offered.values()) for start, act in life.moves if start is state)
    stranger = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    assert open_acts(paper, stranger) == open_acts(paper, make.officer(Role.LEDGER_KEEPER)) == []


@pytest.mark.parametrize("state", [S.SIGNED_FOR, S.HANDED_OVER, S.PROPOSED, S.CONCLUDED, S.FED_BACK])
def test_a_sheet_is_filled_in_only_where_a_conclusion_may_follow(app, state):
    referral, players = at_work(cast(), state)
    with pytest.raises(NotNow):
        operations.record(referral, said(), seen=0, by=players.inspector, at=LATER)
