"""What the pages of the registers show, put together from rows that the officer may read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func

from tipline.kit.db import db
from tipline.kit.identity import masked
from tipline.kit.words import Bilingual
from tipline.law.entries import Term
from tipline.law.registers import Part, Register, Side
from tipline.law.screening import Fact, Kind, ScreeningColumn
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Office, Officer, Place
from tipline.relatives import hits, missed, queries, rules
from tipline.relatives.missed import LISTED, SCREENED
from tipline.relatives.models import FilingCheck, RegisterEntry, RegisterUpload
from tipline.relatives.operations import Table, table_of
from tipline.screening import queries as screening
from tipline.screening.models import ScreeningRecord
from tipline.screening.writing import Writer

Shown = str | Bilingual


@dataclass
class TownLine:
    """What one town's registers come to."""

    town: Office
    rows: dict[str, int] = field(default_factory=dict)
    late: int = 0
    unfiled: int = 0
    hits: int = 0
    missed: int = 0


@dataclass(frozen=True)
class WholeLine:
    """A list that is kept for the whole district."""

    table: Table
    rows: int
    latest: RegisterUpload | None


def overview(officer: Officer, today: date) -> tuple[list[TownLine], list[WholeLine]]:
    """The towns that the officer may look at, and the district's lists; computed from the rows each time."""
    seen = queries.registers_seen_by(officer)
    lines = {town.id: TownLine(town) for town in screening.towns_seen_by(officer)}
    counts = _counts(officer)
    for line in lines.values():
        line.rows = {one.key: counts.get((one.key, line.town.id), 0) for one in seen if not one.whole}
    filings = queries.registers().of(Side.FILING)
    late = queries.visible_to(officer).where(RegisterEntry.register.in_(filings), queries.is_late(today))
    _tell(lines, late, RegisterEntry.office_id, "late")
    _tell(lines, queries.unfiled(officer), ScreeningRecord.office_id, "unfiled")
    if officer.may(Act.READ_HITS):
        open_hits = hits.visible_to(officer).where(hits.of_kind(hits.Shown.OPEN))
        _tell(lines, open_hits, ScreeningRecord.office_id, "hits")
    if officer.may(Act.READ_MISSED):
        screened = missed.narrowed(missed.of_source(officer, SCREENED), SCREENED, "")
        _tell(lines, screened, ScreeningRecord.office_id, "missed")
        _tell_listed(lines, missed.narrowed(missed.of_source(officer, LISTED), LISTED, ""))
    whole = [Table(one, queries.offices_of(one, officer)[0]) for one in seen if one.whole]
    return list(lines.values()), [
        WholeLine(
            table,
            counts.get((table.register.key, table.office.id), 0),
            queries.latest_list(table.register, table.office),
        )
        for table in whole
    ]


def _counts(officer: Officer) -> dict[tuple[str, int], int]:
    rows = queries.visible_to(officer).where(RegisterEntry.ended_on.is_(None)).order_by(None)
    columns = (RegisterEntry.register, RegisterEntry.office_id)
    found = db.session.execute(rows.with_only_columns(*columns, func.count()).group_by(*columns))
    return {(register, office): number for register, office, number in found}


def _tell(lines: dict[int, TownLine], rows: Select[Any], office: Any, what: str) -> None:
    counted = rows.order_by(None).with_only_columns(office, func.count()).group_by(office)
    for town, number in db.session.execute(counted):
        if town in lines:
            setattr(lines[town], what, getattr(lines[town], what) + number)


def _tell_listed(lines: dict[int, TownLine], rows: Select[Any]) -> None:
    """Whoever is on a list of the district lives in a village, and so in a town."""
    by_place = {line.town.place_code: line for line in lines.values()}
    counted = rows.order_by(None).join(Place, Place.code == RegisterEntry.place_code)
    for town, number in db.session.execute(
        counted.with_only_columns(Place.parent_code, func.count()).group_by(Place.parent_code)
    ):
        if town in by_place:
            by_place[town].missed += number


@dataclass(frozen=True)
class Covers:
    """How the words of a register are shown to an officer: as they are, numbers covered, or all covered."""

    register: Register
    writer: Writer
    wholly: bool

    @classmethod
    def of(cls, table: Table, officer: Officer) -> "Covers":
        """Filings are read in full by their town and the discipline side; the bureau reads them covered."""
        keeps = queries.keeps(officer, table.register, table.office)
        own = officer.role in TOWN_ROLES or table.register.side is not Side.FILING
        return cls(table.register, queries.writer_of(table.register), not (keeps or own))

    def shown(self, column: ScreeningColumn, values: Mapping[str, Fact]) -> Shown:
        return self.writer.covered(column, values.get(column.key), wholly=self.wholly)

    def part(self, values: Mapping[str, Fact], part: Part) -> Shown:
        key = self.register.parts.get(part)
        column = next((one for one in queries.columns_of(self.register) if one.key == key), None)
        return self.shown(column, values) if column else ""


@dataclass(frozen=True)
class Line:
    """One row of a register's list."""

    entry: RegisterEntry
    cells: list[Shown]
    late: bool


def in_list(register: Register) -> list[ScreeningColumn]:
    """The columns of the list."""
    keys = {register.parts.get(part) for part in (*queries.PARTS_OF_A_LIST, Part.SINCE, Part.VERIFIED)}
    return [column for column in queries.columns_of(register) if column.key in keys]


def listed(table: Table, rows: list[RegisterEntry], officer: Officer, today: date) -> list[Line]:
    """The rows as the officer may read them."""
    covers, before = Covers.of(table, officer), queries.overdue_before(today)
    columns, filing = in_list(table.register), table.register.side is Side.FILING
    return [_line(entry, columns, covers, before if filing else None) for entry in rows]


def _line(entry: RegisterEntry, columns: list[ScreeningColumn], covers: Covers, before: date | None) -> Line:
    values = entry.values
    late = before is not None and rules.is_overdue(entry.seen_on, entry.ended_on, before)
    return Line(entry, [covers.shown(column, values) for column in columns], late)


def facts(entry: RegisterEntry, officer: Officer) -> list[tuple[ScreeningColumn, Shown]]:
    """All that a row says, as this officer may read it."""
    table, values = table_of(entry), entry.values
    covers = Covers.of(table, officer)
    columns = [column for column in queries.columns_of(table.register) if column.kind is not Kind.SERIAL]
    return [(column, covers.shown(column, values)) for column in columns]


def is_late(entry: RegisterEntry, today: date) -> bool:
    """Whether a filing was to be verified by now."""
    return rules.is_overdue(entry.seen_on, entry.ended_on, queries.overdue_before(today))


def checks(entry: RegisterEntry) -> list[tuple[FilingCheck, Term | None]]:
    """The verifications of a filing, each with its result in words."""
    terms = {term.key: term for term in editions.notice().taxonomies.get("filing_check", ())}
    return [(check, terms.get(check.result or "")) for check in entry.checks]


def head_of(record: ScreeningRecord) -> tuple[str, str]:
    """The name and the number of a household's head."""
    tables, values = editions.notice().screening, record.values
    columns = (tables.column_of_kind(record.population, kind) for kind in (Kind.NAME, Kind.IDENTITY))
    name, number = (str(values.get(column.key, "")) if column else "" for column in columns)
    return name, number


@dataclass(frozen=True)
class Unfiled:
    """A household that is called a cadre's relatives and is not filed."""

    record: ScreeningRecord
    name: str
    number: str


def unfiled_lines(rows: list[ScreeningRecord], officer: Officer) -> list[Unfiled]:
    """Names in full for the town and the discipline side, covered for the bureau; numbers covered."""
    clear = officer.may(Act.VERIFY_FILING) or officer.role in TOWN_ROLES
    heads = [(record, *head_of(record)) for record in rows]
    return [Unfiled(record, name if clear else masked(name), masked(number)) for record, name, number in heads]
