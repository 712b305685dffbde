"""What happens when a referral leaves: its body is let in and hears that something waits, never what."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tipline.kit.db import db
from tipline.leads import access
from tipline.leads.models import Access, Lead
from tipline.office import outbox
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.referrals.models import Referral


def let_in(referral: Referral) -> None:
    """A sealed lead opens to the body that gets it or a part of it, less those of its people who are walled."""
    lead, to = referral.lead, referral.to
    if not lead.sealed or lead.handling_id == to.id:
        return
    if referral.whole:
        access.hand_to(lead, to)
    else:
        access.let_in(lead, to)


def tell(referral: Referral, letter: str, *, to: Office, at: datetime) -> None:
    """Write that the referral came, or came back: its number and nothing else."""
    about = f"{referral.ref}/{letter}/{at:%Y%m%dT%H%M%S%f}"
    write(about, referral.lead, to=to, letter=letter, at=at, number=referral.number)


def write(
    about: str, lead: Lead, *, to: Office, letter: str, at: datetime, role: Role | None = None, **facts: Any
) -> int:
    """Write to an office about something of this lead. Returns the letters newly written.

    The box of an office is read by everybody there: when the lead is walled from anybody, only the
    officers who may know of it are written to, each at their own address.
    """
    if not lead.walled:
        return outbox.write(about, to=to, letter=letter, at=at, role=role, **facts)
    written = 0
    for address in _addresses_of_readers(lead, to, role):
        written += outbox.write(about, to=to, letter=letter, at=at, address=address, **facts)
    return written


def _addresses_of_readers(lead: Lead, office: Office, role: Role | None) -> list[str]:
    known = select(Officer.email).join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    known = known.where(Officer.office_id == office.id, Officer.active).order_by(Officer.id)
    if role is not None:
        known = known.where(Officer.role == role)
    return [address for address in db.session.scalars(known) if address]
