"""Households that may have been missed (漏保): people in need who are on no roll. To be visited; nobody's offence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.law.registers import Side
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer, Place
from tipline.relatives import queries
from tipline.relatives.models import HelpVisit, RegisterEntry
from tipline.screening.models import ScreeningRecord

OUTCOMES = "help_outcome"
LISTED, SCREENED = "listed", "screened"
SOURCES = (LISTED, SCREENED)
"""On a list of people in need; or concluded by its town to be taken in."""

Missed = RegisterEntry | ScreeningRecord


def of_source(officer: Officer, source: str) -> Select[Any]:
    """Whoever is in need by that source and on no roll today: neither by the own number nor by the head's."""
    if not officer.may(Act.READ_MISSED) or not queries.registers().registers:
        return select(kind_of(source)).where(false())
    notice = editions.notice()
    if source == LISTED:
        lists = queries.registers().of(Side.HELP)
        rows = select(RegisterEntry).where(
            RegisterEntry.notice == notice.key,
            RegisterEntry.register.in_(lists),
            RegisterEntry.ended_on.is_(None),
            queries.within_reach(officer),
            ~_on_roll(RegisterEntry.identity_blind),
            ~_on_roll(RegisterEntry.head_identity_blind),
        )
        return rows.options(joinedload(RegisterEntry.office)).order_by(RegisterEntry.id)
    owed = queries.kinship().owed
    records = select(ScreeningRecord).where(
        ScreeningRecord.notice == notice.key,
        ScreeningRecord.conclusion.in_(owed),
        queries.in_own_town(officer, ScreeningRecord.office_id),
        ~_on_roll(ScreeningRecord.identity_blind),
    )
    return records.options(joinedload(ScreeningRecord.office)).order_by(ScreeningRecord.id)


def _on_roll(number: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    notice, record = editions.notice(), aliased(ScreeningRecord)
    granted = [one.key for one in notice.screening.populations if one.granted]
    return exists().where(record.identity_blind == number, record.notice == notice.key, record.population.in_(granted))


def kind_of(source: str) -> type[RegisterEntry] | type[ScreeningRecord]:
    return RegisterEntry if source == LISTED else ScreeningRecord


def narrowed(rows: Select[Any], source: str, shown: str) -> Select[Any]:
    """Still to be visited, or visited with a result that ends it."""
    done = visited(kind_of(source))
    return rows.where(done if shown == "visited" else ~done)


def of_town(source: str, code: str) -> ColumnElement[bool]:
    """Whoever lives in that town; anybody where none is named."""
    if source == LISTED and code:
        return RegisterEntry.place_code.in_(select(Place.code).where(Place.parent_code == code))
    return queries.of_town(ScreeningRecord.office_id, code)


def visited(kind: type[RegisterEntry] | type[ScreeningRecord]) -> ColumnElement[bool]:
    """Whether the latest visit met somebody; one that met nobody leaves it to be visited."""
    latest = select(func.max(HelpVisit.id)).where(
        HelpVisit.identity_blind == kind.identity_blind, HelpVisit.notice == kind.notice
    )
    again = [term.key for term in editions.notice().taxonomies.get(OUTCOMES, ()) if term.group == "again"]
    met = HelpVisit.outcome.not_in(again) if again else HelpVisit.id.is_not(None)
    return exists().where(HelpVisit.id == latest.correlate(kind).scalar_subquery(), met)


def one(officer: Officer, source: str, key: str) -> Missed:
    """One of them that the officer may see. Raises NotFound."""
    kind = kind_of(source)
    found = db.session.scalars(of_source(officer, source).where(kind.key == key)).first() if source in SOURCES else None
    if found is None:
        raise NotFound("没有找到。")
    return found  # type: ignore[no-any-return]


def visits(rows: list[Missed]) -> Mapping[str, list[HelpVisit]]:
    """The visits to these, latest first, by the hash of the number."""
    found: dict[str, list[HelpVisit]] = {}
    blinds = [row.identity_blind for row in rows if row.identity_blind]
    query = select(HelpVisit).where(HelpVisit.identity_blind.in_(blinds), HelpVisit.notice == editions.notice().key)
    query = query.options(joinedload(HelpVisit.visited_by)).order_by(HelpVisit.id.desc())
    for visit in db.session.scalars(query):
        found.setdefault(visit.identity_blind, []).append(visit)
    return found


def tally(officer: Officer, town: str = "") -> dict[str, int]:
    """How many are still to be visited, by source, in one town or in all."""
    return {
        source: db.session.scalar(
            select(func.count()).select_from(
                narrowed(of_source(officer, source), source, "").where(of_town(source, town)).order_by(None).subquery()
            )
        )
        or 0
        for source in SOURCES
    }


@dataclass(frozen=True)
class Said:
    """What came of a visit."""

    visited_on: date
    outcome: str
    note: str


def visit(missed: Missed, said: Said, *, by: Officer, at: datetime) -> HelpVisit:
    """Note a visit: what came of it is help, or why there is none. It is never a lead on anybody."""
    if said.visited_on > day_of(at):
        raise Incomplete("走访日期还没有到，请核对。")
    witness(Act.VISIT_MISSED, missed, by=by, at=at, outcome=said.outcome, on=said.visited_on.isoformat())
    made = HelpVisit(
        notice=editions.notice().key,
        identity_blind=missed.identity_blind,
        visited_on=said.visited_on,
        outcome=said.outcome,
        visited_at=at,
        visited_by=by,
    )
    made.note = said.note
    db.session.add(made)
    db.session.flush()
    return made
