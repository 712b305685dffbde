"""Questions about published numbers: who may see which, what waits, which are silent, how far a town is reached."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from tipline.evidence import queries as evidence
from tipline.hotline.lifecycle import CallState, FaultState, LineState, RoundState, TestState
from tipline.hotline.models import DialTest, HotlineLine, LineFault, LineProof, MissedCall, TestRound
from tipline.hotline.rules import Reach
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Office, Officer

ROWS = 50
LATEST = 20
"""So many tests, faults or proofs of one number stand on its page."""

P = TypeVar("P", HotlineLine, LineFault, DialTest, MissedCall)

evidence.holders.append(LineProof)


def visible_to(officer: Officer) -> Select[HotlineLine]:
    """The numbers, office by office: a town sees its own, everybody else who reads them all."""
    query = select(HotlineLine).join(HotlineLine.office).options(contains_eager(HotlineLine.office))
    return query.where(_of_own_town(officer, Act.READ_LINES)).order_by(Office.id, HotlineLine.id)


def _of_own_town(officer: Officer, act: Act) -> ColumnElement[bool]:
    if not officer.may(act):
        return false()
    return Office.place_code == officer.office.place_code if officer.role in TOWN_ROLES else true()


def proofs_visible_to(officer: Officer) -> Select[LineProof]:
    """The proofs of the numbers that an officer sees."""
    seen = visible_to(officer).with_only_columns(HotlineLine.id).order_by(None)
    return select(LineProof).where(LineProof.line_id.in_(seen))


def tests_visible_to(officer: Officer) -> Select[DialTest]:
    """Test calls, also those to come: of the bureau alone, so that nobody is warned of one."""
    return _with_line(select(DialTest).join(DialTest.line), DialTest.line).where(_of_own_town(officer, Act.READ_TESTS))


def rounds_visible_to(officer: Officer) -> Select[TestRound]:
    """The rounds, latest first."""
    query = select(TestRound).order_by(TestRound.id.desc())
    return query if officer.may(Act.READ_TESTS) else query.where(false())


def faults_visible_to(officer: Officer) -> Select[LineFault]:
    """The faults of the numbers that an officer sees, latest first."""
    query = _with_line(select(LineFault).join(LineFault.line), LineFault.line)
    return query.where(_of_own_town(officer, Act.READ_LINES)).order_by(LineFault.id.desc())


def calls_visible_to(officer: Officer) -> Select[MissedCall]:
    """Calls that nobody answered, oldest first: of the operators alone."""
    query = _with_line(select(MissedCall).join(MissedCall.line), MissedCall.line)
    return query.where(_of_own_town(officer, Act.READ_MISSED_CALLS)).order_by(MissedCall.id)


def _with_line(query: Select[Any], line: InstrumentedAttribute[Any]) -> Select[Any]:
    return query.join(HotlineLine.office).options(contains_eager(line).contains_eager(HotlineLine.office))


def page(rows: Select[P], kind: type[P], after: str) -> tuple[list[P], str | None]:
    """One page of papers in the order in which they came, faults latest first; the key after which the next begins."""
    latest_first = kind is LineFault
    mark = db.session.scalar(select(kind.id).where(kind.key == after)) if after else None
    if mark is not None:
        rows = rows.where(kind.id < mark if latest_first else kind.id > mark)
    found = list(db.session.scalars(rows.limit(ROWS + 1)))
    return found[:ROWS], found[ROWS - 1].key if len(found) > ROWS else None


def register(officer: Officer, *, ended: bool, after: str) -> tuple[list[HotlineLine], str | None]:
    """The numbers in use, or those given up, in the order in which they were registered."""
    state = LineState.ENDED if ended else LineState.IN_FORCE
    rows = visible_to(officer).where(HotlineLine.state == state).order_by(None).order_by(HotlineLine.id)
    return page(rows, HotlineLine, after)


def in_force(on: date) -> list[HotlineLine]:
    """Every number that is published on that day."""
    query = select(HotlineLine).options(joinedload(HotlineLine.office)).where(*_in_force(on))
    return list(db.session.scalars(query.order_by(HotlineLine.id)))


def _in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    ends = or_(HotlineLine.until.is_(None), HotlineLine.until >= on)
    return HotlineLine.state == LineState.IN_FORCE, HotlineLine.since <= on, ends


def waiting_for_a_test() -> set[int]:
    """The numbers for which a test is ordered."""
    return set(db.session.scalars(select(DialTest.line_id).where(DialTest.state == TestState.DUE)))


def due_tests_of(line: HotlineLine) -> list[DialTest]:
    """What is ordered for one number and not done."""
    return list(db.session.scalars(select(DialTest).filter_by(line_id=line.id, state=TestState.DUE)))


def tests_of(line: HotlineLine) -> list[DialTest]:
    """The latest tests that were made of a number, the last of them first."""
    query = select(DialTest).filter_by(line_id=line.id, state=TestState.DONE).options(joinedload(DialTest.dialled_by))
    return list(db.session.scalars(query.order_by(DialTest.id.desc()).limit(LATEST)))


def latest_results(line: HotlineLine, number: int) -> list[bool]:
    """Whether the latest tests of a number passed, since it was last found in order again; the last of them first."""
    mended = select(func.max(LineFault.confirmed_at)).where(LineFault.line_id == line.id).scalar_subquery()
    query = select(DialTest.passed).where(DialTest.line_id == line.id, DialTest.state == TestState.DONE)
    query = query.where(or_(mended.is_(None), DialTest.dialled_at > mended))
    return [bool(one) for one in db.session.scalars(query.order_by(DialTest.id.desc()).limit(number))]


def last_tests(lines: Sequence[HotlineLine]) -> dict[int, DialTest]:
    """The last test of each number."""
    last = select(func.max(DialTest.id)).where(
        DialTest.line_id.in_([line.id for line in lines]), DialTest.state == TestState.DONE
    )
    query = select(DialTest).where(DialTest.id.in_(last.group_by(DialTest.line_id)))
    return {test.line_id: test for test in db.session.scalars(query)}


def open_faults(lines: Sequence[HotlineLine]) -> dict[int, list[LineFault]]:
    """The faults of each number that are not confirmed to be mended."""
    query = select(LineFault).where(
        LineFault.line_id.in_([line.id for line in lines]), LineFault.state != FaultState.CONFIRMED
    )
    found: dict[int, list[LineFault]] = defaultdict(list)
    for fault in db.session.scalars(query.order_by(LineFault.id)):
        found[fault.line_id].append(fault)
    return found


def has_open_fault(line: HotlineLine, problem: str) -> bool:
    """Whether this very fault is being mended."""
    query = select(LineFault.id).filter_by(line_id=line.id, problem=problem)
    return db.session.scalar(query.where(LineFault.state != FaultState.CONFIRMED).limit(1)) is not None


def latest_round() -> TestRound | None:
    """The last round that was proposed."""
    return db.session.scalars(select(TestRound).order_by(TestRound.id.desc()).limit(1)).one_or_none()


def same_caller(calls: Sequence[MissedCall]) -> dict[int, int]:
    """How often each call's number rang besides and is still to be rung back."""
    blinds = {call.caller_blind for call in calls} - {None}
    query = select(MissedCall.caller_blind, func.count()).where(
        MissedCall.caller_blind.in_(blinds), MissedCall.state == CallState.TO_RING_BACK
    )
    times = dict(db.session.execute(query.group_by(MissedCall.caller_blind)).all())
    return {call.id: times.get(call.caller_blind, 1) - 1 for call in calls}


def history(paper: HotlineLine | DialTest | LineFault | MissedCall) -> list[Entry]:
    """The lines of the trail about one paper, oldest first."""
    lines = select(Entry).where(Entry.paper == paper.ref).order_by(Entry.seq)
    return list(db.session.scalars(lines.options(joinedload(Entry.by), joinedload(Entry.office))))


# --- figures


def reachability_by_town(since: date, until: date, town: str | None = None) -> dict[str, Reach]:
    """How far each town was reached in these days, the last included, by the code of its place; or one town alone.

    The bureau's own numbers stand under the district. Calls that were answered are those whose leads lie open:
    what is behind a wall is counted for nobody.
    """
    first, end = at_clock(since, time()), at_clock(until + timedelta(days=1), time())
    only = (Office.place_code == town,) if town else ()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    lines = select(Office.place_code, func.count().label("lines")).join(HotlineLine.office).where(*_in_force(until))
    tests = (
        select(Office.place_code, func.count().label("tests"), _sum(DialTest.passed.is_(True)).label("passed"))
        .join(DialTest.line)
        .join(HotlineLine.office)
        .where(DialTest.state == TestState.DONE, DialTest.dialled_at >= first, DialTest.dialled_at < end)
    )
    owed = and_(MissedCall.caller_blind.is_not(None), or_(MissedCall.due_on < until, MissedCall.in_time.is_not(None)))
    missed = (
        select(
            Office.place_code,
            func.count().label("missed"),
            _sum(owed).label("owed"),
            _sum(MissedCall.in_time.is_(True)).label("in_time"),
        )
        .join(MissedCall.line)
        .join(HotlineLine.office)
        .where(MissedCall.rang_at >= first, MissedCall.rang_at < end)
    )
    answered = (
        select(Office.place_code, func.count().label("answered"))
        .join(Lead.office)
        .where(*_told_by_phone(first), Lead.received_at < end, select(HotlineLine.id).where(_same_office()).exists())
    )
    for query in (lines, tests, missed, answered):
        for row in db.session.execute(query.where(Office.place_code.is_not(None), *only).group_by(Office.place_code)):
            place, *figures = row
            found[place] |= dict(zip(list(row._fields)[1:], map(int, figures), strict=True))
    return {place: Reach(**figures) for place, figures in sorted(found.items())}


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _told_by_phone(since: datetime) -> tuple[ColumnElement[bool], ...]:
    return or_(*editions.each(_called)), Lead.walled.is_(False), Lead.sealed.is_(False), Lead.received_at >= since


def _called() -> ColumnElement[bool]:
    """By which channel the notice says a call comes."""
    notice = editions.notice()
    return and_(Lead.notice == notice.key, Lead.channel == notice.hotline.channel)


def _same_office() -> ColumnElement[bool]:
    return HotlineLine.office_id == Lead.office_id


def dead_lines_by_town(on: date) -> dict[str, int]:
    """How many numbers of each town have a fault that nobody has confirmed to be mended, by the code of its place."""
    query = (
        select(Office.place_code, func.count(LineFault.line_id.distinct()))
        .join(LineFault.line)
        .join(HotlineLine.office)
        .where(LineFault.state != FaultState.CONFIRMED, Office.place_code.is_not(None), *_in_force(on))
    )
    return {place: n for place, n in db.session.execute(query.group_by(Office.place_code)) if place}


def dead_lines(officer: Officer, town: str, on: date) -> Select[HotlineLine]:
    """The same numbers of one town, as far as the officer sees them."""
    faulty = select(LineFault.line_id).where(LineFault.state != FaultState.CONFIRMED)
    return visible_to(officer).where(HotlineLine.id.in_(faulty), Office.place_code == town, *_in_force(on))


def silent(officer: Officer, on: date) -> list[HotlineLine]:
    """The numbers that nobody has called for so many days, as far as the officer sees them: worth a test, no more."""
    days = editions.notice().hotline.silent_after
    if not days:
        return []
    first = at_clock(on - timedelta(days=days), time())
    rang = select(MissedCall.id).where(MissedCall.line_id == HotlineLine.id, MissedCall.rang_at >= first)
    told = select(Lead.id).where(_same_office(), *_told_by_phone(first))
    quiet = visible_to(officer).where(*_in_force(on), HotlineLine.since <= day_of(first))
    return list(db.session.scalars(quiet.where(~rang.exists(), ~told.exists()).limit(ROWS)))


# --- what waits


def to_test(officer: Officer) -> list[DialTest]:
    """The tests that are ordered, soonest first."""
    if not officer.may(Act.RECORD_TEST):
        return []
    query = tests_visible_to(officer).where(DialTest.state == TestState.DUE)
    return list(db.session.scalars(query.order_by(DialTest.due_on, DialTest.id).limit(ROWS)))


def to_ring_back(officer: Officer) -> list[MissedCall]:
    """The calls to ring back, soonest due first."""
    query = calls_visible_to(officer).where(MissedCall.state == CallState.TO_RING_BACK)
    return list(db.session.scalars(query.order_by(None).order_by(MissedCall.due_on, MissedCall.id).limit(ROWS)))


def to_mend(officer: Officer) -> list[LineFault]:
    """The faults of the officer's own office that wait for it."""
    query = faults_visible_to(officer).where(LineFault.state == FaultState.NOTED)
    return list(db.session.scalars(query.where(HotlineLine.office_id == officer.office_id)))


def to_confirm(officer: Officer) -> list[LineFault]:
    """The faults that their offices say are mended."""
    return list(db.session.scalars(faults_visible_to(officer).where(LineFault.state == FaultState.CORRECTED)))


def to_draw(officer: Officer) -> list[TestRound]:
    """The round that waits for its lot."""
    return list(db.session.scalars(rounds_visible_to(officer).where(TestRound.state == RoundState.PROPOSED)))


def unproven(officer: Officer, on: date) -> list[HotlineLine]:
    """The numbers of the officer's own office of which nobody has noted that they are published."""
    query = visible_to(officer).where(*_in_force(on), HotlineLine.published_on.is_(None))
    return list(db.session.scalars(query.where(HotlineLine.office_id == officer.office_id).limit(ROWS)))


def tests_due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many tests are due by that day, for the bell."""
    return (
        select(func.count(DialTest.id)).where(DialTest.state == TestState.DUE, DialTest.due_on <= on).scalar_subquery()
    )


def calls_due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many calls are to be rung back by that day, for the bell."""
    due = select(func.count(MissedCall.id)).where(MissedCall.state == CallState.TO_RING_BACK, MissedCall.due_on <= on)
    return due.scalar_subquery()


def faults_due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many faults the officer's own office must have mended by that day, for the bell."""
    query = select(func.count(LineFault.id)).join(LineFault.line).where(LineFault.state == FaultState.NOTED)
    return query.where(LineFault.due_on <= on, HotlineLine.office_id == officer.office_id).scalar_subquery()
