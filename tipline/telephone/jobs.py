"""What the clock does for this room."""

from datetime import datetime

from tipline.kit.db import db
from tipline.telephone import operations


def forget(at: datetime) -> int:
    """Numbers of calls that nobody took go even where no further call comes."""
    gone = operations.forget(at)
    db.session.commit()
    return gone
