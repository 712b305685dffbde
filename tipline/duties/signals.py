"""Duties that a town has not met in time, as a signal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from tipline.duties import queries
from tipline.kit.words import Sentence
from tipline.law.campaign import called
from tipline.office.models import Officer
from tipline.office.signals import MOST, Reason, Signal, signals


def _late(first: date, last: date) -> Mapping[str, int]:
    """What is owed and late at the end of the period, and fell due in it; all villages of a town count as one."""
    return Counter(_town(fold) for fold in _folds(first, last))


def _folds(first: date, last: date, officer: Officer | None = None) -> list[queries.Fold]:
    owed = queries.owed(last, officer)
    return list(queries.folded(cell for cell in owed if first <= cell.stand.due_on < last).values())


def _town(fold: queries.Fold) -> str:
    return str(fold[0].debtor.office.place_code)


def _behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
    folds = [fold for fold in _folds(first, last, officer) if _town(fold) == town]
    return [
        Reason(called(one.duty, one.period), one.stand.due_on, one.stand.word, "duties.show", queries.key_of(fold))
        for fold in folds[:MOST]
        for one in fold[:1]
    ]


signals["late_duties"] = Signal(name=Sentence("逾期未报的任务"), counts=_late, behind=_behind)
