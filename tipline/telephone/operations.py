"""The telephone system tells of a call; an operator takes it on a sheet; whatever nobody takes is forgotten."""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Select, delete, literal, select
from sqlalchemy.exc import IntegrityError

from tipline.hotline import calls
from tipline.hotline import queries as hotline
from tipline.hotline.models import HotlineLine
from tipline.intake import keeping
from tipline.intake.models import UnfinishedCall
from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import NotFound, NotNow
from tipline.kit.vault import vault
from tipline.law.bodies import Body
from tipline.office import duty, editions, roster
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.telephone.models import HeardNonce, Ring
from tipline.telephone.rules import WINDOW, Told, Unsigned

MOST = 5
"""So many ringing calls are shown at once, the latest first."""


def kept_for() -> timedelta:
    """How long a call that nobody takes is remembered."""
    return timedelta(minutes=current_app.config["RING_MINUTES"])


def visible_to(officer: Officer, at: datetime) -> Select[Ring]:
    """What rings for the officer's office and is not taken, latest first; nothing for whoever is on leave."""
    rings = select(Ring).where(Ring.office_id == officer.office_id, ~Ring.over, Ring.taken_by_id.is_(None))
    on_duty = literal(officer.id).not_in(duty.away(day_of(at)))
    return rings.where(Ring.heard_at > at - kept_for(), on_duty).order_by(Ring.id.desc())


def ringing(officer: Officer, at: datetime) -> list[Ring]:
    return list(db.session.scalars(visible_to(officer, at).limit(MOST)))


def remember(nonce: str, at: datetime) -> None:
    """Raises Unsigned for a nonce that was heard already. `at` is the machine's time, by which signatures end."""
    db.session.execute(delete(HeardNonce).where(HeardNonce.heard_at < at - 3 * WINDOW))
    db.session.add(HeardNonce(nonce_hash=hashlib.sha256(nonce.encode()).hexdigest(), heard_at=at))
    try:
        db.session.flush()
    except IntegrityError:
        raise Unsigned from None


def hear(told: Told, at: datetime) -> None:
    """Write down what the telephone system says; the same call told twice is one call."""
    forget(at)
    mark = vault.blind("telephone-call", told.call)
    ring = db.session.scalars(select(Ring).filter_by(call_blind=mark)).one_or_none()
    line = _line(told.line, at)
    if ring is None:
        office = line.office if line else roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
        ring = Ring(call_blind=mark, line=told.line, office_id=office.id, rang_at=told.at, heard_at=at, over=False)
        ring.caller = told.caller or None
        ring = _first(ring)
    if told.event.missed is None or ring.over or ring.taken_by_id is not None:
        return
    ring.over, ring.caller = True, None
    if line is not None:
        _enter_missed(calls.Rang(line, ring.rang_at, told.event.missed, told.caller), at)


def _first(ring: Ring) -> Ring:
    """The ring, or the one that another hand wrote down at this moment: a group of telephones rings at once."""
    try:
        with db.session.begin_nested():
            db.session.add(ring)
            db.session.flush()
    except IntegrityError:
        return db.session.scalars(select(Ring).filter_by(call_blind=ring.call_blind)).one()
    return ring


def _enter_missed(rang: calls.Rang, at: datetime) -> None:
    """Nobody answered: the call is to be rung back, unless somebody has told of it already."""
    with suppress(NotNow), db.session.begin_nested():
        calls.enter(rang, by=roster.clock_officer(), at=at)


def _line(digits: str, at: datetime) -> HotlineLine | None:
    return next((line for line in hotline.in_force(day_of(at)) if line.digits == digits), None)


def take(ring: Ring, *, by: Officer, at: datetime) -> UnfinishedCall:
    """Open a sheet with number, line and time. The number stands on the sheet alone from now on."""
    notice, token = editions.notice(), secrets.token_urlsafe(24)
    said = {
        "token": token,
        "channel": notice.channel("call"),
        "received_at": f"{local(ring.rang_at):%Y-%m-%dT%H:%M}",
        "phone": ring.caller or "",
        "rang": ring.caller or "",
        "rung": ring.line,
    }
    call = keeping.keep(said.items(), token, keeping.Window("", 0), stop=False, by=by, at=at)
    assert call is not None  # the number that was called stands on it
    witness(Act.TAKE_RING, call, by=by, at=at)
    ring.taken_by, ring.caller = by, None
    return call


def seen(key: str, officer: Officer, at: datetime) -> Ring:
    """A call that rings for the officer. Raises NotNow when it was taken meanwhile or rings no more."""
    ours = select(Ring).where(Ring.key == key, Ring.office_id == officer.office_id)
    known = db.session.scalars(ours.with_for_update()).one_or_none()
    if known is None:
        raise NotFound("没有这个页面，或您无权查看。")
    if db.session.scalar(visible_to(officer, at).where(Ring.key == key).with_only_columns(Ring.id)) is None:
        raise NotNow("这个来电已由同事接起，或者已经挂断。")
    return known


def forget(at: datetime) -> int:
    """Calls that nobody took leave nothing behind, nor does it stay that a call was taken."""
    gone = db.session.execute(delete(Ring).where(Ring.heard_at <= at - kept_for()))
    return int(gone.rowcount)  # type: ignore[attr-defined]
