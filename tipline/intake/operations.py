"""The phone rings: the whole story of a call, as the office would tell it."""

import hashlib
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tipline.eligibility import operations as eligibility
from tipline.eligibility.rules import is_petition, looks_too
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Secrecy
from tipline.leads import access, hands, queries
from tipline.leads import operations as leads
from tipline.leads.call import Call
from tipline.leads.models import Lead
from tipline.leads.plan import Plan, plan
from tipline.office import editions
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.supervision import grounds as supervision


def proposal_for(call: Call, at: datetime) -> Plan:
    """Where the call would go under the rules in force; changes nothing."""
    return plan(call, editions.notice(), day_of(at))


def receive(call: Call, *, by: Officer, at: datetime) -> Lead:
    """Enter the lead in the ledger, propose a body for every person it names, and watch what must be watched.

    What is a petition goes to the dibao side instead; where only the entitlement is, the bureau looks at it
    beside the body that has the person, unless the lead is sealed: then that body asks for it.
    Where nobody is left in the office to approve or to hand over, it goes to its bodies directly; where
    nobody is left in a body to sign, to the next higher one.
    """
    proposal = hands.find(call, proposal_for(call, at), by=by, at=at)
    if proposal.secrecy is Secrecy.STUB_ONLY:
        return receive_stub(call, proposal, by=by, at=at)
    lead = leads.register(call, proposal, by=by, at=at)
    directly = lead.walled and not access.somebody_can_send(lead)
    for person, decision in zip(lead.people, proposal.decisions, strict=True):
        if not is_petition(decision):
            referrals.propose(person, decision, proposal, directly=directly, by=by, at=at)
        if is_petition(decision) or (looks_too(decision) and not lead.sealed):
            eligibility.open_review(lead, person, by=by, at=at)
    if proposal.proposes_supervision:
        supervision.propose(lead, proposal, by=by, at=at)
    return lead


def receive_stub(call: Call, proposal: Plan, *, by: Officer, at: datetime) -> Lead:
    """Enter that a report about somebody managed above the district came in, and nothing of what it says."""
    decision = next(decision for decision in proposal.decisions if decision.stub_only)
    lead = leads.register_stub(call, decision, proposal, by=by, at=at)
    directly = lead.walled and not access.somebody_can_send(lead)
    referrals.propose(lead.people[0], decision, proposal, directly=directly, by=by, at=at)
    return lead


def receive_once(call: Call, token: str, *, by: Officer, at: datetime) -> Lead:
    """The same sheet sent twice, by an impatient hand or a broken line, becomes one lead; both get that one.

    `token` is the sheet's one-time mark; only its hash is kept.
    """
    mark = mark_of(token, by)
    known = queries.of_submission(by, mark)
    if known is not None:
        return known
    try:
        with db.session.begin_nested():
            return receive(replace(call, submitted_as=mark), by=by, at=at)
    except IntegrityError:
        known = queries.of_submission(by, mark)
        if known is None:
            raise
        return known


def mark_of(token: str, by: Officer) -> str:
    """Under what a sheet is remembered; from it nobody learns the token."""
    return hashlib.sha256(f"{by.key}|{token}".encode()).hexdigest()
