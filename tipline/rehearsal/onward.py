"""What comes next for a paper of the rehearsal that is still open, when nobody stops on the way."""

import random
from collections.abc import Mapping
from datetime import datetime

from tipline.eligibility.lifecycle import ReviewState as R
from tipline.eligibility.models import EligibilityReview
from tipline.kit.words import Labelled
from tipline.leads.lifecycle import LeadState as L
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.models import Paper
from tipline.referrals.lifecycle import ReferralState as S
from tipline.referrals.models import Referral
from tipline.rehearsal import deeds, petitions, triaging
from tipline.supervision.models import SupervisedCase

NEXT: Mapping[Labelled, tuple[Act, ...]] = {
    L.AWAITING_INFO: (Act.NOTE_ANSWER,),
    L.REFUSAL_PROPOSED: (Act.REFUSE_LEAD,),
    L.NOT_ACCEPTED: (Act.TELL_REFUSAL,),
    L.PASSED_ON: (Act.RECORD_PASS_RECEIPT,),
    S.PROPOSED: (Act.APPROVE_REFERRAL,),
    S.REDIRECTING: (Act.CONFIRM_REDIRECT,),
    S.APPROVED: (Act.HAND_OVER,),
    S.HANDED_OVER: (Act.ENDORSE_RETURN, Act.AGREE_RETURN, Act.SIGN_FOR),
    S.RETURNED: (Act.APPROVE_REFERRAL,),
    S.RECALLED: (Act.APPROVE_REFERRAL,),
    S.SIGNED_FOR: (Act.TELL_ACCEPTANCE, Act.SET_DISPOSITION),
    S.IN_DISPOSITION: (Act.TELL_ACCEPTANCE, Act.CONCLUDE),
    S.SHELVED: (Act.SET_DISPOSITION,),
    S.CASE_FILED: (Act.TELL_ACCEPTANCE, Act.CONCLUDE),
    S.CONCLUDED: (Act.TELL_RESULT,),
    R.OPENED: (Act.ACCEPT_PETITION, Act.FORWARD_PETITION),
    R.FORWARDED: (Act.ACCEPT_PETITION,),
    R.OBJECTED: (Act.AGREE_OBJECTION,),
    R.NOT_ACCEPTED: (Act.TELL_PETITIONER,),
    R.ACCEPTED: (Act.START_CHECKS,),
    R.CHECKING: (Act.GRANT_MORE_TIME, Act.TELL_MORE_TIME, Act.DECIDE_PETITION),
    R.DECIDED: (Act.EXECUTE_DECISION, Act.DELIVER_ANSWER, Act.CLOSE_REVIEW),
    R.EXECUTED: (Act.DELIVER_ANSWER, Act.CLOSE_REVIEW),
    R.SECOND_LOOK: (Act.DECIDE_SECOND_LOOK,),
    R.SECOND_SAID: (Act.EXECUTE_DECISION, Act.DELIVER_ANSWER, Act.CLOSE_REVIEW),
}
"""The deeds that bring a paper home from where it stands, the first that anybody may do."""


def step(paper: Paper, *, at: datetime, draw: random.Random) -> bool:
    """Take the next step of a paper, by the first officer who may. False when nobody may do anything now."""
    if isinstance(paper, SupervisedCase):
        return deeds.supervise(paper, at=at)
    acts = NEXT.get(paper.state, ())
    if isinstance(paper, Lead):
        return any(triaging.do(act, paper, at=at) for act in acts)
    if isinstance(paper, EligibilityReview):
        if paper.state is R.CHECKING and not paper.checks:
            acts = (Act.RECORD_CHECK,)
        return any(petitions.do(act, paper, at=at, draw=draw) for act in acts)
    assert isinstance(paper, Referral)
    return any(deeds.do(act, paper, at=at, draw=draw, passing=False) for act in acts)


def is_home(paper: Paper) -> bool:
    """Nothing more is to be done with it; whoever gave no name is told nothing."""
    if isinstance(paper, SupervisedCase):
        return paper.state not in deeds.WATCH
    if isinstance(paper, Referral) and paper.state is S.CONCLUDED:
        return not paper.lead.named
    return paper.state not in NEXT
