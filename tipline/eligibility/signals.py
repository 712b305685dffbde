"""Petitions as a signal: many petitioners at the bureau, R-22 (a)."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from sqlalchemy import func, select

from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads.models import Lead
from tipline.leads.signals import OPEN_TO_ALL
from tipline.office import editions
from tipline.office.signals import Signal, signals


def _petitions(first: date, last: date) -> Mapping[str, int]:
    query = select(Lead.town_code, func.count()).select_from(EligibilityReview).join(EligibilityReview.lead)
    under = Lead.notice == editions.notice().key
    since, until = at_clock(first, time.min), at_clock(last + timedelta(days=1), time.min)
    within = query.where(*OPEN_TO_ALL, under, EligibilityReview.opened_at >= since, EligibilityReview.opened_at < until)
    return {str(town): number for town, number in db.session.execute(within.group_by(Lead.town_code))}


signals["petitions"] = Signal(name=Sentence("群众申诉"), counts=_petitions, grows=True)
