"""What can be a number, which hour a lot gives, when a step has come: pure."""

from datetime import date

import pytest

from tests.law.test_notice import NOTICE
from tipline.hotline import rules
from tipline.hotline.rules import Reach
from tipline.kit.errors import Incomplete
from tipline.law import calendar


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("022-00001234", "02200001234"),
        ("（022）0000 1234", "02200001234"),
        ("022-00001234转801", "02200001234"),
        ("022-00001234-801", "02200001234"),
        ("０２２－００００１２３４", "02200001234"),
        ("8602200001234", "02200001234"),
        ("0086 22 00001234", "02200001234"),
        ("+86 154 0000 1234", "15400001234"),
        ("154-0000-1234", "15400001234"),
        ("400-000-1234", "4000001234"),
        ("23000000", "23000000"),
        ("88908890", "88908890"),
        ("12345", "12345"),
        ("110", "110"),
    ],
)
def test_numbers_are_known_however_they_are_written(typed, digits):
    assert rules.published_number(typed) == digits


@pytest.mark.parametrize("typed", ["", "电话", "1234", "022-0000123", "022-000012345", "12900001234", "1540000123"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Incomplete, match="不是电话号码"):
        rules.published_number(typed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("02223000000", "23000000", True),
        ("23000000", "02223000000", True),
        ("12345", "12345", True),
        ("12345", "02212345", False),
        ("02223000000", "03123000000", False),
        ("15400001234", "00001234", False),
    ],
)
def test_a_carrier_may_leave_out_the_area_code(one, other, same):
    assert rules.is_same_number(one, other) is same


def test_the_lot_gives_every_day_and_hour_and_always_the_same():
    hours = (9, 14)
    slots = [rules.slot("seed", str(key), hours, 3) for key in range(200)]
    assert {day for day, _ in slots} == {1, 2, 3}
    assert {hour for _, hour in slots} == {9, 14}
    assert slots == [rules.slot("seed", str(key), hours, 3) for key in range(200)]
    assert slots != [rules.slot("other", str(key), hours, 3) for key in range(200)]


def test_only_failures_in_a_row_count():
    assert [rules.failed_in_a_row(row) for row in ((), (True,), (False, True, False), (False, False))] == [0, 0, 1, 2]


def test_a_step_that_was_missed_is_not_sent_afterwards():
    days, due = calendar.shipped(), date(2018, 6, 15)
    steps = {day: rules.step_of(due, date(2018, 6, day), NOTICE.hotline, days) for day in (14, 15, 18, 19, 20, 29)}
    assert steps == {14: None, 15: 0, 18: 0, 19: 0, 20: 2, 29: 2}, "the 18th was a holiday"


def test_figures_add_up():
    total = Reach(tests=2, passed=1, missed=1) + Reach(tests=3, passed=3, answered=4)
    assert (total.tests, total.passed, total.calls) == (5, 4, 5)
    assert [rules.share(1, 3), rules.share(0, 0)] == [33, None]
