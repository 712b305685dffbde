"""Letters about something of a lead: only to officers who may know of it, and never what it is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.leads.models import Access, Lead
from tipline.office import duty, outbox
from tipline.office.charter import Act, Role
from tipline.office.models import Office, Officer


def write(
    about: str,
    lead: Lead,
    *,
    to: Office,
    letter: str,
    at: datetime,
    role: Role | None = None,
    reading: Act = Act.READ_REFERRALS,
    **facts: Any,
) -> int:
    """Write to an office about something of this lead. Returns the letters newly written.

    Always to the officers there who may know of the lead, each at their own address: were only walled leads
    written of so, the address on the envelope would tell of the wall. The box of the office, which everybody
    there reads, is for bodies without such officers, and never for a walled lead. `reading` is the deed by
    which the letter's paper is read.
    """
    readers = _readers(lead, to, role, reading, day_of(at))
    if not readers and not lead.walled:
        readers = outbox.readers(to)
    written = 0
    for address, language in readers:
        written += outbox.write(about, to=to, letter=letter, at=at, address=address, language=language, **facts)
    return written


def _readers(lead: Lead, office: Office, role: Role | None, reading: Act, on: date) -> list[tuple[str, str]]:
    """The addresses and languages of the officers there who read such papers, may know of this lead, and are here."""
    known = select(Officer).where(Officer.office_id == office.id, Officer.active).order_by(Officer.id)
    if lead.walled:
        known = known.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    if role is not None:
        known = known.where(Officer.role == role)
    officers = (officer for officer in db.session.scalars(known) if officer.may(reading))
    return [(one.email, one.language) for one in duty.at_work(officers, on) if one.email]
