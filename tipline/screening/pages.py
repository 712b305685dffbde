"""What the pages of screening show, put together from one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Bilingual
from tipline.law.entries import Term
from tipline.law.notice import Notice
from tipline.law.screening import Fact, Gate, Kind, Population, ScreeningColumn
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.screening import queries, submitting
from tipline.screening.lifecycle import TABLE_LIFE, TableState
from tipline.screening.models import ScreeningRecord, ScreeningStep, ScreeningVersion, TableSubmission
from tipline.screening.operations import Table
from tipline.screening.queries import Totals
from tipline.screening.rules import Judged, Preview, Verdict, differing
from tipline.screening.writing import Writer

AT_ONCE = 50
WRITING = [Act.UPLOAD_SCREENING, Act.AMEND_SCREENING, Act.CHECK_STEP]
IN_LIST = (Kind.NAME, Kind.IDENTITY, Kind.VILLAGE, Kind.INTEGER, Kind.MONEY, Kind.CONCLUSION)

Shown = str | Bilingual


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    record: ScreeningRecord
    cells: list[Shown]
    gaps: list[Gate]
    steps: int


@dataclass(frozen=True)
class Sums:
    """One table of totals: a population, its towns, and what all towns come to."""

    population: Population
    columns: list[ScreeningColumn]
    gates: list[Gate]
    rows: list[tuple[Office, Totals]]


def listed(of: Table, page: queries.Page, officer: Officer) -> tuple[list[ScreeningColumn], list[Line]]:
    """The columns of the list, and its rows as this officer may read them."""
    columns = [column for column in of.notice.screening.columns_of(of.population.key) if column.kind in IN_LIST]
    writer, wholly = queries.writer_of(of.population, of.notice), not queries.keeps(officer, of.town)
    return columns, [_line(record, steps, columns, writer, of.notice, wholly=wholly) for record, steps in page.rows]


def _line(
    record: ScreeningRecord, steps: int, columns: list[ScreeningColumn], writer: Writer, notice: Notice, *, wholly: bool
) -> Line:
    values = record.values
    cells = [writer.covered(column, values.get(column.key), wholly=wholly) for column in columns]
    return Line(record, cells, gaps_of(record, notice), steps)


def gaps_of(record: ScreeningRecord, notice: Notice) -> list[Gate]:
    """The gates at which a record stops."""
    keys = set(record.gaps.strip("|").split("|"))
    return [gate for gate in notice.screening.gates if gate.key in keys]


def facts(of: Table, values: Mapping[str, Fact], officer: Officer) -> list[tuple[ScreeningColumn, Shown]]:
    """All that a record says, as this officer may read it."""
    writer, wholly = queries.writer_of(of.population, of.notice), not queries.keeps(officer, of.town)
    columns = of.notice.screening.columns_of(of.population.key)
    return [
        (column, writer.covered(column, values.get(column.key), wholly=wholly))
        for column in columns
        if column.kind is not Kind.SERIAL
    ]


def name_and_conclusion(of: Table, values: Mapping[str, Fact], officer: Officer) -> tuple[Shown, Shown]:
    """By what one recognises a household in a short list, as this officer may read it."""
    said = {column.kind: words for column, words in facts(of, values, officer)}
    return said.get(Kind.NAME, ""), said.get(Kind.CONCLUSION, "")


Values = ScreeningRecord | ScreeningVersion


def pairs(record: ScreeningRecord) -> list[tuple[ScreeningVersion, Values]]:
    """What the record said before, latest first, each with what followed it."""
    return list(zip(record.earlier, [record, *record.earlier], strict=False))


def changes(of: Table, before: Values, after: Values, officer: Officer) -> list[tuple[ScreeningColumn, Shown, Shown]]:
    """The columns in which two versions differ, before and after, as this officer may read them."""
    then, later = before.values, after.values
    apart = set(differing(then, later))
    said = zip(facts(of, then, officer), facts(of, later, officer), strict=True)
    return [(column, old, new) for (column, old), (_, new) in said if column.key in apart]


def steps_of(of: Table) -> tuple[Term, ...]:
    """The steps that must have left their papers; none where the households were not granted anything."""
    tables = of.notice.screening
    return of.notice.terms(tables.steps) if tables.steps and of.population.granted else ()


def papers(record: ScreeningRecord, of: Table) -> list[tuple[Term, ScreeningStep | None]]:
    """The six steps, each with the paper that stands."""
    latest = {paper.step: paper for paper in reversed(record.steps)}
    return [(step, latest.get(step.key)) for step in steps_of(of)]


def sums_of(officer: Officer, notice: Notice) -> list[Sums]:
    """The totals of every population, by the towns the officer may look at; computed from the rows each time."""
    towns = queries.towns_seen_by(officer)
    found = []
    for population in notice.screening.populations:
        totals = queries.totals(officer, population, notice)
        columns = notice.screening.columns_of(population.key)
        here = {column.key for column in columns}
        found.append(
            Sums(
                population,
                [column for column in columns if column.kind is Kind.MONEY],
                [gate for gate in notice.screening.gates if {gate.column, gate.needs} <= here],
                [(town, totals.get(town.id, queries.NOTHING)) for town in towns],
            )
        )
    return found


def states_of(officer: Officer) -> dict[tuple[str, int], TableState]:
    """How the tables stand that were submitted, by population and town."""
    return {(paper.population, paper.office_id): paper.state for paper in queries.submissions_seen_by(officer)}


def acts_on(paper: TableSubmission | None, of: Table, officer: Officer, today: date) -> list[Act]:
    """What this officer may do with the table as it stands."""
    mine, locked = queries.keeps(officer, of.town), paper is not None and paper.is_locked
    last_day = submitting.last_day(of)
    acts = TABLE_LIFE.open_acts(paper.state if paper else None)
    if last_day is not None and today > last_day:
        acts = [act for act in acts if act is not Act.TAKE_BACK_TABLE]
    if mine and not locked:
        acts += WRITING
    else:
        acts = [act for act in acts if mine or act is not Act.SUBMIT_TABLE]
    return [act for act in (*acts, Act.EXPORT_SCREENING, Act.ASK_FULL_EXPORT) if officer.may(act)]


@dataclass(frozen=True)
class Seen:
    """Part of a preview: the rows of one verdict, some at a time."""

    verdict: Verdict
    rows: list[Judged]
    after: int | None
    """The line after which the next rows come."""


def seen(preview: Preview, asked: str, after: int) -> Seen:
    """The rows of the verdict that is asked for; the wrong ones first of all."""
    tally = preview.tally
    usual = next((verdict for verdict in Verdict if tally[verdict.value]), Verdict.SAME)
    verdict = next((verdict for verdict in Verdict if verdict.value == asked), usual)
    rows = [one for one in preview.of(verdict) if one.row.line > after]
    return Seen(verdict, rows[:AT_ONCE], rows[AT_ONCE - 1].row.line if len(rows) > AT_ONCE else None)
