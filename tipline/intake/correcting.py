"""A person of a registered lead is corrected: where it goes is worked out anew, as if it had been told so at first."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from tipline.eligibility import opening
from tipline.eligibility import operations as eligibility
from tipline.eligibility.rules import is_petition, looks_too, side_of
from tipline.intake import operations
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.law.bodies import Body, Secrecy
from tipline.law.routing import Decision
from tipline.leads import access, entering, hands, walls
from tipline.leads import correcting as leads
from tipline.leads import operations as ledger
from tipline.leads.call import Call
from tipline.leads.correcting import Correction
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.leads.plan import Plan, check_parts, plan
from tipline.office import roster
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.referrals import raising
from tipline.referrals.lifecycle import BEFORE_IT_LEFT, ON_OUR_SIDE
from tipline.referrals.models import Referral
from tipline.supervision import grounds
from tipline.supervision import operations as supervision

CORRECTED = "corrected"
"""Why a referral was withdrawn, as the trail says it."""


@dataclass(frozen=True)
class Outlook:
    """What a correction would change: the law's answers before and after, under the rules in force."""

    person: ImplicatedPerson
    to: Correction
    call: Call
    before: Plan
    after: Plan

    @property
    def lead(self) -> Lead:
        return self.person.lead

    @property
    def stop(self) -> bool:
        """Whether nothing of the content may be kept: somebody is managed above the district."""
        return self.after.secrecy is Secrecy.STUB_ONLY

    def moves(self, position: int) -> bool:
        """Whether that person's part is proposed anew; the corrected person's always is."""
        same = self.before.decisions[position] == self.after.decisions[position]
        share = self.before.carries_whole(position) is self.after.carries_whole(position)
        return position == self.person.position or not (same and share)

    @property
    def mark(self) -> str:
        """Of what was shown: it is confirmed only while it still holds."""
        answers = [(one.rule, one.body, one.clock) for one in self.after.decisions]
        shown = (self.person.key, self.lead.last_seq, self.to, answers, self.after.edition)
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def look(person: ImplicatedPerson, to: Correction, at: datetime) -> Outlook:
    """Where the lead would go, were the person corrected so; changes nothing."""
    lead, day = person.lead, day_of(at)
    before = entering.call_of(lead)
    people = tuple(to.said if one is person else said for one, said in zip(lead.people, before.people, strict=True))
    after = replace(before, people=people, town_code=to.town_code, place_code=to.place_code)
    return Outlook(person, to, after, plan(before, lead.rules, day), plan(after, lead.rules, day))


def objection(lead: Lead) -> Refused | None:
    """Why nobody of the lead can be corrected any more."""
    if lead.primary_id is not None:
        return NotNow("本件是重复件，请在初次件上更正。")
    if any(referral.state not in BEFORE_IT_LEFT for referral in _referrals_of(lead).values()):
        return NotNow("已移送过承办机关，被反映人不能再更正；不归其办理的，由承办机关退回。")
    return None


def correct(outlook: Outlook, *, reason: str, by: Officer, at: datetime) -> Lead | None:
    """Correct the person and let the lead go where it belongs. Returns the stub that took its place, if one did.

    What was approved and is touched waits for its approval anew. Walls are drawn at once; those of the former facts
    stand. Nobody left to send it: it goes on directly, as on registering.
    """
    lead = outlook.lead
    if against := objection(lead):
        raise against
    if outlook.stop:
        return _as_stub(outlook, reason=reason, by=by, at=at)
    check_parts(outlook.call.people, outlook.after)
    _keep_petitions(outlook)
    leads.correct(outlook.person, outlook.to, reason=reason, by=by, at=at)
    proposal = hands.past(outlook.call, outlook.after, walls.walled_officers(lead, lead.people, lead.rules))
    lead.sealed = lead.sealed or proposal.secrecy is Secrecy.SEALED
    carrier = roster.office_of(proposal.body, lead.town_code)
    access.hand_to(lead, carrier)
    _send_anew(outlook, proposal, by=by, at=at)
    if proposal.proposes_supervision and not grounds.has_case(lead):
        grounds.propose(lead, proposal, by=by, at=at)
    supervision.owe(lead, carrier, at)
    return None


def _send_anew(outlook: Outlook, proposal: Plan, *, by: Officer, at: datetime) -> None:
    lead = outlook.lead
    directly = lead.walled and not access.somebody_can_send(lead)
    known = _referrals_of(lead)
    for person, decision in zip(lead.people, proposal.decisions, strict=True):
        referral = known.get(person.id)
        if is_petition(decision):
            if referral is not None and referral.state in ON_OUR_SIDE:
                referrals.withdraw(referral, cause=CORRECTED, by=by, at=at)
        elif referral is None:
            referrals.propose(person, decision, proposal, directly=directly, by=by, at=at)
        else:
            if outlook.moves(person.position) or referral.body in decision.raised_from:
                referrals.propose_corrected(referral, decision, proposal, by=by, at=at)
            if directly:
                raising.send_directly(referral, by=by, at=at)
        if _is_reviewed(decision, lead.sealed) and not opening.is_open(lead, person):
            eligibility.open_review(lead, person, by=by, at=at)


def _keep_petitions(outlook: Outlook) -> None:
    """What the dibao side has been given cannot be taken back: it stays there, or the correction is refused."""
    for at, person in enumerate(outlook.lead.people):
        if not opening.is_open(outlook.lead, person):
            continue
        after = outlook.after.decisions[at]
        sealed = outlook.after.secrecy is Secrecy.SEALED
        if not _is_reviewed(after, sealed) or _side(after) != _side(outlook.before.decisions[at]):
            raise NotNow("本人的事已转资格复核，更正后去向不同。请作废本件，按更正后的事实另行登记。")


def _is_reviewed(decision: Decision, sealed: bool) -> bool:
    return is_petition(decision) or (looks_too(decision) and not sealed)


def _side(decision: Decision) -> tuple[Body | None, str]:
    side = side_of(decision, decision.facts.town)
    return side, decision.facts.town if side is Body.TOWN_GOVERNMENT else ""


def _as_stub(outlook: Outlook, *, reason: str, by: Officer, at: datetime) -> Lead:
    """Somebody is managed above the district: what was written down is void and closed to everybody, and only that
    something was received stands in the ledger (检举控告工作规则 第十五条).
    """
    lead = outlook.lead
    ledger.void(lead, reason=reason, by=by, at=at)
    stub = operations.receive_stub(outlook.call, hands.find(outlook.call, outlook.after, by=by, at=at), by=by, at=at)
    assert stub.handling is not None  # every lead in the ledger has somebody who carries it
    lead.sealed = True
    access.hand_to(lead, stub.handling)
    return stub


def _referrals_of(lead: Lead) -> dict[int, Referral]:
    return {one.person_id: one for one in db.session.scalars(select(Referral).filter_by(lead_id=lead.id))}
