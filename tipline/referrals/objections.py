"""What keeps an officer from a deed that their role includes: whose paper it is, who did the step before."""

from datetime import datetime

from sqlalchemy import Select, select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted, Refused
from tipline.kit.identity import tidy
from tipline.law.bodies import Body
from tipline.leads.lifecycle import ON_HOLD, LeadState
from tipline.leads.models import Access
from tipline.office import roster
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.office.powers import PERMITTED, SECOND_PERSON
from tipline.office.second_person import first_hands, is_same_hand
from tipline.referrals import panels
from tipline.referrals.lifecycle import ANSWERS, IN_PASSING, LIFE, SENDING, THEIRS, WAIT_FOR_THE_ANSWER
from tipline.referrals.models import Referral
from tipline.referrals.reckoning import ways_on
from tipline.referrals.rules import MOST_RETURNS

DECIDING = {Act.APPROVE_REFERRAL, Act.REDIRECT_REFERRAL, Act.CONFIRM_REDIRECT, Act.DECLINE_REDIRECT}
ABOVE = {Act.TAKE_UP, Act.DESIGNATE}
TELLING = {Act.TELL_ACCEPTANCE, Act.TELL_RESULT}


def do(act: Act, referral: Referral, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> None:
    """Do a deed unless something stands against it. Raises the objection, and then nothing has changed."""
    if by.may(act) and (referral.state, act) in LIFE.moves and (against := objection(act, referral, by)):
        raise against
    enact(act, referral, by=by, at=at, note=note, **facts)


def open_acts(referral: Referral, officer: Officer) -> list[Act]:
    """What the officer may do now: the buttons of the page, each of which will work."""
    acts = [act for act in LIFE.open_acts(referral.state) if officer.may(act) and act not in IN_PASSING]
    first = first_hands([referral]) if SECOND_PERSON.keys() & set(acts) else {}
    return [
        act
        for act in acts
        if objection(act, referral, officer) is None and not is_same_hand(act, referral, officer, first)
    ]


def objection(act: Act, referral: Referral, by: Officer) -> Refused | None:
    """Why this officer may not do this to this referral, although the role and the state would let them."""
    if referral.lead.state is LeadState.VOIDED:
        return NotNow("线索已作废，不能%(act)s。", act=act)
    if act in SENDING and referral.lead.state in ON_HOLD:
        return NotNow("线索现在是“%(state)s”，不能%(act)s。", state=referral.lead.state, act=act)
    if act in SENDING and referral.lead.primary_id is not None:
        return NotNow("本件是重复件，只登记留存，不再%(act)s。", act=act)
    if act in ANSWERS and referral.pending not in ANSWERS[act]:
        return NotNow("没有等待答复的请求，不能%(act)s。", act=act)
    if act in WAIT_FOR_THE_ANSWER and referral.pending:
        return NotNow("%(pending)s，答复之后才能%(act)s。", pending=referral.pending, act=act)
    if act in THEIRS:
        return _of_the_body(act, referral, by)
    if act in DECIDING:
        return _of_deciding(act, referral, by)
    if act is Act.ARBITRATE:
        return _of_arbitration(referral, by)
    if act in ABOVE and by.office.body.level <= referral.to.body.level:
        return NotPermitted("只有上级机关才能%(act)s。", act=act)
    if act in {Act.RECALL, Act.ASK_RECALL} and is_settled(referral):
        return NotNow("已经裁定，不能%(act)s。", act=act)
    if act is Act.HAND_OVER and not referral.whole and not referral.person.allegation:
        return Incomplete("分送的线索须先写明此人本人的问题，才能移送。")
    if act is Act.RECORD_RECEIPT and _found(signers(referral)):
        return Incomplete("该机关在系统内签收，不需登记纸质回执。")
    return None


def _of_the_body(act: Act, referral: Referral, by: Officer) -> Refused | None:
    if by.office_id != referral.to_id:
        return NotPermitted("只有承办机关才能%(act)s。", act=act)
    if act is Act.SEND_BACK and referral.returns >= MOST_RETURNS:
        return NotNow("已退回过%(n)s次并经裁定，不能再退。", n=referral.returns)
    if act is Act.SEND_BACK and not _found(approvers(referral)):
        return NotNow("登记单位的人员均须回避，无人可以接收退件；请按管理权限转送有权机关。")
    if act is Act.ENDORSE_RETURN and referral.pending_by_id == by.id and _found(endorsers(referral, by)):
        return NotPermitted("提请退回与批准退回须由两人分别办理。")
    if act in TELLING and not referral.lead.named:
        return NotNow("匿名举报，不需%(act)s。", act=act)
    if act is Act.TELL_ACCEPTANCE and referral.lead.primary_id is not None:
        return NotNow("重复件不再告知受理，初次件已经告知。")
    if act is Act.TELL_ACCEPTANCE and referral.acceptance_told_at is not None:
        return NotNow("已告知过受理情况，只告知一次。")
    if act is Act.CONCLUDE:
        return next(filter(None, (gate(referral) for gate in panels.before_conclusion)), None)
    return None


def _of_deciding(act: Act, referral: Referral, by: Officer) -> Refused | None:
    """The second hand (登记与批办分开); after the second return only the arbiter decides."""
    if is_settled(referral):
        return NotNow("已退回%(n)s次，去向由裁定决定。", n=referral.returns)
    to = referral.redirect_to
    if act is Act.CONFIRM_REDIRECT and (to is None or not ways_on(referral, [to])):
        return Incomplete("拟改送的机关现在须回避或层级更低，请不同意，另提去向。")
    registered = referral.lead.registered_by_id == by.id
    if act is Act.APPROVE_REFERRAL and registered and _found(approvers(referral).where(Officer.id != by.id)):
        return NotPermitted("登记人不能批办自己登记的线索，请由另一人批办。")
    return None


def _of_arbitration(referral: Referral, by: Officer) -> Refused | None:
    if not is_settled(referral):
        return NotNow("退回不满%(n)s次，由移送单位重新批办。", n=MOST_RETURNS)
    if by.office_id != referral.arbiter_id:
        return NotPermitted("只有裁定机关才能裁定去向。")
    return None


def is_settled(referral: Referral) -> bool:
    """Whether an arbiter decides, or has decided, where it goes: that cannot be undone from below."""
    return referral.arbiter_id is not None


def arbiter_of(referral: Referral) -> Office | None:
    """Who decides after the last return: the bureau's leader, or the common superior on the notice's ladder.

    None where nobody on the way up may know of it: then whoever approves decides as before.
    """
    if _found(arbiters(referral)):
        return roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    return next((office for office in superiors_of(referral) if _found(_hands(Act.ARBITRATE, referral, office))), None)


def superiors_of(referral: Referral) -> list[Office]:
    """The bodies above the one that has it, nearest first, on the notice's ladder."""
    higher = {step.body: step.to for step in referral.lead.rules.raises}
    body, above = referral.to.body, []
    while body in higher:
        body = higher[body]
        above.append(roster.office_of(body))
    return above


def _hands(act: Act, referral: Referral, office: Office) -> Select[int]:
    return _who_may(act, referral).where(Officer.office_id == office.id)


def has_hands(act: Act, referral: Referral, office: Office, *, but: Officer | None = None) -> bool:
    """Whether anybody there, but that one, could do the deed and may know of the lead."""
    query = _hands(act, referral, office)
    return _found(query.where(Officer.id != but.id) if but else query)


def endorsers(referral: Referral, but: Officer) -> Select[int]:
    """Who else of the body could approve that it goes back."""
    return _hands(Act.ENDORSE_RETURN, referral, referral.to).where(Officer.id != but.id)


def a_reason(text: str) -> str:
    """The reason as it is kept; nobody may leave it out."""
    reason = tidy(text)
    if not reason:
        raise Incomplete("请写明理由。")
    return reason


def approvers(referral: Referral) -> Select[int]:
    """Who could approve: of the office that registered it or of the bureau, and not walled from it."""
    here = (Officer.office_id == referral.from_id) | (Office.body == Body.CIVIL_AFFAIRS_BUREAU)
    return _who_may(Act.APPROVE_REFERRAL, referral).where(here)


def arbiters(referral: Referral) -> Select[int]:
    """The bureau's leaders who may know of it."""
    return approvers(referral).where(Officer.role == Role.BUREAU_LEADER)


def signers(referral: Referral) -> Select[int]:
    """Who could sign for it at the body."""
    return _who_may(Act.SIGN_FOR, referral).where(Officer.office_id == referral.to_id)


def others_who_sign(referral: Referral, officer: Officer) -> bool:
    """Whether the body has another officer who could act on it."""
    return _found(signers(referral).where(Officer.id != officer.id))


def _who_may(act: Act, referral: Referral) -> Select[int]:
    roles = [role for role, acts in PERMITTED.items() if act in acts]
    query = select(Officer.id).join(Officer.office).where(Officer.active, Officer.role.in_(roles))
    if referral.lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == referral.lead_id))
    return query


def _found(query: Select[int]) -> bool:
    return db.session.scalar(query.limit(1)) is not None
