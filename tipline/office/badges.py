"""A due day as pages draw it: how near, and counted day by day."""

from dataclasses import dataclass
from datetime import date

from flask_babel import npgettext

from tipline.kit.words import Sentence
from tipline.law.calendar import Calendar
from tipline.law.clocks import Due, Tone, remaining, tone


@dataclass(frozen=True)
class DueBadge:
    """What `macros/badge.due` asks for."""

    on: date
    tone: Tone
    remaining: int
    unit: str
    provisional: bool
    explanation: list[tuple[date, int | None, Sentence]]


def badge(due: Due, today: date, calendar: Calendar) -> DueBadge:
    """A due day that was counted. What is left is told in working days, what is late in days."""
    near = tone(due.on, today, calendar)
    late = near is Tone.OVERDUE
    days = abs((due.on - today).days) if late else remaining(due.on, today, calendar)
    return DueBadge(
        on=due.on,
        tone=near,
        remaining=-days if late else days,
        unit=npgettext("超期", "天", "天", days) if late else npgettext("还剩", "个工作日", "个工作日", days),
        provisional=due.provisional,
        explanation=[(line.day, line.count, line.note) for line in due.explanation],
    )


def plain(on: date, today: date, calendar: Calendar) -> DueBadge:
    """A due day that was agreed, not counted."""
    return badge(Due(on, on, calendar.is_provisional(today, on), ()), today, calendar)
