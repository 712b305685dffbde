"""Rows written in as in a sheet: every cell read as the cell of a workbook is, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tipline.kit.errors import Incomplete
from tipline.kit.words import Sentence
from tipline.law.screening import Fact, Kind, ScreeningColumn
from tipline.office.models import Officer
from tipline.screening import cells, queries
from tipline.screening.models import ScreeningRecord
from tipline.screening.operations import Table
from tipline.screening.pages import Shown
from tipline.screening.queries import Totals
from tipline.screening.writing import YES_NO


@dataclass(frozen=True)
class Cell:
    """One cell: what stands on record, and what somebody typed that does not stand yet."""

    column: ScreeningColumn
    stands: Shown
    typed: str | None = None
    fault: Sentence | None = None


@dataclass(frozen=True)
class Line:
    """One household in the sheet, and why it was not saved."""

    record: ScreeningRecord
    cells: list[Cell]
    refusal: Sentence | None = None


@dataclass(frozen=True)
class WritingSheet:
    """Some rows of a table with all columns that can be written in, what may be chosen, and what the table comes to."""

    columns: list[ScreeningColumn]
    choices: Mapping[str, list[Shown]]
    lines: list[Line]
    totals: Totals


@dataclass
class Typed:
    """What was typed into one row, read."""

    words: Mapping[str, str]
    values: dict[str, Fact]
    """What the record would say."""
    faults: dict[str, Sentence] = field(default_factory=dict)


def sheet_of(
    of: Table, records: Sequence[ScreeningRecord], officer: Officer, typed: Typed | None = None
) -> WritingSheet:
    """The rows as they stand; of a single one, with what was `typed` and not saved."""
    writer = queries.writer_of(of.population, of.notice)
    columns = [one for one in of.notice.screening.columns_of(of.population.key) if one.kind is not Kind.SERIAL]
    choices: dict[str, list[Shown]] = {
        one.key: [*(writer.choices[one.key].names.values() if one.key in writer.choices else YES_NO.values())]
        for one in columns
        if one.key in writer.choices or one.kind is Kind.YES_NO
    }
    lines = [
        Line(
            record,
            [
                Cell(
                    column,
                    writer.covered(column, record.values.get(column.key), wholly=False),
                    typed.words.get(column.key) if typed else None,
                    typed.faults.get(column.key) if typed else None,
                )
                for column in columns
            ],
        )
        for record in records
    ]
    totals = queries.totals(officer, of.population, of.notice)
    return WritingSheet(columns, choices, lines, totals.get(of.town.id, queries.NOTHING))


def read(of: Table, record: ScreeningRecord, words: Mapping[str, str], today: date) -> Typed:
    """What the record would say with these cells; each that cannot be read says why."""
    known = queries.known_of(of.town, of.population, of.notice, today)
    typed = Typed(words, dict(record.values))
    for column in known.columns:
        if column.key not in words:
            continue
        try:
            value = cells.read(words[column.key], column, known).value
        except Incomplete as refusal:
            typed.faults[column.key] = refusal.sentence
            continue
        if value is not None:
            typed.values[column.key] = value
        elif of.population.key in column.required:
            typed.faults[column.key] = Sentence("“%(column)s”空着，请补上。", {"column": column.name})
        else:
            typed.values.pop(column.key, None)
    return typed
