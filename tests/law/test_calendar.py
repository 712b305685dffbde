"""Working days: made-up Saturdays, long holidays, month ends, and years that are not loaded."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipline.kit.dates import Month
from tipline.law.calendar import (
    CALENDARS,
    Calendar,
    DayKind,
    MalformedCalendar,
    describe,
    load_rows,
    missing_year_alarm,
    shipped,
)

CHINA = shipped()
DAYS = st.dates(date(2017, 1, 1), date(2019, 12, 31)) | st.dates(date(2024, 1, 1), date(2026, 12, 31))
COUNTS = st.integers(1, 60)


def days(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


def test_the_years_shipped() -> None:
    assert CHINA.years == {2017, 2018, 2019, 2024, 2025, 2026}


@pytest.mark.parametrize(("year", "count"), [(2018, 250), (2026, 248)])
def test_how_many_days_the_office_works_in_a_year(year: int, count: int) -> None:
    assert sum(map(CHINA.is_working_day, days(year))) == count


def test_the_weekends_of_2018_and_2026_that_are_worked() -> None:
    made_up = {(day.month, day.day) for day in days(2018) if CHINA.kind(day) is DayKind.ADJUSTED_WORKDAY}
    assert made_up == {(2, 11), (2, 24), (4, 8), (4, 28), (9, 29), (9, 30), (12, 29)}
    made_up = {(day.month, day.day) for day in days(2026) if CHINA.kind(day) is DayKind.ADJUSTED_WORKDAY}
    assert made_up == {(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)}


def test_the_weekdays_of_2018_that_are_free() -> None:
    free = {(day.month, day.day) for day in days(2018) if day.weekday() < 5 and not CHINA.is_working_day(day)}
    spring = {(2, 15), (2, 16), (2, 19), (2, 20), (2, 21)}
    autumn = {(9, 24), *((10, number) for number in range(1, 6))}
    assert free == {(1, 1), *spring, (4, 5), (4, 6), (4, 30), (5, 1), (6, 18), *autumn, (12, 31)}


@pytest.mark.parametrize("day", [date(2018, 5, 31), date(2018, 7, 10), date(2018, 8, 15), date(2018, 8, 31)])
def test_the_dates_of_the_notice_are_working_days(day: date) -> None:
    assert CHINA.is_working_day(day)


@pytest.mark.parametrize(
    ("month", "last"),
    [("2018-04", "2018-04-28"), ("2018-09", "2018-09-30"), ("2018-12", "2018-12-29"), ("2024-02", "2024-02-29")],
)
def test_the_last_working_day_of_a_month(month: str, last: str) -> None:
    assert CHINA.last_working_day(Month.parse(month)) == date.fromisoformat(last)


def test_the_first_working_day_of_october_is_after_the_holiday() -> None:
    assert CHINA.nth_working_day(Month(2018, 10), 1) == date(2018, 10, 8)
    with pytest.raises(ValueError, match="from one"):
        CHINA.nth_working_day(Month(2018, 10), 0)


def test_zero_working_days_is_the_day_itself_or_the_next_worked_one() -> None:
    assert CHINA.add_working_days(date(2018, 6, 1), 0) == date(2018, 6, 1)
    assert CHINA.add_working_days(date(2018, 6, 16), 0) == date(2018, 6, 19)


@given(DAYS, DAYS)
def test_as_many_days_are_worked_as_a_finger_on_the_calendar_counts(one: date, other: date) -> None:
    start, end = sorted((one, other))
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    assert CHINA.working_days_between(start, end) == sum(map(CHINA.is_working_day, days))


@given(DAYS, COUNTS)
def test_counting_forward_and_asking_how_many_agree(start: date, count: int) -> None:
    assert CHINA.working_days_between(start, CHINA.add_working_days(start, count)) == count


@given(DAYS, COUNTS)
def test_there_and_back_again(start: date, count: int) -> None:
    worked = CHINA.next_working_day(start)
    assert CHINA.add_working_days(CHINA.add_working_days(worked, count), -count) == worked


@given(DAYS, COUNTS, COUNTS)
def test_a_longer_limit_never_ends_earlier(start: date, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert CHINA.add_working_days(start, shorter) <= CHINA.add_working_days(start, longer)


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_never_ends_earlier(one: date, other: date, count: int) -> None:
    earlier, later = sorted((one, other))
    assert CHINA.add_working_days(earlier, count) <= CHINA.add_working_days(later, count)


@given(DAYS, DAYS)
def test_the_way_back_is_as_long(one: date, other: date) -> None:
    assert CHINA.working_days_between(one, other) == -CHINA.working_days_between(other, one)


def test_a_year_not_loaded_is_guessed_and_says_so() -> None:
    reckoned = CHINA.reckon(date(2026, 12, 30), 5)
    assert (reckoned.day, reckoned.provisional) == (date(2027, 1, 6), True)
    assert not CHINA.reckon(date(2026, 12, 1), 5).provisional
    assert CHINA.reckon(date(2019, 12, 31), 1300).provisional


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2025, 11, 1), None),
        (date(2027, 1, 2), 2027),
    ],
)
def test_next_years_holidays_are_missed_from_november(today: date, year: int | None) -> None:
    assert missing_year_alarm(today, CHINA) == year


def test_a_day_is_described_with_the_name_of_its_holiday() -> None:
    assert str(describe(date(2018, 6, 18), CHINA)) == "节假日（端午节）"
    assert str(describe(date(2018, 4, 28), CHINA)) == "调休上班日（劳动节）"
    assert str(describe(date(2018, 6, 19), CHINA)) == "工作日"


HEADER = "date,kind,name,name_en,source\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("date,kind,name,source\n", "缺少列“name_en”"),
        (HEADER + "2027-02-30,holiday,春节,,国办发明电\n", "年历.csv:2：“2027-02-30”不是日期"),
        (HEADER + "2027-01-01,feast,元旦,,国办发明电\n", "“feast”不是日子的种类"),
        (HEADER + "2027-01-01,holiday,元旦,,\n", "节日名称和依据都要填写"),
        (HEADER + "2027-01-01,holiday,元旦,,甲\n2027-01-01,holiday,元旦,,甲\n", "2027-01-01 写了两次"),
    ],
)
def test_a_malformed_file_is_refused_with_the_place_and_the_remedy(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "年历.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MalformedCalendar) as refusal:
        load_rows(file)
    assert says in str(refusal.value)


def test_a_year_loaded_later_is_no_longer_provisional(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(HEADER + "2027-01-01,holiday,元旦,,国办发明电〔2026〕\n", encoding="utf-8")
    rows = [row for path in CALENDARS.glob("*.csv") for row in load_rows(path)]
    reckoned = Calendar([*rows, *load_rows(file)]).reckon(date(2026, 12, 30), 5)
    assert (reckoned.day, reckoned.provisional) == (date(2027, 1, 7), False)
