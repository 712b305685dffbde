"""Questions about checklists. Whoever asks has seen the referral already, through its own room."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.checklists.models import CheckedItem, Verdict
from tipline.kit.db import db
from tipline.law.entries import Term
from tipline.referrals.models import Referral

CHECKLIST = "checklist"
"""The notice's list: each item names, as its group, the kind of problem that asks for it."""


@dataclass(frozen=True)
class Line:
    """One item of a list and the latest word on it."""

    item: Term
    said: CheckedItem | None

    @property
    def is_open(self) -> bool:
        return self.said is None or self.said.verdict is Verdict.AGAIN


def items_of(referral: Referral) -> list[Term]:
    """What the problems of the lead ask for. A body that has only one person's part has no list: it knows no more."""
    if not referral.whole:
        return []
    wanted = set(referral.lead.problems)
    return [term for term in referral.lead.rules.taxonomies.get(CHECKLIST, ()) if term.group in wanted]


def lines_of(referral: Referral) -> list[Line]:
    """The list of a referral as it stands; one question, and none where there is no list."""
    items = items_of(referral)
    if not items:
        return []
    query = select(CheckedItem).where(CheckedItem.referral_id == referral.id).options(joinedload(CheckedItem.by))
    latest = {said.item: said for said in db.session.scalars(query.order_by(CheckedItem.id))}
    return [Line(item, latest.get(item.key)) for item in items]
