"""Published numbers that do not work, as a signal."""

from collections.abc import Mapping, Sequence
from datetime import date

from tipline.hotline import queries
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office.models import Officer
from tipline.office.signals import MOST, Reason, Signal, signals


def _dead(first: date, last: date) -> Mapping[str, int]:
    return queries.dead_lines_by_town(last)


def _behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
    found = db.session.scalars(queries.dead_lines(officer, town, last).limit(MOST))
    return [Reason(line.number, line.since, line.state, "hotline.show", line.key) for line in found]


signals["dead_lines"] = Signal(name=Sentence("未改好的举报电话"), counts=_dead, behind=_behind)
