"""What waits for an officer among the referrals, in the order in which it burns."""

from datetime import date

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.law.running import Running, first_to_run_out
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.referrals import queries, reckoning
from tipline.referrals.lifecycle import LIFE, Pending, ReferralState
from tipline.referrals.models import Referral
from tipline.referrals.rules import ACCEPTANCE_TOLD

MOST = 50
"""The desk shows what burns first; the rest stands in the list of referrals."""

S = ReferralState

NEXT_ACT = {
    S.PROPOSED: Act.APPROVE_REFERRAL,
    S.REDIRECTING: Act.CONFIRM_REDIRECT,
    S.APPROVED: Act.HAND_OVER,
    S.RETURNED: Act.APPROVE_REFERRAL,
    S.RECALLED: Act.APPROVE_REFERRAL,
    S.SIGNED_FOR: Act.SET_DISPOSITION,
    S.IN_DISPOSITION: Act.RECORD_MILESTONE,
    S.SHELVED: Act.SET_DISPOSITION,
    S.CASE_FILED: Act.CONCLUDE,
    S.CONCLUDED: Act.TELL_RESULT,
}
"""The deed a referral waits for; signing is with the body, or a receipt with the sender."""

WHAT = {
    S.PROPOSED: Sentence("批办：拟送%(to)s"),
    S.REDIRECTING: Sentence("决定是否改变去向：现拟送%(to)s"),
    S.APPROVED: Sentence("移送%(to)s"),
    S.RETURNED: Sentence("%(to)s退回，重新办理"),
    S.RECALLED: Sentence("已从%(to)s撤回，重新办理"),
    S.HANDED_OVER: Sentence("签收移送来的线索"),
    S.SIGNED_FOR: Sentence("提出处置意见"),
    S.IN_DISPOSITION: Sentence("处置中，记录进展或办结"),
    S.SHELVED: Sentence("暂存待查，看是否具备处置条件"),
    S.CASE_FILED: Sentence("已立案，等待办结"),
    S.CONCLUDED: Sentence("向实名举报人反馈结果"),
}

ASKED = {
    Pending.RETURN_ASKED: (Act.ENDORSE_RETURN, Sentence("审批退回")),
    Pending.RETURN_SENT: (Act.AGREE_RETURN, Sentence("核实%(to)s的退件，答复是否同意")),
    Pending.RECALL_ASKED: (Act.CONSENT_RECALL, Sentence("答复移送单位的撤回请求")),
}
"""What has been asked comes before everything else."""

TELLING = Act.TELL_ACCEPTANCE, Sentence("告知实名举报人是否受理")
ARBITRATION = Act.ARBITRATE, Sentence("裁定去向：%(to)s第二次退回")


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The referrals whose next deed is this officer's, with the clock that runs out first."""
    burns = queries.burning(queries.visible_to(officer).where(queries.waits_for(officer)))
    rows = list(db.session.scalars(burns.limit(MOST)))
    calendar = calendars.calendar()
    found = []
    for referral in rows:
        first = first_to_run_out(reckoning.clocks(referral, calendar))
        near = tone(first.due.on, today, calendar) if first else Tone.QUIET
        found.append(_waiting(referral, officer, first, near))
    return found


def _waiting(referral: Referral, officer: Officer, first: Running | None, near: Tone) -> Waiting:
    due = first.due if first else None
    act, what = TELLING if first and _is_to_be_told(referral, first) else _next(referral, officer)
    return Waiting(
        what=Sentence(what.text, {"to": referral.to.name}),
        number=referral.number,
        act=act,
        endpoint="referrals.show",
        values={"key": referral.key},
        due=due,
        tone=near,
    )


def _is_to_be_told(referral: Referral, first: Running) -> bool:
    """Whether what runs out first is not the handling, but the word that its reporter is owed."""
    can_be = (referral.state, Act.TELL_ACCEPTANCE) in LIFE.moves and not referral.pending
    return can_be and ACCEPTANCE_TOLD in first.clock.stops_on


def _next(referral: Referral, officer: Officer) -> tuple[Act, Sentence]:
    """The deed, and what it is called on the desk."""
    if referral.pending:
        return ASKED[referral.pending]
    if referral.state is S.RETURNED and referral.arbiter_id is not None:
        return ARBITRATION
    if referral.state is not S.HANDED_OVER:
        return NEXT_ACT[referral.state], WHAT[referral.state]
    if officer.office_id == referral.to_id:
        return Act.SIGN_FOR, WHAT[S.HANDED_OVER]
    return Act.RECORD_RECEIPT, Sentence("登记%(to)s的纸质回执")
