"""How a duty stands, whom a reminder is for, and when a further version is still taken. Pure."""

from dataclasses import dataclass
from datetime import date

from tipline.duties.lifecycle import SubmissionState
from tipline.kit.errors import NotNow
from tipline.kit.words import Labelled
from tipline.law.calendar import Calendar
from tipline.law.campaign import Duty, Period, Rhythm, Step, due_day, first_reminder_on
from tipline.law.clocks import Tone, tone
from tipline.office.answering import Answer


class Standing(Labelled):
    """How a duty stands for which nothing has come in."""

    NOT_YET = "not_yet", "未到期"
    OWED = "owed", "待报"
    LATE = "late", "逾期未报"
    ELSEWHERE = "elsewhere", "只列日期"


@dataclass(frozen=True)
class Stand:
    """How one place's duty stands: in which word, how near or late, whether still owed, and whether it came in late."""

    word: Labelled
    tone: Tone
    due_on: date
    owed: bool
    done: bool = False
    late: bool = False


@dataclass(frozen=True)
class Times:
    """The days of one duty and period."""

    opens_on: date
    """The first reminder: before it nobody has to think of the duty."""
    due_on: date


def times(duty: Duty, period: Period, notice: Rhythm, calendar: Calendar) -> Times:
    """When a duty begins to be asked for and when it is due."""
    return Times(first_reminder_on(duty, period, notice, calendar), due_day(duty, period, calendar))


def stand(answer: Answer | None, at: Times, today: date, calendar: Calendar, *, kept: bool) -> Stand:
    """How a duty stands. What no room keeps is neither owed nor late here: nobody could say that it was done."""
    if not kept:
        return Stand(Standing.ELSEWHERE, Tone.QUIET, at.due_on, owed=False)
    near = tone(at.due_on, today, calendar)
    if answer is None:
        if today < at.opens_on:
            return Stand(Standing.NOT_YET, Tone.QUIET, at.due_on, owed=False)
        return Stand(Standing.LATE if today > at.due_on else Standing.OWED, near, at.due_on, owed=True)
    late = answer.first_on is not None and answer.first_on > at.due_on
    return Stand(
        answer.word, near if answer.owed else Tone.QUIET, at.due_on, owed=answer.owed, done=answer.done, late=late
    )


def is_reminded(answer: Answer | None, step: Step) -> bool:
    """Whether a step is for a place: one whose paper came back hears of it by the return, and of the next step on."""
    if answer is None:
        return True
    return answer.owed and (answer.returned_on is None or step.on > answer.returned_on)


def last_day(duty: Duty, at: Times) -> date:
    """Until when what was handed in may be replaced by a further version."""
    return duty.final_on or at.due_on


def require_open(state: SubmissionState | None, duty: Duty, at: Times, today: date) -> None:
    """Refuse a further version after the real end; what was never handed in, or came back, is taken. Raises NotNow."""
    if state in (SubmissionState.FILED, SubmissionState.ACCEPTED) and today > last_day(duty, at):
        raise NotNow("%(day)s以后不再换版本；确需更正的，请区局退回后重报。", day=last_day(duty, at))
