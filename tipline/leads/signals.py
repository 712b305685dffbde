"""What leads tell of towns: prominent public reports and media exposure, R-22 (b) and (c)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads import queries
from tipline.leads.lifecycle import IN_THE_FIGURES
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.models import Officer
from tipline.office.signals import MOST, Reason, Signal, signals

OPEN_TO_ALL = (Lead.walled.is_(False), Lead.state.in_(IN_THE_FIGURES), Lead.town_code.is_not(None))
"""Walled and sealed leads are in no count: it must not betray what a list hides."""


def within(first: date, last: date, moment: InstrumentedAttribute[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Leads of this notice that everybody may know of, and what was done about them in the period."""
    since, until = at_clock(first, time.min), at_clock(last + timedelta(days=1), time.min)
    return (*OPEN_TO_ALL, Lead.notice == editions.notice().key, moment >= since, moment < until)


def _counts(where: ColumnElement[bool]) -> Callable[[date, date], Mapping[str, int]]:
    def counts(first: date, last: date) -> Mapping[str, int]:
        query = (
            select(Lead.town_code, func.count())
            .where(*within(first, last, Lead.registered_at), where)
            .group_by(Lead.town_code)
        )
        return {str(town): number for town, number in db.session.execute(query)}

    return counts


def _behind(where: ColumnElement[bool]) -> Callable[[Officer, str, date, date], Sequence[Reason]]:
    def behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
        query = (
            queries.visible_to(officer)
            .where(*within(first, last, Lead.registered_at), where, Lead.town_code == town)
            .limit(MOST)
        )
        return [
            Reason(lead.number, day_of(lead.registered_at), lead.state, "leads.show", lead.key)
            for lead in db.session.scalars(query)
        ]

    return behind


_WITH_PROBLEM, _IN_THE_MEDIA = cast(Lead.problems, Text) != "[]", Lead.media.is_(True)
signals["reports"] = Signal(
    name=Sentence("群众举报"), counts=_counts(_WITH_PROBLEM), behind=_behind(_WITH_PROBLEM), grows=True
)
signals["media"] = Signal(name=Sentence("媒体曝光"), counts=_counts(_IN_THE_MEDIA), behind=_behind(_IN_THE_MEDIA))
