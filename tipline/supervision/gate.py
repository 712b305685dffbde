"""What a supervised case holds against a conclusion on paper alone (虚假办结), and against filing its lead away."""

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, Refused
from tipline.leads.models import Lead
from tipline.referrals import panels
from tipline.referrals.models import Referral
from tipline.supervision import interims, queries
from tipline.supervision.lifecycle import OPEN, CaseState
from tipline.supervision.models import SupervisedCase
from tipline.triage import gates


def objection(referral: Referral) -> Refused | None:
    """Why the referral cannot be concluded yet: steps not taken, or interim reports not settled.

    Only the body that handles the case hears of it; another body of the same lead does not know that it is supervised.
    """
    case = queries.watching_over(referral)
    if case is None:
        return None
    steps = sum(step.met_on is None for step in case.milestones)
    if steps:
        return Incomplete("专案督办还有%(n)s个节点没有完成，不能办结。", n=steps)
    reports = sum(report.state in interims.OPEN for report in case.interims)
    if reports:
        return Incomplete("专案督办还有%(n)s期阶段情况没有报送或认可，不能办结。", n=reports)
    return None


def filing_objection(lead: Lead) -> Refused | None:
    """Why the papers of a lead cannot be filed away yet: a case over it is neither declined nor released."""
    open_case = select(SupervisedCase.id).where(
        SupervisedCase.lead_id == lead.id, SupervisedCase.state.in_(OPEN | {CaseState.PROPOSED})
    )
    if db.session.scalar(open_case.limit(1)) is None:
        return None
    return NotNow("专案督办尚未解除，不能归档。")


panels.before_conclusion.append(objection)
gates.before_archiving.append(filing_objection)
