"""The one source of time for web, clock and commands."""

from datetime import UTC, date, datetime, time, timedelta

from flask import current_app, g, has_request_context
from sqlalchemy import select

from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.office.models import RehearsalDate

CLOSING = time(16, 30)
"""A rehearsal day does not run past this: it waits in office hours for whoever plays."""


def machine_now() -> datetime:
    """The machine's own time: for sessions, leases and heartbeats, never for duties."""
    return datetime.now(UTC)


def rehearsing() -> bool:
    """Whether this installation plays on a date of its own."""
    return bool(current_app.config["REHEARSAL"])


def now() -> datetime:
    """The moment as far as the office is concerned; a request is answered as of one moment."""
    if not has_request_context():
        return _now()
    if "now" not in g:
        g.now = _now()
    moment: datetime = g.now
    return moment


def _now() -> datetime:
    if not rehearsing():
        return machine_now()
    stand = rehearsal()
    if stand is None:
        return machine_now()
    played = stand.moment + max(machine_now() - stand.moved_at, timedelta(0))
    return max(stand.moment, min(played, at_clock(day_of(stand.moment), CLOSING)))


def today() -> date:
    """The office's calendar day."""
    return day_of(now())


def rehearsal() -> RehearsalDate | None:
    """Where the rehearsal stands, or None before it has begun."""
    return db.session.scalars(select(RehearsalDate)).one_or_none()


def set_rehearsal(moment: datetime, *, target: datetime | None = None) -> None:
    """Put the rehearsal's date forward. Raises NotNow when it would go back.

    A `moment` read a little earlier than the clock's last step counts as that step; only the way on must lead forward.
    """
    stand = db.session.scalars(
        select(RehearsalDate).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if stand is None:
        db.session.add(RehearsalDate(id=1, moment=moment, moved_at=machine_now(), target=target or moment))
        return
    if (target or moment) < stand.moment:
        raise NotNow("演练日期只能向前推进。")
    moment = max(moment, stand.moment)
    stand.moment, stand.moved_at = moment, machine_now()
    stand.target = max(target or moment, moment)
