"""Circulars as a bureau would make them, for the tests of this room."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from tests import make
from tests.typical_cases.telling import told
from tipline.circulars import operations, queries
from tipline.circulars.models import Circular
from tipline.circulars.wording import Draft
from tipline.kit.dates import Month, at_clock
from tipline.kit.db import db
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.typical_cases import operations as typical_cases
from tipline.typical_cases.models import TypicalCase

MAY = Month(2018, 5)
NAME = "逯长贵"
CASE = {
    "person": f"{NAME}，双港镇某村原会计",
    "facts": f"2016年至2017年，{NAME}为其亲属李某虚报低保，共计12600元。",
    "decided_on": date(2018, 5, 3),
    "decided_by": "双港镇纪委",
    "sanction": "党内警告处分",
    "analysis": "风险点：一人经手。制度漏洞：没有复核。整改措施：双人复核。",
}


def noon(month: int, day: int) -> datetime:
    return at_clock(date(2018, month, day), time(12))


@dataclass(frozen=True)
class Cast:
    """Who writes, who looks it over, and the town that reads."""

    keeper: Officer
    leader: Officer
    clerk: Officer
    deputy: Officer


def cast() -> Cast:
    roles = (Role.LEDGER_KEEPER, Role.BUREAU_LEADER, Role.TOWN_CLERK, Role.TOWN_DEPUTY)
    return Cast(*(make.officer(role) for role in roles))


def accepted(
    clerk: Officer, keeper: Officer, *cases: dict[str, Any], month: Month = MAY, at: datetime = make.NOON
) -> list[TypicalCase]:
    """A town's cases of a month, which the bureau has taken."""
    filed = [told(**(CASE | one)) for one in cases or ({},)]
    report = typical_cases.file(month, filed, signatory="周建国", by=clerk, at=at)
    db.session.flush()
    typical_cases.accept(report, by=keeper, at=at)
    db.session.flush()
    return list(db.session.scalars(select(TypicalCase).filter_by(report_id=report.id)))


def drafted(people: Cast, *cases: dict[str, Any]) -> Circular:
    """A draft of one case of 双港镇, as the record gives it."""
    return operations.draft(accepted(people.clerk, people.keeper, *cases), by=people.keeper, at=make.NOON)


def written(circular: Circular, people: Cast, **others: Any) -> Draft:
    """The draft with some parts changed, saved."""
    words = replace(circular.draft, **({"copies": "区纪委监委"} | others))
    operations.edit(circular, words, circular.latest.n, by=people.keeper, at=make.NOON)
    return words


def issued(people: Cast, *cases: dict[str, Any], at: datetime = make.NOON) -> Circular:
    circular = drafted(people, *cases)
    operations.submit(circular, looked_over=False, by=people.keeper, at=at)
    operations.approve(circular, by=people.leader, at=at)
    operations.issue(circular, by=people.keeper, at=at)
    db.session.flush()
    return circular


def seen(officer: Officer) -> list[Circular]:
    return list(db.session.scalars(queries.visible_to(officer)))
