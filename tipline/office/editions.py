"""The rules in force: one published edition of each notice, kept with its hash."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import current_app, g
from sqlalchemy import select

from tipline.kit.db import db
from tipline.law.notice import Notice, load, read
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Edition, Officer

_parsed: dict[str, Notice] = {}
"""Editions never change, so a parsed one may be kept for as long as the process lives."""


class Rules:
    """The rules of a notice as something the trail can name."""

    def __init__(self, digest: str) -> None:
        self.ref = f"edition/{digest[:16]}"


def notice() -> Notice:
    """The edition of the rules in force: the latest published, else the notice file; asked once per request or job."""
    if "edition" not in g:
        query = select(Edition.digest).order_by(Edition.published_at.desc(), Edition.digest).limit(1)
        g.edition = db.session.scalar(query)
    return edition(g.edition) if g.edition else shipped()


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
        g.edition = before
        if before is None:
            g.pop("edition")


def shipped() -> Notice:
    """The notice file this installation is configured with."""
    return load(Path(current_app.config["NOTICE"]))


def shipped_text() -> str:
    """The words of that file."""
    return Path(current_app.config["NOTICE"]).read_text(encoding="utf-8")


def publish(text: str, *, by: Officer, at: datetime) -> Edition:
    """Publish an edition of the rules. Earlier decisions keep the edition that made them."""
    rules = read(text, "edition")
    row = db.session.get(Edition, rules.digest)
    if row is None:
        witness(Act.PUBLISH_EDITION, Rules(rules.digest), by=by, at=at, digest=rules.digest)
        row = Edition(digest=rules.digest, notice=rules.number, text=text, published_at=at, published_by_id=by.id)
        db.session.add(row)
        g.pop("edition", None)
    return row
