"""The house that the campaign's kill test runs: a rehearsal that, unlike others, really writes.

Its claims end as soon as their process can have died, because its days pass in a tenth of a second.
"""

from datetime import timedelta

from app import app
from tipline.clock import runs
from tipline.office import envelope, mailroom

__all__ = ["app"]

mailroom.local_only = lambda: False
envelope.PATIENCE = 0.5
runs.LEASE = timedelta(seconds=0.5)
