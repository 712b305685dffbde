"""The clock's memory: which firing was run, by whom, and how it went; and its own heartbeat.

The row of a run is its claim: it can be inserted once, so two clocks cannot both run one firing. A run
whose lease has ended belonged to a process that is gone; whoever changes the row first takes it over.
"""

import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import CompoundSelect, CursorResult, Update, bindparam, select, union_all, update
from sqlalchemy.exc import IntegrityError

from tipline.clock.models import Heartbeat, JobRun, RunState
from tipline.clock.schedule import SCHEDULE, Firing
from tipline.kit.db import Model, db, reading
from tipline.office.time import machine_now

ME = secrets.token_hex(8)
"""This process, in claims and heartbeats."""
LEASE = timedelta(minutes=3)
MOST_TRIES = 5
BEAT_EVERY = timedelta(seconds=10)


class Last(NamedTuple):
    """A job's latest run, as far as the next one depends on it."""

    due_at: datetime
    state: RunState
    lease_until: datetime
    tries: int

    @property
    def unfinished(self) -> bool:
        """Crashed or failed, and its time to be tried again has come."""
        return self._is_open and self.lease_until <= machine_now()

    @property
    def waits(self) -> bool:
        """Held by a process that may still live, or failed and not yet to be tried again."""
        return self._is_open and self.lease_until > machine_now()

    @property
    def _is_open(self) -> bool:
        return self.state is not RunState.DONE and self.tries < MOST_TRIES


Stands = dict[str, Last]


def latest_runs(at: datetime) -> Stands:
    """Every job's latest run, asked in a transaction of its own."""
    reading()
    found = stands(at)
    db.session.rollback()
    return found


def stands(at: datetime) -> Stands:
    """Every job's latest run; what a wrong clock wrote for later days does not count."""
    runs = db.session.execute(_latest(tuple(SCHEDULE)), {"at": at})
    return {run.job: Last(run.due_at, run.state, run.lease_until, run.tries) for run in runs}


@lru_cache
def _latest(names: tuple[str, ...]) -> CompoundSelect[Any]:
    """Job by job along the index: a house of some years has tens of thousands of runs."""
    run = select(JobRun.job, JobRun.due_at, JobRun.state, JobRun.lease_until, JobRun.tries)
    last = run.where(JobRun.due_at <= bindparam("at")).order_by(JobRun.due_at.desc()).limit(1)
    return union_all(*(select(last.where(JobRun.job == name).subquery()) for name in names))


def answer_for_new_jobs(stands: Stands, at: datetime) -> None:
    """A job that has never run is answered for from this moment on, also when the clock stops now."""
    for name in SCHEDULE.keys() - stands.keys():
        moment = machine_now()
        stands[name] = Last(at, RunState.DONE, moment, 1)
        first = {"state": RunState.DONE, "owner": ME, "lease_until": moment, "started_at": moment}
        _insert(JobRun(job=name, due_at=at, finished_at=moment, made=0, **first))


def claim(firing: Firing) -> int:
    """Make the firing ours. Returns which try this is, or 0 when somebody else has it."""
    moment = machine_now()
    ours = {"state": RunState.RUNNING, "owner": ME, "started_at": moment, "lease_until": moment + LEASE}
    known = select(JobRun.due_at, JobRun.state, JobRun.lease_until, JobRun.tries)
    found = db.session.execute(known.filter_by(job=firing.job, due_at=firing.due_at)).one_or_none()
    if found is None:
        return int(_insert(JobRun(job=firing.job, due_at=firing.due_at, tries=1, **ours)))
    last = Last(found.due_at, found.state, found.lease_until, found.tries)
    if not last.unfinished:
        db.session.rollback()
        return 0
    same = _row(firing).where(JobRun.tries == last.tries, JobRun.lease_until == last.lease_until)
    return last.tries + 1 if _changed(same.values(tries=last.tries + 1, **ours)) else 0


def finish(firing: Firing, tries: int, **values: Any) -> None:
    """Write down how it went, unless somebody took the run over meanwhile."""
    mine = _row(firing).where(JobRun.owner == ME, JobRun.tries == tries)
    _changed(mine.values(finished_at=machine_now(), **values))


def beat() -> None:
    """Say that a clock is alive; every ten seconds is enough."""
    moment = machine_now()
    reading()
    beat_at = db.session.scalar(select(Heartbeat.beat_at))
    db.session.rollback()
    if beat_at is None:
        _insert(Heartbeat(id=1, owner=ME, beat_at=moment))
    elif abs(moment - beat_at) >= BEAT_EVERY:
        _changed(update(Heartbeat).values(owner=ME, beat_at=moment))


def _row(firing: Firing) -> Update:
    return update(JobRun).where(JobRun.job == firing.job, JobRun.due_at == firing.due_at)


def _insert(row: Model) -> bool:
    """False when another clock was there first."""
    try:
        db.session.add(row)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _changed(change: Any) -> int:
    done = db.session.execute(change.execution_options(synchronize_session=False))
    count = cast(CursorResult[Any], done).rowcount
    db.session.commit()
    return count
