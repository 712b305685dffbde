"""The lines of the trail as a person reads them, and the pages of the roster."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.kit.vault import Unreadable, vault
from tipline.kit.words import Labelled
from tipline.office.charter import Act, Role
from tipline.office.factwords import NAMED, VALUES, FactWord
from tipline.office.models import Entry, Office, Officer, Paper, Post, Traceable

ROWS = 25

MILESTONES = frozenset(
    {
        Act.REGISTER_LEAD,
        Act.REGISTER_STUB,
        Act.VOID_LEAD,
        Act.HAND_OVER,
        Act.HAND_OVER_DIRECTLY,
        Act.SIGN_FOR,
        Act.AGREE_RETURN,
        Act.ARBITRATE,
        Act.RECALL,
        Act.CONSENT_RECALL,
        Act.TAKE_UP,
        Act.DESIGNATE,
        Act.FILE_CASE,
        Act.GRANT_EXTENSION,
        Act.CONCLUDE,
        Act.TELL_RESULT,
        Act.OPEN_SUPERVISION,
        Act.ADD_TRIGGER,
        Act.NOTE_INSTRUCTION,
        Act.REPORT_RESULT,
        Act.SEND_BACK_RESULT,
        Act.ACCEPT_RESULT,
        Act.RELEASE,
        Act.OPEN_REVIEW,
        Act.ACCEPT_PETITION,
        Act.REFUSE_PETITION,
        Act.DECIDE_PETITION,
        Act.DELIVER_ANSWER,
        Act.DECIDE_SECOND_LOOK,
        Act.DECIDE_LAST_LOOK,
        Act.CLOSE_REVIEW,
        Act.FILE_REPORT,
        Act.FILE_NIL_REPORT,
        Act.ACCEPT_REPORT,
        Act.ISSUE_LETTER,
    }
)
"""Deeds that stand out where the trail of a paper is read."""

MACHINERY = (
    Act.SIGN_IN,
    Act.FAIL_SIGN_IN,
    Act.SIGN_OUT,
    Act.KEEP_OWN_ACCOUNT,
    Act.ADMIT_OFFICER,
    Act.MOVE_OFFICER,
    Act.DISABLE_OFFICER,
    Act.ENABLE_OFFICER,
    Act.RESET_PASSWORD,
    Act.DECLARE_KIN,
    Act.EDIT_CALENDAR,
    Act.PUBLISH_EDITION,
    Act.VERIFY_TRAIL,
    Act.EXPORT_TRAIL,
    Act.EXPORT_LEDGER,
    Act.EXPORT_STATISTICS,
    Act.EXPORT_LIST,
    Act.MOVE_DATE,
)
"""What an auditor reads line by line. Deeds on papers are not among them: their number alone would tell."""


@dataclass(frozen=True)
class Line:
    """One line of the trail, ready for `macros/trail.html`."""

    at: datetime
    act: Act
    by_name: str
    office_name: str
    facts: dict[Labelled, object]
    milestone: bool
    text: str | None
    """The note, for those who may read it."""


def trail_of(paper: Traceable, *, with_notes: bool = False) -> list[Line]:
    """Everything that was done to one paper, oldest first; reasons only for those who may read them."""
    query = select(Entry).where(Entry.paper == paper.ref).order_by(Entry.seq)
    return lines(db.session.scalars(_told(query)), with_notes=with_notes)


def did_today(act: Act, thing: Traceable, officer: Officer, now: datetime) -> bool:
    """Whether the trail already says that the officer did this to it today; by that a reading is written once a day."""
    midnight = at_clock(day_of(now), time.min)
    query = select(Entry.seq).where(
        Entry.paper == thing.ref, Entry.act == act, Entry.by_id == officer.id, Entry.at >= midnight
    )
    return db.session.scalar(query.limit(1)) is not None


def machinery(
    *, act: Act | None, by: str | None, since: date | None, until: date | None, before: str | None
) -> tuple[list[Line], str | None]:
    """A page of the machinery's lines, latest first, and the mark of the next page."""
    query = select(Entry).where(Entry.act.in_([act] if act in MACHINERY else MACHINERY))
    for kind in Paper.__subclasses__():
        query = query.where(Entry.paper.not_like(f"{kind.kind}/%"))
    if by:
        query = query.where(Entry.by_id.in_(select(Officer.id).filter_by(key=by)))
    if since:
        query = query.where(Entry.at >= at_clock(since, time()))
    if until:
        query = query.where(Entry.at < at_clock(until + timedelta(days=1), time()))
    if before and (seq := _opened(before)):
        query = query.where(Entry.seq < seq)
    found = list(db.session.scalars(_told(query.order_by(Entry.seq.desc()).limit(ROWS + 1))))
    more = _sealed(found[ROWS - 1].seq) if len(found) > ROWS else None
    return lines(found[:ROWS]), more


def lines(entries: Iterable[Entry], *, with_notes: bool = False) -> list[Line]:
    """Entries as lines to read: offices and roles by name, facts in words."""
    entries = list(entries)
    offices: dict[str, str] = dict(db.session.execute(select(Office.code, Office.name)).all()) if entries else {}
    people = _people(entries)
    return [
        Line(
            at=entry.at,
            act=entry.act,
            by_name=entry.by.name,
            office_name=entry.office.name,
            facts=_facts(entry, offices, people),
            milestone=entry.act in MILESTONES,
            text=_note(entry) if with_notes else None,
        )
        for entry in entries
    ]


def _told(query: Select[Entry]) -> Select[Entry]:
    return query.options(joinedload(Entry.by), joinedload(Entry.office))


def _facts(entry: Entry, offices: dict[str, str], people: dict[str, str]) -> dict[Labelled, object]:
    """What the line says beyond who did what: of whom, where that is somebody else, and its facts in words."""
    whom = people.get(entry.paper) if entry.paper != entry.by.ref else None
    told: dict[Labelled, object] = {FactWord.WHOM: whom} if whom else {}
    told.update((NAMED[name], _said(value, offices)) for name, value in entry.facts.items() if name in NAMED)
    return told


def _said(value: str, offices: dict[str, str]) -> object:
    return VALUES.get(value) or offices.get(value) or value


def _note(entry: Entry) -> str | None:
    try:
        note: str | None = entry.note
    except Unreadable:  # the trail's own examination names it; reading goes on
        return None
    return note


def _people(entries: list[Entry]) -> dict[str, str]:
    """The names of the officers that lines are about."""
    keys = {entry.paper.removeprefix("officer/") for entry in entries if entry.paper.startswith("officer/")}
    found = db.session.execute(select(Officer.key, Officer.name).where(Officer.key.in_(keys))).all() if keys else ()
    return {f"officer/{key}": name for key, name in found}


def _sealed(seq: int) -> str:
    """A page mark that tells nobody how many lines stand between two of theirs."""
    return vault.seal(str(seq), "entry|page|").hex()


def _opened(mark: str) -> int | None:
    try:
        return int(vault.open(bytes.fromhex(mark), "entry|page|"))
    except (ValueError, Unreadable):
        return None


BY_OFFICE = (Officer.office_id, Officer.login)


@dataclass(frozen=True)
class Seat:
    """One officer on the roster's page, and whether anybody has given them a post."""

    officer: Officer
    seated: bool


def roster_page(*, office: str | None, after: str | None) -> tuple[list[Seat], str | None]:
    """A page of the roster by office and name of account, and the key the next page begins after."""
    order, query = BY_OFFICE, _seats().limit(ROWS + 1)
    if office:
        query = query.where(Officer.office_id.in_(select(Office.id).filter_by(code=office)))
    last = db.session.scalars(select(Officer).filter_by(key=after)).one_or_none() if after else None
    if last is not None:
        query = query.where(tuple_(*order) > (last.office_id, last.login))
    found = [Seat(officer, there) for officer, there in db.session.execute(query)]
    return found[:ROWS], found[ROWS - 1].officer.key if len(found) > ROWS else None


def roster_found(words: str) -> list[Seat]:
    """The first of those whose name, or name of account, has these words in it."""
    there = or_(Officer.name.contains(words, autoescape=True), Officer.login.contains(words.lower(), autoescape=True))
    return [Seat(officer, seated) for officer, seated in db.session.execute(_seats().where(there).limit(ROWS))]


def _seats() -> Select[Officer, bool]:
    seated = exists().where(Post.officer_id == Officer.id)
    return select(Officer, seated).where(Officer.role != Role.CLOCK).order_by(*BY_OFFICE)


def unseated() -> int:
    """How many officers wait for the security administrator to give them a post."""
    waiting = ~exists().where(Post.officer_id == Officer.id)
    return db.session.scalar(select(func.count()).select_from(Officer).where(waiting, Officer.role != Role.CLOCK)) or 0
