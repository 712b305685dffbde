"""A posted list held against the roster, and what is wrong with a posting as a whole. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tipline.kit.identity import plain_name
from tipline.kit.words import Labelled
from tipline.law.campaign import Period
from tipline.law.publicity import PublicityRules
from tipline.law.screening import Fact
from tipline.publicity.lifecycle import PostingState
from tipline.publicity.lint import Hit
from tipline.publicity.lists import PostedList, PostedRow

COVER = re.compile(r"[某*×＊xX○]+")
"""Signs that stand for the rest of a name."""


class FaultKind(Labelled):
    """What may be wrong with a posting."""

    NOT_POSTED = "not_posted", "未公示"
    STALE = "stale", "公示过期"
    LIST_WRONG = "list_wrong", "名单有误"
    PRIVACY = "privacy", "公示了不该公示的内容"


class Channel(Labelled):
    """Where it hangs."""

    BOARD = "board", "公示栏"
    WEBSITE = "website", "政府网站"
    BOTH = "both", "公示栏和政府网站"


@dataclass(frozen=True)
class Household:
    """One household of the roster: what the wall should say of it."""

    name: str
    facts: Mapping[str, Fact]
    """By the keys of the posting's columns."""
    is_minor: bool = False

    @property
    def posted_name(self) -> str:
        """The name that may hang on a wall."""
        return f"{self.name[:1]}某" if self.is_minor else self.name


@dataclass(frozen=True)
class Line:
    """One household as it hangs there, with what its cells stand for; a cell that cannot be read is not in `facts`."""

    row: PostedRow
    name: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Stale:
    """A household that hangs there with something that the roster says otherwise."""

    line: Line
    household: Household
    keys: tuple[str, ...]

    @property
    def is_old(self) -> bool:
        """Whether it says something else, and not merely what nobody can read."""
        return any(key in self.line.facts for key in self.keys)


@dataclass(frozen=True)
class Comparison:
    """What the wall and the roster say of each other."""

    households: int
    missing: list[Household]
    extra: list[Line]
    stale: list[Stale]

    @property
    def differences(self) -> int:
        return len(self.missing) + len(self.extra) + len(self.stale)


def lines_of(posted: PostedList, rules: PublicityRules, read: Callable[[str, str], Fact | None]) -> list[Line]:
    """The households of a list; `read` gives what a cell of a column stands for, None where it says nothing known."""
    compared = [column.key for column in rules.compared if column.key in posted.keys]
    return [_line(row, compared, rules, read) for row in posted.rows]


def _line(row: PostedRow, compared: list[str], rules: PublicityRules, read: Callable[[str, str], Fact | None]) -> Line:
    facts = {key: read(key, row.said.get(key, "")) for key in compared}
    return Line(row, row.said[rules.head.key], {key: fact for key, fact in facts.items() if fact is not None})


def compared(
    lines: Sequence[Line], roster: Sequence[Household], posted: PostedList, rules: PublicityRules
) -> Comparison:
    """Every household of the wall beside that of the roster with its name; of namesakes, the likeliest."""
    keys = [column.key for column in rules.compared if column.key in posted.keys]
    free, extra, stale = list(roster), [], []
    for line in sorted(lines, key=lambda line: (bool(COVER.search(line.name)), -_best(line, roster, keys))):
        likeliest = max(
            (one for one in free if _is_same_name(line.name, one)),
            key=lambda one: _alike(line, one, keys),
            default=None,
        )
        if likeliest is None:
            extra.append(line)
            continue
        free.remove(likeliest)
        if apart := tuple(key for key in keys if _differs(line, likeliest, key)):
            stale.append(Stale(line, likeliest, apart))
    return Comparison(
        len(roster),
        free,
        sorted(extra, key=lambda line: line.row.line),
        sorted(stale, key=lambda one: one.line.row.line),
    )


def _best(line: Line, roster: Sequence[Household], keys: list[str]) -> int:
    """How well the best namesake fits: who fits wholly is taken before who fits in part."""
    return max((_alike(line, one, keys) for one in roster if _is_same_name(line.name, one)), default=-1)


def _alike(line: Line, household: Household, keys: list[str]) -> int:
    return sum(not _differs(line, household, key) for key in keys)


def _differs(line: Line, household: Household, key: str) -> bool:
    """Where the roster says nothing, the wall cannot differ from it."""
    return key in household.facts and line.facts.get(key) != household.facts[key]


def _is_same_name(posted: str, household: Household) -> bool:
    """Whether a name on the wall, perhaps covered in part, can be the household's."""
    name, full = plain_name(posted), plain_name(household.name)
    if not COVER.search(name):
        return name == full
    first, *rest = COVER.split(name)
    pattern = re.escape(first) + "".join(".+" + re.escape(part) for part in rest)
    return bool(first) and re.fullmatch(pattern, full) is not None


def first_day(period: Period) -> date:
    """The first day of a period: a month, or the quarter that ends with its last."""
    month = period.ends
    return month.previous().previous().first if "Q" in period.key else month.first


def wrongs(hits: Sequence[Hit], posted_on: date, period: Period) -> list[FaultKind]:
    """What keeps a posting from being in order: what may not hang there, or a sheet of an earlier period."""
    found = [FaultKind.PRIVACY] if hits else []
    return [*found, FaultKind.STALE] if posted_on < first_day(period) else found


def seen_faults(
    state: PostingState | None, comparison: Comparison | None, hits: Sequence[Hit], *, late: bool, old: bool
) -> list[FaultKind]:
    """The faults that a posting shows to whoever looks it up."""
    found = []
    if state is None and late:
        found.append(FaultKind.NOT_POSTED)
    if old or (comparison and any(one.is_old for one in comparison.stale)):
        found.append(FaultKind.STALE)
    if comparison and (comparison.missing or comparison.extra):
        found.append(FaultKind.LIST_WRONG)
    return [*found, FaultKind.PRIVACY] if hits else found
