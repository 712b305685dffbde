"""What may be done to a supervised case. Operations never commit; the edge does, once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.leads import telling
from tipline.leads.models import Lead
from tipline.office import calendars, roster
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.referrals import panels
from tipline.referrals.models import Referral
from tipline.supervision import rules
from tipline.supervision.grounds import number_for, words
from tipline.supervision.lifecycle import OPEN, PROPOSED_TOO, Missing, Stage
from tipline.supervision.models import CaseMilestone, FollowUp, InterimReport, SupervisedCase
from tipline.supervision.objections import do

MANNERS = "supervision_manner"
"""The notice's list of manners (检举控告工作规则 第二十二条)."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the handling body reports in the end. It was discussed collectively and approved by the body's
    principal before (检举控告工作规则 第二十三条), and a paper proves it."""

    result: str
    discussed_on: date
    discussion: str
    principal: str
    approved_on: date
    evidence: str
    persons_dealt: int = 0
    dealt_with: str = ""
    recovered_fen: int | None = None
    replied_on: date | None = None
    reply: str = ""


def open_supervision(
    case: SupervisedCase, requirement: str, steps: list[tuple[Stage, date]], *, by: Officer, at: datetime
) -> None:
    """Approve the supervision: what is required, the steps on the way, and the day of the result."""
    text, handling = words(requirement, Sentence("请写明督办要求。")), _handling(case)
    notice, calendar = case.lead.rules, calendars.calendar()
    due = rules.result_due(day_of(at), notice, calendar)
    last = due.on if due else None
    for _, due_on in steps:
        _check_step(due_on, last, at)
    do(Act.OPEN_SUPERVISION, case, by=by, at=at, note=text)
    case.requirement, case.opened_at, case.opened_by = text, at, by
    case.letter_no = number_for(case.lead, "督〔%(year)d〕%(n)d号", "督-%(lead)s", "supervision-letter", at)
    case.due_on, case.lead_office = last, handling
    case.interims += [InterimReport(due_on=on) for on in rules.interim_days(day_of(at), last, notice, calendar)]
    case.milestones += [CaseMilestone(what=what, due_on=due_on) for what, due_on in steps]
    _write(case, "supervision_opened", at, due=case.due_on)


def decline(case: SupervisedCase, *, reason: str, by: Officer, at: datetime) -> None:
    """Do not supervise: with a reason, and for good."""
    do(Act.DECLINE_SUPERVISION, case, by=by, at=at, note=words(reason, Sentence("请写明理由。")))


def extend(case: SupervisedCase, *, reason: str, by: Officer, at: datetime) -> None:
    """Put off the day of the result, once and before it has passed: who may supervise approves it, with a reason.

    How far is the notice's; the day before stays on the page, and interim reports are owed until the new one.
    """
    text, longer = words(reason, Sentence("请写明理由。")), longer_day(case, day_of(at))
    case.life.after(case.state, Act.EXTEND_SUPERVISION)
    if longer is None:
        raise NotNow("督办期限不能延长：已延长过一次，已过期，或规定没有给出延长的期限。")
    do(Act.EXTEND_SUPERVISION, case, by=by, at=at, note=text, until=longer.isoformat())
    case.before_on, case.due_on = case.due_on, longer
    case.extended_at, case.extended_by, case.extension_reason = at, by, text
    known = max((report.due_on for report in case.interims), default=date.min)
    days = rules.interim_days(day_of(case.opened_at or at), longer, case.lead.rules, calendars.calendar())
    case.interims += [InterimReport(due_on=on) for on in days if on > known]


def longer_day(case: SupervisedCase, today: date) -> date | None:
    """To which day the result could be put off now, if it can be."""
    if case.before_on is not None or case.due_on is None or case.opened_at is None or case.due_on < today:
        return None
    opened, notice, calendar = day_of(case.opened_at), case.lead.rules, calendars.calendar()
    longer = rules.result_due(opened, notice, calendar, extended=True)
    return longer.on if longer and longer.on > case.due_on else None


def follow(act: Act, referral: Referral, by: Officer, at: datetime) -> None:
    """The whole lead has gone to another body: that one owes the result from now on, and hears so."""
    if referral.whole:
        owe(referral.lead, referral.to, at)


def owe(lead: Lead, office: Office, at: datetime) -> None:
    """This body carries the whole lead: it owes the result of its case, if it has one."""
    query = select(SupervisedCase).where(SupervisedCase.lead_id == lead.id, SupervisedCase.state.in_(PROPOSED_TOO))
    case = db.session.scalars(query).one_or_none()
    if case is None or case.lead_office_id == office.id:
        return
    do(Act.MOVE_SUPERVISION, case, by=roster.clock_officer(), at=at, office=office.code)
    case.lead_office = office
    if case.state in OPEN:
        _write(case, "supervision_opened", at, due=case.due_on)


def set_milestone(case: SupervisedCase, what: Stage, due_on: date, *, by: Officer, at: datetime) -> CaseMilestone:
    """Ask for a step by a working day."""
    _check_step(due_on, case.due_on, at)
    do(Act.SET_MILESTONE, case, by=by, at=at, step=what.value, due_on=due_on.isoformat())
    milestone = CaseMilestone(what=what, due_on=due_on)
    case.milestones.append(milestone)
    return milestone


def meet_milestone(milestone: CaseMilestone, *, by: Officer, at: datetime) -> None:
    """The handling body has taken the step."""
    if milestone.met_on is not None:
        raise Incomplete("这个节点已经完成。")
    do(Act.MEET_MILESTONE, milestone.case, by=by, at=at, step=milestone.what.value)
    milestone.met_on = day_of(at)


def record_progress(
    case: SupervisedCase,
    manner: str,
    *,
    found: str,
    next_step: str = "",
    next_on: date | None = None,
    by: Officer,
    at: datetime,
) -> FollowUp:
    """Note a look at the case: how, what was found, what comes next, and on which day we look again."""
    case.lead.rules.term(MANNERS, manner)
    text = words(found, Sentence("请写明了解到的情况。"))
    if next_on is not None and (next_on <= day_of(at) or not calendars.calendar().is_working_day(next_on)):
        raise Incomplete("下次督办的日期须是今天以后的工作日。")
    do(Act.RECORD_PROGRESS, case, by=by, at=at, manner=manner)
    look = FollowUp(manner=manner, at=at, by=by, found=text, next_step=tidy(next_step) or None, next_on=next_on)
    case.follow_ups.append(look)
    return look


def urge(case: SupervisedCase, *, by: Officer, at: datetime) -> None:
    """Ask the handling body to hurry: a number and a date in a letter."""
    do(Act.URGE, case, by=by, at=at)
    case.last_urged_at = at
    _write(case, "supervision_urged", at, due=case.due_on)


def report_result(case: SupervisedCase, report: Report, *, by: Officer, at: datetime) -> None:
    """The handling body reports what came of it, once discussed and approved there (检举控告工作规则 第二十三条).

    The words also go into the trail: what came back stays readable after the next report.
    """
    text = words(report.result, Sentence("请写明督办结果。"))
    discussion = words(report.discussion, Sentence("请写明集体研究的会议。"))
    principal = words(report.principal, Sentence("请写明审批的主要负责人。"))
    evidence = words(report.evidence, Sentence("请写明佐证材料的编号。"))
    _check_report(report, day_of(at))
    do(Act.REPORT_RESULT, case, by=by, at=at, note=text, discussed_on=report.discussed_on.isoformat())
    case.result, case.result_reported_at, case.missing = text, at, []
    case.discussion, case.principal, case.evidence = discussion, principal, evidence
    case.discussed_on, case.approved_on = report.discussed_on, report.approved_on
    case.persons_dealt, case.dealt_with = report.persons_dealt, tidy(report.dealt_with) or None
    case.recovered_fen = report.recovered_fen
    case.replied_on, case.reply = report.replied_on, tidy(report.reply) or None


def _check_report(report: Report, today: date) -> None:
    if not report.discussed_on <= report.approved_on <= today:
        raise Incomplete("须先集体研究，再由主要负责人审批，日期不能晚于今天。")
    if report.persons_dealt < 0 or (report.recovered_fen or 0) < 0:
        raise Incomplete("处理人数和追缴金额不能为负数。")
    if report.persons_dealt and not tidy(report.dealt_with):
        raise Incomplete("请写明处理了哪些人、如何处理。")
    if bool(report.replied_on) != bool(tidy(report.reply)):
        raise Incomplete("公开回应的日期和内容须一并填写。")


def send_back_result(
    case: SupervisedCase, *, missing: Iterable[Missing], reason: str, by: Officer, at: datetime
) -> None:
    """The result is not enough: what it lacks, and why; the case goes on."""
    lacks = [word.value for word in missing]
    if not lacks:
        raise Incomplete("请指明缺少什么。")
    text = words(reason, Sentence("请写明理由。"))
    do(Act.SEND_BACK_RESULT, case, by=by, at=at, note=text, missing=",".join(lacks))
    case.result_reported_at, case.missing = None, lacks
    _write(case, "supervision_returned", at, due=case.due_on)


def accept_result(case: SupervisedCase, *, by: Officer, at: datetime) -> None:
    """The result is enough, says somebody else than who reported it."""
    do(Act.ACCEPT_RESULT, case, by=by, at=at)


def release(case: SupervisedCase, *, by: Officer, at: datetime) -> None:
    """End the supervision (解除督办): somebody else than who accepted the result."""
    do(Act.RELEASE, case, by=by, at=at)
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


panels.on_the_way.append(follow)
