"""Every pair of state and deed of a lead, read from its table: it does what the table says, or nothing."""

from datetime import timedelta

import pytest

from tests import make
from tests.triage.cast import DEEDS, NEEDS, ROADS, brought_to, cast
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.leads.lifecycle import IN_TRIAGE, LIFE, ON_HOLD, LeadState
from tipline.office import trail
from tipline.office.charter import Act
from tipline.triage.objections import ACTS, open_acts

S = LeadState
LATER = make.NOON + timedelta(days=1)
STILL_TO_FINISH = {(state, Act.ARCHIVE_LEAD) for state in (S.REGISTERED, S.REOPENED, S.CONVERTED)}
"""Moves of the table that wait for referrals and reviews; `test_triage` plays them."""


def test_every_state_and_deed_is_played():
    assert set(ROADS) == set(S) - {S.STUB}
    assert LIFE.acts - {Act.REGISTER_LEAD, Act.REGISTER_STUB} == set(DEEDS)
    assert set(ACTS) == set(DEEDS) - {Act.AMEND_LEAD, Act.CORRECT_PERSON, Act.VOID_LEAD}


def test_a_lead_is_being_triaged_or_on_hold_or_a_stub():
    assert IN_TRIAGE | ON_HOLD | {S.STUB} == set(S)
    assert not IN_TRIAGE & ON_HOLD


@pytest.mark.parametrize("state", ROADS)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, state):
    players = cast()
    lead = brought_to(state, players)
    db.session.flush()
    for act, deed in DEEDS.items():
        if (state, act) in STILL_TO_FINISH:
            continue
        if (state, act) in LIFE.moves:
            with db.session.begin_nested() as trial:
                for first in NEEDS.get((state, act), ()):
                    DEEDS[first](lead, players, LATER)
                deed(lead, players, LATER)
                db.session.flush()
                assert lead.state is LIFE.moves[state, act], act
                trial.rollback()
        else:
            with pytest.raises(NotNow):
                deed(lead, players, LATER)
        assert lead.state is state, act
    db.session.commit()
    assert not list(trail.faults())


@pytest.mark.parametrize("state", ROADS)
def test_every_button_of_the_panel_works(app, state):
    players = cast()
    lead = brought_to(state, players)
    db.session.commit()
    for officer in (players.keeper, players.second_keeper, players.leader, players.operator, players.clerk):
        for act in open_acts(lead, officer):
            with db.session.begin_nested() as trial:
                DEEDS[act](lead, stand_in(players, officer), LATER)
                db.session.flush()
                trial.rollback()


def stand_in(players, officer):
    """A cast in which one officer plays every part."""
    return type(players)(*[officer] * 6)


@pytest.mark.parametrize("state", ROADS)
def test_whoever_did_not_register_it_triages_nothing(app, state):
    players = cast()
    lead = brought_to(state, players)
    assert not open_acts(lead, players.operator)
    assert not open_acts(lead, players.clerk)
    assert not set(open_acts(lead, players.leader)) - {Act.REFUSE_LEAD, Act.KEEP_LEAD}
