"""What leads tell of towns: prominent public reports and media exposure, R-22 (b) and (c)."""

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, Text, cast, func, select

from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads.lifecycle import IN_THE_FIGURES
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.signals import Signal, signals

OPEN_TO_ALL = (Lead.walled.is_(False), Lead.state.in_(IN_THE_FIGURES), Lead.town_code.is_not(None))
"""Walled and sealed leads are in no count: it must not betray what a list hides."""


def _leads(where: ColumnElement[bool]) -> Callable[[date, date], Mapping[str, int]]:
    def counts(first: date, last: date) -> Mapping[str, int]:
        under = Lead.notice == editions.notice().key
        query = select(Lead.town_code, func.count()).where(*OPEN_TO_ALL, under, where)
        since, until = at_clock(first, time.min), at_clock(last + timedelta(days=1), time.min)
        within = query.where(Lead.registered_at >= since, Lead.registered_at < until)
        return {str(town): number for town, number in db.session.execute(within.group_by(Lead.town_code))}

    return counts


signals["reports"] = Signal(name=Sentence("群众举报"), counts=_leads(cast(Lead.problems, Text) != "[]"), grows=True)
signals["media"] = Signal(name=Sentence("媒体曝光"), counts=_leads(Lead.media.is_(True)))
