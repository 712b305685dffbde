"""What happens when a referral leaves: its body is let in and hears that something waits, never what."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tipline.kit.db import db
from tipline.leads import access
from tipline.leads.models import Access, Lead
from tipline.office import outbox
from tipline.office.charter import Act, Role
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

    Always to the officers there who may know of the lead, each at their own address: were only walled leads
    written of so, the address on the envelope would tell of the wall. The box of the office, which everybody
    there reads, is for bodies without such officers, and never for a walled lead.
    """
    readers = _readers(lead, to, role)
    if not readers and not lead.walled:
        readers = outbox.readers(to)
    written = 0
    for address, language in readers:
        written += outbox.write(about, to=to, letter=letter, at=at, address=address, language=language, **facts)
    return written


def _readers(lead: Lead, office: Office, role: Role | None) -> list[tuple[str, str]]:
    """The addresses and languages of the officers there who handle referrals and may know of this lead."""
    known = select(Officer).where(Officer.office_id == office.id, Officer.active).order_by(Officer.id)
    if lead.walled:
        known = known.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    if role is not None:
        known = known.where(Officer.role == role)
    officers = (officer for officer in db.session.scalars(known) if officer.may(Act.READ_REFERRALS))
    return [(officer.email, officer.language) for officer in officers if officer.email]
