"""The schedule, whole: every job of the house and when it is due. The database remembers what ran."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from apscheduler.triggers.cron import CronTrigger

from tipline.clock import jobs
from tipline.duties import jobs as duties_jobs
from tipline.eligibility import jobs as eligibility_jobs
from tipline.evidence import jobs as evidence_jobs
from tipline.handling import jobs as handling_jobs
from tipline.hotline import jobs as hotline_jobs
from tipline.inspections import jobs as inspections_jobs
from tipline.kit.dates import HERE
from tipline.kit.words import Sentence
from tipline.leads import jobs as leads_jobs
from tipline.referrals import jobs as referrals_jobs
from tipline.relatives import jobs as relatives_jobs
from tipline.reports import jobs as reports_jobs
from tipline.screening import jobs as screening_jobs
from tipline.supervision import jobs as supervision_jobs
from tipline.telephone import jobs as telephone_jobs

Job = Callable[[datetime], int]
"""Does all that is owed at a moment, commits item by item, and says how many things it did."""


class Appointment(NamedTuple):
    """One job, when it is due, and what it is called on the screen."""

    job: Job
    trigger: CronTrigger
    label: Sentence


class Firing(NamedTuple):
    """One job at one moment at which it was due; sorts by time."""

    due_at: datetime
    job: str


def daily(hour: int, minute: int) -> CronTrigger:
    """Every calendar day: a job asks what is owed, not what day it is."""
    return CronTrigger(hour=hour, minute=minute, timezone=HERE)


SCHEDULE: dict[str, Appointment] = {
    "clock.calendar": Appointment(jobs.warn_of_calendar, daily(8, 30), Sentence("检查工作日历")),
    "leads.end-lifts": Appointment(leads_jobs.end_lifts, daily(0, 5), Sentence("恢复到期的回避")),
    "clock.empty-chairs": Appointment(jobs.warn_of_empty_chairs, daily(8, 29), Sentence("检查无人在岗的单位")),
    "referrals.raise": Appointment(referrals_jobs.raise_stranded, daily(8, 31), Sentence("逐级上送无人可办的线索")),
    "referrals.reckon": Appointment(referrals_jobs.reckon, daily(8, 32), Sentence("重算办理期限")),
    "referrals.remind": Appointment(referrals_jobs.remind, daily(8, 35), Sentence("线索办理催办")),
    "eligibility.reckon": Appointment(eligibility_jobs.reckon, daily(8, 36), Sentence("重算资格复核期限")),
    "eligibility.remind": Appointment(eligibility_jobs.remind, daily(8, 38), Sentence("资格复核催办")),
    "handling.remind": Appointment(handling_jobs.remind, daily(8, 37), Sentence("协办催办")),
    "supervision.urge": Appointment(supervision_jobs.urge, daily(8, 40), Sentence("专案督办催办")),
    "supervision.warn": Appointment(supervision_jobs.warn, daily(8, 42), Sentence("专案督办预警")),
    "duties.remind": Appointment(duties_jobs.remind, daily(8, 45), Sentence("报送任务催报")),
    "hotline.propose": Appointment(hotline_jobs.propose_round, daily(8, 43), Sentence("提出拨测")),
    "hotline.remind": Appointment(hotline_jobs.remind, daily(8, 46), Sentence("举报电话催办")),
    "inspections.remind": Appointment(inspections_jobs.remind, daily(8, 46), Sentence("督查整改催办")),
    "inspections.forget": Appointment(inspections_jobs.forget, daily(8, 46), Sentence("放下没有登记的走访名单")),
    "screening.forget": Appointment(screening_jobs.forget, daily(8, 47), Sentence("放下过期的排查表")),
    "relatives.compare": Appointment(relatives_jobs.compare, daily(2, 10), Sentence("比对名单与低保在保户")),
    "relatives.forget": Appointment(relatives_jobs.forget, daily(8, 46), Sentence("放下过期的名单")),
    "telephone.forget": Appointment(
        telephone_jobs.forget, CronTrigger(hour="0,6,12,18", minute=6, timezone=HERE), Sentence("忘掉没有接起的来电")
    ),
    "evidence.sweep": Appointment(evidence_jobs.sweep, daily(8, 48), Sentence("清理中断的上传")),
    "reports.monthly": Appointment(reports_jobs.send_monthly_report, daily(8, 50), Sentence("寄出月报")),
    "reports.morning-brief": Appointment(reports_jobs.send_morning_brief, daily(8, 55), Sentence("寄出晨报")),
    "clock.trail-head": Appointment(jobs.send_trail_head, daily(8, 58), Sentence("寄出留痕末端")),
}


def next_after(name: str, moment: datetime) -> datetime:
    """When the job is due next, after the moment."""
    return _next_after(SCHEDULE[name].trigger, moment)


@lru_cache(maxsize=64)
def _next_after(trigger: CronTrigger, moment: datetime) -> datetime:
    found: datetime = trigger.get_next_fire_time(None, moment + timedelta(microseconds=1))
    return found.astimezone(UTC)


def firings(name: str, after: datetime, until: datetime) -> Iterator[Firing]:
    """Every moment after the one and up to the other at which the job is due."""
    moment = next_after(name, after)
    while moment <= until:
        yield Firing(moment, name)
        moment = next_after(name, moment)
