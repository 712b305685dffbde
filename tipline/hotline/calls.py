"""Calls that nobody answered: entered by hand or from a carrier's list, once each; rung back. Never commits."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from tipline.hotline import rules
from tipline.hotline.lifecycle import CallState, LineState
from tipline.hotline.models import HotlineLine, MissedCall
from tipline.hotline.rules import Missed
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.vault import vault
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer


@dataclass(frozen=True)
class Rang:
    """One call that nobody answered, as it is told."""

    line: HotlineLine
    rang_at: datetime
    missed: Missed
    caller: str = ""

    @property
    def mark(self) -> str:
        """By which the same call is known again, without its number being kept readable."""
        digits = rules.digits_of(self.caller)
        minute = self.rang_at.astimezone(UTC)
        return vault.blind("missed-call", f"{self.line.key}|{minute:%Y%m%d%H%M}|{digits}")


def known(marks: set[str]) -> set[str]:
    """Which of these calls are entered already."""
    return set(db.session.scalars(select(MissedCall.row_blind).where(MissedCall.row_blind.in_(marks))))


def enter(rang: Rang, *, by: Officer, at: datetime) -> MissedCall:
    """Enter a call; one that hid its number cannot be rung back and is left at once. Raises NotNow for a known one."""
    if known({rang.mark}):
        raise NotNow("这个来电已经登记。")
    call = enter_new(rang, by=by, at=at)
    settle()
    return call


def settle() -> None:
    """Put what was entered into the database. Raises NotNow when another hand entered one of the calls meanwhile."""
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("这个来电已经登记。") from None


def enter_new(rang: Rang, *, by: Officer, at: datetime) -> MissedCall:
    """Enter a call that is known to be none of those entered. Raises Incomplete for one that has not rung yet."""
    if rang.rang_at > at:
        raise Incomplete("来电时间还没有到，请核对。")
    within = editions.notice().hotline.ring_back_within
    due_on = calendars.calendar().add_working_days(day_of(rang.rang_at), within)
    call = MissedCall(line=rang.line, rang_at=rang.rang_at, missed=rang.missed, row_blind=rang.mark, due_on=due_on)
    digits = rules.digits_of(rang.caller)
    call.caller, call.caller_blind = (rang.caller, vault.blind("caller", digits)) if digits else (None, None)
    enact(Act.ENTER_MISSED_CALL, call, by=by, at=at)
    if not digits:
        enact(Act.LEAVE_CALL, call, by=by, at=at)
    db.session.add(call)
    return call


def see_caller(call: MissedCall, *, by: Officer, at: datetime) -> str:
    """The number to ring back, and a line that it was looked at. Raises NotNow when there is nothing to ring back."""
    if call.state is not CallState.TO_RING_BACK or call.caller is None:
        raise NotNow("这个来电不用回拨，不再显示号码。")
    witness(Act.SEE_CALLER, call, by=by, at=at)
    return str(call.caller)


def try_again(call: MissedCall, *, by: Officer, at: datetime) -> None:
    """Rung back, and nobody answered; somebody will try again."""
    enact(Act.TRY_RING_BACK, call, by=by, at=at)
    _tried(call, at)


def ring_back(call: MissedCall, result: str, *, by: Officer, at: datetime) -> list[MissedCall]:
    """Rung back and spoken to. All that this number still waits for is settled with it."""
    said = editions.notice().hotline.ring_back(result)
    settled = [call, *_others_of(call)]
    for one in settled:
        enact(Act.RING_BACK, one, by=by, at=at, result=said.key)
        _tried(one, at)
        one.result, one.rung_back_at = said.key, at
    return settled


def leave(call: MissedCall, *, reason: str, by: Officer, at: datetime) -> None:
    """Give it up, after it was tried."""
    if not call.tries:
        raise NotNow("还没有回拨过，不能不再回拨。")
    enact(Act.LEAVE_CALL, call, by=by, at=at, note=reason)


def _tried(call: MissedCall, at: datetime) -> None:
    call.tries += 1
    if call.in_time is None:
        call.in_time = day_of(at) <= call.due_on


def _others_of(call: MissedCall) -> list[MissedCall]:
    if call.caller_blind is None:
        return []
    query = select(MissedCall).filter_by(caller_blind=call.caller_blind, state=CallState.TO_RING_BACK)
    return list(db.session.scalars(query.where(MissedCall.id != call.id)))


def lines_rung() -> list[HotlineLine]:
    """All numbers that somebody may have rung, those in use before those given up."""
    lines = db.session.scalars(select(HotlineLine).options(joinedload(HotlineLine.office)).order_by(HotlineLine.id))
    return sorted(lines, key=lambda line: line.state is LineState.ENDED)
