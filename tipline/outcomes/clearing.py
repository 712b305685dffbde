"""The two papers about reports that were untrue: the approval to call one malicious, and clearing a name."""

from dataclasses import dataclass
from datetime import date, datetime

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.law.bodies import Body
from tipline.law.notice import Notice
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.outcomes import queries
from tipline.outcomes.models import AccusationApproval, Clarification
from tipline.outcomes.objections import against_clarifying, require_inside, require_unfinished
from tipline.referrals.models import Referral


@dataclass(frozen=True, kw_only=True)
class ApprovalSaid:
    """What the paper of the approving body says."""

    body: Body
    body_name: str
    document: str
    approved_on: date
    note: str | None = None


def competent_bodies(notice: Notice) -> list[Body]:
    """The bodies that may approve a finding of false accusation: of the level the notice asks for, or above."""
    least = [rule.approval for rule in notice.outcomes.findings if rule.approval is not None]
    return [body for body in Body if any(body.level >= lowest.level for lowest in least)]


def enter_approval(referral: Referral, said: ApprovalSaid, *, by: Officer, at: datetime) -> AccusationApproval:
    """Put the approval on file as it stands on paper; it counts only once another person has checked it."""
    require_unfinished(Act.ENTER_APPROVAL, referral)
    require_inside(Act.ENTER_APPROVAL, referral, by)
    if said.body not in competent_bodies(referral.lead.rules):
        raise Incomplete("%(body)s级别不够，无权批准认定诬告陷害。", body=said.body)
    if not tidy(said.body_name) or not tidy(said.document):
        raise Incomplete("请写明批准机关的名称和文号。")
    if said.approved_on > day_of(at):
        raise Incomplete("批准日期不能晚于今天。")
    approval = AccusationApproval(
        referral=referral,
        body=said.body,
        body_name=tidy(said.body_name),
        document=tidy(said.document),
        approved_on=said.approved_on,
        note=said.note,
        entered_at=at,
        entered_by=by,
    )
    enact(Act.ENTER_APPROVAL, approval, by=by, at=at, body=said.body.value)
    db.session.add(approval)
    return approval


def check_approval(approval: AccusationApproval, *, by: Officer, at: datetime) -> None:
    """Another person has compared the entry with the paper."""
    require_inside(Act.CHECK_APPROVAL, approval.referral, by)
    enact(Act.CHECK_APPROVAL, approval, by=by, at=at)
    approval.checked_at, approval.checked_by = at, by


def decline_approval(approval: AccusationApproval, *, reason: str, by: Officer, at: datetime) -> None:
    """The entry does not match the paper, or the paper is not one."""
    require_inside(Act.DECLINE_APPROVAL, approval.referral, by)
    enact(Act.DECLINE_APPROVAL, approval, by=by, at=at, note=_words(reason))


def propose(
    referral: Referral,
    *,
    reason: str,
    manner: str,
    audience: str,
    requested_on: date | None,
    by: Officer,
    at: datetime,
) -> Clarification:
    """Propose to clear the person's name, of the body's own accord or on the person's written request."""
    require_inside(Act.PROPOSE_CLARIFICATION, referral, by)
    if against := against_clarifying(queries.sheet_of(referral), queries.clarifications_of(referral)):
        raise against
    referral.lead.rules.term("clarification_manner", manner)
    if requested_on is not None and requested_on > day_of(at):
        raise Incomplete("书面申请日期不能晚于今天。")
    clarification = Clarification(
        referral=referral,
        requested_on=requested_on,
        reason=_words(reason),
        manner=manner,
        audience=_words(audience),
        proposed_at=at,
        proposed_by=by,
    )
    enact(Act.PROPOSE_CLARIFICATION, clarification, by=by, at=at, manner=manner)
    db.session.add(clarification)
    return clarification


def approve(clarification: Clarification, *, principal: str, by: Officer, at: datetime) -> None:
    """The principal has approved; a second person enters who it was."""
    require_inside(Act.APPROVE_CLARIFICATION, clarification.referral, by)
    name = _words(principal)
    enact(Act.APPROVE_CLARIFICATION, clarification, by=by, at=at)
    clarification.principal, clarification.approved_at = name, at


def decline(clarification: Clarification, *, reason: str, by: Officer, at: datetime) -> None:
    """The principal does not find it necessary."""
    require_inside(Act.DECLINE_CLARIFICATION, clarification.referral, by)
    enact(Act.DECLINE_CLARIFICATION, clarification, by=by, at=at, note=_words(reason))


def finish(clarification: Clarification, done_on: date, *, by: Officer, at: datetime) -> None:
    """The name has been cleared, in the manner and before those that were approved."""
    require_inside(Act.FINISH_CLARIFICATION, clarification.referral, by)
    if done_on > day_of(at):
        raise Incomplete("澄清日期不能晚于今天。")
    enact(Act.FINISH_CLARIFICATION, clarification, by=by, at=at, done_on=done_on.isoformat())
    clarification.done_on = done_on


def _words(text: str) -> str:
    words = tidy(text)
    if not words:
        raise Incomplete("请写明理由。")
    return words
