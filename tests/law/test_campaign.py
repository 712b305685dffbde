"""The monthly report of typical cases: when it is due, and who is reminded on which day."""

from datetime import date

import pytest

from tests.law.people import NOTICE
from tipline.kit.dates import Month
from tipline.law import campaign
from tipline.law.calendar import shipped
from tipline.law.campaign import (
    Level,
    Recipient,
    Step,
    clashes,
    due_day,
    month_period,
    months_asked,
    period_due,
    periods,
)

CHINA = shipped()
MAY = Month(2018, 5)


def ladder(month: Month) -> tuple[Step, ...]:
    """The reminders of the typical cases of that month."""
    return campaign.ladder(NOTICE.typical_cases, month_period(month), NOTICE, CHINA)


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
    steps = ladder(Month.parse(month))
    assert tuple(step.on.strftime("%m-%d") for step in steps) == LADDERS[month]
    assert all(CHINA.is_working_day(step.on) for step in steps)


def test_the_steps_climb_from_the_clerk_to_the_bureau_leader() -> None:
    recipients = [step.to for step in ladder(MAY)]
    assert recipients == [Recipient.TOWN_CLERK] * 4 + [Recipient.TOWN_DEPUTY, Recipient.BUREAU_LEADER]


def on(day: str) -> Step | None:
    return campaign.current_step(NOTICE.typical_cases, month_period(MAY), date.fromisoformat(day), NOTICE, CHINA)


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
    keys = [step.key for step in ladder(MAY)]
    seen = [step.key for number in range(25, 32) if (step := on(f"2018-05-{number}"))]
    seen += [step.key for number in range(1, 31) if (step := on(f"2018-06-{number:02}"))]
    assert seen == sorted(seen, key=keys.index)


def test_every_month_since_may_2018_is_asked_for_and_old_debts_stay() -> None:
    assert list(months_asked(date(2018, 4, 30), NOTICE)) == []
    assert list(months_asked(date(2018, 7, 1), NOTICE)) == [MAY, Month(2018, 6), Month(2018, 7)]
    assert len(list(months_asked(date(2026, 9, 18), NOTICE))) == 101


def test_the_first_reminder() -> None:
    assert campaign.first_reminder_on(NOTICE.typical_cases, month_period(MAY), NOTICE, CHINA) == date(2018, 5, 25)


DUTIES = {
    # key: who owes it, then every period begun by August with its due day
    "work_plan": (Level.TOWN, {"once": "05-31"}),
    "typical_cases": (Level.TOWN, {"2018-05": "06-07", "2018-06": "07-06", "2018-07": "08-07", "2018-08": "09-07"}),
    "publicity_town": (Level.TOWN, {"2018-Q2": "07-10", "2018-Q3": "10-10"}),
    "publicity_village": (
        Level.VILLAGE,
        {"2018-05": "05-31", "2018-06": "06-30", "2018-07": "07-31", "2018-08": "08-31"},
    ),
    "screening_summary": (Level.TOWN, {"once": "07-10"}),
    "stage_report": (Level.TOWN, {"once": "08-15"}),
    "screening_on_roll": (Level.TOWN, {"once": "08-31"}),
    "screening_exited": (Level.TOWN, {"once": "08-31"}),
    "screening_rejected": (Level.TOWN, {"once": "08-31"}),
}


def test_the_notice_yields_exactly_these_duties() -> None:
    found = {
        duty.key: (
            duty.owed_by,
            {one.key: f"{due_day(duty, one, CHINA):%m-%d}" for one in periods(duty, date(2018, 8, 31))},
        )
        for duty in NOTICE.duties
    }
    assert found == DUTIES


def test_the_totals_are_due_before_what_they_add_up_and_nothing_else_contradicts_itself() -> None:
    found = {key: [part.key for part in parts] for key, parts in clashes(NOTICE.duties).items()}
    assert found == {"screening_summary": ["screening_on_roll", "screening_exited", "screening_rejected"]}


def test_only_the_days_that_the_notice_names_are_printed_as_law() -> None:
    ours = {duty.key for duty in NOTICE.duties if not duty.due_mark.is_law}
    assert ours == {"work_plan", "typical_cases", "publicity_town", "publicity_village"}
    assert all(duty.mark.is_law for duty in NOTICE.duties)


ONCE_LADDERS = {
    "work_plan": ("05-25", "05-31", "05-31", "06-01", "06-05", "06-07"),
    "screening_summary": ("06-25", "06-29", "07-10", "07-11", "07-13", "07-17"),
    "stage_report": ("07-25", "07-31", "08-15", "08-16", "08-20", "08-22"),
}


@pytest.mark.parametrize("key", ONCE_LADDERS)
def test_what_is_owed_once_has_the_ladder_of_the_month_before_its_day(key: str) -> None:
    duty = NOTICE.duty(key)
    (period,) = periods(duty, date(2018, 5, 1))
    steps = campaign.ladder(duty, period, NOTICE, CHINA)
    assert tuple(step.on.strftime("%m-%d") for step in steps) == ONCE_LADDERS[key]


def test_a_quarter_is_asked_for_once_and_ends_with_its_last_month() -> None:
    posting = NOTICE.duty("publicity_town")
    keys = [(period.key, str(period.ends)) for period in periods(posting, date(2019, 1, 1))]
    assert keys == [
        ("2018-Q2", "2018-06"),
        ("2018-Q3", "2018-09"),
        ("2018-Q4", "2018-12"),
        ("2019-Q1", "2019-03"),
    ]


def test_the_month_is_the_notice_and_the_day_is_ours() -> None:
    assert NOTICE.typical_cases.mark.is_law
    assert not NOTICE.typical_cases.due_mark.is_law
