"""Questions about notes and watchers. Whoever asks has seen the paper already, through its own room."""

from typing import TypeVar

from sqlalchemy import Select, literal, or_, select
from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.models import Access, Lead
from tipline.notes.models import Note, Ring, Watch
from tipline.office.charter import INSPECTORS, Act
from tipline.office.models import Entry, Officer, Paper
from tipline.office.powers import PERMITTED
from tipline.referrals import queries as referrals
from tipline.referrals.lifecycle import INSIDE_THE_BODY, LIFE
from tipline.referrals.models import Referral

P = TypeVar("P", Lead, Referral)
MOST = 50
"""So many moved papers are told at once on the desk."""


def of_lead(lead: Lead, reader: Officer) -> list[Note]:
    """The notes on the lead itself that the reader may read, oldest first."""
    return _readable(select(Note).where(Note.lead_id == lead.id, Note.referral_id.is_(None)), reader)


def of_referral(referral: Referral, reader: Officer) -> list[Note]:
    """The notes on one referral that the reader may read, oldest first."""
    return _readable(select(Note).where(Note.lead_id == referral.lead_id, Note.referral_id == referral.id), reader)


def _readable(query: Select[Note], reader: Officer) -> list[Note]:
    inside = or_(Note.ring == Ring.BUREAU, Note.office_id == reader.office_id)
    query = query.where(inside).options(joinedload(Note.by), joinedload(Note.office)).order_by(Note.id)
    return list(db.session.scalars(query))


def watch_of(paper: Paper, officer: Officer) -> Watch | None:
    """The officer's eye on the paper."""
    return db.session.get(Watch, (officer.id, paper.ref), options=[joinedload(Watch.asked_by)])


def colleagues(paper: Lead | Referral, officer: Officer) -> list[Officer]:
    """Who could be asked to keep an eye on it: those of the same office who may read it themselves."""
    lead = paper.lead if isinstance(paper, Referral) else paper
    roles = [role for role, acts in PERMITTED.items() if Act.WATCH in acts]
    query = select(Officer).where(
        Officer.active, Officer.office_id == officer.office_id, Officer.role.in_(roles), Officer.id != officer.id
    )
    if lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    return list(db.session.scalars(query.order_by(Officer.name, Officer.id)))


def moved(officer: Officer) -> list[Lead | Referral]:
    """The watched papers that have moved since the officer last said 'seen', as far as they may still be seen."""
    inside = officer.role in INSPECTORS
    told = LIFE.acts if inside else LIFE.acts - INSIDE_THE_BODY
    return [
        *db.session.scalars(_moved(ledger.visible_to(officer), Lead, officer, Lead.life.acts)),
        *db.session.scalars(_moved(referrals.visible_to(officer), Referral, officer, told)),
    ]


def _moved(query: Select[P], kind: type[P], officer: Officer, told: set[Act]) -> Select[P]:
    """Moved by a deed that the officer may hear of: what a body does inside tells nobody else."""
    ref = literal(f"{kind.kind}/").concat(kind.key)
    since = select(Entry.seq).where(Entry.paper == ref, Entry.seq > Watch.seen_seq, Entry.act.in_(told))
    watched = (Watch.officer_id == officer.id) & (Watch.paper == ref)
    return query.join(Watch, watched).where(kind.last_seq > Watch.seen_seq, since.exists()).limit(MOST)
