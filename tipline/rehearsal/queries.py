"""Where a rehearsal stands, and what comes next in it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.campaign import called, due_day, periods
from tipline.office import calendars, editions
from tipline.referrals.lifecycle import DONE
from tipline.referrals.models import Referral
from tipline.supervision.lifecycle import OPEN
from tipline.supervision.models import CaseMilestone, SupervisedCase

AHEAD = timedelta(days=92)
"""How far ahead one looks for what is owed again and again."""


class Duty(NamedTuple):
    """The next day on which something falls due, and what it is."""

    on: date
    what: Sentence


def next_duty(today: date) -> Duty | None:
    """The first day after today on which anything falls due."""
    return min((duty for duty in _duties(today) if duty.on > today), key=lambda duty: duty.on, default=None)


def _duties(today: date) -> Iterator[Duty]:
    notice, calendar = editions.notice(), calendars.calendar()
    for duty in notice.duties:
        for period in periods(duty, today + AHEAD):
            yield Duty(due_day(duty, period, calendar), Sentence("%(what)s应报", {"what": called(duty, period)}))
    for day, still_open, what in (
        (Referral.due_on, Referral.state.not_in(DONE), Sentence("线索办理到期")),
        (SupervisedCase.due_on, SupervisedCase.state.in_(OPEN), Sentence("督办到期")),
        (CaseMilestone.due_on, CaseMilestone.met_on.is_(None), Sentence("督办节点到期")),
    ):
        on = db.session.scalar(select(func.min(day)).where(still_open, day > today))
        if on is not None:
            yield Duty(on, what)
