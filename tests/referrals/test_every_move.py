"""Every pair of state and deed, read from the table of moves: it does what the table says, or nothing."""

from datetime import timedelta

import pytest

from tests import make
from tests.referrals.cast import DEEDS, ON_PAPER, ROADS, brought_to, cast, made_ready, proposed
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.office import trail
from tipline.office.charter import Act
from tipline.referrals import operations
from tipline.referrals.lifecycle import LIFE, NEXT_STEP, ON_OUR_SIDE, ReferralState
from tipline.referrals.objections import open_acts

LATER = make.NOON + timedelta(days=1)


def test_every_state_can_be_reached():
    assert set(ROADS) == set(ReferralState)


def test_every_deed_of_the_table_is_played():
    assert LIFE.acts - {Act.HAND_OVER_DIRECTLY} == set(DEEDS)


def test_every_state_says_what_comes_next():
    assert set(ReferralState) - set(NEXT_STEP) == {ReferralState.FED_BACK, ReferralState.WITHDRAWN}


@pytest.mark.parametrize("state", ReferralState)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, state):
    players = cast()
    referral = brought_to(state, players)
    db.session.flush()
    for act, deed in DEEDS.items():
        if act is Act.RECORD_RECEIPT:
            continue
        if (state, act) in LIFE.moves:
            with db.session.begin_nested() as trial:
                made_ready(act, referral, players, LATER)
                deed(referral, players, LATER)
                db.session.flush()
                assert referral.state is LIFE.moves[state, act], act
                trial.rollback()
        else:
            with pytest.raises(NotNow):
                deed(referral, players, LATER)
        assert referral.state is state, act
    db.session.commit()
    assert not list(trail.faults())


@pytest.mark.parametrize("state", ReferralState)
def test_every_button_on_the_page_works(app, state):
    players = cast()
    referral = brought_to(state, players)
    for officer in (players.keeper, players.leader, players.inspector, players.principal, players.district):
        for act in open_acts(referral, officer):
            assert (state, act) in LIFE.moves
            assert officer.may(act)


def test_a_body_without_a_seat_here_gives_a_receipt_on_paper(app):
    players = cast()
    referral = brought_to(ReferralState.HANDED_OVER, players, proposed(players, ON_PAPER))
    assert not referral.to.signs_in
    operations.record_receipt(referral, "　回执7号 ", by=players.keeper, at=LATER)
    assert (referral.state, referral.receipt_no) == (ReferralState.SIGNED_FOR, "回执7号")
    assert referral.due_on is None


@pytest.mark.parametrize("state", sorted(ON_OUR_SIDE))
def test_what_is_restored_stands_exactly_where_it_was_withdrawn(app, state):
    players = cast()
    referral = brought_to(state, players)
    db.session.flush()
    before = kept(referral)
    operations.withdraw(referral, cause="refused", by=players.keeper, at=LATER)
    assert (referral.state, referral.due_on, referral.lead.handed_over) == (ReferralState.WITHDRAWN, None, False)
    operations.restore(referral, by=players.keeper, at=LATER)
    assert kept(referral) == before
    db.session.commit()
    assert not list(trail.faults())


def kept(referral):
    """All that is kept of a referral but its place in the trail."""
    columns = {column.key for column in referral.__table__.columns} - {"version", "last_seq"}
    return {name: getattr(referral, name) for name in columns}


def test_what_is_proposed_again_asks_for_its_approval_anew(app):
    players = cast()
    referral = brought_to(ReferralState.APPROVED, players)
    operations.withdraw(referral, cause="refused", by=players.keeper, at=LATER)
    operations.propose_again(referral, by=players.keeper, at=LATER)
    assert (referral.state, referral.approved_at) == (ReferralState.PROPOSED, None)
    assert Act.APPROVE_REFERRAL in open_acts(referral, players.leader)
    db.session.commit()
    assert not list(trail.faults())
