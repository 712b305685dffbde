"""Which clock begins and ends with which deed, on days that anybody can count on a calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import g
from sqlalchemy import select

from tests import make
from tests.referrals.cast import DEEDS, ROADS, S, brought_to, cast, proposed
from tipline.kit.db import db
from tipline.law.calendar import DayKind, shipped
from tipline.law.clocks import Tone
from tipline.law.notice import NOTICES, load
from tipline.law.running import Step, step_of
from tipline.office.charter import Act
from tipline.office.models import CalendarDay, Letter
from tipline.referrals import jobs, reckoning, rules
from tipline.referrals.rules import Course, Party

NOTICE, CALENDAR = load(NOTICES / "jinnan-2018-17.toml"), shipped()
IN_2026 = datetime(2026, 6, 8, 4, 0, tzinfo=UTC)


def running(referral, id):
    return next((clock for clock in reckoning.clocks(referral) if clock.clock.id == id), None)


@pytest.mark.parametrize(
    ("at", "transfer_due", "receipt_due"),
    [
        (make.NOON, date(2018, 6, 11), date(2018, 6, 11)),
        (datetime(2018, 6, 12, 4, tzinfo=UTC), date(2018, 6, 20), date(2018, 6, 20)),  # 端午 on the 18th
        (IN_2026, date(2026, 6, 15), date(2026, 6, 15)),
        (datetime(2026, 6, 15, 4, tzinfo=UTC), date(2026, 6, 23), date(2026, 6, 23)),  # 端午 on the 19th
    ],
)
def test_the_clocks_of_the_way_to_the_body(app, at, transfer_due, receipt_due):
    players = cast()
    referral = proposed(players, at=at)
    assert (referral.due_on, referral.due_clock) == (transfer_due, "C-6")
    assert running(referral, "C-5").stopped == at.date()
    brought_to(S.HANDED_OVER, players, referral, at)
    assert running(referral, "C-6").stopped == at.date()
    assert running(referral, "C-6.4").due.on == receipt_due
    assert running(referral, "C-6.4").owed_by is Party.BODY


def test_each_clock_rests_on_what_was_in_force_that_day(app):
    players = cast()
    then = brought_to(S.SIGNED_FOR, players)
    now = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    assert running(then, "C-19").clock.clause == "本局约定"  # before 2019 only the bureau's own
    assert running(now, "C-19").clock.clause == "监督执纪工作规则"
    assert running(now, "C-19").due.on == date(2026, 7, 8)
    assert running(now, "C-15").stopped == date(2026, 6, 8)
    assert running(now, "C-17").due.on == date(2026, 6, 30)


def test_the_named_are_told_in_fifteen_working_days_and_the_anonymous_never(app):
    players = cast()
    named = brought_to(S.CONCLUDED, players, at=IN_2026)
    assert running(named, "C-18").due.on == date(2026, 6, 30)
    assert running(named, "C-17").stopped == date(2026, 6, 8)  # the conclusion overtakes it
    operations_end = DEEDS[Act.TELL_RESULT]
    operations_end(named, players, IN_2026 + timedelta(days=30))
    assert running(named, "C-18").was_late
    assert named.due_on is None
    silent = brought_to(S.CONCLUDED, players, proposed(players, named=False, at=IN_2026), IN_2026)
    assert running(silent, "C-18") is None


def test_nothing_runs_on_after_the_conclusion_but_the_word_to_the_reporter(app):
    players = cast()
    referral = brought_to(S.CASE_FILED, players, at=IN_2026)
    assert running(referral, "C-23").stopped is None
    DEEDS[Act.CONCLUDE](referral, players, IN_2026 + timedelta(days=9))
    assert {clock.clock.id for clock in reckoning.clocks(referral) if not clock.stopped} == {"C-18"}


def test_what_came_back_has_the_same_time_again(app):
    players = cast()
    referral = brought_to(S.RETURNED, players, at=make.NOON)
    assert referral.due_on == date(2018, 6, 11)
    DEEDS[Act.APPROVE_REFERRAL](referral, players, make.NOON)
    DEEDS[Act.HAND_OVER](referral, players, make.NOON)
    for act in (Act.SEND_BACK, Act.ENDORSE_RETURN, Act.AGREE_RETURN):
        DEEDS[act](referral, players, datetime(2018, 6, 8, 4, tzinfo=UTC))
    assert (referral.due_on, referral.due_clock) == (date(2018, 6, 15), "C-6")


def test_what_was_recalled_has_no_new_time(app):
    players = cast()
    referral = brought_to(S.HANDED_OVER, players)
    DEEDS[Act.RECALL](referral, players, datetime(2018, 6, 8, 4, tzinfo=UTC))
    assert (referral.due_on, referral.due_clock) == (date(2018, 6, 11), "C-6")
    assert running(referral, "C-6.4") is None


def test_the_sender_answers_a_return_in_five_working_days(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    for act in (Act.SEND_BACK, Act.ENDORSE_RETURN):
        DEEDS[act](referral, players, IN_2026)
    owed = running(referral, "C-9.1")
    assert (owed.due.on, owed.owed_by) == (date(2026, 6, 15), Party.SENDER)
    DEEDS[Act.DECLINE_RETURN](referral, players, IN_2026)
    assert running(referral, "C-9.1") is None


def test_a_body_that_is_designated_begins_its_own_time(app):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players, at=IN_2026)
    DEEDS[Act.DESIGNATE](referral, players, IN_2026 + timedelta(days=2))
    assert running(referral, "C-6").stopped == date(2026, 6, 8)  # it was handed over in time
    assert running(referral, "C-6.4").due.on == date(2026, 6, 17)
    assert running(referral, "C-17").due.on == date(2026, 6, 30)  # the reporter waits since the first day
    assert running(referral, "C-22") is None


def test_a_body_on_paper_owes_nothing_that_nobody_could_see():
    events = {"lead_registered": date(2026, 6, 8), "handed_over": date(2026, 6, 8)}
    course = Course(events, transfer_clock="C-6", named=True, followed=False)
    still = [clock for clock in rules.clocks_of(course, NOTICE, CALENDAR) if not clock.stopped]
    assert [(clock.clock.id, clock.owed_by) for clock in still] == [("C-6.4", Party.SENDER)]


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2018, 6, 6), None),
        (date(2018, 6, 7), Step.SOON),
        (date(2018, 6, 11), Step.TODAY),
        (date(2018, 6, 12), Step.LATE),
        (date(2018, 6, 13), Step.LATE),
        (date(2018, 6, 14), Step.STILL_LATE),
        (date(2018, 7, 30), Step.STILL_LATE),
    ],
)
def test_the_steps_of_a_due_day(today, step):
    assert step_of(date(2018, 6, 11), today, CALENDAR) is step


@pytest.mark.parametrize(
    ("waiting_for", "since", "today", "key"),
    [
        ("awaiting_disposition", date(2018, 6, 4), date(2018, 7, 3), None),
        ("awaiting_disposition", date(2018, 6, 4), date(2018, 7, 4), "blue"),
        ("talk_or_inquiry", date(2018, 6, 4), date(2018, 8, 4), "yellow"),
        ("talk_or_inquiry", date(2018, 6, 4), date(2018, 9, 4), "red"),
        ("preliminary_verification", date(2018, 6, 4), date(2018, 9, 4), "yellow"),
        ("preliminary_verification", date(2018, 6, 4), date(2018, 12, 4), "red"),
    ],
)
def test_the_colours_of_a_paper_that_lies(waiting_for, since, today, key):
    colour = rules.colour(waiting_for, since, today, NOTICE)
    assert (colour.key if colour else None) == key


def test_a_stopped_clock_is_quiet(app):
    referral = brought_to(S.HANDED_OVER, cast())
    assert running(referral, "C-6").tone(date(2019, 1, 1), CALENDAR) is Tone.QUIET


def every_working_noon(first, days):
    return [datetime(first.year, first.month, first.day, 1, tzinfo=UTC) + timedelta(days=n) for n in range(days)]


def test_each_reminder_is_written_once_on_working_days_and_names_nobody(app):
    players = cast()
    brought_to(S.HANDED_OVER, players)
    db.session.execute(Letter.__table__.delete())
    db.session.commit()
    written = {at.date(): jobs.remind(at) for at in every_working_noon(date(2018, 6, 4), 21) for _ in range(2)}
    again = [jobs.remind(at) for at in every_working_noon(date(2018, 6, 4), 21)]
    letters = list(db.session.scalars(select(Letter).order_by(Letter.id)))
    abouts = [letter.about.rpartition("/")[2] for letter in letters if "/2018-06-11/" in letter.about]
    assert abouts == ["soon", "today", "late", "still-late"], "two limits of one day are one letter"
    assert not any(again)
    assert set(written.values()) == {0}  # the second look of a day writes nothing
    for letter in letters:
        assert letter.address in {players.inspector.email, players.keeper.email}
        assert not any(name in letter.subject + letter.body for name in make.NAMES)
        assert "低保" not in letter.body


def test_no_reminder_leaves_on_a_rest_day_and_a_missed_step_is_not_sent_later(app):
    brought_to(S.HANDED_OVER, cast())
    db.session.commit()
    assert jobs.remind(datetime(2018, 6, 9, 1, tzinfo=UTC)) == 0
    assert jobs.remind(datetime(2018, 6, 20, 1, tzinfo=UTC)) > 0
    about = db.session.scalars(select(Letter.about).where(Letter.about.contains("/2018-06-11/"))).one()
    assert about.endswith("/still-late")


def test_due_days_are_counted_anew_when_the_calendar_changes(app):
    referral = proposed(cast())
    db.session.commit()
    assert jobs.reckon(make.NOON) == 0

    db.session.add(CalendarDay(day=date(2018, 6, 7), kind=DayKind.HOLIDAY, name="防汛停办", name_en="Flood"))
    db.session.commit()

    g.pop("calendar", None)
    assert jobs.reckon(make.NOON) == 1
    assert referral.due_on == date(2018, 6, 12)


def test_every_road_is_walked_within_the_table():
    assert all(len(road) <= 10 for road in ROADS.values())
