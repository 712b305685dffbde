"""What became of a call: each person's part, and the sentence that says why it goes where it goes."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.explaining import sentence
from tipline.leads.models import Lead
from tipline.referrals.models import Referral
from tipline.referrals.reckoning import rule_of


@dataclass(frozen=True)
class Part:
    """One person's part of a lead just registered."""

    referral: Referral
    why: Sentence


def parts_of(lead: Lead) -> list[Part]:
    """The parts of a lead that the reader may see, in the order of its persons."""
    query = select(Referral).filter_by(lead_id=lead.id).options(joinedload(Referral.to), joinedload(Referral.person))
    return [Part(referral, _why(referral)) for referral in db.session.scalars(query.order_by(Referral.id))]


def _why(referral: Referral) -> Sentence:
    rule = rule_of(referral)
    passed = () if rule.body is referral.body else (rule.body,)
    return sentence(rule, referral.body, passed)
