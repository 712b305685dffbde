"""Views of the ledger that the rehearsal's officers have saved, some of them for their office."""

from datetime import datetime

from tipline.leads import saved
from tipline.office import roster
from tipline.office.charter import Act, Role

SHARED = {Role.LEDGER_KEEPER, Role.TOWN_CLERK}
"""Whose first officer shares the first view."""


def saved_by_june(at: datetime) -> None:
    """Repeats, oldest first; and what the press asks about."""
    first = {officer.role: officer for officer in reversed(roster.officers()) if officer.may(Act.SAVE_VIEW)}
    for role, officer in first.items():
        repeats = saved.save("重复件", {"repeat": "yes", "order": "oldest"}, by=officer, at=at)
        if role in SHARED:
            saved.share(repeats, by=officer, at=at)
            columns = "number.received.town.place.problem.recorder"
            saved.save("媒体关注", {"flag": "media", "columns": columns}, by=officer, at=at)
