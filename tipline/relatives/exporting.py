"""A register in its own layout; it can be read in again."""

import io
from collections.abc import Iterator
from datetime import datetime

from tipline.kit import sheets
from tipline.kit.db import db
from tipline.kit.sheets import Cell, Sheet
from tipline.law.screening import Kind
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.relatives import queries
from tipline.relatives.models import RegisterEntry
from tipline.relatives.operations import Table
from tipline.relatives.pages import Covers
from tipline.screening.exporting import AT_A_TIME, USUAL_WIDTH, WIDTHS


def export(table: Table, *, by: Officer, at: datetime) -> bytes:
    """The whole register as a workbook, and a line in the trail; covered for whoever does not keep it."""
    columns = queries.columns_of(table.register)
    covered = not queries.keeps(by, table.register, table.office)
    place = table.office.place.name if table.office.place and not table.register.whole else queries.district_name()
    sheet = Sheet(
        name=table.register.name.zh,
        title=table.register.title.zh % {"town": place},
        heads=[column.name.zh for column in columns],
        rows=_rows(table, Covers.of(table, by), by, covered=covered),
        widths=[WIDTHS.get(column.kind, USUAL_WIDTH) for column in columns],
    )
    out = io.BytesIO()
    sheets.write(out, sheet)
    witness(Act.EXPORT_REGISTER, table, by=by, at=at, covered="yes" if covered else "no")
    return out.getvalue()


def _rows(table: Table, covers: Covers, by: Officer, *, covered: bool) -> Iterator[list[Cell]]:
    columns = queries.columns_of(table.register)
    for serial, entry in enumerate(_entries(table, by), start=1):
        values = entry.values
        yield [
            serial
            if column.kind is Kind.SERIAL
            else str(covers.shown(column, values))
            if covered and column.sealed
            else covers.writer.cell(column, values.get(column.key))
            for column in columns
        ]


def _entries(table: Table, by: Officer) -> Iterator[RegisterEntry]:
    """The rows in their order, a few at a time; who stands on a list no longer is left out."""
    rows, last = queries.table(by, table.register, table.office), 0
    if table.is_list:
        rows = rows.where(RegisterEntry.ended_on.is_(None))
    while True:
        some = list(db.session.scalars(rows.where(RegisterEntry.id > last).limit(AT_A_TIME)))
        yield from some
        if len(some) < AT_A_TIME:
            return
        last = some[-1].id
