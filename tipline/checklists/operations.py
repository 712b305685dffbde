"""What may be said of an item, and what an open list holds against the conclusion. Operations never commit."""

from datetime import datetime

from tipline.checklists import queries
from tipline.checklists.models import CheckedItem, Verdict
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted, Refused
from tipline.kit.identity import tidy
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.referrals import panels
from tipline.referrals.lifecycle import AT_WORK
from tipline.referrals.models import Referral


def check(referral: Referral, item: str, verdict: Verdict, remark: str, *, by: Officer, at: datetime) -> CheckedItem:
    """Say of one item that it was looked into, does not apply, or must be looked into again."""
    if by.office_id != referral.to_id:
        raise NotPermitted("只有承办机关才能填写核查清单。")
    if referral.state not in AT_WORK:
        raise NotNow("现在是“%(state)s”，不能填写核查清单。", state=referral.state)
    if item not in {term.key for term in queries.items_of(referral)}:
        raise Incomplete("本件的核查清单没有这一项。")
    words = tidy(remark)
    if verdict is not Verdict.DONE and not words:
        raise Incomplete("请写明理由。")
    witness(Act.CHECK_ITEM, referral, by=by, at=at, item=item, verdict=verdict.value)
    said = CheckedItem(referral=referral, item=item, verdict=verdict, remark=words or None, at=at, by=by)
    db.session.add(said)
    return said


def objection(referral: Referral) -> Refused | None:
    """Why the referral cannot be concluded yet: items that nobody has looked into."""
    left = sum(line.is_open for line in queries.lines_of(referral))
    return Incomplete("核查清单还有%(n)s项没有核查，不能办结。", n=left) if left else None


panels.before_conclusion.append(objection)
