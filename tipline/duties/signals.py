"""Duties that a town has not met in time, as a signal."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from tipline.duties import queries
from tipline.kit.words import Sentence
from tipline.office.signals import Signal, signals


def _late(first: date, last: date) -> Mapping[str, int]:
    """What is owed and late at the end of the period, and fell due in it; all villages of a town count as one."""
    late = [cell for cell in queries.owed(last) if first <= cell.stand.due_on < last]
    return Counter(str(fold[0].debtor.office.place_code) for fold in queries.folded(late).values())


signals["late_duties"] = Signal(name=Sentence("逾期未报的任务"), counts=_late)
