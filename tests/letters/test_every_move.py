"""Every pair of stage and deed, read from the table of moves: it does what the table says, or nothing."""

from datetime import timedelta

import pytest

from tests import make
from tests.letters.cast import DEEDS, ROADS, at_stage, cast
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.letters.lifecycle import LIFE, NEXT_STEP, OPEN, LetterStage
from tipline.letters.objections import open_acts
from tipline.office import trail
from tipline.office.charter import Act

LATER = make.NOON + timedelta(days=1)


def test_every_stage_can_be_reached():
    assert set(ROADS) == set(LetterStage)


def test_every_deed_of_the_table_is_played():
    assert LIFE.acts - {Act.DRAFT_LETTER} == set(DEEDS)


def test_every_open_stage_says_what_comes_next():
    assert set(NEXT_STEP) == OPEN


@pytest.mark.parametrize("stage", LetterStage)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, stage):
    players = cast()
    letter = at_stage(stage, players)
    db.session.commit()
    for act, deed in DEEDS.items():
        possible = (stage, act) in LIFE.moves
        if act is Act.LEAVE_OUT_REPORTER and possible:
            DEEDS[Act.NAME_REPORTER](letter, players, LATER)
        with db.session.begin_nested() as trial:
            if possible:
                deed(letter, players, LATER)
                db.session.flush()
                assert letter.state is LIFE.moves[stage, act], act
            else:
                with pytest.raises((NotNow, Incomplete)):
                    deed(letter, players, LATER)
            trial.rollback()
        db.session.refresh(letter)
        assert letter.state is stage, act
    db.session.rollback()
    assert not list(trail.faults())


@pytest.mark.parametrize("stage", LetterStage)
def test_every_button_on_the_page_works(app, stage):
    players = cast()
    letter = at_stage(stage, players)
    for officer in (players.keeper, players.second_keeper, players.leader, players.inspector):
        for act in open_acts(letter, officer, LATER):
            assert (stage, act) in LIFE.moves
            assert officer.may(act)
