"""A town that reports nothing month after month, as a signal."""

from collections.abc import Mapping
from datetime import date
from itertools import takewhile

from sqlalchemy import select

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.models import Office
from tipline.office.signals import Signal, signals
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCaseReport


def _nil_streaks(first: date, last: date) -> Mapping[str, int]:
    """How many of the latest reports in a row, of the months in the period, said that there was nothing."""
    query = select(Office.place_code, TypicalCaseReport.nil).join(TypicalCaseReport.office)
    within = query.where(
        TypicalCaseReport.notice == editions.notice().key,
        TypicalCaseReport.month >= Month.of(first),
        TypicalCaseReport.month <= Month.of(last),
        TypicalCaseReport.state != ReportState.RETURNED,
    )
    told: dict[str, list[bool]] = {}
    for town, nil in db.session.execute(within.order_by(TypicalCaseReport.month.desc())):
        told.setdefault(str(town), []).append(nil)
    return {town: sum(1 for _ in takewhile(bool, nils)) for town, nils in told.items()}


signals["nil_streak"] = Signal(name=Sentence("连续零报告（月）"), counts=_nil_streaks)
