"""Whatever the leads had come to, whichever were bundled and in whichever order: undone, it was never so."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.bundles.cast import calls, everything
from tipline.bundles import operations, queries
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import trail
from tipline.office.charter import Role
from tipline.referrals import operations as referrals
from tipline.referrals import returns

LATER = make.NOON + timedelta(days=1)
LEADS = 5

AS_LONG_AS_ONE_APP = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

ROADS = ("proposed", "approved", "redirecting", "returned")
"""How far the referral of a lead has come before anybody bundles it."""


@AS_LONG_AS_ONE_APP
@given(
    roads=st.lists(st.sampled_from(ROADS), min_size=LEADS, max_size=LEADS),
    bundles=st.lists(
        st.permutations(range(LEADS)).flatmap(lambda order: st.integers(2, LEADS).map(lambda n: order[:n])),
        min_size=1,
        max_size=3,
    ),
)
def test_undoing_restores_whatever_there_was(app, roads, bundles):
    clerk, leader = make.officer(Role.TOWN_CLERK), make.officer(Role.BUREAU_LEADER)
    inspector = make.officer(Role.TOWN_INSPECTOR)
    leads = calls(clerk, LEADS)
    for lead, road in zip(leads, roads, strict=True):
        walk(road, make.referrals(lead)[0], clerk, leader, inspector)
    before = everything()
    for order in bundles:
        first, *repeats = (leads[at] for at in order)
        made = operations.bundle(first, repeats[:1], reason="同一件事。", by=clerk, at=LATER)
        if len(repeats) > 1:
            operations.bundle(first, repeats[1:], reason="同一件事。", by=clerk, at=LATER)
        assert queries.times([made], clerk) == {made.id: len(order)}
        operations.undo(made, reason="不是一件事。", by=clerk, at=LATER)
        assert everything() == before
    db.session.commit()
    assert not list(trail.faults())


def walk(road, referral, clerk, leader, inspector):
    """Bring a referral to where the example wants it, by real deeds."""
    if road in ("approved", "returned"):
        referrals.approve(referral, by=leader, at=make.NOON)
    if road == "returned":
        referrals.hand_over(referral, by=clerk, at=make.NOON)
        returns.send_back(referral, cause="papers_missing", reason="缺材料。", by=inspector, at=make.NOON)
        returns.endorse(referral, by=make.officer(Role.TOWN_INSPECTOR), at=make.NOON)
        returns.agree(referral, reason="确实缺页。", by=clerk, at=make.NOON)
    if road == "redirecting":
        to = make.office(Body.DISTRICT_DISCIPLINE_BODY)
        referrals.redirect(referral, to, reason="案情较重。", by=clerk, at=make.NOON)
