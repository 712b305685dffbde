"""What operators type as callers speak, made exact: days, moments and sums. Pure; refuses with ValueError."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from tipline.kit.dates import HERE, Month
from tipline.kit.identity import tidy

UNITS = {"": 1, "元": 1, "块": 1, "千": 1_000, "千元": 1_000, "万": 10_000, "万元": 10_000}
MOST_FEN = 10**15


def plain(text: str) -> str:
    """Half-width, without marks nobody sees and without spaces around."""
    return unicodedata.normalize("NFKC", tidy(text)).strip()


def count(text: str | None) -> int:
    """A small number as a page sends it back; nought for anything else."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def day(text: str, *, last: bool = False) -> date:
    """2018-6-4, 2018.6.4, 20180604, 2018年6月4日; a month or a year alone is its first day, or its `last`."""
    numbers = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain(text)) or re.fullmatch(
        r"(\d{4})(?:[-./年](?:(\d{1,2})(?:[-./月](?:(\d{1,2})日?)?)?)?)?", plain(text)
    )
    if numbers is None:
        raise ValueError(text)
    year, month, number = (int(part) if part else None for part in numbers.groups())
    assert year is not None  # the pattern asks for it
    if number is not None and month is not None:
        return date(year, month, number)
    if month is not None:
        return Month(year, month).last if last else Month(year, month).first
    return date(year, 12, 31) if last else date(year, 1, 1)


def moment(text: str) -> datetime:
    """A day and a time on the office's wall clock: 2018-06-04T12:30, 2018年6月4日 12:30."""
    said, _, clock = plain(text).replace("T", " ").partition(" ")
    hours = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", clock.strip())
    if hours is None:
        raise ValueError(text)
    on = day(said)
    return datetime(on.year, on.month, on.day, int(hours[1]), int(hours[2]), tzinfo=HERE)


def fen(text: str) -> int:
    """A sum in yuan as 分: 12000, １２，０００, 1.2万, 3千元, ¥500."""
    parts = re.fullmatch(r"[¥约]?([\d,]+(?:\.\d+)?)(元|块|千元?|万元?)?", plain(text).replace(" ", ""))
    if parts is None:
        raise ValueError(text)
    try:
        amount = Decimal(parts[1].replace(",", "")) * UNITS[parts[2] or ""] * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if amount != int(amount) or amount > MOST_FEN:
        raise ValueError(text)
    return int(amount)
