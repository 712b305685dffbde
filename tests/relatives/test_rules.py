"""Who may belong to a household: planted matches all found, namesakes never; the directory finds what the rule says."""

import random
from datetime import date

import pytest

from tipline.relatives.rules import Directory, Household, Level, Person, in_village, is_overdue, level_of, months_before

A, B = "number a", "number b"
LI = in_village("李四", "李楼")


def person(identity=None, *, lengthened=False, namesake=None, household=None, ref=1) -> Person:
    return Person(ref, identity, lengthened, namesake, household)


@pytest.mark.parametrize(
    ("who", "level"),
    [
        (person(A), Level.IDENTITY),
        (person(A, lengthened=True), Level.LENGTHENED),
        (person(A, namesake=LI, household=LI), Level.IDENTITY),  # the surest says it
        (person(B), None),
        (person(B, namesake=LI), None),  # the same name with another number
        (person(namesake=LI), Level.NAMESAKE),
        (person(namesake=in_village("李四", "殷庄")), None),
        (person(household=LI), Level.HOUSEHOLD),
        (person(B, household=LI), Level.HOUSEHOLD),  # not the head: the number is another's
        (person(household=in_village("李五", "李楼")), None),
        (person(), None),
    ],
)
def test_each_level(who, level):
    assert level_of(who, Household(9, A, LI)) is level


def test_where_nothing_is_known_of_the_village_nothing_is_compared_by_name():
    assert in_village("李四", None) is None
    assert in_village(" ", "李楼") is None
    assert level_of(person(), Household(9, A, None)) is None


def test_a_name_is_compared_however_it_is_spaced():
    assert in_village("李　四", "李楼") == in_village("李四", "李楼")


def world(draw: random.Random) -> tuple[list[Person], list[Household]]:
    """Few numbers, names and villages, so that everything meets everything."""
    names = [in_village(name, village) for name in "赵钱孙李" for village in "东西"]
    households = [Household(n, f"n{draw.randrange(30)}", draw.choice([*names, None])) for n in range(60)]
    persons = []
    for ref in range(120):
        number = f"n{draw.randrange(60)}" if draw.random() < 0.6 else None
        own = None if number else draw.choice([*names, None])
        persons.append(Person(ref, number, draw.random() < 0.2, own, draw.choice([*names, None, None])))
    return persons, households


@pytest.mark.parametrize("seed", range(8))
def test_the_directory_finds_what_comparing_all_with_all_finds(seed):
    persons, households = world(random.Random(seed))
    slow = {
        (one.ref, two.ref, level) for one in persons for two in households if (level := level_of(one, two)) is not None
    }
    directory = Directory(persons)
    fast = {(one.ref, two.ref, level) for two in households for one, level in directory.like(two)}
    assert slow
    assert fast == slow


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2018, 7, 2), 12, date(2017, 7, 2)),
        (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2020, 2, 29), 12, date(2019, 2, 28)),
        (date(2018, 1, 15), 1, date(2017, 12, 15)),
    ],
)
def test_months_before(day, months, before):
    assert months_before(day, months) == before


def test_a_filing_is_overdue_unless_it_was_seen_in_time_or_has_ended():
    before = date(2017, 7, 2)
    assert is_overdue(date(2017, 7, 1), None, before)
    assert is_overdue(None, None, before)
    assert not is_overdue(date(2017, 7, 2), None, before)
    assert not is_overdue(date(2017, 7, 1), date(2018, 1, 1), before)
