"""The one road for every change: permitted, possible, written down; or refused, and nothing changes."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.office import trail
from tipline.office.charter import Act
from tipline.office.models import Entry, Officer, Paper, Traceable
from tipline.office.powers import SECOND_PERSON


def enact(act: Act, paper: Paper, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> Entry:
    """Do a deed to a paper: it moves along its life, and the trail says so.

    `note` is kept sealed (a reason may name people); `facts` are plain and must not.
    Raises NotPermitted or NotNow, and then nothing has changed.
    """
    _permit(act, by)
    _ask_for_a_second_person(act, paper, by)
    paper.undergo(act)
    entry = trail.append(act, paper.ref, by=by, at=at, note=note, facts=facts)
    paper.last_seq = entry.seq
    return entry


def witness(act: Act, thing: Traceable, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> Entry:
    """Write down a deed that moves no paper: a reading, a sign-in, a change of the roster."""
    _permit(act, by)
    return trail.append(act, thing.ref, by=by, at=at, note=note, facts=facts)


def _permit(act: Act, by: Officer) -> None:
    if not by.may(act):
        raise NotPermitted("%(role)s无权%(act)s。", role=by.role, act=act)


def _ask_for_a_second_person(act: Act, paper: Paper, by: Officer) -> None:
    first = SECOND_PERSON.get(act)
    if first is not None and _latest_to_do(first, paper) == by.id:
        raise NotPermitted("%(first)s与%(act)s须由两人分别办理。", first=first, act=act)


def _latest_to_do(act: Act, paper: Paper) -> int | None:
    """Who did this to the paper last; lines not yet in the database count too."""
    just_now = [
        line for line in db.session.new if isinstance(line, Entry) and (line.paper, line.act) == (paper.ref, act)
    ]
    if just_now:
        return max(just_now, key=lambda line: line.seq).by_id
    query = select(Entry.by_id).where(Entry.paper == paper.ref, Entry.act == act).order_by(Entry.seq.desc()).limit(1)
    with db.session.no_autoflush:
        return db.session.scalar(query)
