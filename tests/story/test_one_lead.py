"""From the ringing phone to the discipline body, told once from end to end."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import make
from tipline.handling import operations as handling
from tipline.handling.rules import Chosen
from tipline.intake.operations import receive
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.law.bodies import Body
from tipline.leads import queries as ledger
from tipline.office import trail
from tipline.office.charter import Role
from tipline.referrals import operations as referrals
from tipline.referrals import queries
from tipline.referrals.lifecycle import Disposition, ReferralState


def test_one_call_two_people_two_bodies(app):
    operator = make.officer(Role.OPERATOR, at=Body.TOWN_GOVERNMENT)
    make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head", "bureau_clerk", by=operator)
    first, second = make.referrals(lead)
    assert (first.to.body, second.to.body) == (Body.TOWN_DISCIPLINE_BODY, Body.DISPATCHED_DISCIPLINE_GROUP)
    assert re.fullmatch(r"JWM2018-\d{6}", lead.number)  # closed: the bureau, which reads the open series, is walled
    assert (first.whole, second.whole) == (False, True)


def test_a_lead_travels_to_its_end(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    inspector = make.officer(Role.TOWN_INSPECTOR)
    stranger = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    lead = make.lead("village_head", by=operator)
    (referral,) = make.referrals(lead)
    db.session.commit()

    assert not list(db.session.scalars(queries.visible_to(inspector)))
    referrals.approve(referral, by=keeper, at=make.NOON)
    referrals.hand_over(referral, by=keeper, at=make.NOON + timedelta(hours=1))
    assert list(db.session.scalars(queries.visible_to(inspector))) == [referral]
    assert not list(db.session.scalars(queries.visible_to(stranger)))
    assert lead.handed_over

    referrals.sign_for(referral, by=inspector, at=make.NOON + timedelta(days=1))
    handling.set_disposition(
        referral,
        Chosen(Disposition.PRELIMINARY_VERIFICATION, on=day_of(make.NOON + timedelta(days=3)), approver="纪委书记"),
        by=inspector,
        at=make.NOON + timedelta(days=3),
    )
    make.concluded(referral, result="属实，已退回低保金。", by=inspector, at=make.NOON + timedelta(days=20))
    db.session.commit()
    assert referral.state is ReferralState.CONCLUDED
    assert not list(trail.faults())


def test_a_lead_that_names_the_operators_own_superior_leaves_at_once(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    inspector = make.officer(Role.DISTRICT_INSPECTOR)
    lead = make.lead("bureau_deputy_head", by=operator)
    (referral,) = make.referrals(lead)
    db.session.commit()
    assert lead.walled
    assert referral.state is ReferralState.HANDED_OVER
    assert referral.to.body is Body.DISTRICT_DISCIPLINE_BODY
    assert lead.number.startswith("JWM2018-")
    for somebody in (operator, keeper):
        assert not list(db.session.scalars(ledger.visible_to(somebody)))
        assert not list(db.session.scalars(queries.visible_to(somebody)))
    assert list(db.session.scalars(queries.visible_to(inspector))) == [referral]


def test_a_call_that_also_names_somebody_managed_by_the_city_travels_as_an_envelope(app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head", "district_deputy_mayor")
    (referral,) = make.referrals(lead)
    db.session.commit()
    assert referral.to.body is Body.MUNICIPAL_DISCIPLINE_BODY
    assert referral.whole
    assert lead.narrative is None
    referrals.approve(referral, by=keeper, at=make.NOON)
    referrals.hand_over(referral, by=keeper, at=make.NOON)
    referrals.record_receipt(referral, "回执第7号", by=keeper, at=make.NOON)
    db.session.commit()
    assert referral.state is ReferralState.SIGNED_FOR
    assert not list(trail.faults())


def test_words_about_one_person_may_not_name_another_who_goes_elsewhere(app):
    operator = make.officer(Role.OPERATOR)
    call = make.call("village_head", "bureau_clerk")
    first, second = call.people
    told = replace(call, people=(replace(first, allegation=f"{second.name}帮他办的。"), second))
    with pytest.raises(Incomplete, match="其他被反映人"):
        receive(told, by=operator, at=make.NOON)
