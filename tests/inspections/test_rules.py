"""The score is shares of weights and nothing else; the verdicts on a filled list are told line by line."""

from datetime import date

import pytest

from tipline.inspections import rules
from tipline.inspections.rules import Line, Verdict, attention, judged

TOWNS = ("a", "b", "c")
COUNTS = {"petitions": {"a": 4, "b": 2}, "media": {"b": 1}, "unheard": {"c": 9}}
WEIGHTS = {"petitions": 30, "media": 20}


def points(**known):
    said = {"households": {}, "grows": {"petitions"}} | known
    return {one.town: one.points for one in attention(TOWNS, COUNTS, WEIGHTS, said["households"], said["grows"])}


def test_the_town_with_the_most_has_all_points_and_the_others_their_share():
    assert points() == {"b": 35, "a": 30, "c": 0}


def test_towns_are_compared_by_the_thousand_households_once_all_are_known():
    assert points(households={"a": 400, "b": 100}) == points()
    assert points(households={"a": 400, "b": 100, "c": 50}) == {"b": 50, "a": 15, "c": 0}
    assert points(households={"a": 400, "b": 100, "c": 50}, grows=set()) == points()


def test_a_score_shows_its_ingredients_and_leaves_out_what_the_notice_does_not_weigh():
    first, *_, last = attention(TOWNS, COUNTS, WEIGHTS, {"b": 200}, {"petitions"})
    assert [(one.signal, one.count, one.rate, one.points) for one in first.ingredients] == [
        ("petitions", 2, 10.0, 15),
        ("media", 1, None, 20),
    ]
    assert [one.points for one in last.ingredients] == [0, 0]
    assert attention(TOWNS, {}, WEIGHTS, {}, set())[0].ingredients == ()


CODES, KINDS = {"r1", "v-1"}, {"错保": (False, "wrong_dibao"), "形式主义": (True, "formalism")}
FIRST, TODAY = date(2018, 6, 4), date(2018, 6, 8)
GOOD = Line(5, "r1", "2018-06-05", "错保", "家里有车。")


def verdicts(*lines, known=()):
    return [one.verdict for one in judged(lines, CODES, KINDS, known, FIRST, TODAY)]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ({}, Verdict.NEW),
        ({"day": "2018/6/5"}, Verdict.NEW),
        ({"code": "v-1", "kind": "形式主义"}, Verdict.NEW),
        ({"kind": "", "seen": ""}, Verdict.NOTHING),
        ({"kind": "", "seen": "", "code": "?"}, Verdict.NOTHING),
        ({"code": "r2"}, Verdict.WRONG),
        ({"kind": ""}, Verdict.WRONG),
        ({"kind": "不好"}, Verdict.WRONG),
        ({"seen": ""}, Verdict.WRONG),
        ({"day": ""}, Verdict.WRONG),
        ({"day": "六月五日"}, Verdict.WRONG),
        ({"day": "2018-06-03"}, Verdict.WRONG),
        ({"day": "2018-06-09"}, Verdict.WRONG),
    ],
)
def test_every_line_has_its_verdict(said, verdict):
    assert verdicts(Line(**{**vars(GOOD), **said})) == [verdict]


def test_the_same_household_and_kind_is_found_once():
    twice = Line(9, "r1", "2018-06-06", "错保", "又看到一次。")
    other = Line(9, "r1", "2018-06-06", "形式主义", "又看到一次。")
    assert verdicts(GOOD, twice, other) == [Verdict.NEW, Verdict.KNOWN, Verdict.NEW]
    assert verdicts(GOOD, known={rules.source_of("r1", "wrong_dibao")}) == [Verdict.KNOWN]
