"""Who investigates whom, told as people: `personas.csv`, written from the law's decision table, not from the rules.

A row is somebody as a caller describes them: their post in the register, what differs from it, the body that the law
gives, how closely it is kept, and the clause it rests on, in 2018 and today.
"""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.law.people import IN_2018, NOTICE, TODAY
from tipline.law.bodies import Body, Secrecy
from tipline.law.facts import MATCHABLE, PersonFacts
from tipline.law.notice import Notice
from tipline.law.routing import route

PEOPLE = list(csv.DictReader(io.StringIO(Path(__file__).with_name("personas.csv").read_text(encoding="utf-8"))))

BODIES = {
    "bureau": Body.CIVIL_AFFAIRS_BUREAU,
    "group": Body.DISPATCHED_DISCIPLINE_GROUP,
    "district": Body.DISTRICT_DISCIPLINE_BODY,
    "town": Body.TOWN_DISCIPLINE_BODY,
    "office": Body.TOWN_SUPERVISION_OFFICE,
    "city": Body.MUNICIPAL_DISCIPLINE_BODY,
    "unit": Body.OTHER_UNIT_DISCIPLINE_BODY,
    "employer": Body.COMPETENT_AUTHORITY,
    "police": Body.PUBLIC_SECURITY,
    "other": Body.OTHER_DISTRICT_DISCIPLINE_BODY,
}
KEPT = {"open": Secrecy.ORDINARY, "sealed": Secrecy.SEALED, "stub": Secrecy.STUB_ONLY}
CLAUSES = {
    "notice": "津南民字〔2018〕17号 四（三）",
    "own": "本局约定",
    "jc16": "监察法 第十六条",
    "jc58": "监察法 第五十八条",
    "jc67": "监察法 第六十七条",
    "jc15.2": "监察法 第十五条第二项",
    "jc15.3": "监察法 第十五条第三项",
    "jc15.4": "监察法 第十五条第四项",
    "jc15.5": "监察法 第十五条第五项",
    "jk15": "检举控告工作规则 第十五条",
    "aj17": "案件检查工作条例 第十七条",
    "aj19": "案件检查工作条例 第十九条",
    "jz68": "社会救助暂行办法 第六十八条",
    "xf05": "信访条例 第二十二条",
    "xf22": "信访工作条例 第二十三条",
}


def facts_of(row: dict[str, str]) -> PersonFacts:
    """The post's facts, with what the caller says is otherwise."""
    told = dict(word.split("=") for word in row["differs"].split(";") if word)
    return replace(NOTICE.post(row["post"]).facts(), **{name: _value(name, text) for name, text in told.items()})


def _value(name: str, text: str) -> object:
    kind = MATCHABLE[name]
    return text == "yes" if kind is bool else kind(text)


def answer(row: dict[str, str], on: date, notice: Notice = NOTICE) -> tuple[Body, Secrecy, str]:
    decision = route(facts_of(row), notice, on)
    return decision.body, decision.secrecy, decision.basis


def expected(row: dict[str, str], clause: str) -> tuple[Body, Secrecy, str]:
    return BODIES[row["body"]], KEPT[row["kept"]], CLAUSES[row[clause]]


def test_they_are_many_and_no_two_are_the_same() -> None:
    assert len({row["who"] for row in PEOPLE}) == len(PEOPLE) >= 120
    assert set(BODIES) == {row["body"] for row in PEOPLE}
    assert {row["post"] for row in PEOPLE} == {post.key for post in NOTICE.posts}, "every post is somebody"


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["who"])
def test_a_lead_about_them_goes_where_the_law_says(row: dict[str, str]) -> None:
    assert answer(row, IN_2018) == expected(row, "clause_2018")
    assert answer(row, TODAY) == expected(row, "clause_2026")


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["who"])
def test_it_can_be_explained_to_them(row: dict[str, str]) -> None:
    decision = route(facts_of(row), NOTICE, IN_2018)
    assert decision.rule in str(decision.sentence)
    assert CLAUSES[row["clause_2018"]] in str(decision.sentence)
    assert (decision.rule == "R-20") == (not decision.used), "only whoever is not known is routed without a fact"


@pytest.mark.parametrize("number", sorted({rule.number for rule in NOTICE.rules_on(TODAY)} - {"R-20"}))
def test_a_rule_that_is_missing_is_missed_by_somebody(number: str) -> None:
    """Take one rule away: at least one of them goes elsewhere, under another clause, or by another explanation."""
    without = replace(NOTICE, rules=tuple(rule for rule in NOTICE.rules if rule.number != number))
    changed = [
        row for row in PEOPLE if route(facts_of(row), without, TODAY).rule != route(facts_of(row), NOTICE, TODAY).rule
    ]
    assert changed, number


def test_the_bodies_are_met_as_often_as_callers_meet_them() -> None:
    met = Counter(row["body"] for row in PEOPLE)
    assert min(met[body] for body in ("town", "district", "group", "city")) >= 10
