"""Search over sealed text: a blind index finds candidates, decryption decides, dates order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pypinyin import Style, lazy_pinyin
from sqlalchemy import ColumnElement, TextClause, and_, bindparam, or_, select, text
from sqlalchemy.orm import selectinload

from tipline.kit.db import db
from tipline.kit.grams import folded, grams, runs, wanted
from tipline.kit.identity import plain_name, sound_of, sounds, sounds_within
from tipline.kit.vault import vault
from tipline.leads.models import Lead
from tipline.leads.queries import content_open_to, visible_to
from tipline.office.charter import INSPECTORS, Role
from tipline.office.models import Officer, Place

CHUNK = 50

SHELL, WHOLE = "shell", "whole"
"""Two sets of marks for every lead: of what everybody may read who sees it, and of all its words."""


def shell_words(lead: Lead) -> list[str]:
    """What may be searched by whoever knows of the lead: its number, with and without the hyphen, and its place."""
    return [lead.number, lead.number.replace("-", ""), *_places(lead)]


def whole_words(lead: Lead) -> list[str]:
    """Everything in a lead that can be searched for; names also as they sound, whole and by initials."""
    people = [word for person in lead.people for word in (person.name, person.post_text, person.allegation)]
    names = [person.name for person in lead.people if person.name]
    sounds = [sound for name in names for sound in (sound_of(name), _initials(name))]
    return shell_words(lead) + [word for word in (lead.narrative, lead.household, *people, *sounds) if word]


def words_to_read(lead: Lead, *, opened: bool) -> list[str]:
    """The words of a lead in which a search may look."""
    return whole_words(lead) if opened else shell_words(lead)


def _initials(name: str) -> str:
    return "".join(lazy_pinyin(plain_name(name), style=Style.FIRST_LETTER))


def _places(lead: Lead) -> list[str]:
    codes = [code for code in (lead.town_code, lead.place_code) if code]
    places = [db.session.get(Place, code) for code in codes]
    return [place.name for place in places if place is not None]


def index(lead: Lead) -> None:
    """Put a lead into the index."""
    statement = (
        "INSERT INTO lead_search (rowid, grams) VALUES (:id, :grams)"
        if _is_sqlite()
        else "INSERT INTO lead_search (lead_id, grams) VALUES (:id, array_to_tsvector(string_to_array(:grams, ' ')))"
    )
    db.session.execute(text(statement), {"id": lead.id, "grams": _marks_of(lead)})


def forget(lead: Lead) -> None:
    """Take a lead out, before its words change; SQLite must be told the old words."""
    if _is_sqlite():
        remove = text("INSERT INTO lead_search (lead_search, rowid, grams) VALUES ('delete', :id, :grams)")
        db.session.execute(remove, {"id": lead.id, "grams": _marks_of(lead)})
    else:
        db.session.execute(text("DELETE FROM lead_search WHERE lead_id = :id"), {"id": lead.id})


def _marks_of(lead: Lead) -> str:
    """The marks of a lead: of its words, and of the two audiences that see only their own entries."""
    shell = {gram for word in shell_words(lead) for gram in grams(word)}
    whole = {gram for word in whole_words(lead) for gram in grams(word)}
    marks = {_mark(SHELL, gram) for gram in shell} | {_mark(WHOLE, gram) for gram in whole}
    return " ".join(sorted(marks | {_by(lead.registered_by_id), _in(lead.office_id)}))


def _mark(kind: str, gram: str) -> str:
    return vault.gram(f"{kind}|{gram}")


def _by(officer_id: int) -> str:
    return vault.gram(f"by|{officer_id}")


def _in(office_id: int) -> str:
    return vault.gram(f"in|{office_id}")


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


_ON_SQLITE = text("lead.id IN (SELECT rowid FROM lead_search WHERE lead_search MATCH :marks)")
_ON_POSTGRES = text("lead.id IN (SELECT lead_id FROM lead_search WHERE grams @@ CAST(:marks AS tsquery))")


@dataclass(frozen=True)
class Found:
    """A lead that contains what was asked for, and whether its words are open to who asked."""

    lead: Lead
    opened: bool
    alike: bool
    """Only the sound is the same: the name is written with other characters."""


def find(
    query: str,
    officer: Officer,
    now: datetime,
    *,
    limit: int,
    before: Lead | None = None,
    within: Iterable[ColumnElement[bool]] = (),
) -> list[Found]:
    """The newest leads visible to the officer that really contain every run of the query in words open to them.

    Where the words are open, part of a name is also found by its sound.

    What is hidden can neither be found nor move what is: the rows come through `visible_to`, the words of a
    closed lead are not looked at, and the order is that of the ledger.
    """
    if not list(runs(query)):
        return []
    found: list[Found] = []
    for lead, opened in _candidates(query, officer, now, before, within):
        body = folded(" ".join(words_to_read(lead, opened=opened)))
        written = [run in body for run in runs(query)]
        if all(written) or (opened and _sounds_so(lead, query, written)):
            found.append(Found(lead, opened, alike=not all(written)))
            if len(found) == limit:
                break
    return found


def _sounds_so(lead: Lead, query: str, written: list[bool]) -> bool:
    """Whether every run that is not written in the lead sounds like part of a name in it."""
    names = [person.name for person in lead.people if person.name]
    return all(
        stands or any(sounds_within(run, name) for name in names)
        for run, stands in zip(runs(query), written, strict=True)
    )


def _candidates(
    query: str, officer: Officer, now: datetime, before: Lead | None, within: Iterable[ColumnElement[bool]]
) -> Iterator[tuple[Lead, bool]]:
    """Visible candidates, newest first, a chunk at a time, each with whether its words are open."""
    opened = content_open_to(officer, now)
    marked = or_(_match(SHELL, query, officer), and_(_match(WHOLE, query, officer), opened))
    chunk = visible_to(officer).add_columns(opened).where(marked, *within).limit(CHUNK)
    chunk = chunk.options(selectinload(Lead.people))
    last = before.id if before else None
    while True:
        rows = list(db.session.execute(chunk if last is None else chunk.where(Lead.id < last)).unique())
        codes = {code for lead, _ in rows for code in (lead.town_code, lead.place_code)}
        places = list(db.session.scalars(select(Place).where(Place.code.in_(codes))))  # held: `_places` finds them here
        yield from ((lead, bool(is_open)) for lead, is_open in rows)
        places.clear()
        if len(rows) < CHUNK:
            return
        last = rows[-1][0].id


def _match(kind: str, query: str, officer: Officer) -> TextClause:
    """Leads that bear every mark of the query, and the mark of the officer's audience where it is a small one.

    A word that stands in every lead, asked by somebody who sees few, costs no more than the few.
    """
    quote, both, either = ('"', " AND ", " OR ") if _is_sqlite() else ("'", " & ", " | ")

    def every(marks: Iterable[str]) -> str:
        return both.join(f"{quote}{mark}{quote}" for mark in marks)

    def asked(run: str) -> str:
        ways = [run, sounds(run)] if kind == WHOLE and sounds(run) else [run]
        return either.join(f"({every(sorted(_mark(kind, gram) for gram in wanted(way)))})" for way in ways)

    marks = both.join([*(f"({asked(run)})" for run in runs(query)), *(every([mark]) for mark in _audience(officer))])
    statement = _ON_SQLITE if _is_sqlite() else _ON_POSTGRES
    return statement.bindparams(bindparam("marks", marks, unique=True))


def _audience(officer: Officer) -> list[str]:
    if officer.role is Role.OPERATOR:
        return [_by(officer.id)]
    if officer.role is Role.TOWN_CLERK or officer.role in INSPECTORS:
        return [_in(officer.office_id)]
    return []
