"""Who is at work today: leave and substitutes, and the offices where nobody is left to take what comes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.words import Labelled
from tipline.office.charter import INSPECTORS, Act
from tipline.office.deeds import witness
from tipline.office.models import Leave, Office, Officer
from tipline.office.powers import PERMITTED
from tipline.office.seats import SEATS

LONGEST = 366
"""Days of one leave; a longer absence is a leaving."""


def take_leave(
    officer: Officer, since: date, until: date, substitute: Officer | None, *, by: Officer, at: datetime
) -> Leave:
    """Be away from a day to a day; whoever shares office and role stands in. The substitute gets no right by it."""
    if not since <= until or until < day_of(at) or (until - since).days > LONGEST:
        raise Incomplete("休假起止日期不对：止日不早于起日，也不早于今天，最长一年。")
    able = substitutes_of(officer, since, until)
    if substitute is None and able:
        raise Incomplete("请选择代岗人员。")
    if substitute is not None and substitute.id not in {one.id for one in able}:
        raise Incomplete("代岗人员须是同单位、同角色、这段时间在岗的人员。")
    act = Act.TAKE_LEAVE if by.id == officer.id else Act.ARRANGE_LEAVE
    witness(act, officer, by=by, at=at, since=since.isoformat(), until=until.isoformat())
    leave = Leave(officer=officer, since=since, until=until, substitute=substitute)
    db.session.add(leave)
    db.session.flush()
    return leave


def come_back(leave: Leave, *, by: Officer, at: datetime) -> None:
    """Be back before the day: the leave ends the day before today; one that has not begun never begins."""
    act = Act.TAKE_LEAVE if by.id == leave.officer_id else Act.ARRANGE_LEAVE
    witness(act, leave.officer, by=by, at=at, until=day_of(at).isoformat())
    leave.until = date.fromordinal(day_of(at).toordinal() - 1)
    db.session.flush()


def substitutes_of(officer: Officer, since: date, until: date) -> list[Officer]:
    """Who can stand in: of the same office and role, and here on all of these days."""
    away = select(Leave.officer_id).where(Leave.since <= until, Leave.until >= since, Leave.since <= Leave.until)
    gone = set(db.session.scalars(away))
    return [one for one in colleagues_of(officer) if one.id not in gone]


def colleagues_of(officer: Officer) -> list[Officer]:
    """Everybody else of the same office and role."""
    query = select(Officer).where(Officer.office_id == officer.office_id, Officer.role == officer.role, Officer.active)
    return list(db.session.scalars(query.where(Officer.id != officer.id).order_by(Officer.id)))


def away(on: date) -> Select[int]:
    """The officers who are on leave that day."""
    return select(Leave.officer_id).where(Leave.since <= on, Leave.until >= on)


def at_work(officers: Iterable[Officer], on: date) -> list[Officer]:
    """Those of them who are here that day; all of them when none is, since a letter must reach somebody."""
    asked = list(officers)
    gone = set(db.session.scalars(away(on))) if asked else set()
    return [officer for officer in asked if officer.id not in gone] or asked


def leaves_of(officer: Officer, on: date) -> list[Leave]:
    """The officer's leaves that are not over."""
    query = select(Leave).where(Leave.officer_id == officer.id, Leave.until >= on, Leave.since <= Leave.until)
    return list(db.session.scalars(query.order_by(Leave.since)))


def stands_in_for(officer: Officer, on: date) -> list[Leave]:
    """The leaves during which the officer stands in for somebody, that day."""
    query = select(Leave).where(Leave.substitute_id == officer.id, Leave.since <= on, Leave.until >= on)
    return list(db.session.scalars(query.options(joinedload(Leave.officer)).order_by(Leave.until)))


class Gap(Labelled):
    """Why nobody in an office can take what comes."""

    NOBODY = "nobody", "没有在岗人员"
    AWAY = "away", "在岗人员都在休假"


class Unmanned(NamedTuple):
    """An office that leads are sent to or sent from, and where nobody is at work."""

    office: Office
    gap: Gap


def unmanned(on: date) -> list[Unmanned]:
    """The offices of every route without a live owner that day: nobody who could sign, or send. Three questions."""
    gone = set(db.session.scalars(away(on)))
    here: dict[int, list[Officer]] = {}
    for officer in db.session.scalars(select(Officer).where(Officer.active)):
        here.setdefault(officer.office_id, []).append(officer)
    found = []
    for office in db.session.scalars(select(Office).where(Office.signs_in).order_by(Office.id)):
        needed = _needed(office)
        owners = [officer for officer in here.get(office.id, ()) if needed is not None and officer.may(needed)]
        if needed is not None and not any(owner.id not in gone for owner in owners):
            found.append(Unmanned(office, Gap.AWAY if owners else Gap.NOBODY))
    return found


def _needed(office: Office) -> Act | None:
    """The deed without which a lead stands still there: signing in a discipline body, handing over elsewhere."""
    if any(office.body in SEATS[role] for role in INSPECTORS):
        return Act.SIGN_FOR
    seated = [role for role, bodies in SEATS.items() if office.body in bodies]
    return Act.HAND_OVER if any(Act.HAND_OVER in PERMITTED[role] for role in seated) else None
