"""Signing in and out: sessions live in the database, so that ending one ends it at once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import Request, g
from flask import session as cookie
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.office import throttle
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer, Session, TrailHead
from tipline.office.unchanged import stand_at

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash("nobody has this password")
IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
FRESH = timedelta(minutes=5)
AT_ONCE = 5
"""Browsers one officer may have signed in at a time; the one longest unseen makes room."""
TRIES = 5
"""Tries for one name from one address; nobody else's tries can lock an officer out."""
CROWD = 50
"""Failures from one address, whatever the names."""
SHORTEST, LONGEST_PASSWORD = 12, 128
TOO_EASY = ("tipline", "password", "123456", "qwerty", "mima", "jinnan", "minzheng", "dibao", "admin")


def sign_in(login: str, password: str, *, address: str, at: datetime) -> Officer:
    """Open a session in this browser.

    Raises NotPermitted, in the same words after the same work, for a wrong password, a name nobody
    has, a stopped account and too many tries; the caller commits that refusal.
    """
    person, crowd = throttle.bucket("sign-in", login, address), throttle.bucket("address", address)
    too_often = throttle.count(person, at) > TRIES or throttle.tried(crowd, at) >= CROWD
    officer = db.session.scalars(select(Officer).filter_by(login=login)).one_or_none()
    if not _matches(officer, password) or officer is None or too_often:
        throttle.note(crowd, at)
        if officer is not None and officer.may(Act.FAIL_SIGN_IN):
            witness(Act.FAIL_SIGN_IN, officer, by=officer, at=at)
        raise NotPermitted("没有登录成功。请核对用户名和密码；连续5次不对，请等15分钟再试。")
    throttle.forget(person, at)
    _open(officer, at)
    witness(Act.SIGN_IN, officer, by=officer, at=at)
    return officer


def _matches(officer: Officer | None, password: str) -> bool:
    """Takes the same time for a stranger, a disabled officer and a wrong password."""
    known = officer is not None and officer.may(Act.SIGN_IN) and officer.password_hash is not None
    try:
        HASHER.verify(officer.password_hash if known and officer else NOBODY, password)  # type: ignore[arg-type]
    except VerificationError:
        return False
    return known


def _open(officer: Officer, at: datetime) -> None:
    """A fresh token for this browser; more than a handful of old sessions end."""
    token, language = secrets.token_urlsafe(32), cookie.get("language")
    old = select(Session.id).filter_by(officer_id=officer.id).order_by(Session.seen_at.desc()).offset(AT_ONCE - 1)
    db.session.execute(delete(Session).where(Session.id.in_(list(db.session.scalars(old)))))
    db.session.add(Session(token_hash=_hash(token), officer=officer, since=at, seen_at=at, confirmed_at=at))
    cookie.clear()
    cookie["token"] = token
    if language:
        cookie["language"] = language


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_of_this_browser() -> str:
    token = cookie.get("token")
    return _hash(token) if isinstance(token, str) else ""


def current(at: datetime) -> Session | None:
    """The live session of this browser; one idle or old is none. Rights are read anew each time."""
    if not cookie.get("token"):
        return None
    head = select(TrailHead.hash).scalar_subquery()
    found = db.session.execute(select(Session, head).filter_by(token_hash=_hash_of_this_browser())).one_or_none()
    if found is None:
        return None
    row: Session = found[0]
    if not row.officer.active or at - row.seen_at > IDLE or at - row.since > LONGEST:
        return None
    stand_at(found[1])
    return row


def officer_of(request: Request, at: datetime) -> Officer | None:
    """Who asks: for Flask-Login."""
    row = current(at)
    if row is None:
        return None
    g.seen = (row.id, row.seen_at)
    return row.officer


def touch(at: datetime) -> None:
    """Remember that the browser was here; once a minute is enough, and no page fails for it."""
    row, seen_at = g.pop("seen", (None, at))
    if at - seen_at <= timedelta(minutes=1):
        return
    db.session.rollback()
    try:
        db.session.execute(update(Session).where(Session.id == row).values(seen_at=at))
        db.session.commit()
    except OperationalError:
        db.session.rollback()


def stay_unseen() -> None:
    """This request is the page's own and nobody's: it keeps no idle session alive."""
    g.pop("seen", None)


def live(officer: Officer, at: datetime) -> list[Session]:
    """The officer's browsers that are signed in now, latest first."""
    query = select(Session).where(
        Session.officer_id == officer.id, Session.seen_at >= at - IDLE, Session.since >= at - LONGEST
    )
    return list(db.session.scalars(query.order_by(Session.seen_at.desc(), Session.id.desc())))


def sign_out(officer: Officer, *, at: datetime) -> None:
    """End this browser's session; its cookie is worth nothing afterwards, even a copy."""
    witness(Act.SIGN_OUT, officer, by=officer, at=at)
    db.session.execute(delete(Session).filter_by(token_hash=_hash_of_this_browser()))
    cookie.clear()


def end_others(officer: Officer, *, at: datetime) -> None:
    """End every session of the officer but this browser's."""
    witness(Act.KEEP_OWN_ACCOUNT, officer, by=officer, at=at, ended="others")
    others = Session.token_hash != _hash_of_this_browser()
    db.session.execute(delete(Session).where(Session.officer_id == officer.id, others))


def end_all(officer: Officer) -> None:
    """End every session of an officer: after a change of password, role or office, or when disabled."""
    db.session.execute(delete(Session).filter_by(officer_id=officer.id))


def is_fresh(at: datetime) -> bool:
    """Whether the password was given in this browser within the last minutes."""
    row = current(at)
    return row is not None and at - row.confirmed_at <= FRESH


def confirm(officer: Officer, password: str, *, at: datetime) -> None:
    """Ask for the password again before something grave. Raises NotPermitted when it is wrong."""
    bucket = throttle.bucket("confirm", officer.key)
    too_often = throttle.count(bucket, at) > TRIES
    if not _matches(officer, password) or too_often:
        raise NotPermitted("密码不正确。连续5次不对，请等15分钟再试。")
    throttle.forget(bucket, at)
    if (row := current(at)) is not None:
        row.confirmed_at = at


def change_password(officer: Officer, old: str, new: str, *, at: datetime) -> None:
    """The officer's own change; every session ends, this one starts anew."""
    confirm(officer, old, at=at)
    if new == old:
        raise Incomplete("新密码不能与原来的相同。")
    witness(Act.KEEP_OWN_ACCOUNT, officer, by=officer, at=at, changed="password")
    set_password(officer, new)
    end_all(officer)
    _open(officer, at)


def set_password(officer: Officer, new: str) -> None:
    """Raises Incomplete when the password is too short or too easy."""
    if not SHORTEST <= len(new) <= LONGEST_PASSWORD:
        raise Incomplete("密码应为12至128个字符。")
    easy = (*TOO_EASY, officer.login.lower()) if len(officer.login) > 3 else TOO_EASY
    if any(word in new.lower() for word in easy) or len(set(new)) < 5:
        raise Incomplete("密码过于常见，请换一个：不要用单位、系统或用户名，也不要重复同一个字符。")
    officer.password_hash = HASHER.hash(new)
    officer.must_change_password = False
