"""All 4,096 sets of twelve kinds of implicated persons, each under all eight flags of gravity."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import product

import pytest

from tests.law.people import IN_2018, NOTICE, TWELVE_KINDS, UNKNOWN
from tipline.law.bodies import Body, Level, SupervisionTrigger
from tipline.law.facts import PersonFacts
from tipline.law.notice import Notice
from tipline.law.routing import Decision, implicated_bodies, lead_body, route, route_lead, strictest
from tipline.law.triggers import trigger_set, triggers

ALL = (1 << len(TWELVE_KINDS)) - 1

ALONE = dict(
    zip(
        TWELVE_KINDS,
        ("R-15", "R-7", "R-8.1", "R-9", "R-6", "R-4", "R-5", "R-1", "R-2", "R-3", "R-12", "R-11"),
        strict=True,
    )
)
"""The rule of the table for each kind when nobody else is named."""


class Broken(AssertionError):
    """A promise does not hold for some set of persons."""


def among(bits: int) -> tuple[PersonFacts, ...]:
    return tuple(person for number, person in enumerate(TWELVE_KINDS) if bits >> number & 1)


def examine(notice: Notice, on: date = IN_2018) -> int:
    """Try every set of persons; returns how many were tried."""

    @lru_cache(None)
    def implicated(person: PersonFacts) -> frozenset[Body]:
        own, host = implicated_bodies(person, NOTICE)
        return own | host

    def decided(bits: int) -> tuple[Decision, ...]:
        return route_lead(among(bits), notice, on)

    seen: dict[int, tuple[Level, int, dict[PersonFacts, Decision]]] = {}
    for bits in range(ALL + 1):
        persons, decisions = among(bits), decided(bits)
        named = frozenset(body for person in persons for body in implicated(person))
        carries = lead_body(decisions, notice)
        alone = dict(zip(persons, decisions, strict=True))
        promise(len(decisions) == len(persons), "a person has no body", bits)
        promise(carries not in named, "an implicated body carries the lead", bits)
        if len(persons) == 1:
            promise(decisions[0].rule == ALONE[persons[0]], "another rule than the table says", bits)
        for decision in decisions:
            promise(decision.body not in named, "an implicated body handles a person", bits)
            promise(decision.via not in named, "it travels through an implicated body", bits)
        seen[bits] = (carries.level, strictest(decisions), alone)
        for fewer in one_less(bits):
            level, secrecy, before = seen[fewer]
            promise(level <= carries.level, "one more person lowered the body", bits)
            promise(secrecy <= seen[bits][1], "one more person loosened the secrecy", bits)
            for person, decision in before.items():
                promise(decision.body.level <= alone[person].body.level, "one more person lowered another's", bits)
    return len(seen)


def one_less(bits: int) -> Iterator[int]:
    return (bits & ~(1 << number) for number in range(len(TWELVE_KINDS)) if bits >> number & 1)


def promise(held: bool, what: str, bits: int) -> None:
    if not held:
        raise Broken(f"{what}: {[person.kind.value for person in among(bits)]}")


def test_every_set_is_routed_upward_and_never_to_the_implicated() -> None:
    assert examine(NOTICE) == 4096


def test_the_same_facts_always_give_the_same_decision() -> None:
    for bits in range(0, ALL + 1, 61):
        assert route_lead(among(bits), NOTICE, IN_2018) == route_lead(among(bits), NOTICE, IN_2018)


def test_every_flag_adds_its_trigger_and_takes_none_away() -> None:
    tried = 0
    for bits in range(ALL + 1):
        persons = among(bits)
        plain = trigger_set(triggers(persons, NOTICE))
        for media, instruction, by_hand in product((False, True), repeat=3):
            flags = {"media": media, "leader_instruction": instruction, "major_by_hand": by_hand}
            met = trigger_set(triggers(persons, NOTICE, **flags))
            raised = {
                trigger
                for trigger, flag in zip(
                    (SupervisionTrigger.MEDIA, SupervisionTrigger.LEADER_INSTRUCTION, SupervisionTrigger.MAJOR),
                    (media, instruction, by_hand),
                    strict=True,
                )
                if flag
            }
            assert met == plain | raised
            tried += 1
    assert tried == 32_768


def without(number: str) -> Notice:
    return replace(NOTICE, rules=tuple(rule for rule in NOTICE.rules if rule.number != number))


def conflict_free() -> Notice:
    return replace(NOTICE, conflicts=())


def turned_over() -> Notice:
    """The rules in reverse: the one that catches everyone comes first."""
    return replace(NOTICE, rules=tuple(reversed(NOTICE.rules)))


def never_raised() -> Notice:
    return replace(NOTICE, raises=())


def raised_downward() -> Notice:
    higher = tuple(replace(step, to=Body.HOTLINE_CENTRE) for step in NOTICE.raises)
    return replace(NOTICE, raises=higher)


def not_joined() -> Notice:
    return replace(NOTICE, lead_level=replace(NOTICE.lead_level, joint_body=Body.TOWN_DISCIPLINE_BODY))


PLANTED = [
    pytest.param(conflict_free(), id="the conflicts are forgotten"),
    pytest.param(never_raised(), id="nothing is raised"),
    pytest.param(raised_downward(), id="raised downward"),
    pytest.param(not_joined(), id="equals join in the town"),
    pytest.param(turned_over(), id="the rules are turned over"),
    *(pytest.param(without(number), id=f"{number} is dropped") for number in ALONE.values()),
]


@pytest.mark.parametrize("faulty", PLANTED)
def test_the_examination_finds_a_planted_fault(faulty: Notice) -> None:
    with pytest.raises(Broken):
        examine(faulty)


def test_a_dropped_catch_all_leaves_somebody_without_a_body() -> None:
    with pytest.raises(LookupError):
        route(UNKNOWN, without("R-20"), IN_2018)
