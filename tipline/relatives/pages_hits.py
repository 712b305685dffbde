"""What the pages of the comparison and of the missed households show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.identity import masked
from tipline.law.registers import Part, Register
from tipline.law.screening import Kind
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES
from tipline.office.models import Officer, Place
from tipline.relatives import hits, missed, queries
from tipline.relatives.missed import LISTED, Missed
from tipline.relatives.models import HelpVisit, RegisterEntry, RegisterHit
from tipline.relatives.operations import table_of
from tipline.relatives.pages import Covers, Shown, head_of
from tipline.screening import queries as screening
from tipline.screening.models import ScreeningRecord

IN_HIT = (Kind.NAME, Kind.IDENTITY, Kind.VILLAGE, Kind.INTEGER, Kind.MONEY, Kind.MONTH, Kind.YES_NO, Kind.CONCLUSION)


Describe = Callable[[Any, Officer], tuple[Shown, str, Shown]]


@dataclass(frozen=True)
class Half:
    """One of the two that a hit compares: where it stands, and what it says."""

    where: Shown
    facts: Sequence[tuple[Shown, Shown]]


def person_of(hit: RegisterHit) -> Half:
    """Who is on the list; numbers covered."""
    table, values = table_of(hit.entry), hit.entry.values
    writer = queries.writer_of(table.register)
    columns = [one for one in queries.columns_of(table.register) if one.kind is not Kind.SERIAL]
    pairs = [(one.name, writer.covered(one, values.get(one.key), wholly=False)) for one in columns if one.key in values]
    return Half(table.register.name, pairs)


def household_of(hit: RegisterHit) -> Half:
    """The household on the roll; numbers covered."""
    notice, values = editions.notice(), hit.record.values
    population = notice.screening.population(hit.record.population)
    writer = screening.writer_of(population, notice)
    columns = [one for one in notice.screening.columns_of(population.key) if one.kind in IN_HIT]
    pairs = [(one.name, writer.covered(one, values.get(one.key), wholly=False)) for one in columns if one.key in values]
    return Half(population.name, pairs)


@dataclass(frozen=True)
class HitLine:
    """One line of the list of hits."""

    hit: RegisterHit
    register: Register
    person: str
    cadre: str
    relation: Shown
    head: str
    number: str


def hit_lines(rows: list[RegisterHit]) -> list[HitLine]:
    """The hits with the names on both sides; the household's number is covered."""
    writers: dict[str, Covers] = {}
    return [_hit_line(hit, writers) for hit in rows]


def _hit_line(hit: RegisterHit, writers: dict[str, Covers]) -> HitLine:
    register, values = queries.registers().register(hit.entry.register), hit.entry.values
    covers = writers.setdefault(register.key, Covers(register, queries.writer_of(register), wholly=False))
    head, number = head_of(hit.record)
    name, cadre = register.said(values, Part.NAME), register.said(values, Part.CADRE)
    return HitLine(hit, register, name, cadre, covers.part(values, Part.RELATION), head, masked(number))


def place_of(code: str | None) -> str:
    """The name of a village; "" for none."""
    place = db.session.get(Place, code) if code else None
    return place.name if place else ""


def account_of(hit: RegisterHit) -> str:
    """The words of the lead that a hit would become, without a number: to be read and corrected before it is sent."""
    (line,), village = hit_lines([hit]), place_of(hit.record.place_code)
    said: dict[str, object] = {
        "town": hit.record.office.name,
        "village": village,
        "head": line.head,
        "register": line.register.name.zh,
        "cadre": line.cadre,
        "relation": str(line.relation),
        "person": line.person,
        "level": hit.level.label,
        "reason": hit.reason or "",
    }
    if line.cadre:
        first = (
            "比对%(register)s发现：%(town)s%(village)s低保户%(head)s家，有%(cadre)s的亲属%(person)s（%(relation)s）。"
        )
        text = first + "没有近亲属备案。"
        if queries.filing_of(hit.record):
            text = first + "该户已有近亲属备案。"
    else:
        text = "比对%(register)s发现：%(person)s在名单上，又与%(town)s%(village)s低保户主%(head)s相符。"
    return (text + "依据：%(level)s。核对情况：%(reason)s") % said


def post_of(hit: RegisterHit) -> str:
    """The post that is proposed for whoever would be reported."""
    return queries.registers().register(hit.entry.register).post


@dataclass(frozen=True)
class Need:
    """A household that may have been missed."""

    key: str
    name: Shown
    number: str
    town: str
    village: str
    why: Shown
    visit: HelpVisit | None
    outcome: Shown


def needs(rows: list[Missed], source: str, officer: Officer) -> list[Need]:
    """Whom to visit, and what came of the last visit."""
    villages = {place.code: place for place in _places(rows)}
    towns = {
        place.code: place.name for place in db.session.scalars(select(Place).where(Place.parent_code.is_not(None)))
    }
    visits = missed.visits(rows)
    outcomes = {term.key: term.name for term in editions.notice().taxonomies.get(missed.OUTCOMES, ())}
    describe: Describe = _listed if source == LISTED else _screened
    found = []
    for row in rows:
        name, number, why = describe(row, officer)
        village = villages.get(row.place_code or "")
        visit = next(iter(visits.get(row.identity_blind or "", [])), None)
        town = towns.get(village.parent_code or "", "") if village else row.office.name
        outcome = outcomes.get(visit.outcome, visit.outcome) if visit else ""
        found.append(Need(row.key, name, number, town, village.name if village else "", why, visit, outcome))
    return found


def _places(rows: list[Missed]) -> list[Place]:
    codes = {row.place_code for row in rows if row.place_code}
    return list(db.session.scalars(select(Place).where(Place.code.in_(codes)))) if codes else []


def _listed(entry: RegisterEntry, officer: Officer) -> tuple[Shown, str, Shown]:
    covers = Covers.of(table_of(entry), officer)
    values = entry.values
    return covers.part(values, Part.NAME), str(covers.part(values, Part.IDENTITY)), covers.part(values, Part.NEED)


def _screened(record: ScreeningRecord, officer: Officer) -> tuple[Shown, str, Shown]:
    name, number = head_of(record)
    notice = editions.notice()
    population = notice.screening.population(record.population)
    said = next((one.name for one in population.conclusions if one.key == record.conclusion), population.name)
    mine = officer.role in TOWN_ROLES
    return name if mine else masked(name), masked(number), said


def tabs() -> list[tuple[str, str]]:
    """The tabs of the list of hits."""
    words = (_("待核对"), _("待复核"), _("已核实"), _("已转线索"), _("已排除"), _("已备案"))
    return list(zip(hits.Shown.ALL, words, strict=True))


def visits_of(household: Missed) -> list[tuple[HelpVisit, Shown]]:
    """The visits to one household, latest first, each with its result in words."""
    outcomes = {term.key: term.name for term in editions.notice().taxonomies.get(missed.OUTCOMES, ())}
    found = missed.visits([household]).get(household.identity_blind or "", [])
    return [(visit, outcomes.get(visit.outcome, visit.outcome)) for visit in found]
