"""What the clock does for walls: a lift whose day has passed is over."""

from datetime import datetime

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.leads import recusals
from tipline.office import roster


def end_lifts(at: datetime) -> int:
    """Let every wall stand again whose lift has run out. Returns how many."""
    ended = 0
    for lift in recusals.over(day_of(at)):
        recusals.end_lift(lift, by=roster.clock_officer(), at=at)
        db.session.commit()
        ended += 1
    return ended
