"""The monthly report of typical cases: when it is due, and who is reminded on which day."""

from datetime import date

import pytest

from tests.law.people import NOTICE
from tipline.kit.dates import Month
from tipline.law.calendar import shipped
from tipline.law.campaign import (
    Every,
    Recipient,
    Step,
    current_step,
    first_reminder_on,
    ladder,
    months_asked,
    period_due,
)

CHINA = shipped()
MAY = Month(2018, 5)

DUE = {
    "2018-05": "2018-06-07",
    "2018-06": "2018-07-06",
    "2018-07": "2018-08-07",
    "2018-08": "2018-09-07",
    "2018-09": "2018-10-12",
    "2018-10": "2018-11-07",
    "2018-11": "2018-12-07",
    "2018-12": "2019-01-08",
}
LADDERS = {
    # month: prepare, due soon, due today, to the clerk, to the deputy, to the bureau leader
    "2018-05": ("05-25", "05-31", "06-07", "06-08", "06-12", "06-14"),
    "2018-06": ("06-25", "06-29", "07-06", "07-09", "07-11", "07-13"),
    "2018-07": ("07-25", "07-31", "08-07", "08-08", "08-10", "08-14"),
    "2018-08": ("08-27", "08-31", "09-07", "09-10", "09-12", "09-14"),
    "2018-09": ("09-25", "09-30", "10-12", "10-15", "10-17", "10-19"),
    "2018-10": ("10-25", "10-31", "11-07", "11-08", "11-12", "11-14"),
    "2018-11": ("11-26", "11-30", "12-07", "12-10", "12-12", "12-14"),
    "2018-12": ("12-25", "12-29", "01-08", "01-09", "01-11", "01-15"),
}


@pytest.mark.parametrize("month", DUE)
def test_due_on_the_fifth_working_day_of_the_next_month(month: str) -> None:
    assert period_due(Month.parse(month), NOTICE, CHINA).isoformat() == DUE[month]


@pytest.mark.parametrize("month", LADDERS)
def test_the_ladder_of_each_month(month: str) -> None:
    steps = ladder(Month.parse(month), NOTICE, CHINA)
    assert tuple(step.on.strftime("%m-%d") for step in steps) == LADDERS[month]
    assert all(CHINA.is_working_day(step.on) for step in steps)


def test_the_steps_climb_from_the_clerk_to_the_bureau_leader() -> None:
    recipients = [step.to for step in ladder(MAY, NOTICE, CHINA)]
    assert recipients == [Recipient.TOWN_CLERK] * 4 + [Recipient.TOWN_DEPUTY, Recipient.BUREAU_LEADER]


def on(day: str) -> Step | None:
    return current_step(MAY, date.fromisoformat(day), NOTICE, CHINA)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2018-05-24", None),
        ("2018-05-25", "prepare"),
        ("2018-05-26", None),  # a Saturday
        ("2018-05-28", "prepare"),
        ("2018-05-31", "due_soon"),
        ("2018-06-06", "due_soon"),
        ("2018-06-07", "due_today"),
        ("2018-06-08", "overdue_clerk"),
        ("2018-06-12", "overdue_deputy"),
        ("2018-06-14", "overdue_leader"),
        ("2018-06-18", None),  # the Dragon Boat Festival
        ("2018-09-03", "overdue_leader"),
    ],
)
def test_only_the_latest_step_is_current_and_never_on_a_rest_day(day: str, key: str | None) -> None:
    step = on(day)
    assert (step.key if step else None) == key


def test_a_missed_step_is_never_current_again() -> None:
    keys = [step.key for step in ladder(MAY, NOTICE, CHINA)]
    seen = [step.key for number in range(25, 32) if (step := on(f"2018-05-{number}"))]
    seen += [step.key for number in range(1, 31) if (step := on(f"2018-06-{number:02}"))]
    assert seen == sorted(seen, key=keys.index)


def test_every_month_since_may_2018_is_asked_for_and_old_debts_stay() -> None:
    assert list(months_asked(date(2018, 4, 30), NOTICE)) == []
    assert list(months_asked(date(2018, 7, 1), NOTICE)) == [MAY, Month(2018, 6), Month(2018, 7)]
    assert len(list(months_asked(date(2026, 9, 18), NOTICE))) == 101


def test_the_first_reminder() -> None:
    assert first_reminder_on(MAY, NOTICE, CHINA) == date(2018, 5, 25)


def test_the_cadences_and_the_dated_duties_of_the_notice() -> None:
    town, village = NOTICE.cadence("publicity_town"), NOTICE.cadence("publicity_village")
    assert (town.every, village.every) == (Every.QUARTER, Every.MONTH)
    assert {duty.key: duty.due_on for duty in NOTICE.duties} == {
        "screening_summary": date(2018, 7, 10),
        "stage_report": date(2018, 8, 15),
        "screening_complete": date(2018, 8, 31),
    }


def test_the_month_is_the_notice_and_the_day_is_ours() -> None:
    assert NOTICE.typical_cases.mark.is_law
    assert not NOTICE.typical_cases.due_mark.is_law
