"""The rules in force: one published edition of each notice, kept with its hash.

Several notices may be in force side by side. Whoever works by another than the first says so in the address.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from flask import current_app, g
from sqlalchemy import func, select

from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.law.notice import Notice, load, read
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Edition, Officer
from tipline.office.unchanged import unchanged

T = TypeVar("T")

_parsed: dict[str, Notice] = {}
"""Editions never change, so a parsed one may be kept for as long as the process lives."""


class Rules:
    """The rules of a notice as something the trail can name."""

    def __init__(self, digest: str) -> None:
        self.ref = f"edition/{digest[:16]}"


def in_force() -> list[str]:
    """The latest edition of every notice that was published, the first notice first; asked once per request or job."""
    if "editions" not in g:
        g.editions = unchanged("editions", _in_force)
    found: list[str] = g.editions
    return found


def _in_force() -> list[str]:
    query = select(Edition.notice, Edition.digest).order_by(Edition.published_at, Edition.digest.desc())
    return list({row.notice: row.digest for row in db.session.execute(query)}.values())


def notice() -> Notice:
    """The rules one works by: those of the campaign that was chosen, else of the first notice, else the notice file."""
    return edition(g.edition) if "edition" in g else _first()


def of(key: str) -> Notice:
    """The notice of that key, in its latest edition: by it lives whatever was registered under it."""
    return next((one for one in campaigns() if one.key == key), None) or _first()


def _first() -> Notice:
    return next(iter(campaigns()), None) or shipped()


def each(ask: Callable[[], T]) -> list[T]:
    """What is found when one works by every notice in force in turn."""
    found = []
    for digest in in_force():
        with under(digest):
            found.append(ask())
    return found or [ask()]


def campaigns() -> list[Notice]:
    """The notices between which one may choose; with one alone there is no choice."""
    return [edition(digest) for digest in in_force()]


def choose(key: str) -> bool:
    """Work by the notice of that key until the request ends; False where none in force has it."""
    found = [digest for digest in in_force() if edition(digest).key == key]
    if found:
        g.edition = found[0]
    return bool(found)


def address() -> dict[str, str]:
    """What an address must say so that it opens under the notice one works by; nothing for the first."""
    current = notice()
    return {"campaign": current.key} if current.digest in in_force()[1:] else {}


def mark(text: str) -> str:
    """A key that two notices must not share; the first notice's are as they were before there was a second."""
    return "/".join([*address().values(), text])


def edition(digest: str) -> Notice:
    """A published edition by its hash, as a past decision names it."""
    if digest not in _parsed:
        row = db.session.get_one(Edition, digest)
        _parsed[digest] = read(row.text, row.notice)
    return _parsed[digest]


@contextmanager
def under(digest: str) -> Iterator[Notice]:
    """Work by that edition for a while, as what was registered or counted under it asks."""
    before = g.get("edition")
    g.edition = digest
    try:
        yield edition(digest)
    finally:
        g.pop("edition")
        if before is not None:
            g.edition = before


def published_at(number: str) -> datetime | None:
    """When the notice of that number was first published in this house; None while it is only a file."""
    return db.session.scalar(select(func.min(Edition.published_at)).where(Edition.notice == number))


def shipped() -> Notice:
    """The notice file this installation is configured with."""
    return load(Path(current_app.config["NOTICE"]))


def shipped_text() -> str:
    """The words of that file."""
    return Path(current_app.config["NOTICE"]).read_text(encoding="utf-8")


def publish(text: str, *, by: Officer, at: datetime) -> Edition:
    """Publish an edition of the rules. Earlier decisions keep the edition that made them."""
    rules = read(text, "edition")
    for one in campaigns():
        if one.key == rules.key and one.number != rules.number:
            raise NotNow("另一份通知已经用了“%(key)s”这个代号，请另起一个。", key=rules.key)
        if one.key != rules.key and one.number == rules.number:
            raise NotNow("这份通知的代号是“%(key)s”，有件以它登记，不能改。", key=one.key)
    row = db.session.get(Edition, rules.digest)
    if row is None:
        witness(Act.PUBLISH_EDITION, Rules(rules.digest), by=by, at=at, digest=rules.digest)
        row = Edition(digest=rules.digest, notice=rules.number, text=text, published_at=at, published_by_id=by.id)
        db.session.add(row)
        g.pop("edition", None)
        g.pop("editions", None)
    return row
