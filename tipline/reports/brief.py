"""The morning brief: how much burns, by the office that has to act. Counts only, and never of a walled lead."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from tipline.bundles.models import Bundle, BundleMember
from tipline.duties import queries as duties
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office import calendars, editions
from tipline.office.models import Office
from tipline.referrals.lifecycle import ON_OUR_SIDE, WITH_THE_BODY
from tipline.referrals.models import Referral
from tipline.reports.families import REFERRALS, SUPERVISED
from tipline.reports.figures import running
from tipline.supervision.lifecycle import OPEN
from tipline.supervision.models import SupervisedCase


@dataclass
class Burning:
    """What one office has that is late or due today."""

    referrals_late: int = 0
    referrals_today: int = 0
    cases_late: int = 0
    cases_today: int = 0
    duties_late: int = 0
    duties_today: int = 0
    repeats: int = 0
    """Once a week: how often what the office handles was reported again in the week before (第十四条)."""


def burning(today: date) -> list[tuple[Office, Burning]]:
    """Every office that signs in here and has something late or due today, or was reported to again."""
    found: dict[int, Burning] = defaultdict(Burning)
    for office_id, late, due in db.session.execute(_referrals(today)):
        found[office_id].referrals_late, found[office_id].referrals_today = late, due
    for office_id, late, due in db.session.execute(_cases(today)):
        found[office_id].cases_late, found[office_id].cases_today = late, due
    for office_id, repeats in db.session.execute(_repeats(today)) if _opens_the_week(today) else ():
        found[office_id].repeats = repeats
    _count_duties(today, found)
    offices = select(Office).where(Office.id.in_(found), Office.signs_in).order_by(Office.id)
    return [(office, found[office.id]) for office in db.session.scalars(offices)]


def _referrals(today: date) -> Select[Any]:
    """A referral burns for whoever has to move it: its sender until it is handed over, then its body."""
    holder = case((Referral.state.in_(ON_OUR_SIDE), Referral.from_id), else_=Referral.to_id).label("holder")
    query = REFERRALS.ask(holder, *_late_and_today(Referral.due_on, today)).group_by("holder")
    return query.where(running(), Referral.due_on <= today)


def _cases(today: date) -> Select[Any]:
    holder = SupervisedCase.lead_office_id
    query = SUPERVISED.ask(holder, *_late_and_today(SupervisedCase.due_on, today)).group_by(holder)
    return query.where(SupervisedCase.state.in_(OPEN), SupervisedCase.due_on <= today)


def _opens_the_week(today: date) -> bool:
    return calendars.calendar().next_working_day(_monday(today)) == today


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _repeats(today: date) -> Select[Any]:
    """The repeats of last week, by the body that has the first report."""
    since, until = (at_clock(_monday(today) - timedelta(days=days), time.min) for days in (7, 0))
    times = func.count(BundleMember.id.distinct())
    query = REFERRALS.ask(Referral.to_id, times).join(Bundle, Bundle.primary_id == Referral.lead_id)
    query = query.join(BundleMember, BundleMember.bundle_id == Bundle.id).group_by(Referral.to_id)
    joined = (BundleMember.joined_at >= since, BundleMember.joined_at < until, BundleMember.undone_at.is_(None))
    repeat = aliased(Lead)
    query = query.join(repeat, repeat.id == BundleMember.lead_id).where(repeat.walled.is_(False), *joined)
    return query.where(Referral.state.in_(WITH_THE_BODY))


def _late_and_today(due: Any, today: date) -> tuple[Any, Any]:
    return func.sum(case((due < today, 1), else_=0)), func.sum(case((due == today, 1), else_=0))


def _count_duties(today: date, found: dict[int, Burning]) -> None:
    """All villages of a town count as one, as on its desk."""
    for cell, *_ in chain(*editions.each(lambda: duties.folded(duties.owed(today)).values())):
        if cell.stand.due_on <= today:
            burning = found[cell.debtor.office.id]
            burning.duties_late += cell.stand.due_on < today
            burning.duties_today += cell.stand.due_on == today
