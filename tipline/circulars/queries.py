"""Questions about circulars: who may see which, which cases are free, which towns have read, whom education reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.circulars.lifecycle import LIVE, TOLD_TO_ALL, CircularState, EducationState
from tipline.circulars.models import Circular, CircularCase, CircularReading, CircularVersion, Education
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act, Role
from tipline.office.models import Entry, Office, Officer
from tipline.typical_cases import queries as typical_cases
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCase, TypicalCaseReport

ROWS = 50
WRITERS = {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}


def visible_to(officer: Officer) -> Select[Circular]:
    """What is or was issued, for all who read circulars; before that it is its own bureau's. Newest first."""
    query = select(Circular).where(Circular.notice == editions.notice().key, _seen_by(officer))
    return query.options(joinedload(Circular.office)).order_by(Circular.id.desc())


def _seen_by(officer: Officer) -> ColumnElement[bool]:
    if not officer.may(Act.READ_CIRCULARS):
        return false()
    told = Circular.state.in_(TOLD_TO_ALL)
    return or_(told, Circular.office_id == officer.office_id) if officer.role in WRITERS else told


def may_read_words(circular: Circular, officer: Officer) -> bool:
    """What was withdrawn is read by the bureau alone: it may have been withdrawn for what it said."""
    return circular.state is not CircularState.WITHDRAWN or officer.role in WRITERS


def with_words(query: Select[Circular]) -> Select[Circular]:
    """The same circulars, with their words and who wrote them."""
    return query.options(
        selectinload(Circular.versions).joinedload(CircularVersion.by),
        selectinload(Circular.about).joinedload(CircularCase.case),
        joinedload(Circular.approved_by),
    )


def page(officer: Officer, after: str) -> tuple[list[Circular], str | None]:
    """A page of the list, and the key after which the next begins."""
    query = with_words(visible_to(officer))
    if after:
        query = query.where(Circular.id < select(Circular.id).filter_by(key=after).scalar_subquery())
    rows = list(db.session.scalars(query.limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].key if len(rows) > ROWS else None


def free_cases(officer: Officer, since: Month | None = None, until: Month | None = None) -> Select[TypicalCase]:
    """The cases of accepted reports that the officer sees and no living circular has, by month and town."""
    seen = typical_cases.visible_to(officer).with_only_columns(TypicalCaseReport.id).order_by(None)
    taken = select(CircularCase.case_id).join(Circular, Circular.id == CircularCase.circular_id)
    query = select(TypicalCase).join(TypicalCase.report).join(TypicalCaseReport.office)
    query = query.where(
        TypicalCaseReport.id.in_(seen),
        TypicalCaseReport.state == ReportState.ACCEPTED,
        TypicalCase.filing == TypicalCaseReport.filing,
        TypicalCase.id.not_in(taken.where(Circular.state.in_(LIVE))),
        TypicalCaseReport.month >= since if since else true(),
        TypicalCaseReport.month <= until if until else true(),
    )
    shown = contains_eager(TypicalCase.report).contains_eager(TypicalCaseReport.office)
    return query.options(shown).order_by(TypicalCaseReport.month.desc(), Office.code, TypicalCase.position)


def authors(circular: Circular) -> set[int]:
    """Everybody who wrote any version of it."""
    return {version.by_id for version in circular.versions}


def readings(circulars: Sequence[Circular]) -> dict[int, list[CircularReading]]:
    """Who has read each, the earliest first."""
    query = select(CircularReading).where(CircularReading.circular_id.in_([one.id for one in circulars]))
    query = query.options(joinedload(CircularReading.officer), joinedload(CircularReading.office))
    found: dict[int, list[CircularReading]] = {}
    for reading in db.session.scalars(query.order_by(CircularReading.at, CircularReading.id)):
        found.setdefault(reading.circular_id, []).append(reading)
    return found


def unread_by(office: Office, notices: Sequence[str]) -> Select[Circular]:
    """The issued circulars that nobody of a town has confirmed as read."""
    read = select(CircularReading.id).where(
        CircularReading.circular_id == Circular.id, CircularReading.office_id == office.id
    )
    issued = (Circular.notice.in_(notices), Circular.state == CircularState.ISSUED)
    return select(Circular).where(*issued, ~read.exists()).order_by(Circular.id)


def education_visible_to(officer: Officer) -> Select[Education]:
    """A town its own log, everybody else who reads it all; the latest first."""
    query = select(Education).join(Education.office).where(Education.notice == editions.notice().key)
    if not officer.may(Act.READ_EDUCATION):
        return query.where(false())
    if officer.role in TOWN_ROLES:
        query = query.where(Office.place_code == officer.office.place_code)
    shown = (contains_eager(Education.office), joinedload(Education.circular), joinedload(Education.recorded_by))
    return query.options(*shown).order_by(Education.held_on.desc(), Education.id.desc())


def education_page(officer: Officer, after: str) -> tuple[list[Education], str | None]:
    """A page of the log, and the key after which the next begins."""
    query = education_visible_to(officer)
    last = db.session.scalars(query.where(Education.key == after)).one_or_none() if after else None
    if last:
        older = and_(Education.held_on == last.held_on, Education.id < last.id)
        query = query.where(or_(Education.held_on < last.held_on, older))
    rows = list(db.session.scalars(query.limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].key if len(rows) > ROWS else None


@dataclass(frozen=True)
class TownFigures:
    """What has become of the circulars in one town."""

    town: Office
    issued: int
    read: int
    late: int
    activities: int
    persons: int


def figures(officer: Officer, today: date) -> list[TownFigures]:
    """By town, of what stands: circulars issued, read, late; times of education, persons reached."""
    key = editions.notice().key
    issued = dict(
        db.session.execute(
            select(Circular.id, Circular.due_on).where(Circular.notice == key, Circular.state == CircularState.ISSUED)
        ).all()
    )
    read: dict[int, set[int]] = {}
    pairs = select(CircularReading.office_id, CircularReading.circular_id).join(
        Circular, Circular.id == CircularReading.circular_id
    )
    for office, circular in db.session.execute(pairs.where(Circular.notice == key)):
        read.setdefault(office, set()).add(circular)
    counted = select(Education.office_id, func.count(), func.sum(Education.persons)).group_by(Education.office_id)
    standing = (Education.notice == key, Education.state == EducationState.RECORDED)
    taught = {office: (n, int(persons)) for office, n, persons in db.session.execute(counted.where(*standing))}
    return [
        TownFigures(
            town,
            len(issued),
            len(issued.keys() & read.get(town.id, set())),
            sum(1 for one, by in issued.items() if one not in read.get(town.id, set()) and by and by < today),
            *taught.get(town.id, (0, 0)),
        )
        for town in typical_cases.towns_seen_by(officer)
    ]


def history(paper: Circular | Education) -> list[Entry]:
    """The deeds done to a paper, oldest first."""
    acts = [*paper.life.acts, Act.PRINT_CIRCULAR]
    query = select(Entry).where(Entry.paper == paper.ref, Entry.act.in_(acts)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))
