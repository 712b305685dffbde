"""flask clock: the clock process, one look by hand, a stretch of days, or the watch over it."""

import sys
from datetime import datetime, time, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from tipline.clock import operations, running
from tipline.clock.watch import watch
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.office.time import now, rehearsing, set_rehearsal

DAY = click.DateTime(["%Y-%m-%d"])
EVENING = time(16, 30)


@click.command("clock")
@click.option("--at", "day", type=DAY, help="Look once, as in the evening of this day; in a rehearsal, walk there.")
@click.option("--from", "first", type=DAY, help="With --to: do, day by day, what was due and has not been done.")
@click.option("--to", "last", type=DAY)
@click.option("--watch", "watching", is_flag=True, help="Fail, and write to the administrator, when the clock is late.")
@with_appcontext
def command(day: datetime | None, first: datetime | None, last: datetime | None, watching: bool) -> None:
    """Run the clock until it is told to stop."""
    if watching:
        _watch()
    elif day:
        _look(_evening(day))
    elif first or last:
        if not (first and last):
            raise click.UsageError("--from and --to belong together")
        _walk(_evening(first) - timedelta(days=1), _evening(last))
    else:
        running.run(current_app._get_current_object())  # type: ignore[attr-defined]


def _evening(day: datetime) -> datetime:
    return at_clock(day.date(), EVENING)


def _look(at: datetime) -> None:
    if rehearsing():
        _walk(None, at)
        return
    _not_ahead(at)
    click.echo(f"{operations.tick(at)} jobs run")


def _walk(since: datetime | None, until: datetime) -> None:
    if rehearsing():
        set_rehearsal(now(), target=until)
        db.session.commit()
    else:
        _not_ahead(until)
    click.echo(f"{operations.walk(until, since=since)} jobs run")


def _not_ahead(at: datetime) -> None:
    if day_of(at) > day_of(now()):
        raise click.UsageError("that day has not come; only a rehearsal can be moved ahead")
    db.session.rollback()


def _watch() -> None:
    troubles = watch(now())
    for trouble in troubles:
        click.echo(str(trouble), err=True)
    sys.exit(1 if troubles else 0)
