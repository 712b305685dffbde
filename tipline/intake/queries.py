"""What became of a call: each person's part, and the sentence that says why it goes where it goes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.reckoning import reason_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.explaining import sentence
from tipline.leads.models import Lead
from tipline.office.models import Office
from tipline.referrals.models import Referral
from tipline.referrals.reckoning import rule_of


@dataclass(frozen=True)
class Part:
    """One part of a lead just registered: a person on the way to a body, or the dibao side of it."""

    number: str
    to: Office
    why: Sentence


def parts_of(lead: Lead) -> list[Part]:
    """The parts of a lead that the reader may see, persons first, in their order."""
    sent = select(Referral).filter_by(lead_id=lead.id).options(joinedload(Referral.to), joinedload(Referral.person))
    ours = select(EligibilityReview).filter_by(lead_id=lead.id).options(joinedload(EligibilityReview.handler))
    return [
        *(Part(one.number, one.to, _why(one)) for one in db.session.scalars(sent.order_by(Referral.id))),
        *(
            Part(one.number, one.handler, reason_of(one))
            for one in db.session.scalars(ours.order_by(EligibilityReview.id))
        ),
    ]


def _why(referral: Referral) -> Sentence:
    rule = rule_of(referral)
    passed = () if rule.body is referral.body else (rule.body,)
    return sentence(rule, referral.body, passed)
