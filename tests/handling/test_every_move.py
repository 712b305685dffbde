"""Every pair of state and deed of slips and extensions, read from their tables: what the table says, or nothing."""

from datetime import timedelta

import pytest

from tests import make
from tests.handling.cast import (
    EXTENSION_DEEDS,
    EXTENSION_ROADS,
    SLIP_DEEDS,
    SLIP_ROADS,
    extension_in,
    slip_in,
)
from tests.referrals.cast import ON_PAPER, S, brought_to, cast, proposed
from tipline.handling import pages, slips
from tipline.handling.lifecycle import EXTENSION_LIFE, SLIP_LIFE, ExtensionState, SlipKind, SlipState
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.office import trail
from tipline.office.charter import Act

LATER = make.NOON + timedelta(days=1)


def test_every_state_and_deed_is_played():
    assert set(SLIP_ROADS) == set(SlipState)
    assert set(EXTENSION_ROADS) == set(ExtensionState)
    born = {Act.ENGAGE_HELPER, Act.SEND_COPY, Act.ASK_EXTENSION, Act.RECORD_SLIP_RECEIPT}
    assert SLIP_LIFE.acts | EXTENSION_LIFE.acts == born | set(SLIP_DEEDS) | set(EXTENSION_DEEDS)


def played(paper, life, deeds, players):
    db.session.flush()
    state = paper.state
    for act, deed in deeds.items():
        if (state, act) in life.moves:
            with db.session.begin_nested() as trial:
                deed(paper, players, LATER)
                db.session.flush()
                assert paper.state is life.moves[state, act], act
                trial.rollback()
        else:
            with pytest.raises(NotNow):
                deed(paper, players, LATER)
        assert paper.state is state, act
    db.session.commit()
    assert not list(trail.faults())


@pytest.mark.parametrize("state", SlipState)
def test_a_slip_goes_where_the_table_says_or_nowhere(app, state):
    players = cast(two=True)
    played(slip_in(state, players), SLIP_LIFE, SLIP_DEEDS, players)


@pytest.mark.parametrize("state", ExtensionState)
def test_an_extension_goes_where_the_table_says_or_nowhere(app, state):
    players = cast(two=True)
    played(extension_in(state, players), EXTENSION_LIFE, EXTENSION_DEEDS, players)


@pytest.mark.parametrize("state", SlipState)
def test_every_button_of_a_slip_is_a_move_for_the_right_side(app, state):
    players = cast(two=True)
    slip = slip_in(state, players)
    theirs, ours = pages.slip_acts(slip, players.stranger), pages.slip_acts(slip, players.inspector)
    assert set(theirs) <= {Act.SIGN_SLIP, Act.ANSWER_SLIP}
    assert set(ours) <= {Act.WITHDRAW_SLIP}
    assert {(state, act) for act in [*theirs, *ours]} <= set(SLIP_LIFE.moves)
    assert pages.slip_acts(slip, players.keeper) == []


def test_a_copied_body_on_paper_gives_a_receipt(app):
    players = cast(two=True)
    referral = brought_to(S.APPROVED, players, proposed(players, ON_PAPER))
    slip = slips._slip(SlipKind.COPY, referral, referral.to, players.keeper.office, make.NOON)
    slips.enact(Act.SEND_COPY, slip, by=players.keeper, at=make.NOON)
    slips._send(slip, make.NOON)
    with pytest.raises(NotPermitted):
        slips.record_receipt(slip, "回执9号", by=players.inspector, at=LATER)
    slips.record_receipt(slip, "回执9号", by=players.keeper, at=LATER)
    assert (slip.state, slip.receipt_no) == (SlipState.SIGNED, "回执9号")
