"""What comes back in the numbers of a period, and what the facts say of a town. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tipline.kit.words import Labelled, Sentence


class Told(Labelled):
    """A figure of a summary that the monthly report has no name for."""

    LEADS = "leads", "登记的线索"
    ENDED = "ended", "其中现已办结"
    FOUND = "found", "督查发现问题"
    MENDED = "mended", "其中已销号"
    OPEN = "open_findings", "尚在整改"
    LATE = "late_findings", "其中已逾期"


@dataclass(frozen=True)
class Tally:
    """How often one kind of problem was met in each town, in the period and in the one before."""

    kind: str
    now: Mapping[str, int]
    before: Mapping[str, int]


@dataclass(frozen=True)
class Repeated:
    """A kind of problem that came back: in several towns, or again in the same."""

    kind: str
    towns: tuple[str, ...]
    """Where it was met in the period; several, or none worth telling."""
    again: tuple[str, ...]
    """Where it was met in the period before, too."""


SEVERAL = 2
"""In so many towns a problem is no longer one town's."""


def repeated(tallies: Iterable[Tally], towns: Sequence[str]) -> list[Repeated]:
    """What came back, the problems of the most towns first, else in the order given."""
    found = []
    for tally in tallies:
        met = tuple(town for town in towns if tally.now.get(town))
        again = tuple(town for town in met if tally.before.get(town))
        if len(met) >= SEVERAL or again:
            found.append(Repeated(tally.kind, met if len(met) >= SEVERAL else (), again))
    return sorted(found, key=lambda one: -len(one.towns))


@dataclass(frozen=True)
class Fact:
    """What one signal counts of a town."""

    name: Sentence
    count: int


def facts_of(ground: Sequence[str], counts: Mapping[str, int], names: Mapping[str, Sentence]) -> list[Fact]:
    """The facts that speak for a ground, as far as something was counted; whether it is met, people say."""
    return [Fact(names[signal], counts[signal]) for signal in ground if signal in names and counts.get(signal)]
