"""How a duty stands, whom a reminder is for, and the whole table of the life of a submission."""

from datetime import date
from itertools import product

import pytest

from tests.law.people import NOTICE
from tipline.duties import rules
from tipline.duties.lifecycle import LIFE, SubmissionState
from tipline.duties.rules import Standing, Times
from tipline.kit.dates import Month
from tipline.kit.errors import NotNow
from tipline.law.calendar import shipped
from tipline.law.campaign import current_step, month_period
from tipline.law.clocks import Tone
from tipline.office.answering import Answer
from tipline.office.charter import Act

S = SubmissionState
MAY = Month(2018, 5)
CALENDAR = shipped()
DUE = date(2018, 7, 10)
TIMES = Times(date(2018, 6, 25), DUE)
SUMMARY, PLAN = NOTICE.duty("screening_summary"), NOTICE.duty("work_plan")

MOVES = {
    (None, Act.HAND_IN): S.FILED,
    (None, Act.EXCUSE_DUTY): S.EXCUSED,
    (S.FILED, Act.HAND_IN): S.FILED,
    (S.FILED, Act.ACCEPT_SUBMISSION): S.ACCEPTED,
    (S.FILED, Act.RETURN_SUBMISSION): S.RETURNED,
    (S.RETURNED, Act.HAND_IN): S.FILED,
    (S.RETURNED, Act.EXCUSE_DUTY): S.EXCUSED,
    (S.ACCEPTED, Act.HAND_IN): S.FILED,
    (S.EXCUSED, Act.HAND_IN): S.FILED,
}
ACTS = (Act.HAND_IN, Act.ACCEPT_SUBMISSION, Act.RETURN_SUBMISSION, Act.EXCUSE_DUTY)


@pytest.mark.parametrize(("state", "act"), list(product([None, *S], ACTS)))
def test_every_move_there_is_and_no_other(state, act):
    if (state, act) in MOVES:
        assert LIFE.after(state, act) is MOVES[state, act]
    else:
        with pytest.raises(NotNow):
            LIFE.after(state, act)
    assert set(LIFE.moves) == set(MOVES)


def answer(state: S, *, first_on: date | None = DUE, returned_on: date | None = None) -> Answer:
    owed, done = state is S.RETURNED, state in (S.ACCEPTED, S.EXCUSED)
    return Answer(word=state, owed=owed, done=done, first_on=first_on, returned_on=returned_on)


@pytest.mark.parametrize(
    ("given", "today", "word", "tone", "owed"),
    [
        (None, date(2018, 6, 24), Standing.NOT_YET, Tone.QUIET, False),
        (None, date(2018, 6, 25), Standing.OWED, Tone.QUIET, True),
        (None, date(2018, 7, 9), Standing.OWED, Tone.SOON, True),
        (None, DUE, Standing.OWED, Tone.TODAY, True),
        (None, date(2018, 7, 11), Standing.LATE, Tone.OVERDUE, True),
        (answer(S.FILED), date(2018, 7, 11), S.FILED, Tone.QUIET, False),
        (answer(S.RETURNED), date(2018, 7, 11), S.RETURNED, Tone.OVERDUE, True),
        (answer(S.ACCEPTED), date(2018, 7, 11), S.ACCEPTED, Tone.QUIET, False),
        (answer(S.EXCUSED, first_on=None), date(2018, 7, 11), S.EXCUSED, Tone.QUIET, False),
    ],
)
def test_how_a_duty_stands_on_a_day(given, today, word, tone, owed):
    stand = rules.stand(given, TIMES, today, CALENDAR, kept=True)
    assert (stand.word, stand.tone, stand.owed, stand.late) == (word, tone, owed, False)


def test_what_came_in_after_its_day_stays_late():
    late = answer(S.ACCEPTED, first_on=date(2018, 7, 11))
    assert rules.stand(late, TIMES, date(2018, 9, 1), CALENDAR, kept=True).late


def test_what_no_room_keeps_is_neither_owed_nor_late():
    stand = rules.stand(None, TIMES, date(2018, 9, 1), CALENDAR, kept=False)
    assert (stand.word, stand.owed, stand.tone) == (Standing.ELSEWHERE, False, Tone.QUIET)


def test_what_came_back_is_reminded_from_the_step_after_the_return():
    def step(day: date):
        return current_step(NOTICE.typical_cases, month_period(MAY), day, NOTICE, CALENDAR)

    back = answer(S.RETURNED, returned_on=date(2018, 6, 7))
    assert not rules.is_reminded(back, step(date(2018, 6, 7)))
    assert rules.is_reminded(back, step(date(2018, 6, 8)))
    assert not rules.is_reminded(answer(S.FILED), step(date(2018, 6, 8)))
    assert rules.is_reminded(None, step(date(2018, 6, 7)))


@pytest.mark.parametrize("state", [S.FILED, S.ACCEPTED])
def test_a_summary_is_replaced_until_the_real_end_and_a_plan_until_its_day(state):
    rules.require_open(state, SUMMARY, TIMES, date(2018, 8, 31))
    with pytest.raises(NotNow):
        rules.require_open(state, SUMMARY, TIMES, date(2018, 9, 1))
    rules.require_open(state, PLAN, TIMES, DUE)
    with pytest.raises(NotNow):
        rules.require_open(state, PLAN, TIMES, date(2018, 7, 11))


def test_what_is_missing_is_taken_however_late():
    def is_open(state):
        try:
            rules.require_open(state, PLAN, TIMES, date(2019, 1, 1))
        except NotNow:
            return False
        return True

    taken = {state for state in (None, *S) if is_open(state)}
    assert taken == {None, S.RETURNED, S.EXCUSED}
