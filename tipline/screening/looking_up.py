"""One identity number is looked up in all tables: exactly, by its keyed hash, with a line for every time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.screening import pages, queries
from tipline.screening.models import ScreeningRecord
from tipline.screening.operations import Table, table_of
from tipline.screening.pages import Shown


@dataclass(frozen=True)
class Found:
    """One household as the officer may read it."""

    record: ScreeningRecord
    of: Table
    name: Shown
    conclusion: Shown


def look_up(number: str, *, by: Officer, at: datetime) -> list[ScreeningRecord]:
    """The households with this number that the officer may see. The trail says who looked, never what number.

    A household that is found has the line among its own; where none is, it is the officer's.
    """
    same = queries.visible_to(by).where(ScreeningRecord.identity_blind == queries.identity_blind(number))
    found = list(db.session.scalars(same.options(joinedload(ScreeningRecord.office))))
    for thing in found or [by]:
        witness(Act.LOOK_UP_IDENTITY, thing, by=by, at=at, found=str(len(found)))
    return found


def shown(found: list[ScreeningRecord], officer: Officer) -> list[Found]:
    """What the page shows of them."""
    lines = []
    for record in found:
        of = table_of(record)
        name, conclusion = pages.name_and_conclusion(of, record.values, officer)
        lines.append(Found(record, of, name, conclusion))
    return lines
