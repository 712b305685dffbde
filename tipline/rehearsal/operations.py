"""Moving a rehearsal on: the date is sent ahead here, and the clock walks there day by day."""

from datetime import date, datetime, time, timedelta

from tipline.kit.dates import at_clock, day_of
from tipline.kit.errors import NotNow
from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.office.time import rehearsal, set_rehearsal
from tipline.rehearsal import queries

MORNING = time(9, 0)
"""Every rehearsed day begins when the morning's letters have been written."""


class Stride(Labelled):
    """How far the date may be sent in one go."""

    DAY = "day", "前进一天"
    WEEK = "week", "前进一周"
    DUTY = "duty", "前进到下一个期限"


class Stage:
    """The rehearsal as something the trail can name."""

    ref = "rehearsal"


def move_on(stride: Stride, *, by: Officer, at: datetime) -> datetime:
    """Send the date ahead; the clock does on the way what falls due. Raises NotNow while it still walks."""
    stand = rehearsal()
    if stand is None:
        raise NotNow("演练还没有开始。")
    if stand.target > stand.moment:
        raise NotNow("时钟还在走，请等它走到。")
    target = at_clock(_day_of(stride, at), MORNING)
    witness(Act.MOVE_DATE, Stage(), by=by, at=at, to=day_of(target).isoformat())
    set_rehearsal(at, target=target)
    return target


def _day_of(stride: Stride, at: datetime) -> date:
    today = day_of(at)
    if stride is Stride.DAY:
        return today + timedelta(days=1)
    if stride is Stride.WEEK:
        return today + timedelta(days=7)
    duty = queries.next_duty(today)
    if duty is None:
        raise NotNow("往后没有期限了。")
    return duty.on
