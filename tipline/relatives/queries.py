"""Questions about the registers: who reads which of them, which rows, what is needed to read a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tipline.evidence import queries as evidence
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.registers import Kinship, Part, Register, Registers, Side
from tipline.law.screening import Kind, ScreeningColumn
from tipline.office import editions, roster
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Office, Officer, Place
from tipline.relatives.models import RegisterEntry, RegisterUpload
from tipline.relatives.rules import months_before
from tipline.screening import queries as screening
from tipline.screening.cells import Known
from tipline.screening.models import ScreeningRecord
from tipline.screening.writing import Writer

T = TypeVar("T")
ROWS = 50
READING = {
    Side.FILING: Act.READ_FILINGS,
    Side.PAID: Act.READ_PAID,
    Side.KIN: Act.READ_KIN,
    Side.HELP: Act.READ_HELP,
}
"""What lets somebody read a register."""

evidence.holders.append(RegisterUpload)


def registers() -> Registers:
    return editions.notice().registers


def kinship() -> Kinship:
    """What was agreed on relatives; a notice with registers has it."""
    found = registers().kinship
    assert found is not None
    return found


def registers_seen_by(officer: Officer) -> list[Register]:
    """The registers an officer may read at all."""
    return [one for one in registers().registers if officer.may(READING[one.side])]


def visible_to(officer: Officer) -> Select[RegisterEntry]:
    """The rows of those registers: in a town role, of one's own town."""
    seen = [one.key for one in registers_seen_by(officer)]
    rows = select(RegisterEntry).where(
        RegisterEntry.notice == editions.notice().key, RegisterEntry.register.in_(seen), within_reach(officer)
    )
    return rows.order_by(RegisterEntry.id)


def within_reach(officer: Officer) -> ColumnElement[bool]:
    """In a town role: what is kept for one's own town, or lives in it."""
    if officer.role not in TOWN_ROLES:
        return true()
    here = officer.office.place_code
    lives = RegisterEntry.place_code.in_(select(Place.code).where(Place.parent_code == here))
    return or_(in_own_town(officer, RegisterEntry.office_id), lives)


def in_own_town(officer: Officer, office: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """In a town role: what belongs to an office of one's own town."""
    if officer.role not in TOWN_ROLES:
        return true()
    return office.in_(select(Office.id).where(Office.place_code == officer.office.place_code))


def uploads_visible_to(officer: Officer) -> Select[RegisterUpload]:
    """A workbook is seen by the office that handed it in, while it waits or its wrong cells can still be fetched."""
    mates = select(Officer.id).where(Officer.office_id == officer.office_id)
    mine = select(RegisterUpload).where(
        RegisterUpload.notice == editions.notice().key,
        RegisterUpload.register.in_([one.key for one in registers_seen_by(officer)]),
        RegisterUpload.uploaded_by_id.in_(mates),
        RegisterUpload.file.is_not(None),
    )
    return mine.order_by(RegisterUpload.id.desc())


def offices_of(register: Register, officer: Officer) -> list[Office]:
    """For whom a register is kept, as far as the officer may look: the towns, or the bureau for the district."""
    if register.whole:
        return [roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)]
    return screening.towns_seen_by(officer)


def keeps(officer: Officer, register: Register, office: Office) -> bool:
    """Whether the officer writes in this register: filings are the town's own and the discipline side's."""
    if not officer.may(READING[register.side]) or not officer.may(Act.AMEND_REGISTER):
        return False
    if register.side is Side.FILING and not officer.may(Act.VERIFY_FILING):
        return False
    return officer.role not in TOWN_ROLES or (not register.whole and office.place_code == officer.office.place_code)


def of_town(office: InstrumentedAttribute[int], code: str) -> ColumnElement[bool]:
    """What belongs to an office of that town; anything where none is named."""
    return office.in_(select(Office.id).where(Office.place_code == code)) if code else true()


def of_table(register: Register, office: Office) -> Select[RegisterEntry]:
    """All rows of one register that are kept for one office."""
    return select(RegisterEntry).where(
        RegisterEntry.notice == editions.notice().key,
        RegisterEntry.register == register.key,
        RegisterEntry.office_id == office.id,
    )


def table(officer: Officer, register: Register, office: Office) -> Select[RegisterEntry]:
    """Those of them that the officer may read."""
    return visible_to(officer).where(RegisterEntry.register == register.key, RegisterEntry.office_id == office.id)


def overdue_before(today: date) -> date:
    """A filing that was last seen before this day is to be verified again."""
    return months_before(today, kinship().verify_months)


def is_late(today: date) -> ColumnElement[bool]:
    """Filings that have not ended and were not verified in time; see `rules.is_overdue`."""
    seen = or_(RegisterEntry.seen_on.is_(None), RegisterEntry.seen_on < overdue_before(today))
    return RegisterEntry.ended_on.is_(None) & seen


def narrowed(rows: Select[RegisterEntry], filters: Mapping[str, str], today: date) -> Select[RegisterEntry]:
    """The rows within the filters; a filter that makes no sense narrows nothing."""
    if filters.get("show") == "late":
        rows = rows.where(is_late(today))
    elif filters.get("show") == "ended":
        rows = rows.where(RegisterEntry.ended_on.is_not(None))
    if filters.get("village"):
        rows = rows.where(RegisterEntry.place_code == filters["village"])
    return rows


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list, and the marks by which one turns the page."""

    rows: list[T]
    next: str | None


def page(rows: Select[T], kind: type[T], after: str) -> Page[T]:
    """The rows that follow `after`; the first when it is not known."""
    own = getattr  # the columns of any keyed row
    mark = db.session.scalar(select(own(kind, "id")).where(own(kind, "key") == after)) if after else None
    if mark is not None:
        rows = rows.where(own(kind, "id") > mark)
    found = list(db.session.scalars(rows.limit(ROWS + 1)))
    return Page(found[:ROWS], own(found[ROWS - 1], "key") if len(found) > ROWS else None)


def last_position(register: Register, office: Office) -> int:
    rows = of_table(register, office).with_only_columns(func.max(RegisterEntry.position))
    return db.session.scalar(rows) or 0


def known_of(register: Register, office: Office, today: date) -> Known:
    """What must be known to read a workbook of this register; one for the district may name any village."""
    notice = editions.notice()
    columns = columns_of(register)
    if not register.whole:
        known = screening.known_in(office, register, columns, notice, today)
        return replace(known, unique=register.unique)
    towns = {town.code: town.name for town in roster.towns()}
    named: dict[str, str] = {}
    alone: dict[str, set[str]] = {}
    for place in roster.villages():
        named[f"{towns.get(place.parent_code or '', '')}{place.name}"] = place.code
        alone.setdefault(place.name, set()).add(place.code)
    named |= {name: next(iter(codes)) for name, codes in alone.items() if len(codes) == 1}
    return Known(
        population=register,
        columns=columns,
        choices=screening.choices_in(register, columns, notice),
        town=district_name(),
        towns=frozenset(),
        villages=screening.by_way(named),
        elsewhere={},
        today=today,
        unique=register.unique,
    )


def district_name() -> str:
    place = db.session.get(Place, editions.notice().district)
    return place.name if place else ""


def columns_of(register: Register) -> tuple[ScreeningColumn, ...]:
    return registers().columns_of(register.key)


def writer_of(register: Register) -> Writer:
    """What is needed to write the values of a register."""
    return screening.writer_in(register, columns_of(register), editions.notice())


def entry_of(officer: Officer, key: str) -> Select[RegisterEntry]:
    """One row that the officer may read, with what its page shows."""
    shown = (joinedload(RegisterEntry.office), joinedload(RegisterEntry.changed_by), joinedload(RegisterEntry.upload))
    return visible_to(officer).where(RegisterEntry.key == key).options(*shown)


def history(ref: str, upload: RegisterUpload | None = None) -> list[Entry]:
    """The lines of the trail about one thing, and of the workbook that last wrote it, oldest first."""
    about = Entry.paper == ref
    if upload is not None:
        about = or_(about, (Entry.paper == upload.ref) & (Entry.act == Act.IMPORT_REGISTER))
    lines = select(Entry).where(about).order_by(Entry.seq)
    return list(db.session.scalars(lines.options(joinedload(Entry.by), joinedload(Entry.office))))


def is_filed() -> ColumnElement[bool]:
    """Whether the household of a screening record is filed as a cadre's relative, and the filing stands."""
    filing = select(RegisterEntry.id).where(
        RegisterEntry.notice == ScreeningRecord.notice,
        RegisterEntry.register.in_(registers().of(Side.FILING)),
        RegisterEntry.identity_blind == ScreeningRecord.identity_blind,
        RegisterEntry.ended_on.is_(None),
    )
    return filing.correlate(ScreeningRecord).exists()


def filing_of(record: ScreeningRecord) -> RegisterEntry | None:
    """The filing of that household, if there is one."""
    query = select(RegisterEntry).where(
        RegisterEntry.notice == record.notice,
        RegisterEntry.register.in_(registers().of(Side.FILING)),
        RegisterEntry.identity_blind == record.identity_blind,
        RegisterEntry.ended_on.is_(None),
    )
    return db.session.scalars(query.order_by(RegisterEntry.id).limit(1)).first()


def unfiled(officer: Officer) -> Select[ScreeningRecord]:
    """Households that their town itself calls a cadre's relatives, and that nobody filed: R-15."""
    if not officer.may(Act.READ_FILINGS) or not registers().registers:
        return select(ScreeningRecord).where(false())
    rows = select(ScreeningRecord).where(
        ScreeningRecord.notice == editions.notice().key,
        ScreeningRecord.facts[kinship().related].as_boolean().is_(True),
        in_own_town(officer, ScreeningRecord.office_id),
        ~is_filed(),
    )
    return rows.order_by(ScreeningRecord.id)


def identity_columns(register: Register) -> list[ScreeningColumn]:
    return [column for column in columns_of(register) if column.kind is Kind.IDENTITY]


def latest_list(register: Register, office: Office) -> RegisterUpload | None:
    """The list that was entered last: whom it is from, and of what day."""
    query = select(RegisterUpload).where(
        RegisterUpload.notice == editions.notice().key,
        RegisterUpload.register == register.key,
        RegisterUpload.office_id == office.id,
        RegisterUpload.entered_at.is_not(None),
    )
    return db.session.scalars(query.order_by(RegisterUpload.entered_at.desc(), RegisterUpload.id.desc())).first()


PARTS_OF_A_LIST = (Part.NAME, Part.IDENTITY, Part.VILLAGE, Part.CADRE, Part.RELATION, Part.POST, Part.NEED)
"""What a list shows of each row, besides the days."""
