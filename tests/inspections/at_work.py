"""Inspections and findings as a bureau would make them, for the tests of this room."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tests import make
from tests.screening.tables import number, row, sheet
from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.inspections import operations
from tipline.inspections.lifecycle import Kind
from tipline.inspections.models import Finding, Inspection
from tipline.inspections.operations import Plan, Seen
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.office import editions, roster
from tipline.office.charter import Role
from tipline.office.models import Officer, Place
from tipline.screening import operations as screening
from tipline.screening import queries as tables
from tipline.screening import workbook
from tipline.screening.models import ScreeningRecord

SEED = "5eed" * 8
WORDS = "入户看到该户有两辆小汽车，评议会没有记录。"


def noon(month: int, day: int) -> datetime:
    return at_clock(date(2018, month, day), time(12))


@dataclass(frozen=True)
class Cast:
    """Who goes, who approves, and the town that is visited."""

    keeper: Officer
    leader: Officer
    clerk: Officer
    deputy: Officer


def cast() -> Cast:
    roles = (Role.LEDGER_KEEPER, Role.BUREAU_LEADER, Role.TOWN_CLERK, Role.TOWN_DEPUTY)
    return Cast(*(make.officer(role) for role in roles))


def villages(town: str = make.SHUANGGANG) -> list[Place]:
    return roster.villages(town)


def planned(people: Cast, *places: Place, at: datetime = make.NOON, **said: Any) -> Inspection:
    """An inspection of 双港镇, of its first village unless told otherwise."""
    usual: dict[str, Any] = {
        "sort": Kind.TEAM,
        "since": day_of(at),
        "until": date(2018, 6, 15),
        "places": places or (villages()[0],),
        "reason": "群众申诉多。",
        "members": (),
        "leader": people.leader,
    }
    return operations.plan(Plan(**(usual | said)), SEED, by=people.keeper, at=at)


def under_way(people: Cast, *places: Place, at: datetime = make.NOON, **said: Any) -> Inspection:
    paper = planned(people, *places, at=at, **said)
    operations.start(paper, by=people.leader, at=at)
    db.session.flush()
    return paper


def seen(**said: Any) -> Seen:
    usual: dict[str, Any] = {"style": False, "term": "favour_dibao", "place": villages()[0], "words": WORDS}
    return Seen(**(usual | {"on": day_of(make.NOON)} | said))


def found(paper: Inspection, by: Officer, at: datetime = make.NOON, **said: Any) -> Finding:
    return operations.record(paper, seen(**said), by=by, at=at)


def photo() -> Received:
    tray = cabinet.tray()
    tray.write("整改照片说明。".encode())
    tray.seek(0)
    return Received("照片.txt", FileType.TXT, tray.keep(), None)


def screened(clerk: Officer, *places: Place, at: datetime = make.NOON) -> list[ScreeningRecord]:
    """One household on record in each of these villages of the clerk's town."""
    notice = editions.notice()
    table = screening.Table(clerk.office, notice.screening.population("on_roll"), notice)
    lines = [
        row(**{"序号": n, "身份证号": number(n), "村（居）": place.name}) for n, place in enumerate(places, start=1)
    ]
    content = sheet(*lines)
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    upload = screening.upload(table, tray.keep(), "在保.xlsx", by=clerk, at=at)
    handed = workbook.read(content, tables.known_of(table.town, table.population, notice, day_of(at)))
    screening.enter(upload, handed, by=clerk, at=at)
    return list(tables.standing(table.town, table.population, notice).values())
