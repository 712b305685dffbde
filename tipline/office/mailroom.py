"""The mailroom posts what waits in the outbox: claim, then act.

A claim is a lease: whoever took a letter and never came back loses it, and the letter goes out again
under the same Message-ID and marked as a repeat. Nothing is lost; what is sent twice says so.
"""

import secrets
import time as stopwatch
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from flask import current_app
from flask_login import current_user
from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update

from tipline.kit.dates import day_of, local
from tipline.kit.db import db, reading
from tipline.kit.errors import NotNow
from tipline.kit.words import Sentence
from tipline.office import calendars, editions, envelope, privacy
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.frame import Alarm
from tipline.office.models import Letter, LetterState, Officer

LEASE = timedelta(minutes=10)
"""How long a claim holds; a conversation with the mail host is cut long before."""
LONGEST_WAIT = timedelta(minutes=60)
WRONG_CLOCK = timedelta(hours=2)
"""Nothing waits that long: a later time was written by a clock that was wrong."""
ROUND = timedelta(seconds=60)
AT_ONCE = 200
GIVE_UP_AFTER, GIVE_UP_TRIES = timedelta(days=3), 12
LATE_TRIES = 5

linters: list[privacy.Linter] = [privacy.no_identity_number, privacy.no_mobile_number]
"""Asked before every posting; rooms that keep names add their own."""

S = LetterState


def post(at: datetime) -> int:
    """Post the letters that are due. Returns how many were delivered; commits letter by letter."""
    if not (local_only() or current_app.config["SMTP_HOST"]):
        return 0
    started = stopwatch.monotonic()

    def moment() -> datetime:
        return at + timedelta(seconds=stopwatch.monotonic() - started)

    delivered = 0
    for number in _waiting(at):
        letter = _claim(number, moment())
        if letter is None:
            continue
        try:
            delivered += _post(letter, moment)
        except envelope.HostDown:
            break
        if moment() - at > ROUND:
            break
    return delivered


def local_only() -> bool:
    """A rehearsal writes to nobody, unless one mailbox was named for it: its letters are read on the outbox page."""
    return bool(current_app.config["REHEARSAL"] and not current_app.config["REHEARSAL_MAILBOX"])


def open_now(at: datetime) -> bool:
    """Whether ordinary letters may go out: within office hours of a working day."""
    hours = editions.notice().hours
    return calendars.calendar().is_working_day(day_of(at)) and hours.opens <= local(at).time() < hours.closes


def _waiting(at: datetime) -> list[int]:
    reading()
    order = (Letter.urgent.desc(), Letter.next_try_at, Letter.id)
    letters = db.session.execute(select(Letter.id, Letter.urgent).where(_due(at)).order_by(*order).limit(AT_ONCE)).all()
    all_may_go = bool(letters) and open_now(at)
    db.session.rollback()
    return [number for number, urgent in letters if urgent or all_may_go]


def _due(at: datetime) -> ColumnElement[bool]:
    on_time = or_(Letter.next_try_at <= at, Letter.next_try_at > at + WRONG_CLOCK)
    return and_(Letter.state.in_((S.DUE, S.SENDING)), on_time)


def _claim(number: int, moment: datetime) -> Letter | None:
    """The letter, if it is still ours to take. One that was being sent may have arrived unseen."""
    claim = (
        update(Letter)
        .where(Letter.id == number, _due(moment))
        .values(
            state=S.SENDING,
            claim=secrets.token_hex(16),
            next_try_at=moment + LEASE,
            tries=Letter.tries + 1,
            uncertain=or_(Letter.uncertain, Letter.state == S.SENDING),
        )
    )
    taken = _changed(claim)
    return db.session.get(Letter, number, populate_existing=True) if taken else None


def _post(letter: Letter, moment: Callable[[], datetime]) -> int:
    """One letter, handed over or put back. Returns 1 when it was delivered."""
    found = lint(letter)
    db.session.expunge(letter)
    db.session.rollback()  # nothing stays locked while the mail host takes its time
    if found:
        _put_back(letter, state=S.HELD, trouble=found)
        current_app.logger.warning("letter %s held: it carries a %s", letter.key, found)
        return 0
    try:
        if not local_only():
            envelope.deliver(letter, moment())
    except envelope.NotDelivered as failure:
        _keep(letter, failure, moment())
        if isinstance(failure, envelope.HostDown):
            raise
        return 0
    return _put_back(letter, state=S.SENT, sent_at=moment(), trouble=None)


def lint(letter: Letter) -> str | None:
    """What the letter carries that no letter may carry, or None."""
    text = f"{letter.subject}\n{letter.body}"
    return next((found for linter in linters if (found := linter(text))), None)


def _keep(letter: Letter, failure: envelope.NotDelivered, moment: datetime) -> None:
    """Put a letter back that was not delivered: for a later try, or for a person to look at."""
    uncertain = letter.uncertain or isinstance(failure, envelope.Unheard)
    old = letter.tries >= GIVE_UP_TRIES and moment - letter.written_at > GIVE_UP_AFTER
    host_is_down = isinstance(failure, envelope.HostDown)  # no fault of the letter's: it goes when the host is back
    if isinstance(failure, envelope.Never) or (old and not host_is_down):
        _put_back(letter, state=S.HELD, trouble=failure.trouble, uncertain=uncertain)
        return
    wait = min(timedelta(minutes=2 ** min(letter.tries - 1, 6)), LONGEST_WAIT)
    _put_back(letter, state=S.DUE, next_try_at=moment + wait, trouble=failure.trouble, uncertain=uncertain)


def _put_back(letter: Letter, **values: Any) -> int:
    """End our claim; does nothing when it was lost meanwhile."""
    mine = (Letter.id == letter.id, Letter.claim == letter.claim, Letter.state == S.SENDING)
    return _changed(update(Letter).where(*mine).values(claim=None, **values))


def _changed(change: Any) -> int:
    done = db.session.execute(change.execution_options(synchronize_session=False))
    count = cast(CursorResult[Any], done).rowcount
    db.session.commit()
    return count


class Envelope:
    """A letter as something the trail can name."""

    def __init__(self, letter: Letter) -> None:
        self.ref = f"letter/{letter.key}"


def resend(letter: Letter, *, by: Officer, at: datetime) -> None:
    """Let a letter that was held go out again. Raises NotNow when it is not held."""
    if letter.state is not S.HELD:
        raise NotNow("这封函件现在是“%(state)s”，不需要重新发送。", state=letter.state)
    witness(Act.RESEND_LETTER, Envelope(letter), by=by, at=at)
    letter.state, letter.next_try_at, letter.trouble = S.DUE, at, None


def alarms() -> Iterator[Alarm]:
    """What is wrong with the mail, for those who look after it; never how many letters, which tells of leads."""
    if not current_user.may(Act.READ_OUTBOX):
        return
    held, unsure, late, waiting = _troubles()
    if held:
        yield Alarm("overdue", Sentence("有函件没有发出，需要人工处理。"), "clock.index")
    if waiting and not (local_only() or current_app.config["SMTP_HOST"]):
        yield Alarm("overdue", Sentence("没有设置邮件服务器，有函件等着发出。"), "clock.index")
    elif late:
        yield Alarm("soon", Sentence("有函件多次投递未成。"), "clock.index")
    if unsure:
        yield Alarm("soon", Sentence("有函件不知对方是否收到，正在重发。"), "clock.index")


def _troubles() -> tuple[int, int, int, int]:
    """Letters held, unsure, tried too often, and waiting."""
    waits = Letter.state.in_((S.DUE, S.SENDING))
    counts = [
        func.count().filter(Letter.state == S.HELD),
        func.count().filter(and_(waits, Letter.uncertain)),
        func.count().filter(and_(waits, Letter.tries >= LATE_TRIES)),
        func.count().filter(waits),
    ]
    row = db.session.execute(select(*counts).where(Letter.state.in_((S.DUE, S.SENDING, S.HELD)))).one()
    return cast(tuple[int, int, int, int], tuple(row))
