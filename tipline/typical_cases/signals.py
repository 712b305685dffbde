"""A town that reports nothing month after month, as a signal."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile

from sqlalchemy import ColumnElement, select

from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.models import Office, Officer
from tipline.office.signals import MOST, Reason, Signal, signals
from tipline.typical_cases import queries
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCaseReport
from tipline.typical_cases.rules import spoken


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    return (
        TypicalCaseReport.notice == editions.notice().key,
        TypicalCaseReport.month >= Month.of(first),
        TypicalCaseReport.month <= Month.of(last),
        TypicalCaseReport.state != ReportState.RETURNED,
    )


def _nil_streaks(first: date, last: date) -> Mapping[str, int]:
    """How many of the latest reports in a row, of the months in the period, said that there was nothing."""
    query = select(Office.place_code, TypicalCaseReport.nil).join(TypicalCaseReport.office)
    within = query.where(*_within(first, last))
    told: dict[str, list[bool]] = {}
    for town, nil in db.session.execute(within.order_by(TypicalCaseReport.month.desc())):
        told.setdefault(str(town), []).append(nil)
    return {town: sum(1 for _ in takewhile(bool, nils)) for town, nils in told.items()}


def _behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
    of_town = TypicalCaseReport.office_id.in_(select(Office.id).where(Office.place_code == town))
    query = queries.visible_to(officer).where(*_within(first, last), of_town).order_by(None)
    latest = db.session.scalars(query.order_by(TypicalCaseReport.month.desc()).limit(MOST))
    return [
        Reason(spoken(one.month), day_of(one.first_filed_at), one.state, "typical_cases.show", one.key)
        for one in takewhile(lambda one: one.nil, latest)
    ]


signals["nil_streak"] = Signal(name=Sentence("连续零报告（月）"), counts=_nil_streaks, behind=_behind)
