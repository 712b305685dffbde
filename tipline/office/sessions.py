"""Signing in and out: sessions live in the database, so that ending one ends it at once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Request
from flask import session as cookie
from sqlalchemy import delete, select, text

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer, Session

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash("nobody has this password")
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
FRESH = timedelta(minutes=5)
AT_ONCE = 5
WINDOW = 900
TRIES = 5
SHORTEST = 12
TOO_EASY = ("tipline", "password", "123456", "qwerty", "mima", "jinnan", "minzheng", "dibao", "admin")


def sign_in(login: str, password: str, *, address: str, at: datetime) -> Officer:
    """Open a session in this browser. The refusal never says what was wrong.

    Raises NotPermitted for a wrong name or password, and when there were too many tries.
    """
    bucket = f"sign-in|{hashlib.sha256(f'{login}|{address}'.encode()).hexdigest()[:32]}"
    if tries(bucket, at) > TRIES:
        raise NotPermitted("尝试次数过多，请15分钟后再试。")
    officer = db.session.scalars(select(Officer).filter_by(login=login)).one_or_none()
    if not _matches(officer, password):
        if officer is not None and officer.active:
            witness(Act.FAIL_SIGN_IN, officer, by=officer, at=at)
        raise NotPermitted("用户名或密码不正确。")
    assert officer is not None
    forget_tries(bucket)
    _open(officer, at)
    witness(Act.SIGN_IN, officer, by=officer, at=at)
    return officer


def _matches(officer: Officer | None, password: str) -> bool:
    """Takes the same time for a stranger, a disabled officer and a wrong password."""
    known = officer is not None and officer.active and officer.password_hash is not None
    try:
        HASHER.verify(officer.password_hash if known and officer else NOBODY, password)  # type: ignore[arg-type]
    except VerificationError:
        return False
    return known


def _open(officer: Officer, at: datetime) -> None:
    """A fresh token for this browser; more than a handful of old sessions end."""
    token = secrets.token_urlsafe(32)
    old = select(Session.id).filter_by(officer_id=officer.id).order_by(Session.seen_at.desc()).offset(AT_ONCE - 1)
    db.session.execute(delete(Session).where(Session.id.in_(list(db.session.scalars(old)))))
    db.session.add(Session(token_hash=_hash(token), officer=officer, since=at, seen_at=at, confirmed_at=at))
    cookie.clear()
    cookie["token"] = token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def current(at: datetime) -> Session | None:
    """The live session of this browser; one idle or old is none. Rights are read anew each time."""
    token = cookie.get("token")
    if not isinstance(token, str):
        return None
    row = db.session.scalars(select(Session).filter_by(token_hash=_hash(token))).one_or_none()
    if row is None or not row.officer.active or at - row.seen_at > IDLE or at - row.since > LONGEST:
        return None
    return row


def officer_of(request: Request, at: datetime) -> Officer | None:
    """Who asks: for Flask-Login."""
    row = current(at)
    return row.officer if row else None


def touch(at: datetime) -> None:
    """Remember that the browser was here; once a minute is enough."""
    row = current(at)
    if row is not None and at - row.seen_at > timedelta(minutes=1):
        row.seen_at = at
        db.session.commit()


def sign_out(officer: Officer, *, at: datetime) -> None:
    """End this browser's session; its cookie is worth nothing afterwards, even a copy."""
    token = cookie.pop("token", "")
    db.session.execute(delete(Session).filter_by(token_hash=_hash(token)))
    witness(Act.SIGN_OUT, officer, by=officer, at=at)
    cookie.clear()


def end_all(officer: Officer) -> None:
    """End every session of an officer: after a change of password, role or office, or when disabled."""
    db.session.execute(delete(Session).filter_by(officer_id=officer.id))


def confirm(officer: Officer, password: str, *, at: datetime) -> None:
    """Ask for the password again before something grave. Raises NotPermitted when it is wrong."""
    bucket = f"confirm|{officer.key}"
    if tries(bucket, at) > TRIES:
        raise NotPermitted("尝试次数过多，请15分钟后再试。")
    if not _matches(officer, password):
        raise NotPermitted("密码不正确。")
    forget_tries(bucket)


def change_password(officer: Officer, old: str, new: str, *, at: datetime) -> None:
    """The officer's own change; every session ends, this one starts anew."""
    confirm(officer, old, at=at)
    set_password(officer, new)
    end_all(officer)
    _open(officer, at)
    witness(Act.KEEP_OWN_ACCOUNT, officer, by=officer, at=at, changed="password")


def set_password(officer: Officer, new: str) -> None:
    """Raises Incomplete when the password is too short or too easy."""
    if not SHORTEST <= len(new) <= 128:
        raise Incomplete("密码应为12至128个字符。")
    if any(word in new.lower() for word in (*TOO_EASY, officer.login.lower())) or len(set(new)) < 5:
        raise Incomplete("密码过于常见，请换一个。")
    officer.password_hash = HASHER.hash(new)
    officer.must_change_password = False


def tries(bucket: str, at: datetime) -> int:
    """Count one more try in the current quarter of an hour and say how many there were."""
    count = text(
        "INSERT INTO throttle (bucket, \"window\", tries) VALUES (:bucket, :win, 1)"
        " ON CONFLICT (bucket, \"window\") DO UPDATE SET tries = throttle.tries + 1 RETURNING tries"
    )
    number = db.session.execute(count, {"bucket": bucket, "win": int(at.timestamp()) // WINDOW}).scalar_one()
    db.session.commit()
    return int(number)


def forget_tries(bucket: str) -> None:
    """A right answer wipes the slate."""
    db.session.execute(text("DELETE FROM throttle WHERE bucket = :bucket"), {"bucket": bucket})
