"""What comes back in the numbers, and what the facts say: pure."""

from datetime import date
from pathlib import Path

import pytest

from tipline.kit.dates import Month, day_of
from tipline.kit.words import Sentence
from tipline.law.calendar import Calendar
from tipline.law.campaign import due_day, periods
from tipline.law.notice import load, read
from tipline.law.table import MalformedNotice
from tipline.learning.rules import Fact, Repeated, Tally, facts_of, repeated
from tipline.reports.rules import Span, times

TOWNS = ("a", "b", "c")
SHIPPED = Path("tipline/law/notices/jinnan-2018-17.toml")
SECOND = Path("tests/law/notices/second.toml")


def test_a_problem_of_several_towns_or_again_of_the_same_town_is_told():
    tallies = [
        Tally("once", {"a": 4}, {"b": 1}),
        Tally("again", {"b": 1}, {"b": 2}),
        Tally("everywhere", {"a": 1, "b": 1, "c": 1}, {"c": 9}),
        Tally("gone", {}, {"a": 3, "b": 3}),
    ]
    assert repeated(tallies, TOWNS) == [
        Repeated("everywhere", ("a", "b", "c"), ("c",)),
        Repeated("again", (), ("b",)),
    ]


def test_facts_are_told_only_where_something_was_counted():
    names = {"late": Sentence("迟"), "nil": Sentence("零")}
    assert facts_of(("late", "nil", "unknown"), {"late": 2, "nil": 0, "unknown": 5}, names) == [Fact(Sentence("迟"), 2)]


@pytest.mark.parametrize(
    ("months", "first", "before", "ago"),
    [
        (1, date(2018, 6, 1), date(2018, 5, 1), date(2017, 6, 1)),
        (3, date(2018, 4, 1), date(2018, 1, 1), date(2017, 4, 1)),
    ],
)
def test_several_months_are_counted_as_one(months, first, before, ago):
    told = times(Month(2018, 6), date(2018, 7, 2), Calendar({}), Month(2018, 5), months)
    assert [day_of(one) for one in (told.first, told.before, told.end)] == [first, before, date(2018, 7, 1)]
    assert [day_of(one) for one in told.year_ago] == [ago, date(2017, 7, 1)]
    assert told.bounds(Span.BEFORE) == (told.before, told.first)


def test_how_often_a_summary_is_written_is_the_notices():
    shipped, second = load(SHIPPED).learning, load(SECOND).learning
    assert [one.key for one in periods(shipped.summary, date(2018, 7, 2))] == ["2018-Q2", "2018-Q3"]
    assert [one.key for one in periods(second.summary, date(2030, 4, 1))] == ["2030-03", "2030-04"]
    assert due_day(shipped.summary, next(periods(shipped.summary, date(2018, 7, 2))), Calendar({})) == date(2018, 7, 15)
    assert [one.key for one in second.grounds] == ["slow"]


def test_a_notice_may_say_nothing_of_it_but_nothing_wrong():
    text = SECOND.read_text()
    assert read(text[: text.index("[learning]")], "second").learning.summary is None
    with pytest.raises(MalformedNotice):
        read(text.replace('key = "slow"', 'key = "slow"\nsloth = "x"'), "second")
    with pytest.raises(MalformedNotice):
        read(
            text.replace(
                'every = "month"\nowed_by = "bureau"\nanswered_by = "learning"\nfirst = "2030-03"\ndue_working_day = 3',
                'every = "once"\nowed_by = "bureau"\nanswered_by = "learning"\ndue_on = 2030-03-31',
            ),
            "second",
        )
