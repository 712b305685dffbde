"""Whose hand a deed of the rehearsal is: the first officer at work who really may."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import duty, roster
from tipline.office.charter import Act
from tipline.office.models import Officer, Paper


def who(
    act: Act,
    paper: Paper,
    visible_to: Callable[[Officer], Select[Any]],
    open_acts: Callable[[Officer], Collection[Act]],
    at: datetime,
) -> Officer | None:
    """The first officer not on leave who sees the paper and to whom its page would show the button."""
    kind: Any = type(paper)
    for officer in duty.at_work(roster.officers(), day_of(at)):
        if officer.may(act) and act in open_acts(officer):
            seen = visible_to(officer).where(kind.key == paper.key)
            if db.session.scalar(seen) is not None:
                return officer
    return None
