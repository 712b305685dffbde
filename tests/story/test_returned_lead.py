"""A returned lead that finds its body: given back twice, decided by the arbiter, handled to its end."""

from datetime import UTC, date, datetime

import pytest

from tests import make
from tests.referrals.cast import verified
from tipline.handling import operations as handling
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.office import trail
from tipline.office.charter import Role
from tipline.referrals import operations as referrals
from tipline.referrals import queries, returns
from tipline.referrals.lifecycle import ReferralState as S


def day(number, month=6):
    return datetime(2018, month, number, 2, tzinfo=UTC)


def sees(officer):
    return list(db.session.scalars(queries.visible_to(officer)))


def waits(officer):
    return list(db.session.scalars(queries.visible_to(officer).where(queries.waits_for(officer))))


def test_a_returned_lead_finds_its_body(app):
    operator, keeper, leader = (make.officer(r) for r in (Role.OPERATOR, Role.LEDGER_KEEPER, Role.BUREAU_LEADER))
    clerk, principal = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    district = make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("village_head", by=operator))
    referrals.approve(referral, by=leader, at=day(4))
    referrals.hand_over(referral, by=keeper, at=day(5))

    # the town asks to give it back; the bureau verifies, and does not agree
    returns.send_back(referral, cause="not_competent", reason="此人已调区里。", by=clerk, at=day(6))
    with pytest.raises(NotPermitted, match="两人"):
        returns.endorse(referral, by=clerk, at=day(6))
    assert (waits(principal), waits(keeper)) == ([referral], [])
    returns.endorse(referral, by=principal, at=day(6))
    assert waits(keeper) == [referral]
    returns.decline(referral, reason="组织部门说仍由镇管。", by=keeper, at=day(7))
    assert (referral.state, referral.returns) == (S.HANDED_OVER, 0)

    # signed for, then given back with better reasons: agreed, once and twice
    referrals.sign_for(referral, by=clerk, at=day(8))
    for first, second in ((11, 12), (14, 15)):
        returns.send_back(referral, cause="person_wrong", reason="附调令。", by=clerk, at=day(first))
        returns.endorse(referral, by=principal, at=day(first))
        returns.agree(referral, reason="已看过调令。", by=keeper, at=day(second))
        assert not sees(clerk)
        if referral.returns == 1:
            assert referral.due_on == date(2018, 6, 20)  # five working days anew, 端午 on the 18th
            referrals.approve(referral, by=leader, at=day(13))
            referrals.hand_over(referral, by=keeper, at=day(13))

    # the arbiter decides for good
    assert (waits(leader), waits(keeper)) == ([referral], [])
    with pytest.raises(NotNow, match="裁定"):
        referrals.approve(referral, by=leader, at=day(19))
    returns.arbitrate(referral, district.office, reason="人事关系已在区里。", by=leader, at=day(19))
    referrals.hand_over(referral, by=keeper, at=day(19))
    assert sees(district) == [referral]
    with pytest.raises(NotNow, match="不能再退"):
        returns.send_back(referral, cause="not_competent", reason="也不归我们。", by=district, at=day(20))

    # and the body that was found handles it to its end
    referrals.sign_for(referral, by=district, at=day(20))
    handling.set_disposition(referral, verified(day(25)), by=district, at=day(25))
    make.concluded(referral, by=district, at=day(20, 7))
    db.session.commit()
    assert (referral.state, referral.to.body) == (S.CONCLUDED, Body.DISTRICT_DISCIPLINE_BODY)
    assert [asking.agreed for asking in referral.askings] == [False, True, True]
    assert not list(trail.faults())
