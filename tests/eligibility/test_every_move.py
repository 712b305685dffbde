"""Every pair of state and deed, read from the table of moves: it does what the table says, or nothing."""

from datetime import timedelta

import pytest

from tests import make
from tests.eligibility.cast import DEEDS, ROADS, brought_to, cast, settled
from tipline.eligibility.lifecycle import LIFE, NEXT_STEP, ReviewState
from tipline.eligibility.objections import open_acts
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.office import trail
from tipline.office.charter import Act

S = ReviewState
LATER = make.NOON + timedelta(days=1)
NOT_YET = {(S.DECIDED, Act.CLOSE_REVIEW), (S.SECOND_SAID, Act.CLOSE_REVIEW)}
"""Closing from here needs an opinion that changes nothing."""


def test_every_state_can_be_reached():
    assert set(ROADS) == set(S)


def test_every_deed_of_the_table_is_played():
    assert LIFE.acts - {Act.OPEN_REVIEW} == set(DEEDS)


def test_every_state_says_what_comes_next():
    assert set(S) - set(NEXT_STEP) == {S.NOT_ACCEPTED, S.CLOSED}


@pytest.mark.parametrize("state", S)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, state):
    players = cast()
    review = brought_to(state, players)
    db.session.flush()
    assert review.state is state
    for act, deed in DEEDS.items():
        if (state, act) in LIFE.moves:
            with db.session.begin_nested() as trial:
                try:
                    deed(review, players, LATER)
                except Refused:
                    assert (state, act) in NOT_YET, act
                    trial.rollback()
                    continue
                db.session.flush()
                assert review.state is LIFE.moves[state, act], act
                trial.rollback()
            db.session.expire_all()
        else:
            with pytest.raises(NotNow):
                deed(review, players, LATER)
        assert review.state is state, act
    db.session.commit()
    assert not list(trail.faults())


@pytest.mark.parametrize("state", S)
def test_every_button_on_the_page_is_a_move_that_the_role_includes(app, state):
    players = cast()
    review = brought_to(state, players)
    for officer in vars(players).values():
        for act in open_acts(review, officer, day_of(LATER)):
            assert (state, act) in LIFE.moves
            assert officer.may(act)


def test_what_an_opinion_changes_nothing_about_is_closed_without_being_carried_out(app):
    players = cast()
    review = settled(brought_to(S.LAST_SAID, players), players, LATER)
    assert Act.CLOSE_REVIEW in open_acts(review, players.clerk, day_of(LATER))
