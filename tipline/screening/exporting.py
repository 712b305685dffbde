"""A town's table in the layout of the annex: titled with its name, summed to the cent; it can be read in again."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from tipline.kit import sheets
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.sheets import Cell, Sheet
from tipline.law.screening import Kind, ScreeningColumn
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.screening import queries
from tipline.screening.models import ScreeningRecord
from tipline.screening.operations import Table
from tipline.screening.writing import Writer

AT_A_TIME = 500
TOTAL = "合计"
SIGNED = "填报单位：{town}　　　填表人：　　　　　　审核人：　　　　　　填表日期：{day}　　　单位：户、人、元"
WIDTHS = {
    Kind.SERIAL: 5,
    Kind.NAME: 8,
    Kind.IDENTITY: 18,
    Kind.PHONE: 11,
    Kind.TEXT: 9,
    Kind.INTEGER: 5,
    Kind.MONEY: 10,
    Kind.MONTH: 8,
    Kind.DAY: 10,
    Kind.VILLAGE: 12,
}
USUAL_WIDTH = 7


def export(table: Table, *, by: Officer, at: datetime) -> bytes:
    """The table as a workbook, and a line in the trail: its numbers covered, for others than its town all words."""
    content = workbook(table, by=by, at=at)
    witness(
        Act.EXPORT_SCREENING, table, by=by, at=at, covered="yes" if not queries.keeps(by, table.town) else "numbers"
    )
    return content


def workbook(table: Table, *, by: Officer, at: datetime, full: bool = False) -> bytes:
    """The table in the layout of its annex; `full` covers nothing, and is for `full_exports` alone."""
    columns = table.notice.screening.columns_of(table.population.key)
    wholly = not queries.keeps(by, table.town)
    writer = queries.writer_of(table.population, table.notice)
    named = {"town": table.town.place.name if table.town.place else table.town.name}
    sheet = Sheet(
        name=table.population.annex.zh,
        title=table.population.title.zh % named,
        above=(SIGNED.format(town=table.town.name, day=_in_words(day_of(at))),),
        heads=[column.name.zh for column in columns],
        rows=_rows(table, columns, writer, by, wholly=wholly and not full, full=full),
        widths=[WIDTHS.get(column.kind, USUAL_WIDTH) for column in columns],
    )
    out = io.BytesIO()
    sheets.write(out, sheet)
    return out.getvalue()


def _rows(
    table: Table, columns: tuple[ScreeningColumn, ...], writer: Writer, by: Officer, *, wholly: bool, full: bool
) -> Iterator[list[Cell]]:
    sums: dict[str, int] = {column.key: 0 for column in columns if column.kind in (Kind.INTEGER, Kind.MONEY)}
    serial = 0
    for serial, record in enumerate(records_of(table, by), start=1):
        values = record.values
        for key in sums:
            sums[key] += int(values.get(key, 0))
        yield [
            serial
            if column.kind is Kind.SERIAL
            else writer.cell(column, values.get(column.key))
            if full or not (column.kind is Kind.IDENTITY or (wholly and column.sealed))
            else str(writer.covered(column, values.get(column.key), wholly=wholly))
            for column in columns
        ]
    if serial:
        yield _total(columns, sums)


def records_of(table: Table, by: Officer) -> Iterator[ScreeningRecord]:
    """The rows in their order, a few at a time."""
    rows, last = queries.table(by, table.town, table.population), 0
    while True:
        some = list(db.session.scalars(rows.where(ScreeningRecord.id > last).limit(AT_A_TIME)))
        yield from some
        if len(some) < AT_A_TIME:
            return
        last = some[-1].id


def _total(columns: tuple[ScreeningColumn, ...], sums: dict[str, int]) -> list[Cell]:
    """The last line: computed from the rows, and passed over when the table is read in again."""
    cells: list[Cell] = [
        Decimal(sums[column.key]) / 100 if column.kind is Kind.MONEY else sums.get(column.key) for column in columns
    ]
    cells[next(at for at, cell in enumerate(cells) if cell is None)] = TOTAL
    return cells


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
