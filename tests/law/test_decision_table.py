"""Who investigates whom: the rows of the decision table, one line each."""

from dataclasses import replace
from datetime import date

import pytest

from tests.law.people import (
    BANK_CLERK,
    BUREAU_EMPLOYEE,
    BUREAU_LEADER,
    COMMISSION_OFFICER,
    COMMISSION_PRINCIPAL,
    CONTRACTOR,
    DEPUTY_ONLY,
    DISTRICT_LEADER,
    DOCTOR,
    GROUP_MEMBER,
    HOUSEHOLD,
    IN_2018,
    NOBODY,
    NOTICE,
    OTHER_UNIT_STAFF,
    OUTSIDER,
    PARTY,
    TODAY,
    TOWN_DISCIPLINE,
    TOWN_HANDLER,
    TOWN_ITSELF,
    TOWN_LEADER,
    UNKNOWN,
    VILLAGE_BRANCH,
    VILLAGE_CADRE,
    VILLAGE_SECRETARY,
    VILLAGER_OUTSIDE,
)
from tipline.law.bodies import Body, ManagingAuthority, Membership, PersonKind, Secrecy, SupervisionObject, TransferKind
from tipline.law.facts import PersonFacts
from tipline.law.routing import route

GROUP = Body.DISPATCHED_DISCIPLINE_GROUP
DISTRICT = Body.DISTRICT_DISCIPLINE_BODY
TOWN = Body.TOWN_DISCIPLINE_BODY
CITY = Body.MUNICIPAL_DISCIPLINE_BODY
BUREAU = Body.CIVIL_AFFAIRS_BUREAU
POLICE = Body.PUBLIC_SECURITY
OWN_UNIT = Body.OTHER_UNIT_DISCIPLINE_BODY
EMPLOYER = Body.COMPETENT_AUTHORITY

OPEN, SEALED, STUB = Secrecy.ORDINARY, Secrecy.SEALED, Secrecy.STUB_ONLY

ROWS = [
    # row, person, body, secrecy, clock
    ("1", BUREAU_EMPLOYEE, GROUP, OPEN, "C-6"),
    ("1", replace(BUREAU_EMPLOYEE, kind=PersonKind.BUREAU_INSTITUTION_STAFF), GROUP, OPEN, "C-6"),
    ("2", BUREAU_LEADER, DISTRICT, OPEN, "C-6.1"),
    ("2", replace(BUREAU_EMPLOYEE, managed_by=ManagingAuthority.DISTRICT), DISTRICT, OPEN, "C-6.1"),
    ("3", GROUP_MEMBER, DISTRICT, SEALED, "C-6.1"),
    ("4", TOWN_LEADER, DISTRICT, OPEN, "C-6"),
    ("5", TOWN_DISCIPLINE, DISTRICT, SEALED, "C-6.1"),
    ("5", replace(TOWN_DISCIPLINE, managed_by=ManagingAuthority.TOWN), DISTRICT, SEALED, "C-6.1"),
    ("6", TOWN_HANDLER, TOWN, OPEN, "C-6"),
    ("6", replace(TOWN_HANDLER, crime_signs=True), DISTRICT, OPEN, "C-6"),
    ("7", VILLAGE_CADRE, TOWN, OPEN, "C-6"),
    ("7", replace(VILLAGE_CADRE, party_member=Membership.UNKNOWN), TOWN, OPEN, "C-6"),
    ("8", VILLAGER_OUTSIDE, DISTRICT, OPEN, "C-6"),
    ("8", replace(VILLAGER_OUTSIDE, town_has_supervision_office=True), Body.TOWN_SUPERVISION_OFFICE, OPEN, "C-6"),
    ("9", VILLAGE_SECRETARY, TOWN, OPEN, "C-6"),
    ("10", DEPUTY_ONLY, DISTRICT, OPEN, "C-6"),
    ("11", DISTRICT_LEADER, CITY, STUB, "C-14"),
    ("11", replace(DISTRICT_LEADER, managed_by=ManagingAuthority.UNKNOWN), CITY, STUB, "C-14"),
    ("11", replace(TOWN_LEADER, managed_by=ManagingAuthority.CITY), CITY, STUB, "C-14"),
    ("11", replace(UNKNOWN, managed_by=ManagingAuthority.ABOVE), CITY, STUB, "C-14"),
    ("12", COMMISSION_PRINCIPAL, CITY, STUB, "C-14.1"),
    ("12", COMMISSION_OFFICER, CITY, STUB, "C-14.1"),
    ("13", OTHER_UNIT_STAFF, DISTRICT, OPEN, "C-6"),
    ("13", replace(OTHER_UNIT_STAFF, unit_has_group=True), OWN_UNIT, OPEN, "C-6"),
    ("14", replace(CONTRACTOR, entrusted=True), GROUP, OPEN, "C-6"),
    ("14", replace(CONTRACTOR, crime_signs=True), POLICE, OPEN, "C-6"),
    ("14", CONTRACTOR, BUREAU, OPEN, "C-6"),
    ("15", HOUSEHOLD, BUREAU, OPEN, "C-7"),
    ("15", replace(HOUSEHOLD, crime_signs=True), POLICE, OPEN, "C-6"),
    ("16", replace(DOCTOR, supervision_object=SupervisionObject.GROUP_4), OWN_UNIT, OPEN, "C-6"),
    ("16", DOCTOR, EMPLOYER, OPEN, "C-6"),
    ("16", replace(DOCTOR, crime_signs=True), POLICE, OPEN, "C-6"),
    ("17", replace(BANK_CLERK, supervision_object=SupervisionObject.GROUP_3), OWN_UNIT, OPEN, "C-6"),
    ("17", BANK_CLERK, EMPLOYER, OPEN, "C-6"),
    ("17", replace(BANK_CLERK, crime_signs=True), POLICE, OPEN, "C-6"),
    ("18", TOWN_ITSELF, DISTRICT, OPEN, "C-6"),
    ("18", VILLAGE_BRANCH, TOWN, OPEN, "C-6"),
    ("20", UNKNOWN, DISTRICT, OPEN, "C-6.2"),
    ("21", OUTSIDER, Body.OTHER_DISTRICT_DISCIPLINE_BODY, OPEN, "C-6"),
    ("22", NOBODY, BUREAU, OPEN, "C-7"),
]


@pytest.mark.parametrize("on", [IN_2018, TODAY], ids=["2018", "2026"])
@pytest.mark.parametrize(("row", "person", "body", "secrecy", "clock"), ROWS)
def test_each_row_of_the_decision_table(
    row: str, person: PersonFacts, body: Body, secrecy: Secrecy, clock: str, on: date
) -> None:
    decision = route(person, NOTICE, on)
    chosen = next(rule for rule in NOTICE.rules_on(on) if rule.number == decision.rule)
    assert (chosen.row, decision.body, decision.secrecy, decision.clock) == (row, body, secrecy, clock)


def test_row_2_tells_the_group_by_a_stub_unless_the_group_is_involved() -> None:
    told = route(BUREAU_LEADER, NOTICE, IN_2018)
    assert (told.copy_to, told.copy_stub) == ((GROUP,), True)
    assert route(replace(BUREAU_LEADER, conflicts=frozenset({GROUP})), NOTICE, IN_2018).copy_to == ()


@pytest.mark.parametrize("person", [BUREAU_LEADER, GROUP_MEMBER, TOWN_LEADER, TOWN_DISCIPLINE, TOWN_ITSELF])
def test_leaders_and_disciplinarians_are_proposed_for_supervision(person: PersonFacts) -> None:
    assert route(person, NOTICE, IN_2018).propose_supervision


def test_row_8_travels_through_the_town_body() -> None:
    assert route(VILLAGER_OUTSIDE, NOTICE, IN_2018).via is TOWN


def test_row_9_is_copied_to_the_district_and_proposed_when_cadres_collude() -> None:
    alone = route(VILLAGE_SECRETARY, NOTICE, IN_2018)
    together = route(replace(VILLAGE_SECRETARY, collusion=True), NOTICE, IN_2018)
    assert alone.copy_to == together.copy_to == (DISTRICT,)
    assert (alone.propose_supervision, together.propose_supervision) == (False, True)


def test_row_10_a_deputy_goes_by_the_post_with_a_remark() -> None:
    plain, deputy = VILLAGE_CADRE, replace(VILLAGE_CADRE, deputy=True)
    assert route(deputy, NOTICE, TODAY).body is route(plain, NOTICE, TODAY).body
    assert "deputy" in {note.key for note in route(deputy, NOTICE, TODAY).notes}


def test_row_15_a_party_member_is_also_the_towns_discipline_matter() -> None:
    decision = route(replace(HOUSEHOLD, party_member=PARTY), NOTICE, IN_2018)
    assert (decision.body, decision.copy_to, decision.eligibility_review) == (BUREAU, (TOWN,), True)


def test_row_19_somebody_retired_goes_by_the_last_post() -> None:
    retired = route(replace(TOWN_LEADER, former=True), NOTICE, IN_2018)
    assert (retired.body, [note.key for note in retired.notes]) == (DISTRICT, ["former"])


def test_row_20_asks_back_once_before_it_leaves() -> None:
    assert route(UNKNOWN, NOTICE, IN_2018).ask_back


def test_row_21_is_passed_on_and_the_reporter_told() -> None:
    decision = route(OUTSIDER, NOTICE, IN_2018)
    assert (decision.transfer, decision.notes[0].key) == (TransferKind.FORWARD, "tell_reporter")


def test_authority_decides_and_not_rank_or_place() -> None:
    district_managed = replace(VILLAGE_CADRE, managed_by=ManagingAuthority.DISTRICT)
    assert route(district_managed, NOTICE, IN_2018).body is DISTRICT


def test_every_post_of_the_register_is_routed_by_a_rule_of_its_own() -> None:
    caught = {post.key for post in NOTICE.posts if route(post.facts(), NOTICE, IN_2018).rule == "R-20"}
    assert caught == {"not_known"}
    assert len(NOTICE.posts) >= 45


def test_a_decision_explains_itself_without_a_name() -> None:
    decision = route(VILLAGE_CADRE, NOTICE, IN_2018)
    assert str(decision.sentence) == (
        "规则R-7（津南民字〔2018〕17号 四（三））：村（居）干部由镇党委管理，是党员或党员身份待核，送镇纪委。"
    )
    assert [(fact.name, fact.value) for fact in decision.used] == [("kind", "village_cadre")]
    reasons = {rejected.rule: str(rejected.reason) for rejected in decision.rejected}
    assert reasons["R-8.1"] == "政治面貌不符：党员"
    assert reasons["R-12"] == "身份不符：村（居）干部"
