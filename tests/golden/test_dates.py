"""Four hundred due days counted by somebody else: `dates.csv`, made with the public calendar `chinesecalendar` 1.11.0.

A row says from which day, in which unit and how long a limit runs, whether a last rest day is passed over, and the day
on which it ends. No line of Tipline took part in counting them.
"""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.law.people import NOTICE
from tipline.law.calendar import shipped
from tipline.law.clocks import Clock, ClockUnit, Due, deadline

CHINA = shipped()
ROWS = list(csv.DictReader(io.StringIO(Path(__file__).with_name("dates.csv").read_text(encoding="utf-8"))))


def limit_of(row: dict[str, str]) -> Clock:
    unit, roll = ClockUnit(row["unit"]), row["roll"] == "yes"
    return replace(NOTICE.clock("C-6"), unit=unit, limit=int(row["limit"]), roll=roll, extension=None)


def counted(row: dict[str, str]) -> Due:
    return deadline(limit_of(row), date.fromisoformat(row["start"]), CHINA)


def name_of(row: dict[str, str]) -> str:
    return f"{row['start']}+{row['limit']}{row['unit']}"


def test_there_are_four_hundred_of_every_awkward_kind() -> None:
    kinds = {row["why"] for row in ROWS}
    assert len({name_of(row) + row["roll"] for row in ROWS}) == len(ROWS) >= 400
    assert kinds > {"leap day", "31 January", "year end", "eve of Spring Festival", "make-up working day", "a Saturday"}


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_due_day_is_the_one_that_somebody_else_counted(row: dict[str, str]) -> None:
    due = counted(row)
    assert due.on.isoformat() == row["due"]
    assert not due.provisional


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_the_explanation_adds_up_to_the_day(row: dict[str, str]) -> None:
    due, limit = counted(row), int(row["limit"])
    first, *lines = due.explanation
    assert (first.day.isoformat(), first.count) == (row["start"], None)
    numbers = [line.count for line in lines if line.count is not None]
    assert numbers == list(range(1, limit + 1))
    assert (lines[-1].day if lines else first.day) == due.on
    if row["unit"] == "wd" and limit:
        assert all(CHINA.is_working_day(line.day) == (line.count is not None) for line in lines if line.day <= due.raw)
    elif row["unit"] == "d":
        day = date.fromisoformat(row["start"])
        assert [line.day - day for line in lines[:limit]] == [timedelta(n) for n in range(1, limit + 1)]


def test_whoever_counts_seven_days_a_week_is_found_out() -> None:
    wrong = [row for row in ROWS if row["unit"] == "wd" and _naively(row) != row["due"]]
    assert len(wrong) > 100


def _naively(row: dict[str, str]) -> str:
    return (date.fromisoformat(row["start"]) + timedelta(int(row["limit"]))).isoformat()


@pytest.mark.parametrize("start", ["2019-12-20", "2020-02-29", "2023-12-29", "2026-12-25", "2027-02-05"])
@pytest.mark.parametrize(("unit", "limit"), [("wd", 15), ("d", 30), ("m", 1)])
def test_a_day_in_a_year_that_nobody_has_entered_is_provisional(start: str, unit: str, limit: int) -> None:
    due = counted({"start": start, "unit": unit, "limit": str(limit), "roll": "yes"})
    assert due.provisional
    assert due.on > date.fromisoformat(start)
