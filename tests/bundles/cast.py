"""Nine callers about one village head, and who sorts it out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from tests import make
from tipline.bundles.models import Bundle, BundleMember, LeadLink
from tipline.kit.db import Model, db
from tipline.leads.models import Lead
from tipline.office.models import Entry, Officer
from tipline.office.trail import TrailHead

OF_THE_TRAIL = {Entry.__tablename__, TrailHead.__tablename__}
OF_THE_ROOM = {Bundle.__tablename__, BundleMember.__tablename__, LeadLink.__tablename__}
LOCKS = {"version", "last_seq"}
"""Columns that say how often a row was written and where its latest line stands: they only ever rise."""


def calls(by: Officer, number: int, **said: Any) -> list[Lead]:
    """So many calls about the same person, minutes apart."""
    usual: dict[str, Any] = {"names": ("佘仁杰",)}
    found = [
        make.lead("village_head", by=by, at=make.NOON + timedelta(minutes=at), **(usual | said)) for at in range(number)
    ]
    db.session.flush()
    return found


def everything(*, but: Sequence[type[Model]] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the trail and this room's own, without the columns that only count writes."""
    db.session.flush()
    left_out = OF_THE_TRAIL | OF_THE_ROOM | {model.__tablename__ for model in but}
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name in left_out:
            continue
        columns = [column for column in table.columns if column.name not in LOCKS]
        rows = db.session.execute(select(*columns)).all()
        found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found
