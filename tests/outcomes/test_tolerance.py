"""Error tolerance: three answers, a decider above any town and free of ties, and a correction that is chased."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests import make
from tests.outcomes.telling import LATER, ON, TESTS, at_work, measure, review, said
from tests.referrals.cast import S, brought_to, cast, proposed
from tipline.desk import queries as desk
from tipline.desk.queries import Group, desk_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow, NotPermitted
from tipline.office.charter import TOWN_ROLES, Act, Role
from tipline.office.powers import PERMITTED
from tipline.outcomes import operations, queries, tolerance
from tipline.outcomes.models import ToleranceReview
from tipline.outcomes.objections import deciders
from tipline.outcomes.tolerance import Answer, Decision

DUE = ON + timedelta(days=10)


@pytest.fixture
def district(app):
    return make.officer(Role.DISTRICT_INSPECTOR)


def decided(paper, by, decision="exempt", **more):
    tolerance.decide(paper, Decision(decision=decision, ground="符合三个区分开来。", **more), by=by, at=LATER)


def test_the_three_distinctions_are_each_answered_with_a_reason(district):
    referral, players = at_work()
    for missing in TESTS:
        answers = {test: Answer(True, "理由") for test in TESTS if test != missing}
        for silent in (answers, answers | {missing: Answer(False, " ")}):
            with pytest.raises(Incomplete, match="三个区分开来"):
                tolerance.propose(referral, facts="事实", answers=silent, by=players.inspector, at=LATER)
    paper = review(referral, players.inspector)
    assert [answer.test for answer in paper.answers] == list(TESTS)


def test_no_one_of_a_town_ever_decides():
    assert not [role for role in TOWN_ROLES if Act.DECIDE_TOLERANCE in PERMITTED[role]]


def test_whoever_proposed_does_not_decide(app):
    first, second = make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.DISTRICT_INSPECTOR)
    players = replace(cast(), inspector=first)
    referral = brought_to(S.IN_DISPOSITION, players, proposed(players, "town_mayor"))
    paper = review(referral, first)
    with pytest.raises(NotPermitted, match="两人分别办理"):
        decided(paper, first)
    decided(paper, second)
    assert paper.decided_by is second


def test_the_bureau_and_the_town_do_not_decide(district):
    referral, players = at_work()
    paper = review(referral, players.inspector)
    group = make.officer(Role.GROUP_INSPECTOR)
    for outsider in (players.inspector, players.stranger, players.keeper, players.leader, group):
        with pytest.raises(NotPermitted):
            decided(paper, outsider)


def test_whoever_has_the_persons_name_does_not_decide(app):
    referral, players = with_nobody_to_decide()
    namesake = make.officer(Role.DISTRICT_INSPECTOR, name=make.NAMES[0])
    with pytest.raises(NotNow, match="均须回避"):
        review(referral, players.inspector)
    free = make.officer(Role.DISTRICT_INSPECTOR)
    assert deciders(referral) == [free]
    paper = review(referral, players.inspector)
    with pytest.raises(NotPermitted):
        decided(paper, namesake)


def with_nobody_to_decide():
    """The district's one inspector has left."""
    referral, players = at_work()
    players.district.active = False
    db.session.flush()
    return referral, players


def test_without_somebody_to_decide_nothing_is_proposed(app):
    referral, players = with_nobody_to_decide()
    with pytest.raises(NotNow, match="均须回避"):
        review(referral, players.inspector)


def test_one_review_at_a_time_and_another_only_after_it_did_not_apply(district):
    referral, players = at_work()
    paper = review(referral, players.inspector)
    with pytest.raises(NotNow, match="已提请过"):
        review(referral, players.inspector)
    decided(paper, district, "not_applicable")
    again = review(referral, players.inspector)
    decided(again, district)
    with pytest.raises(NotNow, match="已提请过"):
        review(referral, players.inspector)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"decision": "forgiven"}, NotFound),
        ({"decision": "lighter", "ground": " "}, Incomplete),
        ({"decision": "lighter", "correction": "补办手续。"}, Incomplete),
        ({"decision": "lighter", "correction_due_on": DUE}, Incomplete),
        ({"decision": "lighter", "correction": "补办手续。", "correction_due_on": ON - timedelta(days=1)}, Incomplete),
        ({"decision": "not_applicable", "correction": "补办手续。", "correction_due_on": DUE}, Incomplete),
    ],
)
def test_a_decision_is_whole_or_not_made(district, wrong, error):
    referral, players = at_work()
    paper = review(referral, players.inspector)
    with pytest.raises(error):
        tolerance.decide(paper, Decision(**({"ground": "理由"} | wrong)), by=district, at=LATER)


def test_a_correction_past_its_day_burns_on_the_desk_of_the_body_and_the_bell_counts_it(district):
    referral, players = at_work()
    paper = review(referral, players.inspector)
    decided(paper, district, correction="补办评议手续。", correction_due_on=DUE)
    db.session.commit()

    def where(officer, on):
        groups = desk_of(officer, on).groups
        return [g for g, things in groups.items() for thing in things if thing.act is Act.MEET_CORRECTION]

    late = DUE + timedelta(days=1)
    assert where(players.inspector, ON) == [Group.LATER]
    assert where(players.inspector, DUE) == [Group.TODAY]
    assert where(players.inspector, late) == [Group.OVERDUE]
    assert where(district, late) == where(players.stranger, late) == where(players.keeper, late) == []
    before = desk.due_today(players.stranger, late)
    bells = [desk.due_today(players.inspector, day) for day in (DUE - timedelta(days=1), DUE)]
    assert (bells[1] - bells[0], before) == (1, 0)
    tolerance.meet_correction(paper, ON, by=players.inspector, at=LATER)
    db.session.commit()
    assert where(players.inspector, late) == []


def test_a_decision_without_a_correction_has_none_to_record(district):
    referral, players = at_work()
    paper = review(referral, players.inspector)
    decided(paper, district)
    with pytest.raises(NotNow, match="没有要求纠正"):
        tolerance.meet_correction(paper, ON, by=players.inspector, at=LATER)


def test_a_review_waits_for_whoever_may_decide_it(district):
    referral, players = at_work()
    review(referral, players.inspector)
    db.session.commit()

    def waits(officer):
        groups = desk_of(officer, ON).groups.values()
        return [thing.number for group in groups for thing in group if thing.act is Act.DECIDE_TOLERANCE]

    assert waits(district) == [referral.number]
    for other in (players.inspector, players.stranger, players.leader, make.officer(Role.GROUP_INSPECTOR)):
        assert waits(other) == []


def test_a_case_is_closed_under_error_tolerance_only_with_its_decided_sheet(district):
    referral, players = at_work()
    by = players.inspector
    tolerated = said(form=None, tolerance=True)
    sheet = operations.record(referral, tolerated, seen=0, by=by, at=LATER)
    with pytest.raises(Incomplete, match="须先有有权机关的决定"):
        operations.conclude(sheet, by=by, at=LATER)
    paper = review(referral, by)
    with pytest.raises(Incomplete, match="须先有有权机关的决定"):
        operations.conclude(sheet, by=by, at=LATER)
    decided(paper, district)
    sanctioned = said(tolerance=True, measures=(measure(),))
    with pytest.raises(Incomplete, match="已决定免责"):
        operations.conclude(operations.record(referral, sanctioned, seen=1, by=by, at=LATER), by=by, at=LATER)
    operations.conclude(operations.record(referral, tolerated, seen=2, by=by, at=LATER), by=by, at=LATER)
    db.session.commit()
    assert referral.state is S.CONCLUDED
    assert queries.tally(referral.lead).tolerated == 1


def test_the_district_sees_every_review_but_none_behind_a_wall(district):
    players = cast()
    referral, _ = at_work(players)
    paper = review(referral, players.inspector)
    db.session.commit()
    assert list(db.session.scalars(queries.reviews_visible_to(district))) == [paper]
    for other in (players.stranger, players.keeper, players.leader, make.officer(Role.GROUP_INSPECTOR)):
        assert not list(db.session.scalars(queries.reviews_visible_to(other)))
    referral.lead.walled = True
    db.session.flush()
    for officer in (district, players.inspector):
        assert not list(db.session.scalars(queries.reviews_visible_to(officer)))
        assert not list(db.session.scalars(queries.visible_to(officer)))
    db.session.rollback()
    assert db.session.get(ToleranceReview, paper.id) is not None
