"""What hangs on a wall and may not hang there: every hit by line and column. Pure; what is banned says the notice."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from tipline.kit.identity import masked, plain_name, tidy
from tipline.kit.words import Sentence
from tipline.law.publicity import Ban, PublicityRules, Sort
from tipline.law.screening import Kind
from tipline.publicity.lists import PostedList, PostedRow

DIGITS = str.maketrans("零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "0001234567891234567891")
STARS = str.maketrans("×✕✖●■□★☆", "********")
DAY = r"(?:19|20)[0-9]{2}[-./年][0-9]{1,2}(?:[-./月][0-9]{1,2})?[日月]?"
DAYS = re.compile(rf"(?<![0-9])(?<![0-9][\s-]){DAY}(?:[-—~至到\s]{{1,3}}{DAY})*(?![\s-]?[0-9])")
DECIMALS = re.compile(r"(?<=[0-9])\.[0-9]{1,2}(?![0-9.])")
RUN = re.compile(r"[0-9](?:[\s\-‐‑‒–—―_.·•/|()]{0,3}[0-9*]){6,}[\s\-]?[xX]?")
PIECE = 3
"""A number set apart by blanks falls into cells; only pieces of so many digits are put together again."""
NUMBERS = {
    Sort.IDENTITY: re.compile(r"[1-9][0-9]{5}[0-9*]{11}[0-9xX*]?|[1-9][0-9]{5}[0-9*]{9}"),
    Sort.PHONE: re.compile(r"(?:0*86)?1[3-9][0-9*]{9}|0[0-9]{9,11}|[2-8][0-9]{7}|[48]00[0-9]{7}"),
    Sort.ACCOUNT: re.compile(r"[0-9][0-9*]{11,29}"),
}
"""What a long number can be; it is taken for the first of these."""


@dataclass(frozen=True)
class Hit:
    """One thing that may not hang there: where it stands, and under which ban."""

    line: int
    column: int
    """From 1, as people count."""
    head: str
    ban: Ban
    shown: str
    """The words of the cell, covered."""

    @property
    def where(self) -> Sentence:
        if not self.head:
            return Sentence("第%(line)s行第%(column)s格", {"line": self.line, "column": self.column})
        return Sentence("第%(line)s行“%(head)s”", {"line": self.line, "head": self.head})


def hits(
    posted: PostedList, rules: PublicityRules, *, coarse: Collection[str] = (), minors: Collection[str] = ()
) -> list[Hit]:
    """All of them, from the top. `coarse` are the notice's own words for a cause; `minors` heads who are not of age."""
    sieve = _Sieve(rules, {plain_name(word) for word in coarse}, {plain_name(name) for name in minors})
    found = dict.fromkeys([*_of_heads(posted, rules), *sieve.lines(posted)])
    return sorted(found, key=lambda hit: (hit.line, hit.column, rules.bans.index(hit.ban)))


def _of_heads(posted: PostedList, rules: PublicityRules) -> Iterator[Hit]:
    """Columns that would hold what is banned, and columns that nobody asked for."""
    for at, (name, key) in enumerate(zip(posted.names, posted.keys, strict=True), start=1):
        if key or not name:
            continue
        plain = plain_name(name)
        holding = [ban for ban in rules.bans if any(part in plain for part in ban.heads)]
        strange = [ban for ban in rules.bans if ban.sort is Sort.COLUMN and not any(part in plain for part in ban.but)]
        yield from (Hit(posted.at, at, "", ban, name) for ban in holding or strange)


@dataclass(frozen=True)
class _Sieve:
    rules: PublicityRules
    coarse: set[str]
    minors: set[str]

    def lines(self, posted: PostedList) -> Iterator[Hit]:
        """What households and the lines around them say."""
        choices = {column.key for column in self.rules.columns if column.kind is Kind.CHOICE}
        for row in posted.rows:
            many = len(row.cells)
            spots = zip_longest(row.cells, posted.names[:many], posted.keys[:many], fillvalue="")
            for at, (cell, head, key) in enumerate(spots, start=1):
                if not (key in choices and self._is_coarse(cell)):
                    yield from (Hit(row.line, at, head, ban, masked(cell)) for ban in self._broken_by(cell))
                if key == self.rules.head.key and plain_name(cell) in self.minors:
                    yield from (Hit(row.line, at, head, ban, masked(cell)) for ban in self._of(Sort.MINOR))
            yield from self._across(row, posted.names)
        for line, cells in posted.around:
            for at, cell in enumerate(cells, start=1):
                broken = (ban for ban in self._broken_by(cell) if not any(word in "".join(cells) for word in ban.but))
                yield from (Hit(line, at, "", ban, masked(cell)) for ban in broken)

    def _is_coarse(self, cell: str) -> bool:
        """Whether the cell says nothing but coarse words of the notice."""
        return all(plain_name(part) in self.coarse for part in re.split(r"[、,，;；/和及]", cell))

    def _broken_by(self, cell: str) -> Iterator[Ban]:
        words = numerals(cell)
        numbers = set(_numbers(words))
        for ban in self.rules.bans:
            if ban.sort in numbers or any(re.search(pattern, words) for pattern in ban.patterns):
                yield ban

    def _of(self, sort: Sort) -> Iterator[Ban]:
        return (ban for ban in self.rules.bans if ban.sort is sort)

    def _across(self, row: PostedRow, names: tuple[str, ...]) -> Iterator[Hit]:
        """A mobile or an identity number that fell into neighbouring cells."""
        pieces = [words if len(words) >= PIECE and words.isdigit() else "" for words in map(numerals, row.cells)]
        for start, first in enumerate(pieces):
            for many in (2, 3, 4):
                parts = pieces[start : start + many]
                sort = sort_of("".join(parts)) if len(parts) == many and all(parts) else None
                if sort is Sort.IDENTITY or (sort is Sort.PHONE and first[0] == "1"):
                    head = names[start] if start < len(names) else ""
                    yield from (Hit(row.line, start + 1, head, ban, masked("".join(parts))) for ban in self._of(sort))


def numerals(text: str) -> str:
    """Half-width, with numerals of every writing as 0 to 9, and every sign that covers a digit as a star."""
    return unicodedata.normalize("NFKC", tidy(text)).translate(DIGITS).translate(STARS)


def _numbers(words: str) -> Iterator[Sort]:
    """What the long numbers in a text can be; days and sums are none."""
    for run in RUN.findall(DECIMALS.sub("", DAYS.sub("日", words))):
        if sort := sort_of(re.sub(r"[^0-9*xX]", "", run)):
            yield sort


def sort_of(number: str) -> Sort | None:
    """What a number without gaps can be."""
    return next((sort for sort, shape in NUMBERS.items() if shape.fullmatch(number) and _can_be(sort, number)), None)


def _can_be(sort: Sort, number: str) -> bool:
    """An identity number has a day of birth in it, unless that is covered; a short telephone number is no day."""
    if sort is Sort.IDENTITY:
        born = number[6:14] if len(number) > 15 else f"19{number[6:12]}"
        return "*" in born or _is_day(born)
    return not (sort is Sort.PHONE and len(number) == 8 and _is_day(number))


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2100
