"""How alike two leads are, in what, and in which order they are put before a person. Never a decision. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from tipline.kit.grams import grams
from tipline.kit.words import Labelled


class Evidence(Labelled):
    """What two leads have in common, from the strongest to the weakest."""

    PERSON = "person", "同一被反映人"
    HOUSEHOLD = "household", "同一户"
    REPORTER = "reporter", "同一举报人"
    POST = "post", "同村同一职务"
    PLACE = "place", "同一村（居）"
    MATTER = "matter", "同类问题"


class LinkKind(Labelled):
    """How a lead hangs together with another that is not a repeat of it."""

    RELATED = "related", "相关"
    SAME_PERSON = "same_person", "同一被反映人"
    DERIVED = "derived", "派生"


@dataclass(frozen=True)
class Likeness:
    """What two leads have in common, and how much of their words."""

    shared: frozenset[Evidence]
    similarity: float

    @property
    def per_cent(self) -> int:
        return round(self.similarity * 100)

    @property
    def evidence(self) -> list[Evidence]:
        """The common points, the strongest first."""
        return [point for point in Evidence if point in self.shared]


def rank(likeness: Likeness) -> tuple[object, ...]:
    """The order of candidates: person, household and place first, the words second."""
    return (*(point not in likeness.shared for point in Evidence), -likeness.per_cent)


def is_worth_showing(likeness: Likeness) -> bool:
    """Whether a person should look: something is the same, or many of the words are."""
    return bool(likeness.shared - {Evidence.MATTER}) or likeness.similarity >= ALIKE


ALIKE = 0.3
"""From here on the words alone make two leads worth comparing; they never make one a repeat."""


def looks_like_a_repeat(likeness: Likeness, *, named: bool) -> bool:
    """The test for “the same” (2.4): same reporter and same matter; anonymous, the same accused person.

    Only a suggestion; a person decides.
    """
    if named and {Evidence.REPORTER, Evidence.MATTER} <= likeness.shared:
        return True
    return Evidence.PERSON in likeness.shared


def pairs(texts: Iterable[str]) -> frozenset[str]:
    """The pairs of neighbouring characters in some words."""
    return frozenset(gram for text in texts for gram in grams(text) if len(gram) > 1)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of their pairs two texts share, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


@dataclass(frozen=True)
class Heat:
    """How often one matter was reported: one 件, so many 人次."""

    times: int
    matters: int = 1
