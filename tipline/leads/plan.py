"""Where a call would go: the law's answer for every person, and what follows for the lead as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tipline.kit.errors import Incomplete
from tipline.law.bodies import Body, Secrecy, SupervisionTrigger
from tipline.law.notice import Notice
from tipline.law.routing import Decision, lead_body, route_lead, strictest
from tipline.law.triggers import TriggerReason, trigger_set, triggers
from tipline.leads.call import Call, PersonSaid, facts_of


@dataclass(frozen=True)
class Plan:
    """The proposal for one call under one edition of the rules."""

    edition: str
    decisions: tuple[Decision, ...]
    body: Body
    secrecy: Secrecy
    reasons: tuple[TriggerReason, ...]

    @property
    def triggers(self) -> frozenset[SupervisionTrigger]:
        """Why the case should be supervised jointly; empty when it need not be."""
        return trigger_set(self.reasons)

    @property
    def proposes_supervision(self) -> bool:
        return bool(self.reasons) or any(decision.propose_supervision for decision in self.decisions)

    def carries_whole(self, position: int) -> bool:
        """Whether this person's body gets the whole narrative, or only what concerns their person.

        The one highest body carries the original; bodies below it, or several of equal height, get
        their part (监察法实施条例: each body deals with its part).
        """
        if self.secrecy is Secrecy.STUB_ONLY or len(_seats(self.decisions)) == 1:
            return True  # of a stub nothing is kept that could be cut: the envelope goes as it is
        top = max(decision.body.level for decision in self.decisions)
        highest = {seat for seat in _seats(self.decisions) if seat[0].level == top}
        return _seat(self.decisions[position]) in highest and len(highest) == 1


def plan(call: Call, notice: Notice, on: date, *, towns_with_supervision_office: frozenset[str] = frozenset()) -> Plan:
    """Ask the law where the call goes."""
    facts = [
        replace(
            facts_of(person, supervision_office=(person.town_code or "") in towns_with_supervision_office),
            conflicts=call.away_from,
        )
        for person in call.people
    ]
    decisions = route_lead(facts, notice, on)
    return Plan(
        edition=notice.digest,
        decisions=decisions,
        body=lead_body(decisions, notice),
        secrecy=strictest(decisions),
        reasons=triggers(
            facts,
            notice,
            media=call.media,
            leader_instruction=call.leader_instruction,
            major_by_hand=call.major,
            amount_fen=call.amount_fen,
        ),
    )


def parts_missing(people: Sequence[PersonSaid], proposal: Plan) -> list[bool]:
    """For every person, whether their body gets only a part and none has been written."""
    return [
        not proposal.carries_whole(position) and not person.allegation.strip() for position, person in enumerate(people)
    ]


def parts_naming_others(people: Sequence[PersonSaid], proposal: Plan) -> list[bool]:
    """For every person, whether their part, which a body of its own will read, names somebody else of the lead."""
    names = [person.name.strip() for person in people]
    return [
        not proposal.carries_whole(position)
        and any(len(name) > 1 and name in person.allegation for name in names[:position] + names[position + 1 :])
        for position, person in enumerate(people)
    ]


def check_parts(people: Sequence[PersonSaid], proposal: Plan) -> None:
    """Each body that gets only a part must have one. Raises Incomplete, naming the person by place."""
    for place, missing in enumerate(parts_missing(people, proposal), start=1):
        if missing:
            raise Incomplete(
                "本件分送不同机关，请在第%(place)s名被反映人处写明其本人的问题，供其承办机关使用。", place=place
            )
    for place, naming in enumerate(parts_naming_others(people, proposal), start=1):
        if naming:
            raise Incomplete("第%(place)s名被反映人的问题中写了其他被反映人的姓名，请改写，只写其本人的。", place=place)


def _seat(decision: Decision) -> tuple[Body, str]:
    return decision.body, decision.facts.town if decision.body.sits_in_a_town else ""


def _seats(decisions: Sequence[Decision]) -> set[tuple[Body, str]]:
    return {_seat(decision) for decision in decisions}
