"""Early warning in three colours: a case, or a referral of its lead, that its body leaves lying."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.entries import Colour
from tipline.referrals import reckoning
from tipline.referrals import rules as referral_rules
from tipline.referrals.models import Referral
from tipline.supervision.lifecycle import CaseState
from tipline.supervision.models import SupervisedCase
from tipline.supervision.rules import UNDER_SUPERVISION

GRAVITY = ("blue", "yellow", "red")


@dataclass(frozen=True)
class Reached:
    """The colour that one paper of a case has reached."""

    case: SupervisedCase
    about: SupervisedCase | Referral
    colour: Colour

    @property
    def gravity(self) -> int:
        return GRAVITY.index(self.colour.key)


def reached_by(cases: Iterable[SupervisedCase], today: date) -> list[Reached]:
    """Every colour reached by these cases and by the referrals of their leads."""
    cases = list(cases)
    by_lead = {case.lead_id: case for case in cases}
    found = [Reached(case, case, colour) for case in cases if (colour := of_case(case, today))]
    query = select(Referral).where(Referral.lead_id.in_(by_lead)).order_by(Referral.id)
    shown = (joinedload(Referral.to), joinedload(Referral.lead))
    for referral in db.session.scalars(query.options(*shown)):
        colour = reckoning.colour_of(referral, today)
        if colour:
            found.append(Reached(by_lead[referral.lead_id], referral, colour))
    return found


def gravest(cases: Iterable[SupervisedCase], today: date) -> dict[int, Reached]:
    """The gravest warning of each case, by the case; of equals the case's own."""
    found: dict[int, Reached] = {}
    for one in reached_by(cases, today):
        known = found.get(one.case.id)
        if known is None or one.gravity > known.gravity:
            found[one.case.id] = one
    return found


def of_case(case: SupervisedCase, today: date) -> Colour | None:
    """The colour of a case whose handling body has let nobody hear of it."""
    if case.state is not CaseState.UNDER_SUPERVISION or case.opened_at is None:
        return None
    return referral_rules.colour(UNDER_SUPERVISION, heard_on(case), today, case.lead.rules)


def heard_on(case: SupervisedCase) -> date:
    """The last day on which the handling body took a step or reported; the opening, while it has not."""
    days = [day_of(report.filed_at) for report in case.interims if report.filed_at]
    days += [step.met_on for step in case.milestones if step.met_on]
    days += [day_of(case.opened_at)] if case.opened_at else []
    return max(days)
