"""What the office decides about letters: how a number is written, what changed between two versions. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

DOC_NO = re.compile(r"^[\u4e00-\u9fff]{2,12}〔(19|20)\d{2}〕[1-9]\d{0,4}号$")
CODE = re.compile(r"^[\u4e00-\u9fff]{2,11}$")
CLOSED = "密"
"""Marks the series of letters about walled leads: its numbers are random and tell nothing by their order."""
LOWEST_CLOSED, HIGHEST_CLOSED = 10_000, 99_999
TOKEN = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
TRACE = 4
"""Trace codes are printed in groups of so many signs."""


def doc_no(code: str, year: int, serial: int) -> str:
    """津南民函〔2018〕3号: hexagonal brackets, four figures of the year, no leading zeros (GB/T 9704-2012)."""
    number = f"{code}〔{year}〕{serial}号"
    if not DOC_NO.match(number):
        raise ValueError(number)
    return number


def closed_code(code: str) -> str:
    """The closed series beside an open one: 津南民函 has 津南民密函."""
    return f"{code[:-1]}{CLOSED}{code[-1]}"


@dataclass(frozen=True)
class Change:
    """A stretch of text that both versions have, or only the earlier, or only the later."""

    sign: str
    text: str

    @property
    def kept(self) -> bool:
        return self.sign == "="


def changes(before: str, after: str) -> list[Change]:
    """What was taken out and what was put in, character by character; Latin words and figures stay whole."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    return list(_changes(old, new, SequenceMatcher(None, old, new, autojunk=False)))


def _changes(old: list[str], new: list[str], matcher: SequenceMatcher[str]) -> Iterator[Change]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Change("=", "".join(old[a:b]))
            continue
        if b > a:
            yield Change("-", "".join(old[a:b]))
        if d > c:
            yield Change("+", "".join(new[c:d]))


def grouped(code: str) -> str:
    """A trace code as it is printed."""
    return "-".join(code[at : at + TRACE] for at in range(0, len(code), TRACE))


def ungrouped(written: str) -> str:
    """A trace code as it is kept, from what somebody copied off a page."""
    return re.sub(r"[^0-9a-z]", "", written.lower())
