"""The phone rings: the whole story of a call, as the office would tell it."""

from datetime import datetime

from tipline.kit.dates import day_of
from tipline.law.bodies import Secrecy
from tipline.leads import operations as leads
from tipline.leads import walls
from tipline.leads.call import Call
from tipline.leads.models import Lead
from tipline.leads.plan import Plan, plan
from tipline.office import editions
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.supervision import operations as supervision


def proposal_for(call: Call, at: datetime) -> Plan:
    """Where the call would go under the rules in force; changes nothing."""
    return plan(call, editions.notice(), day_of(at))


def receive(call: Call, *, by: Officer, at: datetime) -> Lead:
    """Enter the lead in the ledger, propose a body for every person it names, and watch what must be watched.

    Where nobody is left in the office to approve, it goes to its bodies directly.
    """
    proposal = proposal_for(call, at)
    if proposal.secrecy is Secrecy.STUB_ONLY:
        return receive_stub(call, proposal, by=by, at=at)
    lead = leads.register(call, proposal, by=by, at=at)
    directly = lead.walled and not walls.somebody_can_approve(lead)
    for person, decision in zip(lead.people, proposal.decisions, strict=True):
        referrals.propose(person, decision, proposal, directly=directly, by=by, at=at)
    if proposal.proposes_supervision:
        supervision.propose(lead, proposal, by=by, at=at)
    return lead


def receive_stub(call: Call, proposal: Plan, *, by: Officer, at: datetime) -> Lead:
    """Enter that a report about somebody managed above the district came in, and nothing of what it says."""
    lead = leads.register_stub(call, proposal, by=by, at=at)
    referrals.propose(lead.people[0], proposal.decisions[0], proposal, directly=False, by=by, at=at)
    return lead
