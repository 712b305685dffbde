"""What may be done to a supervised case. Operations never commit; the edge does, once."""

from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.kit.series import next_number
from tipline.kit.words import Sentence
from tipline.leads import telling
from tipline.leads.models import Lead
from tipline.leads.plan import Plan
from tipline.office import calendars, editions, roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.referrals.models import Referral
from tipline.supervision import rules
from tipline.supervision.lifecycle import Stage
from tipline.supervision.models import CaseMilestone, FollowUp, SupervisedCase
from tipline.supervision.objections import require_side

MANNERS = "supervision_manner"
"""The notice's list of manners (检举控告工作规则 第二十二条)."""


def propose(lead: Lead, proposal: Plan, *, by: Officer, at: datetime) -> SupervisedCase:
    """Put a lead that meets a trigger of the notice (四（三）) to a leader who may open supervision.

    A walled lead lends its own number to the case: one drawn from the open series would leave a gap there.
    """
    year = local(at).year
    case = SupervisedCase(
        number=f"DB-{lead.number}" if lead.walled else f"DB{year}-{next_number('case', year):03d}",
        lead=lead,
        triggers=sorted(trigger.value for trigger in proposal.triggers),
        lead_office=roster.office_of(proposal.body, lead.town_code),
        proposed_at=at,
    )
    enact(Act.PROPOSE_SUPERVISION, case, by=by, at=at, triggers=",".join(case.triggers))
    db.session.add(case)
    return case


def open_supervision(
    case: SupervisedCase, requirement: str, steps: list[tuple[Stage, date]], *, by: Officer, at: datetime
) -> None:
    """Approve the supervision: what is required, the steps on the way, and the day of the result."""
    text, handling = _words(requirement, Sentence("请写明督办要求。")), _handling(case)
    due = rules.result_due(day_of(at), editions.notice(), calendars.calendar())
    for _, due_on in steps:
        _check_step(due_on, due.on if due else None, at)
    enact(Act.OPEN_SUPERVISION, case, by=by, at=at, note=text)
    case.requirement, case.opened_at, case.opened_by = text, at, by
    case.due_on, case.lead_office = due.on if due else None, handling
    case.milestones += [CaseMilestone(what=what, due_on=due_on) for what, due_on in steps]
    _write(case, "supervision_opened", at, due=case.due_on)


def decline(case: SupervisedCase, *, reason: str, by: Officer, at: datetime) -> None:
    """Do not supervise: with a reason, and for good."""
    enact(Act.DECLINE_SUPERVISION, case, by=by, at=at, note=_words(reason, Sentence("请写明理由。")))


def set_milestone(case: SupervisedCase, what: Stage, due_on: date, *, by: Officer, at: datetime) -> CaseMilestone:
    """Ask for a step by a working day."""
    _check_step(due_on, case.due_on, at)
    enact(Act.SET_MILESTONE, case, by=by, at=at, step=what.value, due_on=due_on.isoformat())
    milestone = CaseMilestone(what=what, due_on=due_on)
    case.milestones.append(milestone)
    return milestone


def meet_milestone(milestone: CaseMilestone, *, by: Officer, at: datetime) -> None:
    """The handling body has taken the step."""
    require_side(Act.MEET_MILESTONE, milestone.case, by)
    if milestone.met_on is not None:
        raise Incomplete("这个节点已经完成。")
    enact(Act.MEET_MILESTONE, milestone.case, by=by, at=at, step=milestone.what.value)
    milestone.met_on = day_of(at)


def record_progress(
    case: SupervisedCase, manner: str, *, found: str, next_step: str = "", by: Officer, at: datetime
) -> FollowUp:
    """Note a look at the case: how, what was found, what comes next."""
    editions.notice().term(MANNERS, manner)
    require_side(Act.RECORD_PROGRESS, case, by)
    text = _words(found, Sentence("请写明了解到的情况。"))
    enact(Act.RECORD_PROGRESS, case, by=by, at=at, manner=manner)
    look = FollowUp(manner=manner, at=at, by=by, found=text, next_step=tidy(next_step) or None)
    case.follow_ups.append(look)
    return look


def urge(case: SupervisedCase, *, by: Officer, at: datetime) -> None:
    """Ask the handling body to hurry: a number and a date in a letter."""
    enact(Act.URGE, case, by=by, at=at)
    case.last_urged_at = at
    _write(case, "supervision_urged", at, due=case.due_on)


def report_result(case: SupervisedCase, result: str, *, by: Officer, at: datetime) -> None:
    """The handling body reports what came of it (检举控告工作规则 第二十三条)."""
    require_side(Act.REPORT_RESULT, case, by)
    text = _words(result, Sentence("请写明督办结果。"))
    enact(Act.REPORT_RESULT, case, by=by, at=at)
    case.result, case.result_reported_at = text, at


def send_back_result(case: SupervisedCase, *, reason: str, by: Officer, at: datetime) -> None:
    """The result is not enough; the case goes on."""
    enact(Act.SEND_BACK_RESULT, case, by=by, at=at, note=_words(reason, Sentence("请写明理由。")))
    case.result_reported_at = None
    _write(case, "supervision_returned", at, due=case.due_on)


def accept_result(case: SupervisedCase, *, by: Officer, at: datetime) -> None:
    """The result is enough, says somebody else than who reported it."""
    enact(Act.ACCEPT_RESULT, case, by=by, at=at)


def release(case: SupervisedCase, *, by: Officer, at: datetime) -> None:
    """End the supervision (解除督办): somebody else than who accepted the result."""
    enact(Act.RELEASE, case, by=by, at=at)
    case.released_at = at


def _handling(case: SupervisedCase) -> Office:
    """Who has the whole lead by now: it may have been sent elsewhere since it was proposed."""
    query = select(Referral).filter_by(lead_id=case.lead_id, whole=True).order_by(Referral.id).limit(1)
    carrier = db.session.scalar(query)
    return carrier.to if carrier else case.lead_office


def _write(case: SupervisedCase, letter: str, at: datetime, *, due: date | None) -> None:
    about = f"{case.ref}/{letter}/{at:%Y%m%dT%H%M%S%f}"
    telling.write(about, case.lead, to=case.lead_office, letter=letter, at=at, number=case.number, due=due)


def _check_step(due_on: date, last: date | None, at: datetime) -> None:
    if not calendars.calendar().is_working_day(due_on):
        raise Incomplete("%(day)s不是工作日，请另选一天。", day=due_on)
    if due_on < day_of(at):
        raise Incomplete("节点日期不能早于今天。")
    if last is not None and due_on > last:
        raise Incomplete("节点日期不能晚于报送结果的期限%(day)s。", day=last)


def _words(text: str, missing: Sentence) -> str:
    words = tidy(text)
    if not words:
        raise Incomplete(missing.text)
    return words
