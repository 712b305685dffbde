"""Questions about postings: who may see which, what hangs where, what the roster says, what is owed and what is wrong.

Which place owes what is asked of the room of duties; as many questions for one village as for all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tipline.duties import queries as duties
from tipline.duties.queries import Cell, Debtor
from tipline.evidence import queries as evidence
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.law.campaign import Duty, Period
from tipline.law.clocks import Tone
from tipline.law.publicity import PublicityRules
from tipline.law.screening import Fact, Kind
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Office, Officer
from tipline.publicity.lifecycle import FaultState, PostingState
from tipline.publicity.models import Posting, PostingFault, PostingPhoto, PostingVersion
from tipline.publicity.rules import Household
from tipline.screening import cells as screening_cells
from tipline.screening import queries as screening
from tipline.screening.models import ScreeningRecord
from tipline.screening.writing import Writer

HERE = "publicity"
"""What the notice calls this room in `answered_by`."""

FAULTS_SHOWN = 200

evidence.holders.append(PostingPhoto)


def visible_to(officer: Officer) -> Select[Posting]:
    """Towns see what hangs in themselves and their villages; the bureau and the district's bodies all."""
    query = select(Posting).where(Posting.notice == editions.notice().key).options(joinedload(Posting.office))
    if not officer.may(Act.READ_POSTINGS):
        return query.where(false())
    if officer.role in TOWN_ROLES:
        query = query.where(Posting.office_id.in_(_own_offices(officer)))
    return query.order_by(Posting.id)


def faults_visible_to(officer: Officer) -> Select[PostingFault]:
    """The faults of the postings that an officer may see, the oldest first."""
    query = select(PostingFault).where(PostingFault.notice == editions.notice().key)
    if not officer.may(Act.READ_POSTINGS):
        return query.where(false())
    if officer.role in TOWN_ROLES:
        query = query.where(PostingFault.office_id.in_(_own_offices(officer)))
    shown = (joinedload(PostingFault.office), joinedload(PostingFault.place), joinedload(PostingFault.noted_by))
    return query.options(*shown).order_by(PostingFault.due_on, PostingFault.id)


def photos_visible_to(officer: Officer) -> Select[PostingPhoto]:
    """The pictures of what the officer may see."""
    postings = visible_to(officer).with_only_columns(Posting.id).order_by(None)
    faults = faults_visible_to(officer).with_only_columns(PostingFault.id).order_by(None)
    versions = select(PostingVersion.id).where(PostingVersion.posting_id.in_(postings))
    return select(PostingPhoto).where(or_(PostingPhoto.version_id.in_(versions), PostingPhoto.fault_id.in_(faults)))


def _own_offices(officer: Officer) -> Select[int]:
    return select(Office.id).where(Office.place_code == officer.office.place_code)


def reads_names(officer: Officer, debtor: Debtor) -> bool:
    """Whether the officer reads the names on the wall in full: whoever answers for the place."""
    return officer.may(Act.READ_SCREENING) and officer.office_id == debtor.office.id


def read_by_name(officer: Officer) -> Select[Posting]:
    """The postings whose names the officer reads in full."""
    query = visible_to(officer).where(Posting.office_id == officer.office_id)
    return query if officer.may(Act.READ_SCREENING) else query.where(false())


def case_of(officer: Officer, key: str, today: date) -> Cell | None:
    """The place and period that an address names, for whoever may see it."""
    duty, _, rest = key.partition(".")
    period, _, place = rest.partition(".")
    fold = duties.fold_of(officer, duty, period, place, today) if officer.may(Act.READ_POSTINGS) else []
    return next((cell for cell in fold if cell.debtor.code == place and cell.duty.answered_by == HERE), None)


def posting_of(cell: Cell) -> Posting | None:
    """What is recorded of the place and period, with every version."""
    versions = selectinload(Posting.versions)
    query = select(Posting).filter_by(
        notice=editions.notice().key, duty=cell.duty.key, period=cell.period.key, place_code=cell.debtor.code
    )
    by_whom = versions.joinedload(PostingVersion.recorded_by)
    return db.session.scalars(query.options(by_whom, versions.selectinload(PostingVersion.photos))).one_or_none()


def faults_of(cell: Cell) -> list[PostingFault]:
    """What was noted of the place and period, the latest first."""
    query = select(PostingFault).filter_by(
        notice=editions.notice().key, duty=cell.duty.key, period=cell.period.key, place_code=cell.debtor.code
    )
    shown = (joinedload(PostingFault.noted_by), selectinload(PostingFault.photos), joinedload(PostingFault.place))
    return list(db.session.scalars(query.options(*shown).order_by(PostingFault.id.desc())))


def is_proved_since(fault: PostingFault) -> bool:
    """Whether a posting in order has been recorded there since the fault was noted."""
    query = (
        select(PostingVersion.id)
        .join(PostingVersion.posting)
        .where(
            Posting.notice == fault.notice,
            Posting.duty == fault.duty,
            Posting.period == fault.period,
            Posting.place_code == fault.place_code,
            Posting.state == PostingState.POSTED,
            PostingVersion.recorded_at >= fault.noted_at,
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def history(posting: Posting | None, faults: Iterable[PostingFault]) -> list[Entry]:
    """The lines of the trail about a posting and its faults, the latest first."""
    about = [paper.ref for paper in (posting, *faults) if paper]
    lines = select(Entry).where(Entry.paper.in_(about)).order_by(Entry.seq.desc()).limit(FAULTS_SHOWN)
    return list(db.session.scalars(lines.options(joinedload(Entry.by), joinedload(Entry.office))))


@dataclass(frozen=True)
class Reader:
    """Reads the cells of a posting as those of the roster, and writes them back."""

    rules: PublicityRules
    known: screening_cells.Known
    writer: Writer

    def read(self, key: str, cell: str) -> Fact | None:
        """What a cell stands for; None for what is empty or not understood."""
        of = next(column.of for column in self.rules.columns if column.key == key)
        column = next(one for one in self.known.columns if one.key == of)
        try:
            return screening_cells.read(cell, column, self.known).value
        except Incomplete:
            return None

    def shown(self, key: str, value: Fact | None) -> object:
        """The value as a person reads it."""
        of = next(column.of for column in self.rules.columns if column.key == key)
        return self.writer.shown(next(one for one in self.known.columns if one.key == of), value)

    @property
    def coarse(self) -> list[str]:
        """The words that may stand in columns with choices."""
        chosen = {column.of for column in self.rules.columns if column.kind is Kind.CHOICE}
        return [way for key in chosen for way in self.known.choices[key].written]


def reader_of(debtor: Debtor, today: date) -> Reader:
    """What is needed to read the wall of a place."""
    notice = editions.notice()
    population = notice.screening.population(notice.publicity.population)
    known = screening.known_of(debtor.office, population, notice, today)
    return Reader(notice.publicity, known, screening.writer_of(population, notice))


def roster_of(debtor: Debtor, today: date) -> list[Household]:
    """The households on dibao in a place, as its town's screening table has them; of a town, those of all its villages.

    A household whose dibao was stopped, and who was told when, is no longer on it.
    """
    notice = editions.notice()
    rules = notice.publicity
    query = select(ScreeningRecord).where(
        ScreeningRecord.notice == notice.key,
        ScreeningRecord.population == rules.population,
        ScreeningRecord.office_id == debtor.office.id,
    )
    if debtor.code != debtor.office.place_code:
        query = query.where(ScreeningRecord.place_code == debtor.code)
    identity = notice.screening.column_of_kind(rules.population, Kind.IDENTITY)
    assert identity is not None  # the notice's file is refused without it
    values = (record.values for record in db.session.scalars(query.order_by(ScreeningRecord.position)))
    return [
        _household(one, rules, identity.key, today) for one in values if not (rules.gone and rules.gone.is_gone(one))
    ]


def _household(values: Mapping[str, Fact], rules: PublicityRules, identity: str, today: date) -> Household:
    number = str(values.get(identity, ""))
    born = number[6:14]
    facts = {column.key: values[column.of] for column in rules.columns if column.of in values}
    return Household(
        str(values.get(rules.head.of, "")),
        facts,
        is_minor=born.isdecimal() and f"{today.year - rules.minor_under}{today:%m%d}" < born,
    )


Asked = list[tuple[Duty, Period]]


def asked(until: date, year: int | None = None) -> Asked:
    """The postings that have been asked for by that day, in the order in which they fall due."""
    pairs = duties.asked(until) if year is None else duties.due(until, year)
    return [(duty, period) for duty, period in pairs if duty.answered_by == HERE]


@dataclass(frozen=True)
class Row:
    """A line of the grid: a place with its cells, or a town with those of all its villages beside its own."""

    name: str
    code: str
    town: Office
    folds: list[list[Cell]]
    faults: int

    @property
    def is_late(self) -> bool:
        return any(is_late(cell) for fold in self.folds for cell in fold)

    @property
    def is_town(self) -> bool:
        return self.code == self.town.place_code


@dataclass(frozen=True)
class Grid:
    """Postings of one year by place."""

    columns: list[tuple[Duty, Period, date]]
    rows: list[Row]


def is_late(cell: Cell) -> bool:
    """Whether the posting is owed, and its day is over."""
    return cell.stand.owed and cell.stand.tone is Tone.OVERDUE


def grid(officer: Officer, year: int, today: date, *, opened: str = "", late: bool = False) -> Grid:
    """Towns by periods; the villages of the town that is opened below it, or all that are late."""
    of = asked(today, year)
    found = duties.cells(of, today, officer) if of and officer.may(Act.READ_POSTINGS) else []
    columns = {(cell.duty.key, cell.period.key): (cell.duty, cell.period, cell.stand.due_on) for cell in found}
    faults = _open_faults(officer)
    by_place: dict[str, dict[tuple[str, str], list[Cell]]] = {}
    for cell in found:
        at = cell.duty.key, cell.period.key
        by_place.setdefault(str(cell.debtor.office.place_code), {}).setdefault(at, []).append(cell)
        if cell.debtor.code != cell.debtor.office.place_code:
            by_place.setdefault(cell.debtor.code, {}).setdefault(at, []).append(cell)
    places = {cell.debtor.code: cell.debtor for cell in found}
    towns = sorted({cell.debtor.office.id: cell.debtor.office for cell in found}.values(), key=lambda one: one.code)
    rows = []
    for town in towns:
        villages = sorted(code for code, one in places.items() if one.office is town and code != town.place_code)
        inside = [_row(places[code].name, code, town, columns, by_place[code], faults) for code in villages]
        code = str(town.place_code)
        of_town = sum(row.faults for row in inside) + faults[code]
        own = Row(
            town.place.name if town.place else town.name,
            code,
            town,
            [by_place[code].get(at, []) for at in columns],
            of_town,
        )
        shown = inside if opened == code else [row for row in inside if row.is_late] if late else []
        rows += [own, *shown] if not late or own.is_late else []
    return Grid(list(columns.values()), rows)


def _row(
    name: str,
    code: str,
    town: Office,
    columns: Iterable[tuple[str, str]],
    cells: Mapping[tuple[str, str], list[Cell]],
    faults: Mapping[str, int],
) -> Row:
    return Row(name, code, town, [cells.get(at, []) for at in columns], faults[code])


def _open_faults(officer: Officer) -> Counter[str]:
    """How many faults of each place are not confirmed as put right."""
    query = faults_visible_to(officer).where(PostingFault.state != FaultState.CONFIRMED).order_by(None)
    counted = query.with_only_columns(PostingFault.place_code, func.count()).group_by(PostingFault.place_code)
    return Counter(dict(db.session.execute(counted).all()))


def _key() -> str:
    return editions.notice().key


def due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many faults the officer's own office has to put right by that day, under every notice, for the bell."""
    query = select(func.count(PostingFault.id)).where(PostingFault.notice.in_(editions.each(_key)))
    mine = (PostingFault.state == FaultState.NOTED, PostingFault.office_id == officer.office_id)
    return query.where(*mine, PostingFault.due_on <= on).scalar_subquery()


def faults_by_town(officer: Officer) -> dict[str, int]:
    """How many faults of each town and its villages are open, by the town's code."""
    query = faults_visible_to(officer).where(PostingFault.state != FaultState.CONFIRMED).order_by(None)
    by_town = query.join(Office, Office.id == PostingFault.office_id).group_by(Office.place_code)
    counted = db.session.execute(by_town.with_only_columns(Office.place_code, func.count()))
    return {str(town): number for town, number in counted}
