"""Nobody sees a lead that names them, or somebody near to them; and the roster is asked again when it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import make
from tests.conftest import timeless
from tipline.intake.operations import receive
from tipline.kit.db import db
from tipline.law.bodies import Body, PersonKind
from tipline.leads import access, operations, queries
from tipline.leads.call import PersonSaid
from tipline.leads.models import Lead
from tipline.office import kinship, roster
from tipline.office.charter import Role

LATER = make.NOON + timedelta(days=30)


def sees(officer, lead: Lead) -> bool:
    return db.session.scalar(queries.visible_to(officer).where(Lead.id == lead.id)) is not None


def a_lead(name: str, *, by=None, post: str = "village_head", **said) -> Lead:
    return make.lead(post, names=(name,), by=by, **said)


@pytest.fixture
def security(app):
    return make.officer(Role.SECURITY_ADMIN, name="甘安全")


@pytest.mark.parametrize(
    "told",
    ["佘仁杰", "佘 仁杰", "佘·仁杰", "蛇人节", "佘仁傑", "佘\u200b仁杰"],
    ids=["same", "space", "dot", "homophone", "other-form", "invisible"],
)
def test_nobody_sees_a_lead_that_names_them_however_it_is_written(app, told):
    named, other = make.officer(Role.LEDGER_KEEPER, name="佘仁杰"), make.officer(Role.LEDGER_KEEPER)
    lead = a_lead(told)
    assert lead.walled
    assert not sees(named, lead)
    assert sees(other, lead)


def test_full_width_letters_of_a_name_do_not_hide_it(app):
    named = make.officer(Role.LEDGER_KEEPER, name="ABC佘")
    assert not sees(named, a_lead("ＡＢＣ佘"))


def test_a_namesake_is_let_in_once_an_inspector_has_cleared_them_with_a_reason(app):
    namesake, inspector = make.officer(Role.LEDGER_KEEPER, name="佘仁杰"), make.officer(Role.GROUP_INSPECTOR)
    lead = a_lead("佘仁杰")
    operations.clear_namesake(lead.people[0], reason="住址、年龄都不同，不是一人。", by=inspector, at=LATER)
    db.session.commit()
    assert sees(namesake, lead)


def test_a_keeper_may_not_clear_a_namesake(app, sign_in):
    keeper = make.officer(Role.LEDGER_KEEPER)
    make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    lead = a_lead("佘仁杰")
    browser = sign_in(keeper)
    address = f"/leads/{lead.key}/people/{lead.people[0].key}/clear-namesake"
    assert browser.post(address, data={}).status_code == 404


def test_relatives_are_walled_from_the_next_request_after_somebody_else_has_vouched_for_them(app, sign_in, security):
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = a_lead("佘仁杰")
    browser = sign_in(keeper)
    assert browser.get(f"/leads/{lead.key}").status_code == 200
    kin = roster.declare_kin(keeper, "佘仁杰", "sibling", at=LATER)
    db.session.commit()
    assert browser.get(f"/leads/{lead.key}").status_code == 200  # a name one chooses oneself is no probe
    kinship.confirm(kin, by=security, at=LATER)
    db.session.commit()
    absent = browser.get("/leads/aaaaaaaaaaaaaaaaa")
    walled = browser.get(f"/leads/{lead.key}")
    assert walled.status_code == absent.status_code == 404
    asked = walled.text.replace(lead.key, 17 * "a")
    assert timeless(asked) == timeless(absent.text)


def test_superiors_subordinates_and_colleagues_in_the_bureau_see_nothing(app):
    bureau = [make.officer(role) for role in (Role.OPERATOR, Role.LEDGER_KEEPER, Role.BUREAU_LEADER, Role.SYSTEM_ADMIN)]
    clerk = make.officer(Role.TOWN_CLERK)
    lead = a_lead("某某", post="bureau_section_chief", by=clerk)
    assert not any(sees(officer, lead) for officer in bureau)
    assert sees(clerk, lead)


def test_the_leaders_of_a_town_wall_its_office_and_its_discipline_body(app):
    clerk, inspector = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_INSPECTOR)
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = a_lead("某某", post="town_mayor", by=clerk)
    assert lead.people[0].kind is PersonKind.TOWN_LEADER
    assert not sees(clerk, lead)
    assert sees(keeper, lead)
    assert not sees(inspector, lead)


def test_a_handler_whose_town_nobody_told_walls_every_town(app):
    clerks = [make.officer(Role.TOWN_CLERK, town) for town in (make.SHUANGGANG, make.XIANSHUIGU)]
    lead = make.lead("town_civil_affairs_clerk", by=clerks[0], town=None)
    assert not any(sees(clerk, lead) for clerk in clerks)


def test_an_unknown_of_a_unit_walls_all_of_it_until_identified(app):
    clerk, other = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    call = make.call("village_head")
    unknown = PersonSaid(kind=PersonKind.UNKNOWN, post_text="镇里的人", town_code=make.SHUANGGANG)
    lead = receive(replace(call, people=(unknown,)), by=clerk, at=make.NOON)
    assert not sees(clerk, lead)
    assert lead.walled
    assert not sees(other, lead)  # another town's leads are not theirs anyway


def moved(officer, role, body, security, at=LATER):
    roster.move(officer, role, make.office(body), title="", by=security, at=at)


@pytest.mark.parametrize(
    ("since", "until", "walled"),
    [
        (None, None, True),
        (date(2018, 6, 10), None, True),
        (date(2018, 7, 10), None, False),
        (date(2018, 6, 1), date(2018, 6, 20), True),
        (date(2017, 1, 1), date(2017, 12, 31), False),
    ],
    ids=["no-period", "during", "after-leaving", "overlapping", "before-coming"],
)
def test_who_sat_there_at_the_time_is_walled_though_they_have_moved(app, security, since, until, walled):
    former = make.officer(Role.TOWN_CLERK)
    moved(former, Role.LEDGER_KEEPER, Body.CIVIL_AFFAIRS_BUREAU, security)
    lead = make.lead("town_civil_affairs_clerk", happened_from=since, happened_until=until, at=LATER)
    assert sees(former, lead) is not walled


def test_a_newcomer_to_the_unit_loses_sight_at_the_next_request(app, sign_in, security):
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = a_lead("某某", post="town_civil_affairs_clerk")
    browser = sign_in(keeper)
    assert browser.get(f"/leads/{lead.key}").status_code == 200
    moved(keeper, Role.TOWN_CLERK, Body.TOWN_GOVERNMENT, security)
    moved(keeper, Role.LEDGER_KEEPER, Body.CIVIL_AFFAIRS_BUREAU, security, LATER + timedelta(days=1))
    db.session.commit()
    assert not sees(keeper, lead)


def test_a_new_officer_of_that_name_never_sees_it_and_one_of_another_name_does(app):
    lead = a_lead("佘仁杰")
    assert not lead.walled
    assert not sees(make.officer(Role.LEDGER_KEEPER, name="佘仁杰"), lead)
    assert lead.walled
    assert sees(make.officer(Role.LEDGER_KEEPER, name="完全不同"), lead)


def test_a_corrected_name_draws_the_wall_anew(app, security):
    keeper = make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    lead = a_lead("佘仁杰")
    assert not sees(keeper, lead)
    roster.rename(keeper, "完全不同", by=security, at=LATER)
    assert sees(keeper, lead)


def test_a_disabled_officer_is_off_the_list(app, security):
    keeper = make.officer(Role.LEDGER_KEEPER)
    make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    lead = a_lead("佘仁杰")
    assert sees(keeper, lead)
    make.officer(Role.SYSTEM_ADMIN)
    roster.disable(keeper, by=security, at=LATER)
    assert not sees(keeper, lead)


def test_a_sealed_lead_is_open_to_the_handling_body_alone(app, security):
    keeper, inspector = make.officer(Role.LEDGER_KEEPER), make.officer(Role.DISTRICT_INSPECTOR)
    group = make.officer(Role.GROUP_INSPECTOR)
    lead = a_lead("某某", post="stationed_group_officer")
    assert lead.sealed
    assert not sees(keeper, lead)
    listed = access.listed_for(lead)
    assert listed == {inspector.id}
    late = make.officer(Role.DISTRICT_INSPECTOR)
    assert access.listed_for(lead) == {inspector.id, late.id}
    assert group.id not in access.listed_for(lead)


def test_a_further_body_of_a_sealed_lead_stays_let_in_when_the_roster_changes(app):
    inspector, town = make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    lead = a_lead("某某", post="stationed_group_officer")
    access.let_in(lead, town.office)
    assert access.listed_for(lead) == {inspector.id, town.id}
    access.redraw(lead)
    assert access.listed_for(lead) == {inspector.id, town.id}
    access.hand_to(lead, town.office)
    assert access.listed_for(lead) == {town.id}


def test_a_walled_lead_takes_no_number_of_the_open_series(app):
    operator = make.officer(Role.OPERATOR)
    make.officer(Role.LEDGER_KEEPER)
    numbers = [
        a_lead(f"某{at}", post=post, by=operator).number
        for at, post in enumerate(["village_head", "bureau_clerk", "village_head"])
    ]
    assert [numbers[0], numbers[2]] == ["MZ2018-0001", "MZ2018-0002"]
    assert numbers[1].startswith("PZM2018-")
    assert len(numbers[1]) == len("PZM2018-123456")


def test_a_wall_that_no_reader_of_the_series_stands_behind_leaves_the_number_alone(app):
    operator = make.officer(Role.OPERATOR)
    make.officer(Role.TOWN_INSPECTOR, name="佘仁杰")
    lead = a_lead("佘仁杰", by=operator)
    assert lead.walled
    assert lead.number == "MZ2018-0001"


def test_a_villager_walls_nobody(app):
    make.officer(Role.LEDGER_KEEPER)
    assert not a_lead("无人同名").walled
