"""Published numbers of the rehearsal, none of which can exist, with tests, faults and calls in every state."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.hotline import calls, operations, queries
from tipline.hotline.calls import Rang
from tipline.hotline.lifecycle import TestState
from tipline.hotline.models import DialTest, HotlineLine, LineFault, MissedCall
from tipline.hotline.operations import Said
from tipline.hotline.rules import Hours, Missed
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer

FIRST = "022-000010{:02}"
"""No number in Tianjin begins with a zero."""
CALLER = "022-0002{:04}"
POSTER = "镇政府公开栏\r\n举报监督电话：{}\r\n受理时间：工作日\r\n"


def numbers_of_may(at: datetime) -> None:
    """The bureau's number and the towns'; one that is given up, and one that nobody proves to be published."""
    keeper, bureau = by_role(Role.LEDGER_KEEPER), roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    day = day_of(at) - timedelta(days=5)
    towns = roster.town_governments()
    owners = [one.name for town in towns for one in roster.officers() if _sits(one, Role.TOWN_DEPUTY, town)]
    lines = [_add(FIRST.format(0), bureau, "刘建华", Hours.ALL_DAY, "区政府网站、各镇公开栏", at, keeper)]
    for number, (town, owner) in enumerate(zip(towns, owners, strict=True), start=1):
        lines.append(_add(FIRST.format(number), town, owner, Hours.WORKING, "镇政府公开栏、各村公开栏", at, keeper))
    for number, line in enumerate(lines[:-1]):
        by = keeper if line.office is bureau else _clerk(line.office)
        words = "" if number == 1 and cabinet.folder else f"公开栏第{number + 1}版"
        operations.note_proof(line, day, words, None if words else _poster(line), by=by, at=at)
    old = _add(FIRST.format(20), towns[0], owners[0], Hours.WORKING, "旧公开栏", at, keeper)
    operations.end(old, day_of(at), reason="并入镇监督电话，不再单独公布。", by=keeper, at=at)
    said = Said(
        number=f"{lines[2].number}转801",
        office=lines[2].office,
        owner=lines[2].owner,
        hours=Hours.WORKING,
        where=lines[2].where,
        since=lines[2].since,
    )
    operations.amend(lines[2], said, by=keeper, at=at)


def a_round(at: datetime) -> None:
    """The clock proposes, the keeper draws."""
    one = operations.propose_round("5eed" * 8, by=roster.clock_officer(), at=at)
    db.session.flush()
    operations.draw_round(one, by=by_role(Role.LEDGER_KEEPER), at=at)


def dialled(at: datetime) -> None:
    """What came of the round: two pass, three do not."""
    _record(("helpful", "no_answer", "unhelpful", "busy", "helpful"), at)


def dialled_again(at: datetime) -> None:
    """Two fail again, and have a fault each; one is in order after all."""
    _record(("no_answer", "unhelpful", "helpful"), at)


def mended(at: datetime) -> None:
    """One fault is mended and confirmed; one is mended, and it is not believed."""
    keeper = by_role(Role.LEDGER_KEEPER)
    for number, fault in enumerate(_faults()):
        words = "已更换话机，安排专人接听。" if number == 0 else "已对接听人员作了培训。"
        operations.correct(fault, words, by=mender_of(fault.line.office), at=at)
        later = at + timedelta(hours=2)
        if number == 0:
            operations.confirm(fault, "当天下午再拨，第三声有人接听。", by=by_role(Role.BUREAU_LEADER), at=later)
        else:
            operations.send_back(fault, "再拨仍说不归他管，请重新整改。", by=keeper, at=later)


def found_by_hand(at: datetime) -> None:
    """What no test call shows: a number that stands nowhere, and one that is never picked up for its purpose."""
    keeper, lines = by_role(Role.LEDGER_KEEPER), queries.in_force(day_of(at))
    operations.note_fault(
        lines[-1], "hotline_unpublished", found="到三个村看过，公开栏都没有这个号码。", by=keeper, at=at
    )
    faulty = queries.open_faults(lines)
    sound = next(line for line in reversed(lines[:-1]) if line.id not in faulty)
    fault = operations.note_fault(sound, "hotline_unused", found="值班室说电话一直锁在柜里。", by=keeper, at=at)
    db.session.flush()
    words = "电话已放到服务窗口，并有接听记录本。"
    operations.correct(fault, words, by=mender_of(sound.office), at=at + timedelta(hours=3))


def the_next_round(at: datetime) -> None:
    """The next round waits for its lot; the last town's number is tried besides."""
    operations.propose_round("beef" * 8, by=roster.clock_officer(), at=at)
    operations.order_test(queries.in_force(day_of(at))[-1], by=by_role(Role.LEDGER_KEEPER), at=at)


def calls_of_may(at: datetime) -> None:
    """Calls that nobody answered: rung back, tried, given up, still waiting, and one without a number."""
    operator, lines = by_role(Role.OPERATOR), queries.in_force(day_of(at))
    told = ((0, 1, 30), (3, 2, 28), (4, 3, 26), (0, None, 25), (5, 5, 4), (0, 6, 3), (0, 6, 2), (2, 8, 2))
    found: list[MissedCall] = []
    for place, number, hours in told:
        missed = Missed.ABANDONED if hours % 2 else Missed.MISSED
        caller = "" if number is None else CALLER.format(number)
        rang = Rang(lines[place], at - timedelta(hours=hours), missed, caller)
        found.append(calls.enter(rang, by=operator, at=at))
        db.session.flush()
    calls.ring_back(found[0], "answered", by=operator, at=at)
    calls.try_again(found[1], by=operator, at=at)
    calls.try_again(found[2], by=operator, at=at)
    calls.leave(found[2], reason="多次回拨无人接听。", by=operator, at=at + timedelta(hours=1))


def _add(number: str, office: Office, owner: str, hours: Hours, where: str, at: datetime, by: Officer) -> HotlineLine:
    said = Said(
        number=number, office=office, owner=owner, hours=hours, where=where, since=day_of(at) - timedelta(days=5)
    )
    return operations.add(said, by=by, at=at)


def _poster(line: HotlineLine) -> Received:
    tray = cabinet.tray()
    tray.write(POSTER.format(line.number).encode())
    tray.seek(0)
    return Received("公开栏.txt", FileType.TXT, tray.keep(), None)


def _record(results: tuple[str, ...], at: datetime) -> None:
    due = db.session.scalars(select(DialTest).filter_by(state=TestState.DUE).order_by(DialTest.id)).all()
    for test, result in zip(due, results, strict=False):
        dial(test, result, at)


def dial(test: DialTest, result: str, at: datetime) -> None:
    """The keeper dials a number and notes what came of it."""
    seconds = {"helpful": 9, "unhelpful": 21}.get(result)
    words = "说这类事归区里管。" if result == "unhelpful" else ""
    operations.record_test(test, result, at, seconds=seconds, words=words, by=by_role(Role.LEDGER_KEEPER), at=at)
    db.session.flush()


def _faults() -> list[LineFault]:
    return list(db.session.scalars(select(LineFault).order_by(LineFault.id)))


def by_role(role: Role) -> Officer:
    """The first officer of a role."""
    return next(one for one in roster.officers() if one.role is role)


def _sits(one: Officer, role: Role, office: Office) -> bool:
    return one.role is role and one.office_id == office.id


def _clerk(office: Office) -> Officer:
    return next(one for one in roster.officers() if _sits(one, Role.TOWN_CLERK, office))


def mender_of(office: Office) -> Officer:
    """Who mends the numbers of an office: the bureau's keeper, a town's clerk."""
    return by_role(Role.LEDGER_KEEPER) if office.body is Body.CIVIL_AFFAIRS_BUREAU else _clerk(office)
