"""Which clock begins and ends with which event of a petition, on days that anybody can count on a calendar."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.eligibility.cast import DEEDS, S, brought_to, cast, petition
from tipline.eligibility import jobs, reckoning, rules
from tipline.eligibility.rules import CheckKind, Course, Party
from tipline.kit.db import db
from tipline.law.calendar import shipped
from tipline.law.notice import NOTICES, load
from tipline.leads import operations as leads
from tipline.office.charter import Act
from tipline.office.models import Letter

NOTICE, CALENDAR = load(NOTICES / "jinnan-2018-17.toml"), shipped()


def clock(id, *, named=True, extended=False, hearing_days=0, **events):
    days = {event: date.fromisoformat(day) for event, day in events.items()}
    found = rules.clocks_of(Course(days, named, extended, hearing_days), NOTICE, CALENDAR)
    return next((one for one in found if one.clock.id == id), None)


@pytest.mark.parametrize(
    ("id", "event", "day", "due", "clause"),
    [
        ("C-7", "petition_received", "2018-06-01", "2018-06-19", "信访条例 第二十二条"),
        ("C-7", "petition_received", "2026-09-18", "2026-10-08", "信访工作条例 第二十三条"),
        ("C-9", "petition_forwarded", "2018-06-01", "2018-06-08", "本局约定"),
        ("C-9", "petition_forwarded", "2026-09-18", "2026-09-24", "信访工作条例 第二十三条"),
        ("C-10", "petition_accepted", "2018-06-04", "2018-08-03", "信访条例 第三十三条"),
        ("C-10", "petition_accepted", "2026-06-08", "2026-08-07", "信访工作条例 第三十四条"),
        ("C-11", "answer_received", "2018-08-31", "2018-09-30", "信访条例 第三十四条"),
        ("C-11", "answer_received", "2026-09-18", "2026-10-19", "信访工作条例 第三十五条"),
        ("C-12", "review_requested", "2018-06-04", "2018-07-04", "信访条例 第三十四条"),
        ("C-12", "review_requested", "2026-06-08", "2026-07-08", "信访工作条例 第三十五条"),
        ("C-13", "review_answer_received", "2018-06-04", "2018-07-04", "信访条例 第三十五条"),
        ("C-13", "review_answer_received", "2026-06-08", "2026-07-08", "信访工作条例 第三十六条"),
        ("C-13.1", "re_review_requested", "2018-06-04", "2018-07-04", "信访条例 第三十五条"),
        ("C-13.1", "re_review_requested", "2026-06-08", "2026-07-08", "信访工作条例 第三十六条"),
    ],
)
def test_every_clock_of_a_petition_in_both_years(id, event, day, due, clause):
    running = clock(id, **{event: day})
    assert (running.due.on, running.clock.clause) == (date.fromisoformat(due), clause)
    assert running.due.explanation[0].day == date.fromisoformat(day)
    assert running.due.explanation[-1].day == running.due.on


def test_thirty_days_more_are_counted_from_the_same_beginning():
    assert clock("C-10", extended=True, petition_accepted="2018-06-04").due.on == date(2018, 9, 3)


def test_the_days_of_a_hearing_do_not_count():
    assert clock("C-13.1", hearing_days=3, re_review_requested="2026-06-08").due.on == date(2026, 7, 13)


def test_what_was_never_checked_is_not_called_law():
    for id, event in (("C-11", "answer_received"), ("C-12", "review_requested"), ("C-13", "review_answer_received")):
        assert not clock(id, **{event: "2018-06-04"}).clock.is_law
        assert clock(id, **{event: "2026-06-08"}).clock.is_law


def test_nobody_is_told_who_left_no_name():
    assert clock("C-7", named=False, petition_received="2018-06-01") is None
    assert clock("C-10", named=False, petition_accepted="2018-06-04") is not None


def test_whoever_accepts_objects_no_more():
    taken = clock("C-9", petition_forwarded="2018-06-04", petition_accepted="2018-06-05")
    assert taken.stopped == date(2018, 6, 5)


def test_a_right_that_is_let_pass_makes_nobody_late():
    running = clock("C-11", answer_received="2018-06-04")
    assert (running.owed_by, rules.is_right(running)) == (Party.PETITIONER, True)
    assert rules.first_owed([running]) is None


def test_a_household_is_not_judged_before_its_means_and_its_home_were_looked_at():
    assert rules.checks_missing([CheckKind.APPRAISAL], of_a_household=True) == list(rules.NEEDED)
    assert rules.checks_missing([], of_a_household=False) == []


def test_the_promised_day_follows_the_deeds(app):
    players = cast()
    review = petition(players)
    assert (review.due_clock, review.due_on) == ("C-7", date(2018, 6, 19))
    brought_to(S.CHECKING, players, review)
    DEEDS[Act.TELL_PETITIONER](review, players, make.NOON + timedelta(hours=5))
    assert (review.due_clock, review.due_on) == ("C-10", date(2018, 8, 3))
    DEEDS[Act.TELL_MORE_TIME](review, players, make.NOON + timedelta(hours=6))
    assert (review.due_clock, review.due_on) == ("C-10", date(2018, 9, 3))


def test_reminders_are_written_once_to_whoever_handles_it_and_say_no_name(app):
    players = cast()
    review = petition(players, names=("鄂国栋",))
    db.session.commit()
    before = set(db.session.scalars(select(Letter.id)))
    due = make.NOON + timedelta(days=15)
    assert jobs.remind(due) == 1
    assert jobs.remind(due) == 0
    (letter,) = db.session.scalars(select(Letter).where(Letter.id.not_in(before)))
    assert letter.address == players.clerk.email
    assert review.number in letter.subject
    assert "鄂国栋" not in letter.subject + letter.body
    assert jobs.remind(due - timedelta(days=2)) == 0  # a Sunday


def test_a_voided_lead_reminds_nobody(app):
    players = cast()
    review = petition(players)
    leads.void(review.lead, reason="与前一件重复登记。", by=players.keeper, at=make.NOON)
    db.session.commit()
    assert jobs.remind(make.NOON + timedelta(days=15)) == 0


def test_counting_anew_moves_what_the_calendar_moved(app):
    players = cast()
    review = petition(players)
    review.due_on = date(2018, 6, 15)
    db.session.commit()
    assert jobs.reckon(make.NOON) == 1
    assert review.due_on == reckoning.clocks(review)[0].due.on
    assert jobs.reckon(make.NOON) == 0
