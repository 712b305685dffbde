"""What the clock does for the cabinet: it clears away what an upload left that was cut off by force."""

from datetime import datetime

from tipline.evidence import queries
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db, reading


def sweep(_at: datetime) -> int:
    """Remove files that were never acknowledged to anybody. Returns how many there were."""
    return cabinet.sweep(_known)


def _known() -> set[str]:
    """The names that rows tell of now: every question is a transaction of its own, so that none is answered of old."""
    db.session.rollback()
    reading()
    names = queries.known_names()
    db.session.rollback()
    return names
