"""What a supervised case holds against the conclusion of its referral: a closure on paper alone (虚假办结)."""

from tipline.kit.errors import Incomplete, Refused
from tipline.referrals import panels
from tipline.referrals.models import Referral
from tipline.supervision import interims, queries


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


panels.before_conclusion.append(objection)
