"""The comparison of the lists with the roll: two streams, one directory of keyed marks, no name on the way.

The persons are held in memory, the households pass by. A name is opened only in a village where the lists have
somebody who can be found by name alone; it is hashed at once and compared as a hash.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from tipline.kit.db import db
from tipline.kit.vault import vault
from tipline.law.registers import Side
from tipline.law.screening import Kind
from tipline.office import editions
from tipline.relatives import queries
from tipline.relatives.models import RegisterEntry, RegisterHit
from tipline.relatives.operations import village_blind
from tipline.relatives.rules import Directory, Household, Level, Person, in_village
from tipline.screening.models import ScreeningRecord

AT_A_TIME = 2_000


@dataclass(frozen=True)
class Found:
    """A pair that was never found before."""

    entry_id: int
    record_id: int
    level: Level
    pair: str


def on_the_roll() -> Select[ScreeningRecord]:
    """Households that are granted dibao, in the tables of the notice in force."""
    notice = editions.notice()
    granted = [one.key for one in notice.screening.populations if one.granted]
    return select(ScreeningRecord).where(ScreeningRecord.notice == notice.key, ScreeningRecord.population.in_(granted))


def new_pairs() -> list[Found]:
    """All pairs that the lists and the roll make today, but for those that were ever found."""
    marks, villages = {}, set()
    for row in db.session.execute(_persons()):
        marks[row.id] = row
        if row.namesake_blind or row.household_blind:
            villages.add(row.place_code)
    directory = Directory(
        Person(row.id, row.identity_blind, row.lengthened, row.namesake_blind, row.household_blind)
        for row in marks.values()
    )
    known = set(db.session.scalars(select(RegisterHit.pair_blind).filter_by(notice=editions.notice().key)))
    found = {}
    for household in _households(villages):
        for person, level in directory.like(household):
            pair = _pair(marks[person.ref], household)
            if pair not in known:
                known.add(pair)
                found[pair] = Found(person.ref, household.ref, level, pair)
    return list(found.values())


def _persons() -> Any:
    """Whoever stands on a list today."""
    lists = queries.registers().of(Side.PAID, Side.KIN)
    return select(
        RegisterEntry.id,
        RegisterEntry.register,
        RegisterEntry.row_blind,
        RegisterEntry.identity_blind,
        RegisterEntry.cadre_blind,
        RegisterEntry.lengthened,
        RegisterEntry.namesake_blind,
        RegisterEntry.household_blind,
        RegisterEntry.place_code,
    ).where(
        RegisterEntry.notice == editions.notice().key,
        RegisterEntry.register.in_(lists),
        RegisterEntry.ended_on.is_(None),
    )


def _households(villages: set[str]) -> Iterator[Household]:
    """The roll; a head's name is opened in these villages alone."""
    roll = on_the_roll()
    rows = roll.with_only_columns(ScreeningRecord.id, ScreeningRecord.identity_blind, ScreeningRecord.place_code)
    if villages:
        elsewhere = ScreeningRecord.place_code.is_(None) | ScreeningRecord.place_code.not_in(villages)
        yield from _named(roll.where(ScreeningRecord.place_code.in_(villages)))
        rows = rows.where(elsewhere)
    for row in db.session.execute(rows.execution_options(yield_per=AT_A_TIME)):
        yield Household(row.id, row.identity_blind, None)


def _named(roll: Select[ScreeningRecord]) -> Iterator[Household]:
    columns = {
        one.key: column.key
        for one in editions.notice().screening.populations
        if (column := editions.notice().screening.column_of_kind(one.key, Kind.NAME))
    }
    for record in db.session.scalars(roll.execution_options(yield_per=AT_A_TIME)):
        name = str(record.values.get(columns.get(record.population, ""), ""))
        yield Household(record.id, record.identity_blind, village_blind(in_village(name, record.place_code)))
        db.session.expunge(record)


def _pair(row: Any, household: Household) -> str:
    """By what a pair is known for ever: the person's number, else the row; the cadre; the household."""
    side = queries.registers().register(row.register).side
    who = row.identity_blind or row.row_blind
    return vault.blind("register-pair", f"{side}|{who}|{row.cadre_blind or ''}|{household.identity}")
