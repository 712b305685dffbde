"""Leads that may be about the same: found by keyed hashes and by place, compared in words that one may read.

A lead whose words are closed to whoever asks is not looked at at all: it moves no order, no count, no score.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tipline.bundles import queries, rules
from tipline.bundles.rules import Evidence, Likeness
from tipline.kit.db import db
from tipline.leads.models import ImplicatedPerson, Lead, Reporter
from tipline.office.models import Officer

MOST_ALIKE, MOST_NEAR, MOST_SHOWN = 200, 100, 40
"""So many leads with a mark in common and so many more of the same town are compared; so many are shown."""


@dataclass(frozen=True)
class Candidate:
    """A lead that may be about the same, and why."""

    lead: Lead
    likeness: Likeness
    repeat: bool
    """Whether it meets the test of 2.4; a person decides."""


@dataclass(frozen=True)
class Marks:
    """What a lead is compared by."""

    people: frozenset[tuple[str, str | None]]
    posts: frozenset[tuple[str, str]]
    reporter: frozenset[str]
    words: frozenset[str]


def candidates(lead: Lead, officer: Officer, now: datetime) -> list[Candidate]:
    """What may be about the same as this lead, among what the officer may read, in the order of `rules.rank`."""
    found = _near(lead, officer, now)
    marks = _marks([lead, *found])
    alike = [Candidate(other, likeness(lead, other, marks), False) for other in found]
    alike = [candidate for candidate in alike if rules.is_worth_showing(candidate.likeness)]
    alike.sort(key=lambda candidate: (rules.rank(candidate.likeness), -candidate.lead.id))
    return [_judged(lead, candidate) for candidate in alike[:MOST_SHOWN]]


def compared(leads: list[Lead]) -> list[Likeness]:
    """Each of several leads against the first of them."""
    marks = _marks(leads)
    return [likeness(leads[0], other, marks) for other in leads[1:]]


def _judged(lead: Lead, candidate: Candidate) -> Candidate:
    named = lead.named and candidate.lead.named
    repeat = rules.looks_like_a_repeat(candidate.likeness, named=named)
    return Candidate(candidate.lead, candidate.likeness, repeat)


def _near(lead: Lead, officer: Officer, now: datetime) -> list[Lead]:
    """Readable leads with a mark in common, and the newest of the same town."""
    readable = queries.readable(officer, now).where(Lead.id != lead.id)
    readable = readable.options(selectinload(Lead.people), joinedload(Lead.place), joinedload(Lead.reporter))
    found = list(db.session.scalars(readable.where(or_(*_in_common(lead))).limit(MOST_ALIKE)))
    if lead.town_code:
        known = {one.id for one in found}
        near = db.session.scalars(readable.where(Lead.town_code == lead.town_code).limit(MOST_NEAR))
        found += [one for one in near if one.id not in known]
    return found


def _in_common(lead: Lead) -> Iterator[ColumnElement[bool]]:
    names = [person.name_blind for person in lead.people if person.name_blind]
    yield Lead.id.in_(select(ImplicatedPerson.lead_id).where(ImplicatedPerson.name_blind.in_(names)))
    if lead.household_blind:
        yield Lead.household_blind == lead.household_blind
    if lead.place_code:
        yield Lead.place_code == lead.place_code
    if lead.named and (marks := _of_reporter(lead.reporter)):
        kept = (Reporter.phone_blind.in_(marks), Reporter.identity_blind.in_(marks))
        yield Lead.named & Lead.id.in_(select(Reporter.lead_id).where(or_(*kept)))


def _marks(leads: list[Lead]) -> dict[int, Marks]:
    return {lead.id: _marks_of(lead) for lead in leads}


def _marks_of(lead: Lead) -> Marks:
    said = [lead.narrative, *(person.allegation for person in lead.people)]
    return Marks(
        people=frozenset((p.name_blind, p.town_code or lead.town_code) for p in lead.people if p.name_blind),
        posts=frozenset((p.post, p.village_code) for p in lead.people if p.post and p.village_code),
        reporter=_of_reporter(lead.reporter) if lead.named else frozenset(),
        words=rules.pairs(text for text in said if text),
    )


def _of_reporter(reporter: Reporter | None) -> frozenset[str]:
    """The keyed hashes of telephone and identity number; the name alone is nobody's own."""
    marks = (reporter.phone_blind, reporter.identity_blind) if reporter else ()
    return frozenset(mark for mark in marks if mark)


def likeness(one: Lead, other: Lead, marks: dict[int, Marks]) -> Likeness:
    """What two leads have in common."""
    mine, theirs = marks[one.id], marks[other.id]
    same = {
        Evidence.PERSON: _same_person(mine, theirs),
        Evidence.HOUSEHOLD: one.household_blind is not None and one.household_blind == other.household_blind,
        Evidence.REPORTER: bool(mine.reporter & theirs.reporter),
        Evidence.POST: bool(mine.posts & theirs.posts),
        Evidence.PLACE: one.place_code is not None and one.place_code == other.place_code,
        Evidence.MATTER: bool(set(one.problems) & set(other.problems)),
    }
    shared = frozenset(point for point, is_same in same.items() if is_same)
    return Likeness(shared, rules.similarity(mine.words, theirs.words))


def _same_person(mine: Marks, theirs: Marks) -> bool:
    """The same name in the same town; where one lead tells no town, the name decides."""
    return any(
        name == other and (town == there or None in (town, there))
        for name, town in mine.people
        for other, there in theirs.people
    )
