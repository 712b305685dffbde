"""Which place owes what, how it stands, and what waits for whom. As many questions for one town as for all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, false, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tipline.duties import rules
from tipline.duties.lifecycle import SubmissionState
from tipline.duties.models import CalendarFeed, DutyRuling, Submission, SubmissionVersion
from tipline.duties.rules import Stand
from tipline.evidence import queries as evidence
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.campaign import Duty, Level, Period, due_day, periods
from tipline.office import answering, calendars, editions
from tipline.office.answering import Answer, Asked, Owed
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Office, Officer, Place, PlaceKind

HERE = "submission"
"""What the notice calls this room in `answered_by`."""

VILLAGES = (PlaceKind.VILLAGE, PlaceKind.COMMUNITY)
LEVELS = {PlaceKind.TOWN: Level.TOWN, PlaceKind.STREET: Level.STREET}

evidence.holders.append(SubmissionVersion)


@dataclass(frozen=True)
class Debtor:
    """A place that owes something, and the office that answers for it."""

    code: str
    name: str
    office: Office


@dataclass(frozen=True)
class Cell:
    """One place's duty of one period, and how it stands."""

    duty: Duty
    period: Period
    debtor: Debtor
    stand: Stand
    answer: Answer | None

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.duty.key}.{self.period.key}.{self.debtor.code}"


def key_of(fold: "Fold") -> str:
    """The name of several places' duty in addresses: by the town, where they are its villages."""
    first = fold[0]
    return first.key if len(fold) == 1 else f"{first.duty.key}.{first.period.key}.{first.debtor.office.place_code}"


Fold = list[Cell]
"""The same duty and period of every place that one office answers for: one, or all the villages of a town."""


@dataclass(frozen=True)
class Grid:
    """Duties and periods by the offices that owe them."""

    offices: list[Office]
    rows: list[tuple[Duty, Period, date, list[Fold]]]


def visible_to(officer: Officer) -> Select[Submission]:
    """Towns see what was handed in for themselves and their villages; the bureau and the district's bodies all."""
    query = select(Submission).join(Submission.place).options(joinedload(Submission.office))
    if not officer.may(Act.READ_DUTIES):
        return query.where(false())
    if officer.role in TOWN_ROLES:
        query = query.where(
            or_(Place.code == officer.office.place_code, Place.parent_code == officer.office.place_code)
        )
    return query.order_by(Submission.id)


def versions_visible_to(officer: Officer) -> Select[SubmissionVersion]:
    """Every version of what the officer may see."""
    papers = visible_to(officer).with_only_columns(Submission.id).order_by(None)
    return select(SubmissionVersion).where(SubmissionVersion.submission_id.in_(papers))


def debtors(officer: Officer | None = None) -> dict[Level, list[Debtor]]:
    """Who owes the duties of each level, as far as the officer sees them."""
    addressed = editions.notice().places
    bodies = (Body.TOWN_GOVERNMENT, Body.CIVIL_AFFAIRS_BUREAU)
    query = select(Office).where(Office.body.in_(bodies)).options(joinedload(Office.place)).order_by(Office.place_code)
    found: dict[Level, list[Debtor]] = {level: [] for level in Level}
    towns: dict[str | None, Office] = {}
    for office in db.session.scalars(query):
        if officer and officer.role in TOWN_ROLES and office.place_code != officer.office.place_code:
            continue
        if office.place is None:
            continue
        if office.body is Body.CIVIL_AFFAIRS_BUREAU:
            found[Level.BUREAU].append(Debtor(office.place.code, office.name, office))
        elif office.place_code in addressed and office.place.kind in LEVELS:
            towns[office.place.code] = office
            found[LEVELS[office.place.kind]].append(Debtor(office.place.code, office.place.name, office))
    lie = select(Place).where(Place.parent_code.in_(towns), Place.kind.in_(VILLAGES)).order_by(Place.code)
    found[Level.VILLAGE] = [
        Debtor(place.code, place.name, towns[place.parent_code]) for place in db.session.scalars(lie)
    ]
    return found


def asked(until: date) -> list[tuple[Duty, Period]]:
    """Every duty with every period begun by that day."""
    return [(duty, period) for duty in editions.notice().duties for period in periods(duty, until)]


def due(until: date, year: int) -> list[tuple[Duty, Period]]:
    """Those of them that are due in that year."""
    notice, calendar = editions.notice(), calendars.calendar()
    return [
        (duty, period)
        for duty, period in asked(until)
        if rules.times(duty, period, notice, calendar).due_on.year == year
    ]


def years(today: date) -> list[int]:
    """The years in which anything falls due that has been asked for."""
    notice, calendar = editions.notice(), calendars.calendar()
    return sorted({rules.times(*one, notice, calendar).due_on.year for one in asked(today)})


def cells(of: Asked, today: date, officer: Officer | None = None) -> list[Cell]:
    """Every place's cell of these duties, in the order of the due days and of the notice."""
    notice, calendar, owing, known = editions.notice(), calendars.calendar(), debtors(officer), _answers_to(of)
    found = []
    for duty, period in of:
        at, kept = rules.times(duty, period, notice, calendar), duty.answered_by in answering.rooms
        for debtor in owing[duty.owed_by]:
            answer = known.get((duty.key, period.key, debtor.code))
            stand = rules.stand(answer, at, today, calendar, kept=kept)
            found.append(Cell(duty, period, debtor, stand, answer))
    return sorted(found, key=lambda cell: cell.stand.due_on)


def _answers_to(of: Asked) -> dict[Owed, Answer]:
    by_room = defaultdict(list)
    for duty, period in of:
        by_room[duty.answered_by].append((duty, period))
    known: dict[Owed, Answer] = {}
    for name, theirs in by_room.items():
        if name in answering.rooms:
            known |= answering.rooms[name].answers(theirs)
    return known


def folded(found: Iterable[Cell]) -> dict[tuple[str, str, int], Fold]:
    """The cells by duty, period and the office that answers for the place, in the same order."""
    folds = defaultdict(list)
    for cell in found:
        folds[cell.duty.key, cell.period.key, cell.debtor.office.id].append(cell)
    return dict(folds)


def grid(officer: Officer, year: int, today: date) -> Grid:
    """What has been asked for so far and falls due in that year, by the offices that the officer sees."""
    found = cells(due(today, year), today, officer)
    folds = folded(found)
    offices = sorted({cell.debtor.office.id: cell.debtor.office for cell in found}.values(), key=lambda one: one.code)
    rows = {(cell.duty.key, cell.period.key): cell for cell in found}
    return Grid(
        offices,
        [
            (cell.duty, cell.period, cell.stand.due_on, [folds.get((*key, one.id), []) for one in offices])
            for key, cell in rows.items()
        ],
    )


def calendar_of(officer: Officer, place_code: str, year: int, today: date) -> list[Fold]:
    """All that one office owes in a year, also what is still to come, by due day."""
    found = cells(due(date(year, 12, 31), year), today, officer)
    return list(folded(cell for cell in found if cell.debtor.office.place_code == place_code).values())


def fold_of(officer: Officer, duty: str, period: str, place_code: str, today: date) -> Fold:
    """One duty and period of a place the officer sees, or of all the villages of a town; else nothing."""
    until = date(today.year, 12, 31)
    one = [pair for pair in asked(until) if (pair[0].key, pair[1].key) == (duty, period)]
    return [
        cell for cell in cells(one, today, officer) if place_code in (cell.debtor.code, cell.debtor.office.place_code)
    ]


def owed(today: date, officer: Officer | None = None) -> list[Cell]:
    """All that is owed and has been asked for, oldest first; of that what the officer sees."""
    return [cell for cell in cells(asked(today), today, officer) if cell.stand.owed]


def submission_of(cell: Cell) -> Submission | None:
    """What was handed in, or excused, for the cell."""
    query = select(Submission).where(
        Submission.notice == editions.notice().key,
        Submission.duty == cell.duty.key,
        Submission.period == cell.period.key,
        Submission.place_code == cell.debtor.code,
    )
    shown = selectinload(Submission.versions).joinedload(SubmissionVersion.filed_by)
    return db.session.scalars(query.options(shown, joinedload(Submission.place))).one_or_none()


def rulings(duty: Duty) -> list[DutyRuling]:
    """What was decided about the contradiction of a duty; the first of them stands."""
    query = select(DutyRuling).filter_by(notice=editions.notice().key, duty=duty.key)
    return list(db.session.scalars(query.options(joinedload(DutyRuling.ruled_by)).order_by(DutyRuling.id.desc())))


def ruled() -> set[str]:
    """The duties whose contradiction has been decided."""
    return set(db.session.scalars(select(DutyRuling.duty).filter_by(notice=editions.notice().key)))


def history(submission: Submission) -> list[Entry]:
    """The submission's lines of the trail, oldest first."""
    lines = select(Entry).where(Entry.paper == submission.ref).order_by(Entry.seq)
    return list(db.session.scalars(lines.options(joinedload(Entry.by), joinedload(Entry.office))))


def reader_of(token_hash: str) -> Officer | None:
    """Whose calendar lies under an address, while they may still read it."""
    query = select(Officer).join(CalendarFeed, CalendarFeed.officer_id == Officer.id)
    officer = db.session.scalars(query.where(CalendarFeed.token_hash == token_hash)).one_or_none()
    return officer if officer and officer.may(Act.READ_DUTIES) else None


def due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many duties the officer's office still owes that are due by that day, under every notice, for the bell.

    What its villages owe is one line of the desk for all of them, and one here.
    """
    counts = editions.each(lambda: _due_by(officer, on))
    return select(sum(counts, literal(0))).scalar_subquery()


def _due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    place, notice, calendar = officer.office.place, editions.notice(), calendars.calendar()
    levels = {Level.BUREAU}
    if officer.office.body is Body.TOWN_GOVERNMENT:
        levels = {LEVELS[place.kind], Level.VILLAGE} if place and place.code in notice.places else set()
    own, of_villages = defaultdict(list), []
    for duty, period in asked(on):
        mine = duty.owed_by in levels and duty.answered_by in answering.rooms
        if not mine or due_day(duty, period, calendar) > on:
            continue
        if duty.owed_by is Level.VILLAGE:
            of_villages.append((duty, period))
        else:
            own[duty.answered_by].append((duty, period))
    if place is None:
        return select(literal(0)).scalar_subquery()
    total: ColumnElement[int] = literal(0)
    for name, pairs in own.items():
        total = total + len(pairs) - answering.rooms[name].settled(pairs, place.code)
    villages = select(func.count(Place.code)).where(Place.parent_code == place.code, Place.kind.in_(VILLAGES))
    for duty, period in of_villages:
        settled = answering.rooms[duty.answered_by].settled([(duty, period)], place.code)
        total = total + case((villages.scalar_subquery() > settled, 1), else_=0)
    return select(total).scalar_subquery()


def _answers(of: Asked) -> dict[Owed, Answer]:
    keys = {(duty.key, period.key) for duty, period in of}
    query = select(Submission).where(
        Submission.notice == editions.notice().key, Submission.duty.in_({duty for duty, _ in keys})
    )
    return {
        (one.duty, one.period, one.place_code): _answer(one)
        for one in db.session.scalars(query)
        if (one.duty, one.period) in keys
    }


def _answer(one: Submission) -> Answer:
    return Answer(
        word=one.state,
        owed=one.state is SubmissionState.RETURNED,
        done=one.state in (SubmissionState.ACCEPTED, SubmissionState.EXCUSED),
        first_on=day_of(one.first_filed_at) if one.first_filed_at else None,
        returned_on=day_of(one.returned_at) if one.returned_at else None,
    )


def _settled(of: Asked, town_code: str) -> ColumnElement[int]:
    theirs = or_(Place.code == town_code, Place.parent_code == town_code)
    asked_for = or_(*(and_(Submission.duty == duty.key, Submission.period == period.key) for duty, period in of))
    query = select(func.count(Submission.id)).join(Submission.place)
    not_owed = (Submission.notice == editions.notice().key, Submission.state != SubmissionState.RETURNED)
    return query.where(theirs, asked_for, *not_owed).scalar_subquery()


answering.rooms[HERE] = answering.Room(answers=_answers, settled=_settled)
