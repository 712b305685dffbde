"""What the clock does for the cabinet: it clears away what an upload left that was cut off by force."""

from datetime import datetime

from tipline.evidence import queries
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db


def sweep(_at: datetime) -> int:
    """Remove files that were never acknowledged to anybody. Returns how many there were."""
    swept = cabinet.sweep(queries.is_known)
    db.session.rollback()
    return swept
