"""When two papers speak of the same household. A name alone is never enough."""

import pytest

from tipline.households.rules import WHY, Ground, Household, by_name, spellings

ZHANG, LI = spellings("张老三"), spellings("李四")
HERE, THERE, TOWN = "120112103205", "120112103206", "120112103"


@pytest.mark.parametrize("written", ["张老三家", "张老三一家", "张老三户", " 张 老三 ", "张老三"])
def test_a_head_is_written_in_several_ways(written):
    assert spellings(written) == ZHANG


@pytest.mark.parametrize("written", ["张家", "张老", "", "·"])
def test_a_surname_is_nobody(written):
    assert not spellings(written) & ZHANG


@pytest.mark.parametrize(
    ("ours", "theirs", "ground"),
    [
        (Household(ZHANG, HERE, TOWN), Household(ZHANG, HERE, TOWN), Ground.VILLAGE),
        (Household(ZHANG, HERE, TOWN), Household(ZHANG, HERE), Ground.VILLAGE),
        (Household(ZHANG, HERE, TOWN), Household(ZHANG, None, TOWN), Ground.TOWN),
        (Household(ZHANG, None, TOWN), Household(ZHANG, THERE, TOWN), Ground.TOWN),
        (Household(ZHANG, None, TOWN), Household(ZHANG, None, TOWN), Ground.TOWN),
        (Household(ZHANG, HERE, TOWN), Household(ZHANG, THERE, TOWN), None),
        (Household(ZHANG, HERE, TOWN), Household(LI, HERE, TOWN), None),
        (Household(ZHANG), Household(ZHANG), None),
        (Household(ZHANG, None, TOWN), Household(ZHANG), None),
        (Household(village=HERE, town=TOWN), Household(village=HERE, town=TOWN), None),
    ],
)
def test_a_name_needs_a_place(ours, theirs, ground):
    assert by_name(ours, theirs) is ground


def test_enough_is_told_by_a_number_or_by_a_name_and_a_place():
    assert Household(identity="mark").is_told
    assert Household(ZHANG, HERE).is_told
    assert not Household(ZHANG).is_told
    assert not Household(village=HERE, town=TOWN).is_told


def test_every_ground_says_what_it_means():
    assert set(WHY) == set(Ground)
