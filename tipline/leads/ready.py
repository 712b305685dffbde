"""Ready-made views of the ledger (现成的视图): what a role asks it every day, found without having been made.

They are addresses like any other, and say no more than the ledger's own filters can. What waits person by person,
待签收 or 已超期, stands in the views of the referrals.
"""

from tipline.kit.words import Labelled, Sentence
from tipline.leads.lifecycle import LeadState
from tipline.office.charter import INSPECTORS, Role
from tipline.office.models import Officer

Ready = tuple[Sentence | Labelled, dict[str, str]]
"""What a view is called, and its address."""

EVERYTHING: Ready = (Sentence("全部线索"), {})
IN_HAND: Ready = (Sentence("未移送"), {"state": "registered", "left": "no", "repeat": "no", "order": "oldest"})
WITHOUT_ANSWER: Ready = (LeadState.AWAITING_INFO, {"state": "awaiting_info", "left": "no", "order": "oldest"})
TO_REFUSE: Ready = (LeadState.REFUSAL_PROPOSED, {"state": "refusal_proposed", "left": "no", "order": "oldest"})
TAKEN_UP_AGAIN: Ready = (LeadState.REOPENED, {"state": "reopened", "left": "no", "order": "oldest"})
MARKED: tuple[Ready, ...] = (
    (Sentence("领导批示"), {"flag": "leader_instruction"}),
    (Sentence("重大"), {"flag": "major"}),
    (Sentence("媒体关注"), {"flag": "media"}),
)

VIEWS: dict[Role, tuple[Ready, ...]] = {
    Role.OPERATOR: (IN_HAND, WITHOUT_ANSWER),
    Role.TOWN_CLERK: (IN_HAND, WITHOUT_ANSWER, TAKEN_UP_AGAIN),
    Role.LEDGER_KEEPER: (IN_HAND, WITHOUT_ANSWER, TO_REFUSE, TAKEN_UP_AGAIN),
    Role.BUREAU_LEADER: (TO_REFUSE, *MARKED),
} | dict.fromkeys(INSPECTORS, (IN_HAND, WITHOUT_ANSWER, TO_REFUSE, TAKEN_UP_AGAIN))


def of(officer: Officer) -> tuple[Ready, ...]:
    """What the officer finds over the ledger."""
    return (EVERYTHING, *VIEWS.get(officer.role, ()))
