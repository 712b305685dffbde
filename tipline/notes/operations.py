"""What may be done around a paper without moving it: a note, an eye kept on it. Operations never commit."""

from datetime import datetime

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.kit.identity import tidy
from tipline.leads.models import Lead
from tipline.notes import queries
from tipline.notes.models import Note, Ring, Watch
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.referrals.models import Referral


def write(paper: Lead | Referral, ring: Ring, text: str, *, by: Officer, at: datetime) -> Note:
    """Write a note on a paper for one ring of readers.

    A note to both sides belongs on a referral, where there are two sides. Raises Incomplete.
    """
    referral = paper if isinstance(paper, Referral) else None
    words = tidy(text)
    if not words:
        raise Incomplete("请写明备注内容。")
    if ring is Ring.BUREAU and referral is None:
        raise Incomplete("线索移送以后，才能在办理件上写给对方单位。")
    witness(Act.WRITE_NOTE, paper, by=by, at=at, ring=ring.value)
    lead_id = referral.lead_id if referral else paper.id
    note = Note(lead_id=lead_id, referral=referral, ring=ring, office_id=by.office_id, by=by, at=at, text=words)
    db.session.add(note)
    return note


def watch(paper: Lead | Referral, *, by: Officer, at: datetime) -> Watch:
    """Keep an eye on a paper from now on; said again, it means that what has happened so far is seen."""
    known = queries.watch_of(paper, by)
    if known is None:
        known = _eye(paper, by, None)
        witness(Act.WATCH, paper, by=by, at=at)
    known.seen_seq = paper.last_seq
    return known


def unwatch(paper: Lead | Referral, *, by: Officer, at: datetime) -> None:
    """Look elsewhere again."""
    known = queries.watch_of(paper, by)
    if known is not None:
        witness(Act.UNWATCH, paper, by=by, at=at)
        db.session.delete(known)


def ask_to_watch(paper: Lead | Referral, colleague: Officer, *, by: Officer, at: datetime) -> Watch:
    """Ask a colleague of the same office to look: only somebody who may read the paper can be asked."""
    if colleague.id not in {officer.id for officer in queries.colleagues(paper, by)}:
        raise NotPermitted("只能请本单位可以查阅本件的同事关注。")
    witness(Act.ASK_TO_WATCH, paper, by=by, at=at, officer=colleague.key)
    known = queries.watch_of(paper, colleague) or _eye(paper, colleague, by)
    known.asked_by, known.seen_seq = by, paper.last_seq - 1
    return known


def _eye(paper: Lead | Referral, officer: Officer, asked_by: Officer | None) -> Watch:
    eye = Watch(officer=officer, paper=paper.ref, seen_seq=paper.last_seq, asked_by=asked_by)
    db.session.add(eye)
    return eye
