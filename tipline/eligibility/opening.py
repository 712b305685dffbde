"""Where a petition goes on the dibao side, under what number, and who hears of it."""

from datetime import datetime

from sqlalchemy import select

from tipline.eligibility import queries, reckoning, rules
from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.series import next_number
from tipline.law.bodies import Body
from tipline.law.routing import Decision
from tipline.leads import access, telling
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.models import Office


def is_open(lead: Lead, person: ImplicatedPerson | None) -> bool:
    """Whether there is a review of this person, or of the matter that names nobody, already."""
    about = EligibilityReview.person_id.is_(None) if person is None else EligibilityReview.person_id == person.id
    query = select(EligibilityReview.id).where(EligibilityReview.lead_id == lead.id, about)
    return db.session.scalar(query.limit(1)) is not None


def office_for(decision: Decision, lead: Lead, person: ImplicatedPerson | None) -> Office | None:
    """The office that handles it: the law's side, and upward where nobody there may; None when nobody is left."""
    town = reckoning.town_of(lead, person)
    side = rules.side_of(decision, town)
    there = roster.find_office(side, town) if side is not None else None
    if there is not None and there.id in queries.offices_with_hands(lead):
        return there
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    return None if side is None or Body.CIVIL_AFFAIRS_BUREAU in decision.conflicts else bureau


def number_for(lead: Lead, person: ImplicatedPerson | None, handler: Office, at: datetime) -> str:
    """The next number of the handling office's own series; a walled lead lends its own, so that no gap tells of it."""
    if lead.walled:
        return f"FH-{lead.number}" + (f"-{person.position + 1}" if person is not None else "")
    letters, year = handler.series, local(at).year
    return f"FH{letters}{year}-{next_number(f'review/{letters}', year):04d}"


def let_in(review: EligibilityReview) -> None:
    """A sealed lead opens to the office that handles this part of it, less those of its people who are walled."""
    if review.lead.sealed and review.lead.handling_id != review.handler_id:
        access.let_in(review.lead, review.handler)


def tell(review: EligibilityReview, letter: str, *, to: Office, at: datetime) -> None:
    """Write to an office that a petition waits for it: its number and nothing else."""
    about = f"{review.ref}/{letter}/{at:%Y%m%dT%H%M%S%f}"
    telling.write(about, review.lead, to=to, letter=letter, at=at, reading=Act.ACCEPT_PETITION, number=review.number)
