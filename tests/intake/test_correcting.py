"""A person of a registered lead is corrected: the lead then stands as if it had been told so at first."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import brought_to, cast
from tipline.eligibility.models import EligibilityReview
from tipline.intake import correcting
from tipline.intake.sheet import told_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.law.bodies import Body
from tipline.leads import access, entering, operations, walls
from tipline.leads.call import PersonSaid
from tipline.leads.correcting import Correction
from tipline.leads.lifecycle import LeadState
from tipline.leads.search import find
from tipline.office import editions, trail
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import ReferralState as S
from tipline.referrals.reckoning import clocks
from tipline.supervision.models import SupervisedCase

WHY = "通话录音里说的是另一职务。"
SOON = make.NOON + timedelta(minutes=20)


def told(lead, position=0, *, post=None, **other):
    """The person as it should have been told: the ledger's facts, with another post or other words."""
    person, notice = lead.people[position], editions.notice()
    said = entering.said_of(person)
    if post is not None:
        kept = {word: getattr(said, word) for word in ("name", "allegation", "town_code", "village_code")}
        said = PersonSaid.in_post(notice.post(post), **kept)
    town = other.get("town_code", lead.town_code)
    return Correction(replace(said, **other), town, lead.place_code)


def correct(lead, by, position=0, *, at=SOON, **to):
    return correcting.correct(
        correcting.look(lead.people[position], told(lead, position, **to), at), reason=WHY, by=by, at=at
    )


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


@pytest.fixture
def leader(app):
    return make.officer(Role.BUREAU_LEADER)


def standing(lead):
    """All that the law and the walls have made of a lead, but for its number and what wants approval."""
    return {
        "parts": [
            (one.person.position, one.to_id, one.body, one.rule, one.transfer, one.whole, one.sealed, one.raised_from)
            for one in make.referrals(lead)
            if one.state is not S.WITHDRAWN
        ],
        "clocks": [(tick.clock.id, tick.due.on) for one in make.referrals(lead) for tick in clocks(one)],
        "carried by": lead.handling_id,
        "sealed": lead.sealed,
        "walled": walls.walled_officers(lead, lead.people, lead.rules),
        "listed": access.listed_for(lead),
    }


RIGHT = [
    ("village_party_secretary",),
    ("town_mayor",),
    ("bureau_section_chief",),
    ("bureau_contract_staff",),
    ("stationed_group_officer",),
    ("bank_clerk",),
    ("recipient",),
    ("town_civil_affairs_clerk", "village_accountant"),
    ("town_mayor", "village_accountant", "village_head"),
]
"""What should have been told, where `village_head` was heard of the first."""


def reviewed(lead):
    found = db.session.scalars(select(EligibilityReview).filter_by(lead_id=lead.id).order_by(EligibilityReview.id))
    return [(one.person.position, one.handler_id, one.rule, one.due_on) for one in found]


@pytest.mark.parametrize("posts", RIGHT, ids="+".join)
def test_the_corrected_lead_stands_as_if_it_had_been_told_so_at_first(app, keeper, leader, posts):
    """Whatever was approved before; sent directly where nobody is left to approve; with its walls and clocks."""
    for role in (Role.TOWN_INSPECTOR, Role.GROUP_INSPECTOR, Role.DISTRICT_INSPECTOR, Role.TOWN_CLERK):
        make.officer(role)
    operator = make.officer(Role.OPERATOR)
    right = make.lead(*posts, by=operator)
    wrong = make.lead("village_head", *posts[1:], by=operator)
    for referral in make.referrals(wrong):
        referrals.approve(referral, by=leader, at=make.NOON)
    correct(wrong, keeper, post=posts[0])
    db.session.commit()
    assert standing(wrong) == standing(right)
    assert {one.state for one in make.referrals(wrong)} <= {one.state for one in make.referrals(right)} | {S.WITHDRAWN}
    assert reviewed(wrong) == reviewed(right)
    assert not list(trail.faults())


def test_a_correction_that_forgot_to_ask_the_law_again_is_found(app, keeper, monkeypatch):
    monkeypatch.setattr(correcting.referrals, "propose_corrected", lambda *args, **whose: None)
    right, wrong = make.lead("town_mayor"), make.lead("village_head")
    correct(wrong, keeper, post="town_mayor")
    assert standing(wrong) != standing(right)


def test_what_was_approved_waits_for_its_approval_again_and_the_former_facts_stay_sealed_beside(app, keeper, leader):
    lead = make.lead("village_head", "village_accountant")
    for referral in make.referrals(lead):
        referrals.approve(referral, by=leader, at=make.NOON)
    correct(lead, keeper, name="撒振邦")
    first, second = make.referrals(lead)
    assert (first.state, first.approved_at) == (S.PROPOSED, None)
    assert second.state is S.APPROVED  # nothing about the other changes
    (former,) = lead.people[0].versions
    assert (former.name, former.post, former.reason, former.replaced_by) == ("佘仁杰", "village_head", WHY, keeper)
    assert lead.people[0].name == "撒振邦"
    db.session.commit()
    assert find("撒振邦", keeper, SOON, limit=5)
    assert not find("佘仁杰", keeper, SOON, limit=5)
    with pytest.raises(Incomplete):
        correct(lead, keeper)
    referrals.approve(first, by=leader, at=SOON)


def test_the_other_gets_only_its_part_and_waits_again_when_the_first_goes_higher(app, keeper, leader):
    lead = make.lead("village_head", "village_accountant")
    for referral in make.referrals(lead):
        referrals.approve(referral, by=leader, at=make.NOON)
    correct(lead, keeper, post="school_teacher")
    first, second = make.referrals(lead)
    assert first.body is not second.body
    assert (first.whole, second.whole) == (True, False)
    assert {first.state, second.state} == {S.PROPOSED}


def test_without_its_part_for_each_body_nothing_is_corrected(app, keeper):
    lead = make.lead("village_head", "village_accountant")
    lead.people[1].allegation = None
    with pytest.raises(Incomplete):
        correct(lead, keeper, post="school_teacher")


def test_a_wall_rises_at_once_and_the_one_of_the_former_name_stays_until_it_is_cleared(app, leader, keeper):
    former, heard = (make.officer(Role.LEDGER_KEEPER, name=name) for name in ("佘仁杰", "撒振邦"))
    kin, inspector = make.officer(Role.TOWN_CLERK, name="某亲属"), make.officer(Role.GROUP_INSPECTOR)
    lead = make.lead("village_head", names=("佘仁杰",))
    correct(lead, keeper, name="撒振邦")
    assert not {former.id, heard.id} & access.listed_for(lead)
    assert keeper.id in access.listed_for(lead)
    make.kin(kin, "佘仁杰")
    assert kin.id not in access.listed_for(lead)  # the roster changed later: the former name is asked too
    assert walls.namesakes(lead.people)[lead.people[0].key] == [former, heard]
    operations.clear_namesake(lead.people[0], reason="录音中说的不是这两个人。", by=inspector, at=SOON)
    assert {former.id, heard.id} <= access.listed_for(lead)
    assert kin.id not in access.listed_for(lead)  # relatives' walls are never lifted


def test_a_correction_that_let_the_former_wall_fall_is_found(app, keeper, monkeypatch):
    former = make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    lead = make.lead("village_head", names=("佘仁杰",))
    monkeypatch.setattr(walls, "versions_of", lambda lead: [])
    correct(lead, keeper, name="撒振邦")
    assert former.id in walls.walled_officers(lead, lead.people, lead.rules) | {
        one.id for one in db.session.scalars(select(Officer)) if not lead.walled or one.id in access.listed_for(lead)
    }


def test_a_cleared_namesake_is_asked_again_only_when_the_name_changes(app, keeper):
    namesake = make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    lead = make.lead("village_head", names=("佘仁杰",))
    operations.clear_namesake(
        lead.people[0], reason="住址、年龄都不同。", by=make.officer(Role.GROUP_INSPECTOR), at=SOON
    )
    correct(lead, keeper, post="village_accountant")
    assert namesake.id not in walls.walled_officers(lead, lead.people, lead.rules)
    correct(lead, keeper, name="蛇人节")
    assert namesake.id in walls.walled_officers(lead, lead.people, lead.rules)


def test_whoever_corrects_may_be_walled_by_it_and_nobody_left_to_send_lets_it_go_directly(app, keeper, leader):
    make.officer(Role.GROUP_INSPECTOR)
    lead = make.lead("village_head")
    correct(lead, keeper, post="bureau_section_chief")
    assert not {keeper.id, leader.id} & access.listed_for(lead)
    assert make.referrals(lead)[0].state is S.HANDED_OVER
    assert lead.handed_over


def test_somebody_managed_above_the_district_becomes_a_stub_and_what_was_written_is_closed(app, keeper, leader):
    lead = make.lead("village_head", "village_accountant")
    stub = correct(lead, keeper, post="district_mayor")
    db.session.commit()
    assert (stub.state, stub.narrative, stub.received_at) == (LeadState.STUB, None, lead.received_at)
    assert not any(person.name_sealed for person in stub.people)
    assert lead.state is LeadState.VOIDED
    assert lead.walled
    assert not access.listed_for(lead)
    assert not lead.people[0].versions  # what was typed anew is kept nowhere
    (sent,) = make.referrals(stub)
    assert sent.body is make.referrals(make.lead("district_mayor"))[0].body
    assert not list(trail.faults())


@pytest.mark.parametrize("state", [S.HANDED_OVER, S.RETURNED, S.RECALLED])
def test_what_has_been_with_a_body_is_not_corrected(app, state):
    players = cast()
    referral = brought_to(state, players)
    with pytest.raises(NotNow):
        correct(referral.lead, players.keeper, post="town_mayor")


def test_a_petition_that_would_go_elsewhere_is_not_corrected_but_its_words_are(app, keeper):
    lead = make.lead("recipient")
    correct(lead, keeper, name="撒振邦")
    assert lead.people[0].name == "撒振邦"
    with pytest.raises(NotNow):
        correct(lead, keeper, post="village_head")


def test_supervision_is_proposed_and_owed_by_whoever_carries_the_lead_now(app, keeper):
    lead = make.lead("village_head", media=True)
    case = db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)).one()
    correct(lead, keeper, post="town_mayor")
    db.session.flush()
    assert case.lead_office_id == lead.handling_id == make.referrals(lead)[0].to_id


def typed(lead, position=0):
    """What a browser sends along: the form as it comes."""
    fields = {f"person-{name}": value for name, value in told_of(lead.people[position])["person"].items()}
    fields |= {"town": lead.town_code or "", "reason": WHY}
    return {f"correct-{name}": value for name, value in fields.items() if value not in (False, None)}


def test_what_would_change_is_shown_first_and_only_what_was_shown_is_done(app, keeper, sign_in, set_clock):
    set_clock(SOON)
    lead = make.lead("village_head", names=("佘仁杰",))
    address = f"/intake/leads/{lead.key}/people/{lead.people[0].key}"
    browser = sign_in(keeper)
    page = browser.get(address).text
    assert 'value="佘仁杰"' in page
    assert address in browser.get(f"/leads/{lead.key}").text
    data = typed(lead) | {"correct-person-post": "town_mayor", "correct-person-post_words": "镇长"}
    shown = browser.post(f"{address}/correct-person", data=data)
    assert shown.status_code == 200
    assert f"原来是{Body.TOWN_DISCIPLINE_BODY.label}" in shown.text
    mark = re.search(r'name="shown" value="(\w+)"', shown.text)[1]
    assert make.referrals(lead)[0].rule == make.referrals(make.lead("village_head"))[0].rule
    other = data | {"correct-person-name": "撒振邦", "shown": mark}
    assert browser.post(f"{address}/correct-person", data=other).status_code == 409
    without = data | {"correct-reason": "", "shown": mark}
    assert browser.post(f"{address}/correct-person", data=without).status_code == 422
    done = browser.post(f"{address}/correct-person", data=data | {"shown": mark}, follow_redirects=True)
    assert "已更正，原来的记录保留" in done.text
    assert WHY in done.text
    assert lead.people[0].post == "town_mayor"


def test_whoever_is_walled_by_their_own_correction_is_told_so_calmly_and_finds_it_no_more(
    app, keeper, sign_in, set_clock
):
    set_clock(SOON)
    lead, keeper = make.lead("village_head"), make.officer(Role.LEDGER_KEEPER, name="撒振邦")
    address = f"/intake/leads/{lead.key}/people/{lead.people[0].key}"
    browser = sign_in(keeper)
    data = typed(lead) | {"correct-person-name": "撒振邦"}
    mark = re.search(r'name="shown" value="(\w+)"', browser.post(f"{address}/correct-person", data=data).text)[1]
    done = browser.post(f"{address}/correct-person", data=data | {"shown": mark}, follow_redirects=True)
    assert "本件在这里不再显示" in done.text
    assert {browser.get(gone).status_code for gone in (f"/leads/{lead.key}", address)} == {404}


def test_a_correction_upward_of_the_district_tells_what_will_happen_and_keeps_nothing_that_was_typed(
    app, keeper, sign_in, set_clock
):
    set_clock(SOON)
    lead = make.lead("village_head")
    address = f"/intake/leads/{lead.key}/people/{lead.people[0].key}/correct-person"
    browser = sign_in(keeper)
    data = typed(lead) | {"correct-person-post": "district_mayor", "correct-person-post_words": "区长"}
    shown = browser.post(address, data=data).text
    assert "密送件" in shown
    mark = re.search(r'name="shown" value="(\w+)"', shown)[1]
    done = browser.post(address, data=data | {"shown": mark}, follow_redirects=True)
    assert "已另行登记为密送件" in done.text
    assert browser.get(f"/leads/{lead.key}").status_code == 404
