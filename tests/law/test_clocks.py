"""Time limits: the dates a jurist would count, and the reckoning that is shown for them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.people import NOTICE
from tipline.law.calendar import shipped
from tipline.law.clocks import Clock, ClockUnit, NotCounted, Tone, add_months, deadline, remaining, tone

CHINA = shipped()
FIVE = NOTICE.clock("C-6")
DAYS = st.dates(date(2017, 1, 1), date(2019, 6, 30)) | st.dates(date(2024, 1, 1), date(2026, 6, 30))


def limit(count: int, unit: ClockUnit, roll: bool = True) -> Clock:
    return replace(FIVE, unit=unit, limit=count, roll=roll, extension=None)


VECTORS = [
    # start, +5 working days, +15 working days, +15 days, +1 month, +3 months; the last three rolled
    ("2018-04-27", "2018-05-07", "2018-05-21", "2018-05-14", "2018-05-28", "2018-07-27"),
    ("2018-06-01", "2018-06-08", "2018-06-25", "2018-06-19", "2018-07-02", "2018-09-03"),
    ("2018-09-28", "2018-10-10", "2018-10-24", "2018-10-15", "2018-10-29", "2018-12-28"),
    ("2026-02-13", "2026-02-27", "2026-03-12", "2026-02-28", "2026-03-13", "2026-05-13"),
    ("2026-09-18", "2026-09-24", "2026-10-15", "2026-10-08", "2026-10-19", "2026-12-18"),
]
COLUMNS = [
    (5, ClockUnit.WORKING_DAYS),
    (15, ClockUnit.WORKING_DAYS),
    (15, ClockUnit.DAYS),
    (1, ClockUnit.MONTHS),
    (3, ClockUnit.MONTHS),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
@pytest.mark.parametrize("column", range(5), ids=["5wd", "15wd", "15d", "1m", "3m"])
def test_every_vector(vector: tuple[str, ...], column: int) -> None:
    due = deadline(limit(*COLUMNS[column]), date.fromisoformat(vector[0]), CHINA)
    assert due.on == date.fromisoformat(vector[column + 1])
    assert not due.provisional


@pytest.mark.parametrize(
    ("start", "raw"), [("2018-04-27", "2018-05-12"), ("2018-09-28", "2018-10-13"), ("2026-09-18", "2026-10-03")]
)
def test_the_day_before_rolling_is_kept(start: str, raw: str) -> None:
    due = deadline(limit(15, ClockUnit.DAYS), date.fromisoformat(start), CHINA)
    assert due.raw == date.fromisoformat(raw) < due.on


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2018-01-31", 1, "2018-02-28"),
        ("2018-05-31", 1, "2018-06-30"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2018-08-31", 6, "2019-02-28"),
        ("2018-12-15", 1, "2019-01-15"),
        ("2018-10-31", 1, "2018-11-30"),
    ],
)
def test_month_ends_and_leap_days(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "due"), [("2018-06-01", "2018-06-01"), ("2018-06-02", "2018-06-04"), ("2018-04-28", "2018-04-28")]
)
def test_the_same_working_day(start: str, due: str) -> None:
    assert deadline(NOTICE.clock("C-6.1"), date.fromisoformat(start), CHINA).on == date.fromisoformat(due)


def test_a_limit_that_touches_a_year_not_loaded_is_provisional() -> None:
    assert deadline(FIVE, date(2026, 12, 28), CHINA).provisional
    assert not deadline(FIVE, date(2026, 12, 1), CHINA).provisional


def test_an_extension_lengthens_the_limit() -> None:
    relief, start = NOTICE.clock("C-10", date(2018, 6, 1)), date(2018, 6, 1)
    assert deadline(relief, start, CHINA).raw == start + timedelta(days=60)
    assert deadline(relief, start, CHINA, extended=True).raw == start + timedelta(days=90)


def test_the_reckoning_adds_up_to_the_date() -> None:
    due = deadline(FIVE, date(2018, 4, 27), CHINA)
    assert [(line.day.isoformat(), str(line.note), line.count) for line in due.explanation] == [
        ("2018-04-27", "起算日，不计入", None),
        ("2018-04-28", "调休上班日（劳动节）", 1),
        ("2018-04-29", "节假日（劳动节）", None),
        ("2018-04-30", "节假日（劳动节）", None),
        ("2018-05-01", "节假日（劳动节）", None),
        ("2018-05-02", "工作日", 2),
        ("2018-05-03", "工作日", 3),
        ("2018-05-04", "工作日", 4),
        ("2018-05-05", "周末", None),
        ("2018-05-06", "周末", None),
        ("2018-05-07", "工作日", 5),
    ]


def test_rolling_is_told_day_by_day() -> None:
    due = deadline(limit(15, ClockUnit.DAYS), date(2018, 6, 1), CHINA)
    assert [str(line.note) for line in due.explanation[-3:]] == [
        "顺延：周末",
        "顺延：节假日（端午节）",
        "顺延：工作日",
    ]


@given(DAYS, st.sampled_from(COLUMNS))
def test_every_reckoning_ends_on_the_due_day_and_counts_to_the_limit(
    start: date, column: tuple[int, ClockUnit]
) -> None:
    due = deadline(limit(*column), start, CHINA)
    counts = [line.count for line in due.explanation if line.count is not None]
    assert due.explanation[-1].day == due.on >= due.raw > start
    assert counts == list(range(1, column[0] + 1))
    assert CHINA.is_working_day(due.on)


@given(DAYS, DAYS, st.sampled_from(COLUMNS))
def test_who_begins_later_is_never_due_earlier(one: date, other: date, column: tuple[int, ClockUnit]) -> None:
    earlier, later = sorted((one, other))
    assert deadline(limit(*column), earlier, CHINA).on <= deadline(limit(*column), later, CHINA).on


def test_plain_days_are_not_working_days() -> None:
    wrong = date(2018, 9, 28) + timedelta(days=21)
    assert deadline(limit(15, ClockUnit.WORKING_DAYS), date(2018, 9, 28), CHINA).on != wrong


DUE = date(2018, 6, 19)


@pytest.mark.parametrize(
    ("today", "left", "how"),
    [
        (date(2018, 6, 13), 3, Tone.QUIET),
        (date(2018, 6, 14), 2, Tone.SOON),
        (date(2018, 6, 17), 1, Tone.SOON),
        (date(2018, 6, 19), 0, Tone.TODAY),
        (date(2018, 6, 20), -1, Tone.OVERDUE),
        (date(2018, 6, 25), -4, Tone.OVERDUE),
    ],
)
def test_how_near_a_due_day_is(today: date, left: int, how: Tone) -> None:
    assert (remaining(DUE, today, CHINA), tone(DUE, today, CHINA)) == (left, how)


def test_seconds_and_periods_give_no_due_day() -> None:
    with pytest.raises(NotCounted):
        deadline(NOTICE.clock("C-1"), date(2018, 6, 1), CHINA)


def test_the_law_of_the_day_is_chosen() -> None:
    assert NOTICE.clock("C-7", date(2018, 6, 1)).clause == "信访条例 第二十二条"
    assert NOTICE.clock("C-7", date(2026, 6, 1)).clause == "信访工作条例 第二十三条"
    started = {clock.id for clock in NOTICE.clocks_started_by("lead_registered", date(2018, 6, 1))}
    assert started == {"C-6", "C-6.1", "C-6.2"}
