"""What happens when a referral leaves: its body is let in and hears that something waits, never what."""

from datetime import datetime

from tipline.leads import access, telling
from tipline.office.models import Office
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
    telling.write(about, referral.lead, to=to, letter=letter, at=at, number=referral.number)
