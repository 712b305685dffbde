"""What the clock does: find what is due, run it, post what waits; walk through the days of a rehearsal."""

import traceback
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from flask import current_app
from flask.ctx import AppContext

from tipline.clock import names
from tipline.clock.models import RunState
from tipline.clock.runs import Stands, answer_for_new_jobs, beat, claim, finish, latest_runs
from tipline.clock.schedule import SCHEDULE, Firing, firings, next_after
from tipline.kit.db import db
from tipline.office import mailroom
from tipline.office.time import machine_now, now, rehearsal, set_rehearsal

mailroom.linters.append(names.no_kept_name)


def tick(at: datetime) -> int:
    """One look at the clock: run what is due, post what waits. Returns the runs of this look.

    What was missed while no clock ran is done once, now, however often it was due.
    """
    ran = 0
    with _afresh():
        beat()
        stands = latest_runs(at)
        answer_for_new_jobs(stands, at)
        late = sorted(due(stands, at))
    for firing in late:
        ran += run(firing, at)
    post(at)
    return ran


def walk(until: datetime, *, since: datetime | None = None, going: Callable[[], bool] = lambda: True) -> int:
    """Walk the rehearsal's date, or a past stretch of days, firing by firing in the order of time."""
    ran = 0
    while going():
        firing, reach = _next_step(since, until)
        moment = firing.due_at if firing else reach
        with _afresh():
            _move_to(moment)
        ran += run(firing, moment) if firing else 0
        post(moment)
        if firing is None:
            break
    return ran


def tick_rehearsal(going: Callable[[], bool] = lambda: True) -> int:
    """Walk to where the rehearsal was sent, then keep pace with its day."""
    with _afresh():
        stand = rehearsal()
        until = max(stand.target, now()) if stand else None
    return walk(until, going=going) if until else 0


def _next_step(since: datetime | None, until: datetime) -> tuple[Firing | None, datetime]:
    """The next firing, and how far the walk may go: no further than a run that is held or waits to be tried again."""
    with _afresh():
        beat()
        stands = latest_runs(until)
        stand = rehearsal()
        answer_for_new_jobs(stands, stand.moment if stand else since or until)
        reach = min([last.due_at for last in stands.values() if last.waits], default=until)
        return min(steps(stands, since, min(reach, until)), default=None), min(reach, until)


def _move_to(moment: datetime) -> None:
    """Put the rehearsal's date forward; a day that is played at its own pace stays where it is."""
    stand = rehearsal()
    if stand is not None and moment > now():
        set_rehearsal(moment, target=max(stand.target, moment))
        db.session.commit()


def due(stands: Stands, at: datetime) -> Iterator[Firing]:
    """The latest missed firing of every job, and runs that nobody finished."""
    for name, last in stands.items():
        missed = list(firings(name, last.due_at, at))
        if missed:
            yield missed[-1]
        elif last.unfinished:
            yield Firing(last.due_at, name)


def steps(stands: Stands, since: datetime | None, until: datetime) -> Iterator[Firing]:
    """The next firing of every job up to a moment, and runs that nobody finished."""
    for name, last in stands.items():
        if last.unfinished:
            yield Firing(last.due_at, name)
        elif (moment := next_after(name, max(last.due_at, since or last.due_at))) <= until:
            yield Firing(moment, name)


def run(firing: Firing, at: datetime) -> bool:
    """Run one firing, in a context of its own, if nobody else has it. One failure stops no other job."""
    with _afresh():
        tries = claim(firing)
    if not tries:
        return False
    try:
        with _afresh():
            made = SCHEDULE[firing.job].job(at)
    except Exception as failure:
        place = traceback.extract_tb(failure.__traceback__)[-1]
        trouble = type(failure).__name__
        current_app.logger.error("%s failed: %s at %s:%s", firing.job, trouble, place.filename, place.lineno)
        again = machine_now() + timedelta(minutes=5 * 2**tries)
        with _afresh():
            finish(firing, tries, state=RunState.FAILED, trouble=trouble, lease_until=again)
        return True
    with _afresh():
        finish(firing, tries, state=RunState.DONE, made=made, trouble=None)
    return True


def post(at: datetime) -> None:
    """Let the mailroom work; what goes wrong there may not stop the jobs."""
    try:
        with _afresh():
            mailroom.post(at)
    except Exception as failure:
        current_app.logger.error("mailroom failed: %s", type(failure).__name__)


def _afresh() -> AppContext:
    """A context of its own: nothing remembered from the last step, no transaction left open."""
    return current_app._get_current_object().app_context()  # type: ignore[attr-defined,no-any-return]
