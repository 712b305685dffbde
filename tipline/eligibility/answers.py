"""The written answer as it is printed: everything a petition answer must contain, and nobody's name."""

from dataclasses import dataclass
from datetime import date

from tipline.eligibility import rules
from tipline.eligibility.models import EligibilityReview, Opinion, Stage
from tipline.eligibility.rules import Outcome, Stand
from tipline.kit.dates import day_of
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.notice import Notice
from tipline.office import roster


@dataclass(frozen=True)
class OnItem:
    """One item that was accepted, and the opinion on it."""

    text: str
    stand: Stand
    words: str


@dataclass(frozen=True)
class Answer:
    """What the petitioner is given in writing. `body` is the name of the body, never of a section inside it."""

    number: str
    stage: Labelled
    received_on: date
    origin: Bilingual
    accepted_on: date | None
    items: tuple[OnItem, ...]
    facts: str
    basis: str
    outcome: Outcome
    right: Sentence
    right_clause: str | None
    """The clause that gives the right; None where it could not be checked and so is not printed as law."""
    body: str
    on: date


NO_RIGHT = Sentence("复核意见是终结意见。")
RIGHT = {
    Stage.FIRST: (
        ("answer_received", "review_requested"),
        Sentence("如不服本意见，可以自收到本答复之日起%(days)s日内，向%(above)s请求复查。"),
    ),
    Stage.SECOND: (
        ("review_answer_received", "re_review_requested"),
        Sentence("如不服本意见，可以自收到本答复之日起%(days)s日内，向%(above)s请求复核。"),
    ),
}
"""The events between which each right stands, and how the petitioner is told of it."""


def answer_of(review: EligibilityReview, opinion: Opinion) -> Answer:
    """The answer that tells the petitioner this opinion."""
    right, clause = _right(opinion, review.lead.rules)
    return Answer(
        number=review.number,
        stage=opinion.stage,
        received_on=day_of(review.lead.received_at),
        origin=review.lead.rules.term("channel", review.lead.channel).name,
        accepted_on=day_of(review.accepted_at) if review.accepted_at else None,
        items=tuple(OnItem(one.item.text, one.stand, one.words) for one in opinion.on_items),
        facts=opinion.facts,
        basis=opinion.basis,
        outcome=opinion.outcome,
        right=right,
        right_clause=clause,
        body=opinion.office.name,
        on=day_of(opinion.decided_at),
    )


def _right(opinion: Opinion, notice: Notice) -> tuple[Sentence, str | None]:
    if opinion.stage not in RIGHT:
        return NO_RIGHT, None
    events, sentence = RIGHT[opinion.stage]
    clock = notice.limit(*events, day_of(opinion.decided_at))
    above = roster.office_of(rules.body_above(opinion.office.body, notice))
    told = Sentence(sentence.text, {"days": clock.limit, "above": above.name})
    return told, clock.clause if clock.is_law else None
