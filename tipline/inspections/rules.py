"""What draws the eye to a town, and what a filled day list would do. Pure."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Labelled, Sentence


@dataclass(frozen=True)
class Ingredient:
    """What one signal adds to a town's score."""

    signal: str
    count: int
    rate: float | None
    """By the thousand households; None where nobody knows how many there are, or it does not depend on them."""
    points: int


@dataclass(frozen=True)
class Attention:
    """A town's score with its ingredients: an aid for choosing, never a judgement."""

    town: str
    ingredients: tuple[Ingredient, ...]

    @property
    def points(self) -> int:
        return sum(one.points for one in self.ingredients)


def attention(
    towns: Sequence[str],
    counts: Mapping[str, Mapping[str, int]],
    weights: Mapping[str, int],
    households: Mapping[str, int],
    grows: Collection[str],
) -> list[Attention]:
    """The towns, the one that draws most attention first, else in the order given.

    The town with the most of a signal has all its points, the others their share. What grows with the households is
    compared by the thousand of them, once they are known everywhere.
    """
    parts = [
        _ingredients(signal, towns, counts[signal], points, households if signal in grows else None)
        for signal, points in weights.items()
        if signal in counts
    ]
    found = [Attention(town, tuple(part[town] for part in parts)) for town in towns]
    return sorted(found, key=lambda one: -one.points)


def _ingredients(
    signal: str,
    towns: Sequence[str],
    counts: Mapping[str, int],
    points: int,
    households: Mapping[str, int] | None,
) -> dict[str, Ingredient]:
    of: dict[str, float] = {town: counts.get(town, 0) for town in towns}
    known = households or {}
    rates = {town: of[town] * 1000 / known[town] for town in towns if known.get(town)}
    measured = rates if len(rates) == len(towns) else of
    most = max(measured.values(), default=0)
    return {
        town: Ingredient(
            signal, counts.get(town, 0), rates.get(town), round(points * measured[town] / most) if most else 0
        )
        for town in towns
    }


class Verdict(Labelled):
    """What would become of a line of a filled day list."""

    WRONG = "wrong", "有错"
    NEW = "new", "登记为问题"
    KNOWN = "known", "已登记过"
    NOTHING = "nothing", "没有问题"


@dataclass(frozen=True)
class Line:
    """One line as it was filled by hand."""

    number: int
    code: str
    """The household's record, or a free line of a village."""
    day: str
    kind: str
    seen: str


@dataclass(frozen=True)
class Judged:
    """A line with its verdict."""

    line: Line
    verdict: Verdict
    why: Sentence | None = None
    style: bool = False
    term: str = ""
    found_on: date | None = None


Kinds = Mapping[str, tuple[bool, str]]
"""The words for what may be found: whether it is of style, and its key."""


def judged(
    lines: Sequence[Line], codes: Collection[str], kinds: Kinds, known: Collection[str], first: date, today: date
) -> list[Judged]:
    """The verdict on every line; the same household and kind twice is one finding."""
    found, met = [], set(known)
    for line in lines:
        one = _judged(line, codes, kinds, first, today)
        if one.verdict is Verdict.NEW:
            source = source_of(line.code, one.term)
            if source in met:
                one = Judged(line, Verdict.KNOWN, None, one.style, one.term, one.found_on)
            met.add(source)
        found.append(one)
    return found


NOT_OF_THIS = Sentence("行号不是这次督查的，请不要改动这一列。")
NO_KIND = Sentence("写了现场情况，没有写问题类型。")
NOT_SEEN = Sentence("写了问题类型，没有写现场情况。")
NO_DAY = Sentence("走访日期应在督查开始以后、今天以前。")


def _judged(line: Line, codes: Collection[str], kinds: Kinds, first: date, today: date) -> Judged:
    if not (line.kind or line.seen):
        return Judged(line, Verdict.NOTHING)
    day = _day(line.day)
    if line.code not in codes:
        return Judged(line, Verdict.WRONG, NOT_OF_THIS)
    if not line.kind:
        return Judged(line, Verdict.WRONG, NO_KIND)
    if line.kind not in kinds:
        return Judged(line, Verdict.WRONG, Sentence("问题类型“%(word)s”不在所列之中。", {"word": line.kind}))
    if not line.seen:
        return Judged(line, Verdict.WRONG, NOT_SEEN)
    if day is None or not first <= day <= today:
        return Judged(line, Verdict.WRONG, NO_DAY)
    style, term = kinds[line.kind]
    return Judged(line, Verdict.NEW, None, style, term, day)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(
            "-".join(part.zfill(2) for part in typed.replace("/", "-").replace(".", "-").split("-"))
        )
    except ValueError:
        return None


def source_of(code: str, term: str) -> str:
    """Under what a line of a day list is remembered, so that reading it again finds nothing new."""
    return hashlib.sha256(f"{code}|{term}".encode()).hexdigest()


def free_line(village: str, number: int) -> str:
    """The code of an empty line of a village: for a household that is on no record."""
    return f"{village}-{number}"
