"""Published numbers that do not work, as a signal."""

from collections.abc import Mapping
from datetime import date

from tipline.hotline import queries
from tipline.kit.words import Sentence
from tipline.office.signals import Signal, signals


def _dead(first: date, last: date) -> Mapping[str, int]:
    return queries.dead_lines_by_town(last)


signals["dead_lines"] = Signal(name=Sentence("未改好的举报电话"), counts=_dead)
