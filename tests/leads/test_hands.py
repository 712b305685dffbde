"""A lead never waits where everybody must stand aside: it is raised to the next body, or leaves directly."""

import pytest

from tests import make
from tipline.intake.looking import proposal_for
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads import access, hands
from tipline.office import trail
from tipline.office.charter import Role
from tipline.referrals import queries
from tipline.referrals.lifecycle import ReferralState


def sees(officer, referral) -> bool:
    return referral in db.session.scalars(queries.visible_to(officer))


@pytest.mark.parametrize("told", ["孙派驻", "孙派柱"], ids=["same", "homophone"])
def test_a_body_whose_only_inspector_is_called_like_the_person_is_passed_over(app, told):
    only = make.officer(Role.GROUP_INSPECTOR, name="孙派驻")
    inspector, operator = make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.OPERATOR)
    lead = make.lead("bureau_clerk", by=operator, names=(told,))
    (referral,) = make.referrals(lead)
    assert referral.to.body is referral.body is lead.handling.body is Body.DISTRICT_DISCIPLINE_BODY
    assert referral.state is ReferralState.HANDED_OVER
    assert sees(inspector, referral)
    assert not sees(only, referral)
    assert not sees(operator, referral)
    db.session.commit()
    assert not list(trail.faults())


def test_one_inspector_who_need_not_stand_aside_is_enough(app):
    make.officer(Role.GROUP_INSPECTOR, name="孙派驻")
    other = make.officer(Role.GROUP_INSPECTOR)
    lead = make.lead("bureau_clerk", by=make.officer(Role.OPERATOR), names=("孙派驻",))
    (referral,) = make.referrals(lead)
    assert referral.body is Body.DISPATCHED_DISCIPLINE_GROUP
    assert sees(other, referral)


def test_it_climbs_past_every_body_until_one_has_hands_or_receives_on_paper(app):
    for role in (Role.TOWN_INSPECTOR, Role.DISTRICT_INSPECTOR):
        make.officer(role, name="佘仁杰")
    (referral,) = make.referrals(make.lead("village_head", names=("佘仁杰",)))
    assert referral.body is Body.MUNICIPAL_DISCIPLINE_BODY
    assert not referral.to.signs_in


def test_a_body_without_any_officers_here_still_takes_it_on_paper(app):
    make.officer(Role.DISTRICT_INSPECTOR)
    make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    (referral,) = make.referrals(make.lead("village_head", names=("佘仁杰",)))
    assert referral.body is Body.TOWN_DISCIPLINE_BODY


def test_the_rule_stays_and_the_sentence_says_that_it_was_raised(app):
    make.officer(Role.TOWN_INSPECTOR, name="佘仁杰")
    call, by = make.call("village_head", names=("佘仁杰",)), make.officer(Role.OPERATOR)
    before = proposal_for(call, make.NOON)
    after = hands.find(call, before, by=by, at=make.NOON)
    (was,), (now,) = before.decisions, after.decisions
    assert (now.rule, now.basis) == (was.rule, was.basis)
    assert (now.body, now.raised_from) == (Body.DISTRICT_DISCIPLINE_BODY, (Body.TOWN_DISCIPLINE_BODY,))
    assert after.body is Body.DISTRICT_DISCIPLINE_BODY
    assert "提级" in now.sentence.text
    assert "提级" not in was.sentence.text


def test_a_sealed_lead_opens_to_the_body_it_was_raised_to(app):
    make.officer(Role.DISTRICT_INSPECTOR, name="佘仁杰")
    lead = make.lead("stationed_group_officer", names=("佘仁杰",))
    (referral,) = make.referrals(lead)
    assert lead.handling.body is referral.body is Body.MUNICIPAL_DISCIPLINE_BODY
    assert access.listed_for(lead) == set()  # it travels on paper


def test_where_nobody_is_left_to_hand_it_over_it_leaves_directly(app):
    leader = make.officer(Role.BUREAU_LEADER)
    make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    inspector = make.officer(Role.TOWN_INSPECTOR)
    lead = make.lead("village_head", by=make.officer(Role.OPERATOR), names=("佘仁杰",))
    (referral,) = make.referrals(lead)
    assert sees(leader, referral)  # who may approve, and could not have handed it over
    assert referral.state is ReferralState.HANDED_OVER
    assert sees(inspector, referral)


def test_where_leader_and_another_keeper_are_left_it_is_approved_as_usual(app):
    make.officer(Role.BUREAU_LEADER)
    make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    make.officer(Role.LEDGER_KEEPER)
    (referral,) = make.referrals(make.lead("village_head", names=("佘仁杰",)))
    assert referral.state is ReferralState.PROPOSED
