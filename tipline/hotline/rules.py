"""What can be a telephone number, which hour a lot gives, when a reminder is due, what a town's figures say. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tipline.kit.errors import Incomplete
from tipline.kit.typed import plain
from tipline.kit.words import Labelled
from tipline.law.calendar import Calendar
from tipline.law.hotline import Hotline
from tipline.sampling.rules import ticket

PUBLISHED = (
    r"1[3-9]\d{9}",  # mobile
    r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}",  # landline with its area code
    r"[2-9]\d{6,7}",  # landline without it
    r"[48]00\d{7}",
    r"1\d{2}|[19]\d{4}",  # 110, 12345
)
EXTENSION = re.compile(r"^(?P<before>.*?)\s*(?:(?:转|ext\.?)\s*\d{1,6}|[-—]\s*(?P<after>\d{1,6}))$", re.IGNORECASE)
LOCAL = (7, 8)
"""The digits of a landline without its area code."""


class Hours(Labelled):
    """When a number is answered."""

    WORKING = "working", "工作时间"
    ALL_DAY = "all-day", "全天"


class Missed(Labelled):
    """How a call went unanswered."""

    MISSED = "missed", "未接"
    ABANDONED = "abandoned", "未等接听已挂断"


def published_number(typed: str) -> str:
    """The digits of a number that an office publishes, without its extension. Raises Incomplete for none of a kind
    that exists: mobile, landline, 400/800, short code.
    """
    digits = digits_of(typed)
    if not any(re.fullmatch(pattern, digits) for pattern in PUBLISHED):
        raise Incomplete(
            "“%(number)s”不是电话号码，请写成 022-12345678、手机号、400号码或短号的样子。", number=typed[:40]
        )
    return digits


def digits_of(typed: str) -> str:
    """A number as it is dialled from here: digits alone, without the country's code and without an extension."""
    text = plain(typed)
    if found := EXTENSION.match(text):
        before = re.sub(r"\D", "", found["before"])
        if found["after"] is None or len(before) >= max(LOCAL):
            text = before
    digits = re.sub(r"\D", "", text)
    from_abroad = re.fullmatch(r"(?:00)?86(\d{10,11})", digits)
    if from_abroad is None:
        return digits
    rest = from_abroad[1]
    return rest if re.fullmatch(r"1[3-9]\d{9}|[48]00\d{7}|0\d+", rest) else f"0{rest}"


def is_same_number(one: str, other: str) -> bool:
    """Whether two numbers ring the same telephone: lists of a carrier leave out the area code, or do not."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    return len(short) in LOCAL and long.startswith("0") and len(long) - len(short) in (3, 4) and long.endswith(short)


def slot(seed: str, key: str, hours: tuple[int, ...], days: int) -> tuple[int, int]:
    """On which working day from the draw, counted from one, and at which hour a number is dialled: by its ticket."""
    number = int(ticket(seed, f"{key}:hour"), 16)
    return number // len(hours) % days + 1, hours[number % len(hours)]


def failed_in_a_row(passed: Iterable[bool]) -> int:
    """How many of the tests, latest first, failed before one passed."""
    count = 0
    for one in passed:
        if one:
            break
        count += 1
    return count


def step_of(due_on: date, today: date, hotline: Hotline, calendar: Calendar) -> int | None:
    """The latest step of the reminders whose day has come; a missed earlier one is never sent afterwards."""
    come = [step for step in hotline.reminders if calendar.add_working_days(due_on, step) <= today]
    return come[-1] if come else None


@dataclass(frozen=True)
class Reach:
    """How far a town could be reached in a time."""

    lines: int = 0
    tests: int = 0
    passed: int = 0
    answered: int = 0
    missed: int = 0
    owed: int = 0
    """Calls that had to be rung back by now."""
    in_time: int = 0

    @property
    def calls(self) -> int:
        return self.answered + self.missed

    def __add__(self, other: "Reach") -> "Reach":
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})


def share(part: int, whole: int) -> int | None:
    """Of a hundred; None where there was nothing."""
    return round(100 * part / whole) if whole else None
