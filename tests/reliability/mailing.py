"""The house that the campaign's kill test runs: a rehearsal that, unlike others, really writes, and is in a hurry.

A summer passes in half a minute, so a claim ends as soon as the process that held it can have been replaced.
"""

from datetime import timedelta
from typing import Any

from apscheduler.schedulers.blocking import BlockingScheduler

from app import app
from tipline.clock import running, runs
from tipline.office import envelope, mailroom

__all__ = ["app"]


class Hasty(BlockingScheduler):
    """Looks up twenty times a second."""

    def add_job(self, *args: Any, seconds: float, **others: Any) -> Any:
        return super().add_job(*args, seconds=seconds / 20, **others)


running.BlockingScheduler = Hasty
mailroom.local_only = lambda: False
envelope.PATIENCE = 0.3
runs.LEASE = timedelta(seconds=0.5)
