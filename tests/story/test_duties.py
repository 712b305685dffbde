"""One summer of work plans and summaries: who hands in hears nothing more, who does not is heard of step by step."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.duties.at_work import PLAN, STAGE, SUMMARY, cell, handed_in, noon
from tipline.clock import operations as clock
from tipline.duties import operations, queries
from tipline.duties.lifecycle import SubmissionState as S
from tipline.duties.operations import Said
from tipline.duties.rules import Standing
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.office import calendars, editions, roster, trail
from tipline.office.charter import Role
from tipline.office.models import Letter

FIRST, LAST = date(2018, 5, 24), date(2018, 8, 31)
WHOLE = ["prepare", "due_soon", "due_today", "overdue_clerk", "overdue_deputy", "overdue_leader"]
PLAN_STEPS = {"prepare": "05-25", "due_today": "05-31", "overdue_clerk": "06-01", "overdue_deputy": "06-05"}
"""The plan is due on the last working day of May: of the two steps of that day the later one is sent."""


@pytest.fixture
def players(app):
    for role in (Role.BUREAU_LEADER, Role.LEDGER_KEEPER):
        make.officer(role)
    people = {place: make.officer(Role.TOWN_CLERK, place) for place in (make.SHUANGGANG, make.XINZHUANG)}
    db.session.commit()
    return people


def one(role):
    return next(officer for officer in roster.officers() if officer.role is role)


def deeds(players):
    """What is done at noon of which day."""
    own, other = players[make.SHUANGGANG], players[make.XINZHUANG]
    keeper, leader = one(Role.LEDGER_KEEPER), one(Role.BUREAU_LEADER)
    summary = editions.notice().duty(SUMMARY)
    first, final = Said(words="阶段数。"), Said(words="最终数。")

    def back(at):
        paper = queries.submission_of(cell(SUMMARY, on=day_of(at)))
        operations.send_back(paper, summary, reason="与三张附表不符。", by=keeper, at=at)

    def taken(at):
        operations.accept(queries.submission_of(cell(SUMMARY, on=day_of(at))), by=keeper, at=at)

    return {
        date(2018, 5, 30): [lambda at: handed_in(own, at, PLAN)],
        date(2018, 6, 5): [lambda at: handed_in(other, at, PLAN)],
        date(2018, 6, 27): [lambda at: operations.rule(summary, "七月报阶段数，八月底报最终数。", by=leader, at=at)],
        date(2018, 7, 2): [lambda at: handed_in(own, at, SUMMARY, first)],
        date(2018, 7, 10): [back],
        date(2018, 7, 12): [lambda at: handed_in(own, at, SUMMARY, first), taken],
        date(2018, 8, 1): [
            lambda at: operations.excuse(
                cell(STAGE, on=day_of(at), place=make.XINZHUANG), reason="该镇由区局直接督导。", by=leader, at=at
            )
        ],
        date(2018, 8, 30): [lambda at: handed_in(own, at, SUMMARY, final)],
    }


def live(players):
    todo, day = deeds(players), FIRST
    db.session.commit()  # nobody looks at the database while the clock works
    while day <= LAST:
        clock.tick(at_clock(day, time(9)))
        for deed in todo.pop(day, ()):
            deed(at_clock(day, time(12)))
        db.session.commit()
        clock.tick(at_clock(day, time(17)))
        day += timedelta(days=1)
    assert not todo


def steps(duty, place):
    """What was written about a town's duty, with the day."""
    start = f"{duty.replace('_', '-')}/once/{place}/"
    found = db.session.scalars(select(Letter).where(Letter.about.startswith(start)).order_by(Letter.id))
    return {letter.about.removeprefix(start): f"{day_of(letter.written_at):%m-%d}" for letter in found}


def test_a_summer_of_duties(players):
    live(players)
    own, other = make.SHUANGGANG, make.XINZHUANG
    assert steps(PLAN, own) == {"prepare": "05-25"}
    assert steps(PLAN, other) == PLAN_STEPS
    assert steps(PLAN, make.XIANSHUIGU) == PLAN_STEPS | {"overdue_leader": "06-07"}
    # returned on the due day: the town heard of that by the return, and of the ladder from the next step on
    assert steps(SUMMARY, own) == {
        "prepare": "06-25",
        "due_soon": "06-29",
        "overdue_clerk": "07-11",
    }
    assert list(steps(SUMMARY, other)) == WHOLE
    assert steps(STAGE, other) == {"prepare": "07-25", "due_soon": "07-31"}
    assert list(steps(STAGE, own)) == WHOLE

    stands = {
        (duty, place): cell(duty, on=LAST, place=place).stand.word
        for duty in (PLAN, SUMMARY, STAGE)
        for place in (own, other)
    }
    assert stands == {
        (PLAN, own): S.FILED,
        (PLAN, other): S.FILED,
        (SUMMARY, own): S.FILED,
        (SUMMARY, other): Standing.LATE,
        (STAGE, own): Standing.LATE,
        (STAGE, other): S.EXCUSED,
    }
    assert [version.number for version in queries.submission_of(cell(SUMMARY, on=LAST)).versions] == [3, 2, 1]
    letters = db.session.scalars(select(Letter)).all()
    assert len({(letter.about, letter.address) for letter in letters}) == len(letters)
    reminders = [letter for letter in letters if "/once/" in letter.about]
    assert all(calendars.calendar().is_working_day(day_of(letter.written_at)) for letter in reminders)
    assert not list(trail.faults())


def test_a_clock_that_stood_still_catches_up_with_one_step(players):
    clock.tick(noon(5, 24))
    clock.tick(noon(6, 11))
    clock.tick(noon(6, 12))
    assert list(steps(PLAN, make.XINZHUANG)) == ["overdue_leader"]
