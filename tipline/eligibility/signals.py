"""Petitions as a signal: many petitioners at the bureau, R-22 (a)."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, func, select

from tipline.eligibility import queries
from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads.models import Lead
from tipline.leads.signals import OPEN_TO_ALL
from tipline.office import editions
from tipline.office.models import Officer
from tipline.office.signals import MOST, Reason, Signal, signals


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    since, until = at_clock(first, time.min), at_clock(last + timedelta(days=1), time.min)
    opened = (EligibilityReview.opened_at >= since, EligibilityReview.opened_at < until)
    return (*OPEN_TO_ALL, Lead.notice == editions.notice().key, *opened)


def _petitions(first: date, last: date) -> Mapping[str, int]:
    query = select(Lead.town_code, func.count()).select_from(EligibilityReview).join(EligibilityReview.lead)
    within = query.where(*_within(first, last)).group_by(Lead.town_code)
    return {str(town): number for town, number in db.session.execute(within)}


def _behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
    query = queries.visible_to(officer).where(*_within(first, last), Lead.town_code == town).limit(MOST)
    return [
        Reason(one.number, day_of(one.opened_at), one.state, "eligibility.show", one.key)
        for one in db.session.scalars(query)
    ]


signals["petitions"] = Signal(name=Sentence("群众申诉"), counts=_petitions, behind=_behind, grows=True)
