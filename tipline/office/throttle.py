"""How often something was tried: counted before the answer, so that many hands get no more tries than one."""

import hashlib
from datetime import datetime

from sqlalchemy import select, text

from tipline.kit.db import db
from tipline.office.models import Throttle

WINDOW = 900
"""Tries are counted by the quarter of an hour."""

_COUNT = text(
    'INSERT INTO throttle (bucket, "window", tries) VALUES (:bucket, :win, 1)'
    ' ON CONFLICT (bucket, "window") DO UPDATE SET tries = throttle.tries + 1 RETURNING tries'
)
_FORGET = text('DELETE FROM throttle WHERE bucket = :bucket OR "window" < :win')


def bucket(kind: str, *parts: str) -> str:
    """The name under which tries of one kind are counted; says nothing of who tried."""
    return f"{kind}|{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:32]}"


def note(bucket: str, at: datetime) -> int:
    """Count one more try in the transaction of the caller, and say how many there are now."""
    return int(db.session.execute(_COUNT, {"bucket": bucket, "win": _window(at)}).scalar_one())


def count(bucket: str, at: datetime) -> int:
    """Count one more try for good, and say how many there are now.

    Commits, alone among the operations: a try stays counted when the deed is refused and rolled back,
    and nobody else waits for the database while a password is checked. Comes before any change.
    """
    if db.session.new or db.session.dirty or db.session.deleted:
        raise RuntimeError("a try is counted before anything is changed")
    number = note(bucket, at)
    db.session.commit()
    return number


def tried(bucket: str, at: datetime) -> int:
    """How many tries this quarter of an hour has seen."""
    row = db.session.scalar(select(Throttle.tries).filter_by(bucket=bucket, window=_window(at)))
    return row or 0


def forget(bucket: str, at: datetime) -> None:
    """A right answer wipes the slate; slates of earlier hours go with it."""
    db.session.execute(_FORGET, {"bucket": bucket, "win": _window(at) - 4})


def _window(at: datetime) -> int:
    return int(at.timestamp()) // WINDOW
