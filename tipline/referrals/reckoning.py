"""The clocks of a referral as it stands, and the law's decision that sent it where it goes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from tipline.kit.dates import day_of
from tipline.law.bodies import Body, TransferKind
from tipline.law.calendar import Calendar
from tipline.law.entries import Colour, Rule
from tipline.law.routing import Decision, may_redirect, route_lead
from tipline.law.running import Running, first_to_run_out
from tipline.leads.call import facts_of
from tipline.office import calendars, editions
from tipline.office.models import Office
from tipline.referrals import rules
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.models import Referral
from tipline.referrals.rules import Course

BODIES = {body.value: body for body in Body}


def clocks(referral: Referral, calendar: Calendar | None = None) -> list[Running]:
    """Every clock on the referral, under its notice and the calendar of today; none once it is withdrawn."""
    if referral.state is ReferralState.WITHDRAWN:
        return []
    return rules.clocks_of(course_of(referral), referral.lead.rules, calendar or calendars.calendar())


def reckon(referral: Referral, calendar: Calendar | None = None) -> None:
    """Promise the day of the clock that runs out first: lists sort by it."""
    first = first_to_run_out(clocks(referral, calendar))
    referral.due_on = first.due.on if first else None
    referral.due_clock = first.clock.id if first else None


def course_of(referral: Referral) -> Course:
    """What the clocks need to know of the referral."""
    return Course(
        events=events_of(referral),
        transfer_clock=rule_of(referral).clock,
        named=referral.lead.named,
        repeat=referral.lead.primary_id is not None,
        followed=referral.to.signs_in and referral.receipt_no is None,
        extended=frozenset(referral.extended or ()),
        review_on=referral.review_on,
    )


def events_of(referral: Referral) -> dict[str, date]:
    """The days on which something happened to the referral, under the words the clocks know."""
    lead = referral.lead
    moments = {
        "call_ended": lead.received_at,
        "lead_registered": lead.registered_at,
        "stub_registered": lead.registered_at if lead.narrative_sealed is None else None,
        "returned": referral.returned_at,
        "handed_over": referral.handed_over_at,
        "assigned": referral.handed_over_at if referral.transfer is TransferKind.ASSIGN else None,
        "signed_for": referral.signed_for_at,
        "acceptance_told": referral.acceptance_told_at,
        "disposition_proposed": referral.disposed_at,
        "verification_approved": referral.verification_at,
        "case_filed": referral.case_filed_at,
        "concluded": referral.concluded_at,
        "result_told": referral.result_told_at,
    }
    days = {event: day_of(moment) for event, moment in moments.items() if moment is not None}
    return days | {event: date.fromisoformat(day) for event, day in (referral.days or {}).items()}


def rule_of(referral: Referral) -> Rule:
    """The routing rule that chose the body, in the edition and on the day that the referral names."""
    in_force = editions.edition(referral.edition_digest).rules_on(day_of(referral.proposed_at))
    return next(rule for rule in in_force if rule.number == referral.rule)


def decision_of(referral: Referral) -> Decision | None:
    """The decision as the law gives it again for the person's facts.

    None when the facts have been corrected since and would no longer lead there: then only the rule
    that was applied can be shown, not the facts it was applied to.
    """
    decision = _decided_again(referral)
    if decision.rule != referral.rule:
        return None
    return _as_raised(decision, referral) if referral.raised_from else decision


def conflicts_of(referral: Referral) -> frozenset[Body]:
    """The bodies that may not handle this person's part, as the facts are known now."""
    return _decided_again(referral).conflicts


def _decided_again(referral: Referral) -> Decision:
    people = referral.lead.people
    notice = editions.edition(referral.edition_digest)
    away_from = frozenset(BODIES[body] for body in referral.lead.away_from)
    facts = [replace(facts_of(person), conflicts=away_from) for person in people]
    decisions = route_lead(facts, notice, day_of(referral.proposed_at))
    return decisions[people.index(referral.person)]


def _as_raised(decision: Decision, referral: Referral) -> Decision:
    """The rule that chose stays; the bodies it was raised past since are told with it."""
    passed = tuple(BODIES[body] for body in referral.raised_from)
    return replace(decision, body=referral.body, raised_from=passed, via=None)


def ways_on(referral: Referral, offices: Iterable[Office]) -> list[Office]:
    """Where a redirect may end: sideways or upward, never back here, never where somebody named sits."""
    decision = decision_of(referral)
    conflicts = decision.conflicts if decision else frozenset()
    return [
        office
        for office in offices
        if office.id != referral.to_id and may_redirect(referral.body, office.body) and office.body not in conflicts
    ]


def colour_of(referral: Referral, today: date) -> Colour | None:
    """The early-warning colour of a referral that its body leaves lying."""
    since = lying_since(referral)
    if since is None:
        return None
    waits = referral.disposition if referral.state is ReferralState.IN_DISPOSITION else None
    return rules.colour(waits.value if waits else "awaiting_disposition", since, today, referral.lead.rules)


def lying_since(referral: Referral) -> date | None:
    """The day on which the body last moved a referral that waits for it; None where no colour is counted."""
    if referral.state is ReferralState.SIGNED_FOR and referral.signed_for_at:
        return day_of(referral.signed_for_at)
    if referral.state is ReferralState.IN_DISPOSITION and referral.disposition and referral.moved_at:
        return day_of(referral.moved_at)
    return None
