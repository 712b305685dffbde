"""Petitions as a signal: many petitioners at the bureau, R-22 (a)."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from tipline.eligibility import queries
from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads.models import Lead
from tipline.leads.signals import within
from tipline.office.models import Officer
from tipline.office.signals import MOST, Reason, Signal, signals


def _petitions(first: date, last: date) -> Mapping[str, int]:
    query = select(Lead.town_code, func.count()).select_from(EligibilityReview).join(EligibilityReview.lead)
    asked = query.where(*within(first, last, EligibilityReview.opened_at)).group_by(Lead.town_code)
    return {str(town): number for town, number in db.session.execute(asked)}


def _behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
    query = queries.visible_to(officer).where(*within(first, last, EligibilityReview.opened_at), Lead.town_code == town)
    return [
        Reason(one.number, day_of(one.opened_at), one.state, "eligibility.show", one.key)
        for one in db.session.scalars(query.limit(MOST))
    ]


signals["petitions"] = Signal(name=Sentence("群众申诉"), counts=_petitions, behind=_behind, grows=True)
