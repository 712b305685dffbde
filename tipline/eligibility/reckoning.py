"""The clocks of a petition as it stands, and the law's decision that brought it to the dibao side."""

from collections.abc import Sequence
from datetime import date

from tipline.eligibility import rules
from tipline.eligibility.lifecycle import ReviewState
from tipline.eligibility.models import EligibilityReview, Opinion, Stage
from tipline.eligibility.rules import Course
from tipline.kit.dates import day_of
from tipline.kit.words import Sentence
from tipline.law import explaining
from tipline.law.bodies import PersonKind
from tipline.law.calendar import Calendar
from tipline.law.entries import Rule
from tipline.law.facts import PersonFacts
from tipline.law.notice import Notice
from tipline.law.routing import Decision, route_lead
from tipline.law.running import Running
from tipline.leads.call import facts_of
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office import calendars, editions


def decisions_on(lead: Lead, notice: Notice, on: date) -> tuple[Decision, ...]:
    """What the law says of everybody the lead names, and last of a matter that names nobody."""
    return route_lead([*map(facts_of, lead.people), PersonFacts(kind=PersonKind.NO_PERSON)], notice, on)


def among(decisions: Sequence[Decision], lead: Lead, person: ImplicatedPerson | None) -> Decision:
    """The one of `decisions_on` that is about this person, or about nobody."""
    return decisions[lead.people.index(person)] if person is not None else decisions[-1]


def town_of(lead: Lead, person: ImplicatedPerson | None) -> str | None:
    """The town whose household it is."""
    return (person.town_code if person is not None else None) or lead.town_code


def decision_of(review: EligibilityReview) -> Decision | None:
    """The decision as the law gives it again; None when the facts have been corrected since."""
    notice = editions.edition(review.edition_digest)
    decisions = decisions_on(review.lead, notice, day_of(review.opened_at))
    decision = among(decisions, review.lead, review.person)
    return decision if decision.rule == review.rule else None


def rule_of(review: EligibilityReview) -> Rule:
    """The rule that was applied, in the edition and on the day that the review names."""
    in_force = editions.edition(review.edition_digest).rules_on(day_of(review.opened_at))
    return next(rule for rule in in_force if rule.number == review.rule)


def reason_of(review: EligibilityReview) -> Sentence:
    """Why it is a matter of the dibao side, under the edition and the rule that the review names."""
    decision, rule = decision_of(review), rule_of(review)
    return decision.sentence if decision is not None else explaining.sentence(rule, rule.body, ())


def why_here(review: EligibilityReview) -> Sentence | None:
    """Why this office handles it."""
    if review.from_office is not None:
        return Sentence("由%(office)s转来。", {"office": review.from_office.name})
    decision = decision_of(review)
    if decision is None:
        return None
    return rules.why_here(decision, town_of(review.lead, review.person), review.handler.body)


def clocks(review: EligibilityReview, calendar: Calendar | None = None) -> list[Running]:
    """Every clock on the petition, under its notice and the calendar of today."""
    return rules.clocks_of(course_of(review), review.lead.rules, calendar or calendars.calendar())


def reckon(review: EligibilityReview, calendar: Calendar | None = None) -> None:
    """Promise the day of the clock that an office must stop first: lists sort by it."""
    done = review.state is ReviewState.CLOSED
    first = None if done else rules.first_owed(clocks(review, calendar))
    review.due_on = first.due.on if first else None
    review.due_clock = first.clock.id if first else None


def course_of(review: EligibilityReview) -> Course:
    """What the clocks need to know of the petition."""
    return Course(
        events=events_of(review),
        named=review.lead.named,
        extended=review.extended_at is not None,
        hearing_days=review.hearing_days,
    )


def events_of(review: EligibilityReview) -> dict[str, date]:
    """The days on which something happened to the petition, under the words the clocks know."""
    first, second, last = (opinion_at(review, stage) for stage in Stage)
    moments = {
        "petition_received": review.lead.received_at,
        "petition_forwarded": review.forwarded_at,
        "objection_made": review.objected_at,
        "petition_accepted": review.accepted_at,
        "petitioner_told": review.told_at,
        "review_decided": second.decided_at if second else None,
        "re_review_decided": last.decided_at if last else None,
    }
    days = {
        "petition_concluded": _concluded_on(review, first),
        "answer_received": first.delivered_on if first else None,
        "review_requested": review.second_asked_on,
        "review_answer_received": second.delivered_on if second else None,
        "re_review_requested": review.last_asked_on,
    }
    found = {event: day_of(moment) for event, moment in moments.items() if moment is not None}
    return found | {event: day for event, day in days.items() if day is not None}


def _concluded_on(review: EligibilityReview, first: Opinion | None) -> date | None:
    """A petition is concluded when the answer has been given; without anybody to answer, when it is decided."""
    if first is None:
        return None
    return first.delivered_on if review.lead.named else day_of(first.decided_at)


def opinion_at(review: EligibilityReview, stage: Stage) -> Opinion | None:
    """The opinion of that stage, if it has been given."""
    return next((opinion for opinion in review.opinions if opinion.stage is stage), None)
