"""The desk: what waits for whom, in the order in which it burns, and the bell that counts it."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.referrals.cast import DEEDS, S, brought_to, cast, proposed
from tipline.desk import queries
from tipline.desk.queries import Group, desk_of
from tipline.kit.db import db
from tipline.law.running import first_to_run_out
from tipline.office import calendars
from tipline.office.charter import Act, Role
from tipline.referrals import reckoning
from tipline.referrals import waiting as referral_waiting

MONDAY = date(2018, 6, 4)


def numbers(officer, on=MONDAY):
    """What waits, by number; a contradiction in the notice has none, and waits for every leader."""
    things = [thing for group in desk_of(officer, on).groups.values() for thing in group]
    return [thing.number for thing in things if thing.number]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (S.PROPOSED, {"keeper", "second_keeper", "leader"}),
        (S.REDIRECTING, {"second_keeper", "leader"}),  # the keeper asked for it
        (S.APPROVED, {"keeper", "second_keeper"}),
        (S.HANDED_OVER, {"inspector", "principal"}),
        (S.RETURNED, {"keeper", "second_keeper", "inspector", "principal"}),  # the body owes the letter of return
        (S.RECALLED, {"keeper", "second_keeper"}),
        (S.SIGNED_FOR, {"inspector", "principal"}),
        (S.CASE_FILED, {"inspector", "principal"}),
        (S.CONCLUDED, {"inspector", "principal"}),
        (S.FED_BACK, set()),
    ],
)
def test_a_referral_waits_for_whoever_has_the_next_deed(app, state, who):
    players = cast(two=True)
    referral = brought_to(state, players)
    db.session.commit()
    everybody = vars(players)
    assert {name for name, officer in everybody.items() if referral.number in numbers(officer)} == who


def test_a_row_names_the_deed_whose_day_it_shows(app):
    """Whoever is told first whether the call was accepted is told before anybody disposes of the case."""
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    db.session.commit()
    waits = [thing for thing in referral_waiting.waiting_for(players.inspector, MONDAY) if thing.number]
    assert [(thing.act, thing.day) for thing in waits] == [(Act.TELL_ACCEPTANCE, first_day_of(referral))]
    DEEDS[Act.TELL_ACCEPTANCE](referral, players, make.NOON)
    db.session.commit()
    waits = [thing for thing in referral_waiting.waiting_for(players.inspector, MONDAY) if thing.number]
    assert [(thing.act, thing.day) for thing in waits] == [(Act.SET_DISPOSITION, first_day_of(referral))]


def first_day_of(referral):
    first = first_to_run_out(reckoning.clocks(referral, calendars.calendar()))
    return first.due.on


def test_a_dispute_waits_for_the_leader_alone(app):
    players = cast()
    referral = brought_to(S.RETURNED, players)
    for act in (Act.APPROVE_REFERRAL, Act.HAND_OVER, Act.SEND_BACK, Act.ENDORSE_RETURN, Act.AGREE_RETURN):
        DEEDS[act](referral, players, make.NOON)
    db.session.commit()
    assert numbers(players.leader) == [referral.number]
    assert numbers(players.keeper) == []


def test_an_asking_waits_for_whoever_answers(app):
    players = cast(two=True)
    referral = brought_to(S.SIGNED_FOR, players)
    everybody = vars(players)
    for act, who in (
        (Act.SEND_BACK, {"principal"}),
        (Act.ENDORSE_RETURN, {"keeper", "second_keeper"}),
        (Act.DECLINE_RETURN, {"inspector", "principal"}),
        (Act.ASK_RECALL, {"inspector", "principal"}),
    ):
        DEEDS[act](referral, players, make.NOON)
        db.session.commit()
        assert {name for name, one in everybody.items() if referral.number in numbers(one)} == who, act


@pytest.mark.parametrize(
    ("on", "group"),
    [
        (MONDAY, Group.LATER),
        (date(2018, 6, 11), Group.TODAY),
        (date(2018, 6, 12), Group.OVERDUE),
    ],
)
def test_things_stand_where_they_burn(app, on, group):
    players = cast()
    referral = proposed(players)
    db.session.commit()
    groups = desk_of(players.leader, on).groups
    found = [each for each in Group if referral.number in [thing.number for thing in groups[each]]]
    assert found == [group]


def test_the_bell_counts_what_is_due_or_late(app):
    players = cast()
    for days in (0, 0, 3):
        proposed(players, at=make.NOON + timedelta(days=days))
    db.session.commit()
    assert queries.due_today(players.leader, date(2018, 6, 11)) == 2
    assert queries.due_today(players.stranger, date(2018, 6, 11)) == 0


def test_an_empty_desk_says_so(app, sign_in):
    for role in (Role.OPERATOR, Role.AUDITOR, Role.TOWN_DEPUTY):
        assert "没有等着您办的事" in sign_in(make.officer(role)).get("/desk/").text


def test_one_row_one_button(app, sign_in):
    players = cast()
    referral = brought_to(S.APPROVED, players)
    db.session.commit()
    page = sign_in(players.keeper).get("/desk/").text
    assert page.count(f"/referrals/{referral.key}") == 2  # the row and its button
    assert "移送双港镇纪委" in page
