"""Questions about the screening tables: who may see which rows, what a table needs to be read, how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tipline.kit.db import db
from tipline.kit.vault import vault
from tipline.law.notice import Notice
from tipline.law.screening import Kind, Population, ScreeningColumn
from tipline.office import editions, roster
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Office, Officer, Place, PlaceKind
from tipline.screening.cells import Choices, Known, choices_of, ways_to_write
from tipline.screening.lifecycle import LOCKED
from tipline.screening.models import ScreeningRecord, ScreeningStep, ScreeningUpload, TableSubmission
from tipline.screening.writing import Writer

ROWS = 50


def visible_to(officer: Officer) -> Select[ScreeningRecord]:
    """A town sees the rows of its own table; the bureau all, and `pages` masks the words for it."""
    records = select(ScreeningRecord).where(ScreeningRecord.notice == editions.notice().key)
    if not officer.may(Act.READ_SCREENING):
        return records.where(false())
    return records.where(_of_own_town(officer, ScreeningRecord.office_id)).order_by(ScreeningRecord.id)


def uploads_visible_to(officer: Officer) -> Select[ScreeningUpload]:
    """A workbook is seen by the office that handed it in, and by nobody else."""
    mine = select(ScreeningUpload).where(ScreeningUpload.notice == editions.notice().key)
    return mine.where(ScreeningUpload.office_id == officer.office_id).order_by(ScreeningUpload.id.desc())


def _of_own_town(officer: Officer, office: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if officer.role not in TOWN_ROLES:
        return true()
    return office.in_(select(Office.id).where(Office.place_code == officer.office.place_code))


def towns_seen_by(officer: Officer) -> list[Office]:
    """The town governments whose tables an officer may look at, or their totals."""
    addressed = set(editions.notice().places)
    towns = [office for office in roster.town_governments() if office.place_code in addressed]
    if officer.role not in TOWN_ROLES:
        return towns
    return [town for town in towns if town.place_code == officer.office.place_code]


def keeps(officer: Officer, town: Office) -> bool:
    """Whether the officer's own office fills in this town's tables."""
    return officer.office_id == town.id


def table(officer: Officer, town: Office, population: Population) -> Select[ScreeningRecord]:
    """The rows of one table in their order."""
    return visible_to(officer).where(ScreeningRecord.office_id == town.id, ScreeningRecord.population == population.key)


def narrowed(
    rows: Select[ScreeningRecord], filters: Mapping[str, str], population: Population, notice: Notice
) -> Select[ScreeningRecord]:
    """The rows within the filters; a filter that makes no sense here narrows nothing."""
    if filters.get("conclusion") == "none":
        rows = rows.where(ScreeningRecord.conclusion.is_(None))
    elif filters.get("conclusion") in {conclusion.key for conclusion in population.conclusions}:
        rows = rows.where(ScreeningRecord.conclusion == filters["conclusion"])
    if filters.get("gap") in {gate.key for gate in notice.screening.gates}:
        rows = rows.where(_stops_at(filters["gap"]))
    if filters.get("steps") == "missing" and population.granted and notice.screening.steps:
        rows = rows.where(_steps_done() < len(notice.terms(notice.screening.steps)))
    if filters.get("village"):
        rows = rows.where(ScreeningRecord.place_code == filters["village"])
    return rows


def _stops_at(gate: str) -> ColumnElement[bool]:
    return ScreeningRecord.gaps.contains(f"|{gate}|", autoescape=True)


def _steps_done() -> ColumnElement[int]:
    done = select(func.count(ScreeningStep.step.distinct())).where(ScreeningStep.record_id == ScreeningRecord.id)
    return done.correlate(ScreeningRecord).scalar_subquery()


@dataclass(frozen=True)
class Page:
    """One page of a table."""

    rows: list[tuple[ScreeningRecord, int]]
    """Each with how many steps have left their papers."""
    previous: str | None
    next: str | None


def page(rows: Select[ScreeningRecord], *, after: str = "", before: str = "") -> Page:
    """The rows that follow `after`, or those ahead of `before`; the first page when neither is known."""
    back = bool(before)
    mark = db.session.scalar(rows.where(ScreeningRecord.key == (before or after)).with_only_columns(ScreeningRecord.id))
    query = rows.add_columns(_steps_done())
    if mark is not None:
        query = query.where(ScreeningRecord.id < mark if back else ScreeningRecord.id > mark)
    if back and mark is not None:
        query = query.order_by(None).order_by(ScreeningRecord.id.desc())
    found = [(record, steps) for record, steps in db.session.execute(query.limit(ROWS + 1))]
    more, found = len(found) > ROWS, found[:ROWS]
    if back and mark is not None:
        found.reverse()
    earlier = more if back else mark is not None
    later = mark is not None if back else more
    return Page(found, found[0][0].key if found and earlier else None, found[-1][0].key if found and later else None)


def identity_blind(number: str) -> str:
    """The keyed hash by which a household is found without its number being read."""
    return vault.blind("identity", number)


def standing(town: Office, population: Population, notice: Notice) -> dict[str, ScreeningRecord]:
    """What is on record of one table, by the hash of the identity number."""
    of_table = select(ScreeningRecord).where(
        ScreeningRecord.notice == notice.key,
        ScreeningRecord.population == population.key,
        ScreeningRecord.office_id == town.id,
    )
    return {record.identity_blind: record for record in db.session.scalars(of_table)}


def submission_of(town: Office, population: Population, notice: Notice) -> TableSubmission | None:
    """How a table stands that was submitted; none that never was."""
    return db.session.scalar(_submission(town, population, notice))


def is_locked(town: Office, population: Population, notice: Notice) -> bool:
    """Whether a table is with the bureau, as the database has it at this moment."""
    state = _submission(town, population, notice).with_only_columns(TableSubmission.state)
    with db.session.no_autoflush:
        return db.session.scalar(state) in LOCKED


def _submission(town: Office, population: Population, notice: Notice) -> Select[TableSubmission]:
    return select(TableSubmission).where(
        TableSubmission.notice == notice.key,
        TableSubmission.population == population.key,
        TableSubmission.office_id == town.id,
    )


def submissions_seen_by(officer: Officer) -> list[TableSubmission]:
    """The tables that were submitted, of the towns the officer may look at."""
    if not officer.may(Act.READ_SCREENING_TOTALS):
        return []
    mine = select(TableSubmission).where(TableSubmission.notice == editions.notice().key)
    mine = mine.where(_of_own_town(officer, TableSubmission.office_id)).options(joinedload(TableSubmission.office))
    return list(db.session.scalars(mine.order_by(TableSubmission.id)))


def last_position(town: Office, population: Population, notice: Notice) -> int:
    """The position of the household that came last."""
    latest = select(func.max(ScreeningRecord.position)).where(
        ScreeningRecord.notice == notice.key,
        ScreeningRecord.population == population.key,
        ScreeningRecord.office_id == town.id,
    )
    return db.session.scalar(latest) or 0


def known_of(town: Office, population: Population, notice: Notice, today: date) -> Known:
    """What must be known to read that town's table."""
    columns = notice.screening.columns_of(population.key)
    others = tuple(one for one in notice.screening.populations if one is not population)
    return replace(known_in(town, population, columns, notice, today), others=others)


def known_in(
    town: Office, population: Population, columns: tuple[ScreeningColumn, ...], notice: Notice, today: date
) -> Known:
    """The same for any table of a town."""
    rows = db.session.execute(select(Place.code, Place.name, Place.kind, Place.parent_code))
    places = {place.code: place for place in rows}
    villages = [place for place in places.values() if place.kind in (PlaceKind.VILLAGE, PlaceKind.COMMUNITY)]
    own = [place for place in villages if place.parent_code == town.place_code]
    others = [place for place in villages if place.parent_code != town.place_code and place.parent_code in places]
    assert town.place_code is not None  # a town government sits in its town
    return Known(
        population=population,
        columns=columns,
        choices=choices_in(population, columns, notice),
        town=places[town.place_code].name,
        towns=frozenset(places[code].name for code in notice.places if code in places),
        villages=by_way({place.name: place.code for place in own}),
        elsewhere=by_way({place.name: places[place.parent_code or ""].name for place in others}),
        today=today,
    )


def choices_in(population: Population, columns: tuple[ScreeningColumn, ...], notice: Notice) -> dict[str, Choices]:
    """What each column with choices takes in this table."""
    return {column.key: choices(column, population, notice) for column in columns if _has_choices(column)}


def _has_choices(column: ScreeningColumn) -> bool:
    return column.kind in (Kind.CHOICE, Kind.CONCLUSION)


def choices(column: ScreeningColumn, population: Population, notice: Notice) -> Choices:
    """What a column with choices takes in this table."""
    terms = {term.key: term.name for term in notice.terms(column.terms)} if column.terms else {}
    return choices_of(column, population, terms)


def by_way(named: Mapping[str, str]) -> dict[str, str]:
    """Every way of writing a place that stands for one alone; a full name always does."""
    ways: dict[str, set[str]] = {}
    for name, meant in named.items():
        for way in ways_to_write(name):
            ways.setdefault(way, set()).add(meant)
    full = {ways_to_write(name)[0]: meant for name, meant in named.items()}
    return {way: next(iter(meant)) for way, meant in ways.items() if len(meant) == 1} | full


@dataclass(frozen=True)
class Totals:
    """What the rows of one table come to."""

    households: int
    conclusions: Mapping[str | None, int]
    gaps: Mapping[str, int]
    sums: Mapping[str, int]
    """By the key of the column; money in 分."""


NOTHING = Totals(0, {}, {}, {})


def totals(officer: Officer, population: Population, notice: Notice) -> dict[int, Totals]:
    """The totals of one population by town, computed from the rows; a town sees its own."""
    if not officer.may(Act.READ_SCREENING_TOTALS):
        return {}
    counted = [c.key for c in notice.screening.columns_of(population.key) if c.kind in (Kind.INTEGER, Kind.MONEY)]
    gates = [gate.key for gate in notice.screening.gates]
    sums = [func.coalesce(func.sum(ScreeningRecord.facts[key].as_integer()), 0) for key in counted]
    stops = [func.sum(case((_stops_at(gate), 1), else_=0)) for gate in gates]
    query = select(ScreeningRecord.office_id, ScreeningRecord.conclusion, func.count(), *sums, *stops).where(
        ScreeningRecord.notice == notice.key,
        ScreeningRecord.population == population.key,
        _of_own_town(officer, ScreeningRecord.office_id),
    )
    found: dict[int, Totals] = {}
    for office, conclusion, number, *figures in db.session.execute(
        query.group_by(ScreeningRecord.office_id, ScreeningRecord.conclusion)
    ):
        before = found.get(office, NOTHING)
        amounts = dict(zip(counted, figures, strict=False))
        missing = dict(zip(gates, figures[len(counted) :], strict=True))
        found[office] = Totals(
            households=before.households + number,
            conclusions={**before.conclusions, conclusion: number},
            gaps={gate: before.gaps.get(gate, 0) + int(n) for gate, n in missing.items()},
            sums={key: before.sums.get(key, 0) + int(n) for key, n in amounts.items()},
        )
    return found


def waiting(officer: Officer, town: Office, population: Population) -> list[ScreeningUpload]:
    """The workbooks of one table that wait for a yes, or whose wrong cells can still be fetched, latest first."""
    query = uploads_visible_to(officer).where(
        ScreeningUpload.office_id == town.id,
        ScreeningUpload.population == population.key,
        ScreeningUpload.file.is_not(None),
    )
    return list(db.session.scalars(query))


def record_of(officer: Officer, key: str) -> Select[ScreeningRecord]:
    """One row that the officer may see, with what its page shows."""
    shown = (joinedload(ScreeningRecord.office), joinedload(ScreeningRecord.changed_by))
    return visible_to(officer).where(ScreeningRecord.key == key).options(*shown)


def history(record: ScreeningRecord) -> list[Entry]:
    """The lines of the trail about one household, and of the workbook that last wrote it, oldest first."""
    about = Entry.paper == record.ref
    if record.upload_id is not None:
        workbook = db.session.get_one(ScreeningUpload, record.upload_id)
        about = or_(about, and_(Entry.paper == workbook.ref, Entry.act == Act.IMPORT_SCREENING))
    lines = select(Entry).where(about).order_by(Entry.seq)
    return list(db.session.scalars(lines.options(joinedload(Entry.by), joinedload(Entry.office))))


def writer_of(population: Population, notice: Notice) -> Writer:
    """What is needed to write the values of a table."""
    return writer_in(population, notice.screening.columns_of(population.key), notice)


def writer_in(population: Population, columns: tuple[ScreeningColumn, ...], notice: Notice) -> Writer:
    """The same for any table with these columns."""
    return Writer(choices_in(population, columns, notice), roster.village_names())
