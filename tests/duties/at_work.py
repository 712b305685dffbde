"""Cells and versions as an office would make them, for the tests of this room."""

from datetime import date, datetime, time

from tests import make
from tipline.duties import operations, queries
from tipline.duties.models import Submission
from tipline.duties.operations import Said
from tipline.duties.queries import Cell
from tipline.kit.dates import at_clock
from tipline.office.models import Officer

PLAN, SUMMARY, STAGE = "work_plan", "screening_summary", "stage_report"
SAID = Said(words="成立领导小组，逐户排查。", principal="胡永年", deputy="宋海涛")


def noon(month: int, day: int, year: int = 2018) -> datetime:
    return at_clock(date(year, month, day), time(12))


def cell(duty: str = PLAN, *, on: date = date(2018, 6, 4), place: str = make.SHUANGGANG, period: str = "once") -> Cell:
    """One place's duty as it stands on a day."""
    pairs = [pair for pair in queries.asked(on) if (pair[0].key, pair[1].key) == (duty, period)]
    return next(one for one in queries.cells(pairs, on) if one.debtor.code == place)


def handed_in(by: Officer, at: datetime = make.NOON, duty: str = PLAN, said: Said = SAID) -> Submission:
    """A version of the officer's own town."""
    return operations.hand_in(cell(duty, place=by.office.place_code or ""), said, by=by, at=at)
