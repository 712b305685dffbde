"""Nine people ring about one village head; they are taken as one matter, and then it turns out that they were two."""

from datetime import timedelta

from tests import make
from tests.bundles.cast import calls, everything
from tipline.bundles import candidates, operations, queries
from tipline.kit.db import db
from tipline.leads import operations as leads
from tipline.leads.lifecycle import LeadState
from tipline.office import trail
from tipline.office.charter import Role
from tipline.referrals import operations as referrals
from tipline.referrals import queries as referral_queries
from tipline.referrals.lifecycle import ReferralState


def test_a_bundle_of_nine_repeat_calls_undone(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    leader, inspector = make.officer(Role.BUREAU_LEADER), make.officer(Role.TOWN_INSPECTOR)
    first, *repeats = calls(operator, 9)
    for lead in (first, *repeats[:3]):
        referrals.approve(make.referrals(lead)[0], by=leader, at=make.NOON + timedelta(hours=1))
    db.session.commit()
    before = everything()

    at = make.NOON + timedelta(hours=2)
    found = candidates.candidates(first, keeper, at)
    assert {candidate.lead for candidate in found} == set(repeats)
    assert all(candidate.repeat for candidate in found)
    assert everything() == before  # nothing is bundled by a score: a person decides
    bundle = operations.bundle(first, repeats, reason="九人反映同一件事。", by=keeper, at=at)
    db.session.commit()
    assert queries.times([bundle], leader) == {bundle.id: 9}
    assert all(lead.state is LeadState.REGISTERED and lead.narrative for lead in repeats)
    assert not [
        referral
        for referral in db.session.scalars(
            referral_queries.visible_to(keeper).where(referral_queries.waits_for(keeper))
        )
        if referral.lead in repeats
    ]

    operations.undo(bundle, reason="后三人说的是另一户。", by=keeper, at=at + timedelta(hours=1))
    db.session.commit()
    assert everything() == before
    operations.bundle(first, repeats[:5], reason="这六人反映同一件事。", by=keeper, at=at + timedelta(hours=2))
    for lead in (first, *repeats[5:]):
        (referral,) = make.referrals(lead)
        if referral.state is ReferralState.PROPOSED:
            referrals.approve(referral, by=leader, at=at + timedelta(hours=3))
        referrals.hand_over(referral, by=keeper, at=at + timedelta(hours=4))
    db.session.commit()
    assert len(list(db.session.scalars(referral_queries.visible_to(inspector)))) == 4

    later = at + timedelta(days=1)
    (tenth,) = calls(operator, 1)
    leads.open_content(first, reason="与新来电比对是否重复。", by=keeper, at=later)
    again = operations.bundle(first, [tenth], reason="又来电反映同一件事。", by=keeper, at=later)
    db.session.commit()
    assert queries.times([again], leader) == {again.id: 7}
    assert not list(trail.faults())
