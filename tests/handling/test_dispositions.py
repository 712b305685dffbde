"""What each disposition must say, and the clocks it begins, on days that anybody can count on a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import DEEDS, S, brought_to, cast, proposed, verified
from tests.referrals.test_clocks import IN_2026, running
from tipline.handling import operations, queries, rules
from tipline.handling.lifecycle import Manner, Step
from tipline.handling.rules import Chosen
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow
from tipline.law.calendar import shipped
from tipline.law.clocks import Tone
from tipline.law.notice import NOTICES, load
from tipline.office.charter import Act
from tipline.office.models import Letter
from tipline.referrals import jobs as reminders
from tipline.referrals import reckoning
from tipline.referrals.lifecycle import Disposition
from tipline.referrals.waiting import waiting_for

NOTICE, CALENDAR = load(NOTICES / "jinnan-2018-17.toml"), shipped()
TODAY = IN_2026.date()
D = Disposition


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        (Chosen(D.TALK_OR_INQUIRY, manner=Manner.TALK), "方式"),
        (Chosen(D.TALK_OR_INQUIRY, on=TODAY), "方式"),
        (Chosen(D.PRELIMINARY_VERIFICATION, on=TODAY), "批准人"),
        (Chosen(D.PRELIMINARY_VERIFICATION, approver="书记"), "批准人"),
        (Chosen(D.PRELIMINARY_VERIFICATION, approver="书记", on=TODAY + timedelta(days=1)), "今天"),
        (Chosen(D.CLOSED_NO_ACTION, approver="书记", on=TODAY), "清单"),
        (Chosen(D.SHELVED, review_on=TODAY), "暂存待查另行办理"),
    ],
)
def test_a_disposition_that_does_not_say_all_is_refused_and_nothing_changes(app, chosen, what):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    with pytest.raises(Incomplete, match=what):
        operations.set_disposition(referral, chosen, by=players.inspector, at=IN_2026)
    assert (referral.state, referral.disposition) == (S.SIGNED_FOR, None)


def test_a_reason_to_close_is_one_of_the_notice(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    with pytest.raises(NotFound):
        operations.set_disposition(
            referral,
            Chosen(D.CLOSED_NO_ACTION, approver="书记", on=TODAY, cause="tired"),
            by=players.inspector,
            at=IN_2026,
        )


def test_an_inquiry_has_its_reply_and_its_report(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    letter = Chosen(D.TALK_OR_INQUIRY, on=date(2026, 6, 9), manner=Manner.LETTER)
    operations.set_disposition(referral, letter, by=players.inspector, at=datetime(2026, 6, 9, 4, tzinfo=UTC))
    assert running(referral, "C-20").due.on == date(2026, 7, 1)  # fifteen working days, 端午 on the 19th
    assert running(referral, "C-21") is None
    with pytest.raises(NotNow):
        reach(referral, players, Step.TALK_REPORTED, date(2026, 6, 10))
    with pytest.raises(Incomplete, match="早于"):
        reach(referral, players, Step.INQUIRY_ANSWERED, date(2026, 6, 8))
    reach(referral, players, Step.INQUIRY_ANSWERED, date(2026, 6, 25))
    assert running(referral, "C-20").stopped == date(2026, 6, 25)
    assert running(referral, "C-21").due.on == date(2026, 7, 27)  # thirty days end on a Saturday
    reach(referral, players, Step.TALK_REPORTED, date(2026, 7, 20))
    assert running(referral, "C-21").stopped == date(2026, 7, 20)


def reach(referral, players, step, on):
    at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
    operations.record_milestone(referral, "已办。", on, step=step, by=players.inspector, at=at)


def test_a_talk_is_reported_in_thirty_days(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    talk = Chosen(D.TALK_OR_INQUIRY, on=TODAY, manner=Manner.TALK)
    operations.set_disposition(referral, talk, by=players.inspector, at=IN_2026)
    assert running(referral, "C-20") is None
    assert running(referral, "C-21").due.on == date(2026, 7, 8)


def test_a_verification_counts_from_its_approval(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    approved = Chosen(D.PRELIMINARY_VERIFICATION, on=TODAY, approver="纪委书记")
    operations.set_disposition(referral, approved, by=players.inspector, at=IN_2026 + timedelta(days=3))
    assert running(referral, "C-22").due.on == date(2026, 8, 10)  # the 8th is a Saturday
    reach(referral, players, Step.VERIFICATION_REPORTED, date(2026, 7, 30))
    assert running(referral, "C-22").stopped == date(2026, 7, 30)


def test_a_case_is_investigated_received_and_adjudicated(app):
    players = cast()
    referral = brought_to(S.CASE_FILED, players, at=IN_2026)
    assert running(referral, "C-23").due.on == date(2026, 9, 8)
    with pytest.raises(NotNow):
        reach(referral, players, Step.CASE_ADJUDICATED, date(2026, 8, 3))
    reach(referral, players, Step.CASE_RECEIVED, date(2026, 8, 3))
    assert running(referral, "C-23").stopped == date(2026, 8, 3)
    assert running(referral, "C-24").due.on == date(2026, 9, 3)
    reach(referral, players, Step.CASE_ADJUDICATED, date(2026, 9, 1))
    assert running(referral, "C-24").stopped == date(2026, 9, 1)


def test_what_is_kept_pending_is_looked_at_again(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    for wrong in (None, TODAY, date(2026, 12, 9)):
        with pytest.raises(Incomplete, match="复查日期"):
            operations.shelve(referral, wrong, reason="证人在外。", by=players.inspector, at=IN_2026)
    operations.shelve(referral, date(2026, 9, 1), reason="证人在外。", by=players.inspector, at=IN_2026)
    review = running(referral, "C-22.1")
    assert (review.due.on, referral.due_on) == (date(2026, 9, 1), running(referral, "C-17").due.on)
    later = datetime(2026, 9, 2, 4, tzinfo=UTC)
    operations.keep_shelved(referral, date(2026, 10, 9), reason="证人仍在外。", by=players.inspector, at=later)
    assert running(referral, "C-22.1").due.on == date(2026, 10, 9)
    operations.set_disposition(referral, verified(later), by=players.inspector, at=later)
    assert running(referral, "C-22.1") is None
    db.session.flush()
    assert [record.disposition for record in queries.dispositions_of(referral)] == [
        D.SHELVED,
        D.SHELVED,
        D.PRELIMINARY_VERIFICATION,
    ]


def test_a_notice_without_a_limit_lets_the_body_choose_the_day():
    usual = load(NOTICES / "jinnan-2018-17.toml")
    assert rules.last_review(TODAY, usual, CALENDAR) is not None
    silent = replace(usual, clocks=tuple(one for one in usual.clocks if rules.REVIEWED not in one.stops_on))
    assert rules.last_review(TODAY, silent, CALENDAR) is None
    assert rules.wrong_review(date(2030, 1, 1), TODAY, silent, CALENDAR) is None


def test_another_disposition_ends_the_clocks_of_the_one_before(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, at=IN_2026)
    letter = Chosen(D.TALK_OR_INQUIRY, on=TODAY, manner=Manner.LETTER)
    operations.set_disposition(referral, letter, by=players.inspector, at=IN_2026)
    operations.set_disposition(referral, verified(IN_2026), by=players.inspector, at=IN_2026)
    assert running(referral, "C-20") is None
    assert running(referral, "C-22").stopped is None


def test_every_movement_of_the_body_puts_the_colours_back(app):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    colour = lambda on: reckoning.colour_of(referral, on)  # noqa: E731
    assert colour(date(2018, 9, 4)).key == "yellow"
    DEEDS[Act.RECORD_MILESTONE](referral, players, datetime(2018, 9, 4, 4, tzinfo=UTC))
    assert colour(date(2018, 9, 4)) is None
    assert colour(date(2018, 12, 4)).key == "yellow"
    DEEDS[Act.TAKE_UP](referral, players, datetime(2018, 12, 4, 4, tzinfo=UTC))
    assert colour(date(2018, 12, 5)) is None  # a new body begins anew
    assert colour(date(2019, 1, 4)).key == "blue"


def test_a_body_above_inherits_the_work_and_one_beside_does_not(app):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    DEEDS[Act.RECORD_MILESTONE](referral, players, make.NOON)
    db.session.flush()
    assert len(queries.milestones_of(referral)) == 1
    with db.session.begin_nested() as trial:
        DEEDS[Act.DESIGNATE](referral, players, make.NOON)
        assert queries.milestones_of(referral) == []
        trial.rollback()
    DEEDS[Act.TAKE_UP](referral, players, make.NOON)
    assert len(queries.milestones_of(referral)) == 1


@pytest.mark.parametrize(
    ("clock", "due", "begin"),
    [
        ("C-20", date(2018, 6, 26), lambda paper, by: inquire(paper, by)),
        ("C-22.1", date(2018, 6, 26), lambda paper, by: wait(paper, date(2018, 6, 26), by)),
    ],
)
def test_an_inquiry_or_a_review_let_pass_is_on_the_desk_and_in_a_letter(app, clock, due, begin):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players, proposed(players, named=False))
    begin(referral, players.inspector)
    db.session.commit()
    assert (referral.due_on, referral.due_clock) == (due, clock)
    (waiting,) = waiting_for(players.inspector, date(2018, 6, 27))
    assert (waiting.number, waiting.tone) == (referral.number, Tone.OVERDUE)
    assert reminders.remind(datetime(2018, 6, 27, 1, tzinfo=UTC)) == 1
    letter = db.session.scalars(select(Letter).where(Letter.about.contains(f"/{clock}/"))).one()
    assert letter.address == players.inspector.email


def inquire(referral, by):
    letter = Chosen(D.TALK_OR_INQUIRY, on=make.NOON.date(), manner=Manner.LETTER)
    operations.set_disposition(referral, letter, by=by, at=make.NOON)


def wait(referral, until, by):
    operations.shelve(referral, until, reason="证人在外。", by=by, at=make.NOON)
