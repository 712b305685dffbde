"""What the clock has done and what it has missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import g
from sqlalchemy import func, select

from tipline.clock.models import Heartbeat, JobRun, RunState
from tipline.clock.runs import MOST_TRIES, Last, stands
from tipline.clock.schedule import SCHEDULE, next_after
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.calendar import missing_year_alarm
from tipline.office import calendars
from tipline.office.frame import Alarm
from tipline.office.time import machine_now, now, rehearsal

SILENT = timedelta(minutes=3)
GRACE = timedelta(minutes=10)
PAGE = "clock.index"
TONES = ("overdue", "soon", "quiet", "done")


def alarms() -> Iterator[Alarm]:
    """What is wrong with the clock, for the strip on every page; the loudest first."""
    if "clock_alarms" not in g:
        at = now()
        g.clock_alarms = [*_troubles(at), *_calendar(at)]
    yield from g.clock_alarms


def troubles(at: datetime) -> list[Sentence]:
    """What a person should hear of even when nobody looks at a page."""
    return [alarm.text for alarm in _troubles(at) if alarm.tone == "overdue"]


def _troubles(at: datetime) -> Iterator[Alarm]:
    """A clock that stands still, then a job that did not run, then one that failed."""
    beat_at = heartbeat()
    if beat_at is None:
        yield Alarm("overdue", Sentence("时钟没有运行，催办和函件都不会发出。"), PAGE)
        return
    silence = machine_now() - beat_at
    if silence > SILENT:
        minutes = int(silence.total_seconds() // 60)
        text = Sentence("时钟已停 %(minutes)s 分钟，催办和函件都不会发出。", {"minutes": minutes})
        yield Alarm("overdue", text, PAGE)
    elif -silence > SILENT:
        yield Alarm("overdue", Sentence("服务器的时间倒退了，请核对。"), PAGE)
    known = duties(at)
    for duty in known:
        if duty.missed:
            yield Alarm("overdue", Sentence("“%(job)s”到时没有运行。", {"job": duty.label}), PAGE)
    for duty in known:
        if duty.last and duty.last.state is RunState.FAILED:
            yield Alarm(duty.tone, Sentence("“%(job)s”运行失败。", {"job": duty.label}), PAGE)


def _calendar(at: datetime) -> Iterator[Alarm]:
    year = missing_year_alarm(day_of(at), calendars.calendar())
    if year is not None:
        text = Sentence("%(year)s年的放假安排尚未录入，跨年的期限是暂定的。", {"year": year})
        yield Alarm("soon", text, PAGE)


def heartbeat() -> datetime | None:
    """When a clock process last said that it is alive, by the machine's own time."""
    return db.session.scalar(select(Heartbeat.beat_at))


class Duty(NamedTuple):
    """One job of the schedule and how it stands."""

    name: str
    label: Sentence
    last: Last | None
    next_at: datetime
    missed: bool

    @property
    def tone(self) -> str:
        """Not run is louder than failed; failed and given up as loud as not run."""
        if self.missed:
            return "overdue"
        if self.last is None or self.last.state is RunState.DONE:
            return "done"
        if self.last.state is RunState.RUNNING:
            return "quiet"
        return "overdue" if self.last.tries >= MOST_TRIES else "soon"

    @property
    def loudness(self) -> tuple[bool, int, str]:
        """Puts what did not run first, then what failed, then the rest by name."""
        return not self.missed, TONES.index(self.tone), self.name


def duties(at: datetime) -> list[Duty]:
    """Every job of the schedule; read once a request."""
    if "clock_duties" not in g:
        known_runs, walking = stands(at), _walking()
        g.clock_duties = [_duty(name, known_runs.get(name), at, walking) for name in SCHEDULE]
    known: list[Duty] = g.clock_duties
    return known


def _duty(name: str, last: Last | None, at: datetime, walking: bool) -> Duty:
    due_at = next_after(name, last.due_at if last else at)
    crashed = last is not None and last.state is RunState.RUNNING and last.lease_until + GRACE < machine_now()
    missed = not walking and (due_at + GRACE < at or crashed)
    return Duty(name, SCHEDULE[name].label, last, due_at, missed)


def _walking() -> bool:
    """Whether the rehearsal is on its way to a later day, so that late is not late."""
    stand = rehearsal()
    return stand is not None and stand.target > stand.moment


def last_success() -> dict[str, datetime]:
    """For every job, the moment of the latest run that went well."""
    query = select(JobRun.job, func.max(JobRun.due_at)).where(JobRun.state == RunState.DONE).group_by(JobRun.job)
    return dict(db.session.execute(query).all())


def troubled_runs(number: int = 25) -> list[JobRun]:
    """Runs that failed or have not ended, newest first; what the others made would tell how many leads there are."""
    query = select(JobRun).where(JobRun.state != RunState.DONE)
    return list(db.session.scalars(query.order_by(JobRun.due_at.desc(), JobRun.job).limit(number)))


def recent_runs(number: int = 25) -> list[JobRun]:
    """What the clock did last, newest first; runs that did nothing are left out."""
    query = select(JobRun).where((JobRun.made > 0) | (JobRun.state != RunState.DONE))
    return list(db.session.scalars(query.order_by(JobRun.due_at.desc(), JobRun.job).limit(number)))
