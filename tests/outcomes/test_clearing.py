"""A false accusation needs a stored approval that two people handled; a name is cleared only of what is untrue."""

from datetime import timedelta

import pytest

from tests import make
from tests.outcomes.telling import LATER, ON, approval, at_work, colleague, said
from tipline.desk.queries import desk_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.office.charter import Act, Role
from tipline.outcomes import clearing, operations

UNTRUE = {"finding": "false_accusation", "form": None, "result": "经查系捏造。"}


def test_no_single_hand_finds_a_false_accusation(app):
    referral, players = at_work()
    paper = approval(referral, players.inspector)
    with pytest.raises(Incomplete, match="由另一人核对"):
        operations.record(referral, said(**UNTRUE), seen=0, by=players.inspector, at=LATER)
    with pytest.raises(NotPermitted, match="两人分别办理"):
        clearing.check_approval(paper, by=players.inspector, at=LATER)
    with pytest.raises(Incomplete):
        operations.record(referral, said(**UNTRUE), seen=0, by=players.inspector, at=LATER)


def test_with_the_approval_on_file_and_checked_it_is_found(app):
    referral, players = at_work()
    clearing.check_approval(approval(referral, players.inspector), by=colleague(), at=LATER)
    sheet = operations.record(referral, said(**UNTRUE), seen=0, by=players.inspector, at=LATER)
    operations.conclude(sheet, by=players.inspector, at=LATER)
    db.session.commit()
    assert referral.finding == "false_accusation"


def test_an_approval_that_was_rejected_does_not_count(app):
    referral, players = at_work()
    clearing.decline_approval(approval(referral, players.inspector), reason="文号不符。", by=colleague(), at=LATER)
    with pytest.raises(Incomplete):
        operations.record(referral, said(**UNTRUE), seen=0, by=players.inspector, at=LATER)


def test_an_approval_of_another_referral_does_not_count(app):
    referral, players = at_work()
    other, _ = at_work(players)
    clearing.check_approval(approval(other, players.inspector), by=colleague(), at=LATER)
    with pytest.raises(Incomplete):
        operations.record(referral, said(**UNTRUE), seen=0, by=players.inspector, at=LATER)


@pytest.mark.parametrize(
    "body", [body for body in Body if body not in (Body.MUNICIPAL_DISCIPLINE_BODY, Body.SUPERIOR_DISCIPLINE_BODY)]
)
def test_a_body_below_the_level_of_the_notice_cannot_approve(app, body):
    referral, players = at_work()
    with pytest.raises(Incomplete, match="级别不够"):
        approval(referral, players.inspector, body=body)


@pytest.mark.parametrize("wrong", [{"body_name": "　"}, {"document": ""}, {"approved_on": ON + timedelta(days=1)}])
def test_an_approval_has_a_name_a_number_and_a_day_that_has_come(app, wrong):
    referral, players = at_work()
    with pytest.raises(Incomplete):
        approval(referral, players.inspector, **wrong)


def test_an_honest_mistake_needs_no_approval(app):
    referral, players = at_work()
    make.concluded(referral, finding="wrongly_reported", form=None, by=players.inspector, at=LATER)
    assert referral.finding == "wrongly_reported"


def test_an_approval_waits_for_another_person_of_the_body(app):
    referral, players = at_work()
    second = colleague()
    approval(referral, players.inspector)
    db.session.commit()

    def checks(officer):
        groups = desk_of(officer, ON).groups.values()
        return [thing.number for group in groups for thing in group if thing.act is Act.CHECK_APPROVAL]

    assert checks(second) == [referral.number]
    assert checks(players.inspector) == checks(players.stranger) == checks(players.keeper) == []


def clarified(referral, by, **more):
    usual = {"reason": "影响其正常工作。", "manner": "letter", "audience": "其单位主要负责人", "requested_on": ON}
    return clearing.propose(referral, **(usual | more), by=by, at=LATER)


@pytest.mark.parametrize("finding", ["not_substantiated", "wrongly_reported"])
def test_a_name_is_cleared_by_three_steps_and_two_people(app, finding):
    referral, players = at_work()
    make.concluded(referral, finding=finding, form=None, by=players.inspector, at=make.NOON)
    paper, second = clarified(referral, players.inspector), colleague()
    with pytest.raises(NotPermitted, match="两人分别办理"):
        clearing.approve(paper, principal="书记", by=players.inspector, at=LATER)
    clearing.approve(paper, principal="镇纪委书记彭某", by=second, at=LATER)
    clearing.finish(paper, ON, by=players.inspector, at=LATER)
    db.session.commit()
    assert (paper.principal, paper.done_on, paper.requested_on) == ("镇纪委书记彭某", ON, ON)


@pytest.mark.parametrize("finding", ["substantiated", "mostly_substantiated", "partly_substantiated", "unverifiable"])
def test_no_name_is_cleared_of_what_is_not_untrue(app, finding):
    referral, players = at_work()
    make.concluded(referral, finding=finding, by=players.inspector, at=make.NOON)
    with pytest.raises(Incomplete, match="不实"):
        clarified(referral, players.inspector)


def test_a_name_is_cleared_after_the_conclusion_and_once(app):
    referral, players = at_work()
    with pytest.raises(NotNow, match="办结以后"):
        clarified(referral, players.inspector)
    make.concluded(referral, finding="not_substantiated", form=None, by=players.inspector, at=make.NOON)
    paper = clarified(referral, players.inspector)
    with pytest.raises(NotNow, match="已提请过"):
        clarified(referral, players.inspector)
    clearing.decline(paper, reason="影响不大。", by=colleague(), at=LATER)
    assert clarified(referral, players.inspector)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"audience": " "}, {"requested_on": ON + timedelta(days=9)}])
def test_a_clarification_says_why_before_whom_and_when_it_was_asked(app, wrong):
    referral, players = at_work()
    make.concluded(referral, finding="not_substantiated", form=None, by=players.inspector, at=make.NOON)
    with pytest.raises(Incomplete):
        clarified(referral, players.inspector, **wrong)


def test_only_the_handling_body_touches_these_papers(app):
    referral, players = at_work()
    paper = approval(referral, players.inspector)
    for outsider in (players.stranger, make.officer(Role.DISTRICT_INSPECTOR), players.keeper):
        with pytest.raises(NotPermitted):
            approval(referral, outsider)
        with pytest.raises(NotPermitted):
            clearing.check_approval(paper, by=outsider, at=LATER)
