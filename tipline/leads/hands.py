"""Whether a body has anybody left who may sign for a lead; where it has not, the next higher body takes its place."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.law.bodies import Body, Secrecy
from tipline.law.notice import Notice
from tipline.law.routing import Decision, lead_body
from tipline.leads import access, entering, walls
from tipline.leads.call import Call
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.plan import Plan
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.office.powers import PERMITTED

SIGNING = [role for role, acts in PERMITTED.items() if acts & {Act.SIGN_FOR, Act.ACCEPT_PETITION}]
"""Who takes a lead at its body: discipline bodies sign for it, the dibao side accepts a petition."""


def find(call: Call, proposal: Plan, *, by: Officer, at: datetime) -> Plan:
    """The same proposal, with every body passed over whose signers must all stand aside (监察法 第十六条).

    Asked before the lead is written, because what its number tells, who is listed, and which parts must
    be written all follow from the body. The walls are those the lead will have.
    """
    notice = editions.edition(proposal.edition)
    people = [entering.person_of(said, position) for position, said in enumerate(call.people)]
    lead = entering.stub_of if proposal.secrecy is Secrecy.STUB_ONLY else entering.lead_of
    return past(call, proposal, walls.walled_officers(lead(call, by, at), people, notice))


def past(call: Call, proposal: Plan, walled: set[int]) -> Plan:
    """The same, for those who are known to be walled."""
    if not walled:
        return proposal
    notice = editions.edition(proposal.edition)
    ladder = _Ladder(notice, frozenset(walled))
    decisions = tuple(
        ladder.raised(decision, said.town_code or call.town_code)
        for said, decision in zip(call.people, proposal.decisions, strict=True)
    )
    body, conflicts = lead_body(decisions, notice), frozenset[Body]().union(*(one.conflicts for one in decisions))
    return replace(proposal, decisions=decisions, body=ladder.climb(body, call.town_code, conflicts)[-1])


def next_for(lead: Lead, body: Body, town_code: str | None, conflicts: frozenset[Body]) -> list[Body]:
    """For a body that has to stand aside after all: those passed over from it on, and last the one that takes it."""
    if lead.state is LeadState.STUB:
        walled = set(db.session.scalars(select(Officer.id))) - access.listed_for(lead) if lead.walled else set()
    else:
        walled = walls.walled_officers(lead, lead.people, lead.rules)
    return _Ladder(lead.rules, frozenset(walled)).climb(body, town_code, conflicts)


@dataclass(frozen=True)
class _Ladder:
    """The raise ladder of a notice, as those find it who are walled from one lead."""

    notice: Notice
    walled: frozenset[int]

    def raised(self, decision: Decision, town_code: str | None) -> Decision:
        """The rule that chose stays; only who takes it is another, and the sentence says so."""
        *passed, body = self.climb(decision.body, town_code, decision.conflicts)
        if not passed:
            return decision
        copies = tuple(copy for copy in decision.copy_to if copy is not body)
        return replace(decision, body=body, raised_from=(*decision.raised_from, *passed), via=None, copy_to=copies)

    def climb(self, body: Body, town_code: str | None, conflicts: frozenset[Body]) -> list[Body]:
        """The bodies passed over, and last the one that takes it: the highest, should nobody be left anywhere."""
        higher = {step.body: step.to for step in self.notice.raises}
        steps = [body]
        while steps[-1] in higher and (
            steps[-1] in conflicts or not self._has_hands(roster.office_of(steps[-1], town_code))
        ):
            steps.append(higher[steps[-1]])
        return steps

    def _has_hands(self, office: Office) -> bool:
        """An office that receives on paper, or has no signers here at all, takes it on paper."""
        if not office.signs_in:
            return True
        query = select(Officer.id).where(Officer.active, Officer.office_id == office.id, Officer.role.in_(SIGNING))
        signers = set(db.session.scalars(query))
        return not signers or bool(signers - self.walled)
