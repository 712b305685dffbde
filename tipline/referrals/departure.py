"""What happens when a referral leaves: its body is let in and hears that something waits, never what."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.leads import access, telling
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.referrals import panels
from tipline.referrals.lifecycle import ON_OUR_SIDE, ReferralState
from tipline.referrals.models import Referral


def leave(act: Act, referral: Referral, *, by: Officer, at: datetime) -> None:
    """It goes to its body: the body is let in and told, and rooms above send what goes beside it."""
    note_progress(referral.lead)
    let_in(referral)
    tell(referral, "hand_over", to=referral.to, at=at)
    panels.follow(act, referral, by=by, at=at)


def come_back(act: Act, referral: Referral, *, by: Officer, at: datetime) -> None:
    """It is on the sender's side again as if it had never left; what was told to the reporter stays told."""
    referral.handed_over_at = referral.signed_for_at = referral.approved_at = None
    referral.signed_for_by = referral.receipt_no = None
    begin_anew(referral)
    note_progress(referral.lead)
    panels.follow(act, referral, by=by, at=at)


def begin_anew(referral: Referral) -> None:
    """What one body did inside counts for no clock of the next; the record of it stays."""
    referral.pending = referral.pending_by_id = referral.held_by = None
    referral.disposition = referral.disposed_at = referral.verification_at = referral.case_filed_at = None
    referral.review_on = referral.moved_at = None
    referral.days, referral.extended = {}, []


def note_progress(lead: Lead) -> None:
    """A lead has left when all of its referrals are with their bodies; what was withdrawn does not count."""
    db.session.flush()  # the question below must see what was just done
    states = set(db.session.scalars(select(Referral.state).filter_by(lead_id=lead.id))) - {ReferralState.WITHDRAWN}
    lead.handed_over = bool(states) and not states & ON_OUR_SIDE


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
    telling.write(about, referral.lead, to=to, letter=letter, at=at, number=referral.number)
