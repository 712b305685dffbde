"""The bureau's hour at the telephone, twice a week of the campaign, and what the towns hang on their walls."""

import random
from datetime import datetime, timedelta

from sqlalchemy import select

from tipline.hotline import calls, operations, queries
from tipline.hotline.calls import Rang
from tipline.hotline.lifecycle import CallState, FaultState, RoundState, TestState
from tipline.hotline.models import DialTest, LineFault, MissedCall, TestRound
from tipline.hotline.rules import Missed
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office.charter import Role
from tipline.rehearsal import hotline
from tipline.rehearsal.hotline import CALLER, by_role, mender_of

RESULTS = ("helpful", "helpful", "helpful", "helpful", "no_answer", "unhelpful", "busy")
"""What a test call comes to, as often as each stands here."""
MENDED = 0.6
"""The share of faults that is mended from one hour to the next."""


def phone_hour(at: datetime, draw: random.Random) -> None:
    """Draw the round that waits, dial what is due, mend and confirm, ring back, and note a call nobody answered."""
    keeper, leader = by_role(Role.LEDGER_KEEPER), by_role(Role.BUREAU_LEADER)
    for waiting in db.session.scalars(select(TestRound).filter_by(state=RoundState.PROPOSED)):
        operations.draw_round(waiting, by=keeper, at=at)
    db.session.flush()
    for test in db.session.scalars(select(DialTest).filter_by(state=TestState.DUE)).all():
        hotline.dial(test, draw.choice(RESULTS), at)
    for fault in db.session.scalars(select(LineFault).where(LineFault.state != FaultState.CONFIRMED)).all():
        if fault.state is FaultState.CORRECTED:
            operations.confirm(fault, "再拨一次，有人接听并能受理。", by=leader, at=at)
        elif draw.random() < MENDED:
            operations.correct(fault, "已安排专人接听。", by=mender_of(fault.line.office), at=at)
    _answer_the_phone(at, draw)


def _answer_the_phone(at: datetime, draw: random.Random) -> None:
    operator = by_role(Role.OPERATOR)
    for missed in db.session.scalars(select(MissedCall).filter_by(state=CallState.TO_RING_BACK)).all():
        calls.ring_back(missed, "answered", by=operator, at=at)
        db.session.flush()
    line = draw.choice(queries.in_force(day_of(at)))
    rang = Rang(line, at - timedelta(hours=draw.randint(1, 20)), Missed.MISSED, CALLER.format(draw.randint(100, 999)))
    calls.enter(rang, by=operator, at=at)
