"""What a bureau agreed on circulars (通报): the skeleton, how sanctioned people are named, by when towns read.

四（四） asks that typical cases be circulated promptly; all else is agreed in the bureau, and never printed as law.
"""

from dataclasses import dataclass

from tipline.kit.words import Bilingual, Labelled
from tipline.law.entries import Term
from tipline.law.sources import Mark
from tipline.law.table import Table


class Naming(Labelled):
    """How somebody who was sanctioned stands in a circular."""

    FULL = "full", "实名"
    MASKED = "masked", "姓＋某"


@dataclass(frozen=True)
class CircularRules:
    """The words with which a draft begins, and the limits of reading; a notice without them circulates nothing."""

    title: str
    """With %(n)s cases."""
    addressee: str
    opening: str
    """With %(span)s and %(n)s."""
    lesson: str
    demands: str
    naming: Naming
    read_within: int
    """Working days in which every town confirms that it has read."""
    most_cases: int
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Education:
    """The words of warning education: who was reached, and how."""

    audiences: tuple[Term, ...]
    forms: tuple[Term, ...]

    def audience(self, key: str) -> Bilingual | str:
        return next((term.name for term in self.audiences if term.key == key), key)

    def form(self, key: str) -> Bilingual | str:
        return next((term.name for term in self.forms if term.key == key), key)


def circular_rules(file: Table) -> CircularRules | None:
    """From the notice's file; None where it says nothing of circulars."""
    if not file.has("circular"):
        return None
    head = file.table("circular")
    rules = CircularRules(
        title=head.text("title"),
        addressee=head.text("addressee"),
        opening=head.text("opening"),
        lesson=head.text("lesson"),
        demands=head.text("demands"),
        naming=head.choice("naming", Naming),
        read_within=head.number("read_within"),
        most_cases=head.number("most_cases"),
        clause=head.text("clause"),
        mark=head.choice("mark", Mark),
    )
    head.done()
    return rules
