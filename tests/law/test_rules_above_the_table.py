"""What holds whatever the row: several persons, avoidance, secrecy, who carries the whole lead."""

from dataclasses import replace

import pytest

from tests.law.people import (
    BUREAU_EMPLOYEE,
    BUREAU_LEADER,
    COMMISSION_PRINCIPAL,
    DISTRICT_LEADER,
    GROUP_MEMBER,
    HOUSEHOLD,
    IN_2018,
    NOTICE,
    OTHER_UNIT_STAFF,
    OUTSIDER,
    SHUANGGANG,
    TOWN_DISCIPLINE,
    TOWN_LEADER,
    VILLAGE_CADRE,
    VILLAGE_SECRETARY,
    VILLAGER_OUTSIDE,
    XIANSHUIGU,
)
from tipline.law.bodies import Body, Secrecy
from tipline.law.facts import PersonFacts
from tipline.law.routing import lead_body, may_redirect, route, route_lead, strictest

GROUP = Body.DISPATCHED_DISCIPLINE_GROUP
DISTRICT = Body.DISTRICT_DISCIPLINE_BODY
TOWN = Body.TOWN_DISCIPLINE_BODY
CITY = Body.MUNICIPAL_DISCIPLINE_BODY
BUREAU = Body.CIVIL_AFFAIRS_BUREAU


def bodies(*persons: PersonFacts) -> list[Body]:
    return [decision.body for decision in route_lead(persons, NOTICE, IN_2018)]


def whole(*persons: PersonFacts) -> Body:
    return lead_body(route_lead(persons, NOTICE, IN_2018), NOTICE)


def test_several_persons_are_split_one_referral_each() -> None:
    assert bodies(VILLAGE_CADRE, BUREAU_EMPLOYEE) == [TOWN, GROUP]


@pytest.mark.parametrize(
    ("persons", "carries"),
    [
        ((), BUREAU),
        ((HOUSEHOLD,), BUREAU),
        ((VILLAGE_CADRE,), TOWN),
        ((VILLAGE_CADRE, HOUSEHOLD), TOWN),
        ((BUREAU_EMPLOYEE,), GROUP),
        ((VILLAGE_CADRE, BUREAU_EMPLOYEE), DISTRICT),
        ((BUREAU_EMPLOYEE, replace(OTHER_UNIT_STAFF, unit_has_group=True)), DISTRICT),
        ((VILLAGE_CADRE, TOWN_LEADER), DISTRICT),
        ((VILLAGE_CADRE, DISTRICT_LEADER), CITY),
        ((OUTSIDER,), Body.OTHER_DISTRICT_DISCIPLINE_BODY),
        ((OUTSIDER, VILLAGE_CADRE), TOWN),
        ((VILLAGE_CADRE, replace(VILLAGER_OUTSIDE, town_has_supervision_office=True)), Body.TOWN_SUPERVISION_OFFICE),
        ((replace(VILLAGE_CADRE, town=SHUANGGANG), replace(VILLAGE_CADRE, town=XIANSHUIGU)), DISTRICT),
        ((replace(VILLAGE_CADRE, town=SHUANGGANG), VILLAGE_CADRE), TOWN),
    ],
)
def test_the_highest_body_carries_the_whole_and_equals_join_at_the_district(
    persons: tuple[PersonFacts, ...], carries: Body
) -> None:
    assert whole(*persons) is carries


def test_when_a_town_leader_is_named_the_towns_own_commission_stands_back() -> None:
    cadre = route_lead((VILLAGE_CADRE, TOWN_LEADER), NOTICE, IN_2018)[0]
    assert (cadre.body, cadre.raised_from, cadre.sealed) == (DISTRICT, (TOWN,), True)
    assert str(cadre.sentence).endswith("因镇纪委应当回避，提级送区纪委监委。")


def test_a_leader_of_one_town_does_not_bring_another_towns_commission_into_conflict() -> None:
    here, there = replace(VILLAGE_CADRE, town=SHUANGGANG), replace(TOWN_LEADER, town=XIANSHUIGU)
    assert bodies(here, there) == [TOWN, DISTRICT]


@pytest.mark.parametrize(
    ("named", "employee_goes_to"),
    [(BUREAU_LEADER, DISTRICT), (GROUP_MEMBER, DISTRICT), (COMMISSION_PRINCIPAL, CITY), (TOWN_DISCIPLINE, GROUP)],
)
def test_conflict_raises_the_bureaus_employee_by_a_level(named: PersonFacts, employee_goes_to: Body) -> None:
    assert bodies(BUREAU_EMPLOYEE, named)[0] is employee_goes_to


def test_conflict_told_by_the_caller_raises_as_well() -> None:
    walled = replace(VILLAGE_CADRE, conflicts=frozenset({TOWN, DISTRICT}))
    assert route(walled, NOTICE, IN_2018).body is CITY


def test_a_body_in_conflict_is_neither_told_nor_passed_through() -> None:
    walled = frozenset({DISTRICT})
    assert route(replace(VILLAGE_SECRETARY, conflicts=walled), NOTICE, IN_2018).copy_to == ()
    through = route(replace(VILLAGER_OUTSIDE, conflicts=frozenset({TOWN})), NOTICE, IN_2018)
    assert (through.body, through.via) == (DISTRICT, None)


def test_the_eligibility_side_leaves_the_bureau_when_its_leader_is_named() -> None:
    assert bodies(HOUSEHOLD, BUREAU_LEADER)[0] is Body.LETTERS_AND_CALLS_OFFICE


def test_one_sealed_person_seals_the_lead() -> None:
    assert strictest(route_lead((VILLAGE_CADRE,), NOTICE, IN_2018)) is Secrecy.ORDINARY
    assert strictest(route_lead((VILLAGE_CADRE, GROUP_MEMBER), NOTICE, IN_2018)) is Secrecy.SEALED
    assert strictest(route_lead((GROUP_MEMBER, DISTRICT_LEADER), NOTICE, IN_2018)) is Secrecy.STUB_ONLY
    assert strictest(()) is Secrecy.ORDINARY


def test_an_override_leads_upward_or_sideways_only() -> None:
    assert may_redirect(TOWN, DISTRICT)
    assert may_redirect(TOWN, Body.TOWN_SUPERVISION_OFFICE)
    assert not may_redirect(DISTRICT, GROUP)
    assert not may_redirect(TOWN, BUREAU)


def test_levels_stand_in_the_order_of_the_commissions() -> None:
    climbing = [Body.TOWN_GOVERNMENT, TOWN, GROUP, DISTRICT, CITY, Body.SUPERIOR_DISCIPLINE_BODY]
    assert sorted(climbing, key=lambda body: body.level) == climbing
    assert len({body.level for body in climbing}) == len(climbing)


def test_the_clause_changes_when_the_law_changes_and_the_body_does_not() -> None:
    for person, then, now in (
        (DISTRICT_LEADER, "监察法 第十六条", "检举控告工作规则 第十五条"),
        (GROUP_MEMBER, "监察法 第五十八条", "监察法 第六十七条"),
    ):
        before, after = route(person, NOTICE, IN_2018), route(person, NOTICE, IN_2018.replace(year=2026))
        assert (before.basis, after.basis) == (then, now)
        assert before.body is after.body
