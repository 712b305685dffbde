"""What speaks for holding a town to account beside what draws the eye to it: reminders that had to go above its clerk,
and what it did not put right in time."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, time, timedelta

from sqlalchemy import func, or_, select

from tipline.inspections.lifecycle import FindingState
from tipline.inspections.models import Finding, Inspection
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.campaign import Recipient
from tipline.office import editions
from tipline.office.models import Letter, Office
from tipline.office.signals import Signal, signals

ABOVE = (Recipient.TOWN_DEPUTY, Recipient.BUREAU_LEADER)


def _escalations(first: date, last: date) -> Mapping[str, int]:
    """How often the ladder of reminders went above a town's clerk; each step once, however many read it."""
    steps = [step.key for step in editions.notice().ladder if step.to in ABOVE]
    within = (
        Letter.written_at >= at_clock(first, time()),
        Letter.written_at < at_clock(last + timedelta(days=1), time()),
        or_(*(Letter.about.endswith(f"/{step}", autoescape=True) for step in steps)),
    )
    told = db.session.scalars(select(Letter.about).distinct().where(*within)) if steps else ()
    return Counter(about.split("/")[-2] for about in told if _is_of_this_notice(about))


def _is_of_this_notice(about: str) -> bool:
    parts = about.split("/")
    return len(parts) > 3 and editions.mark("/".join(parts[-4:])) == about


def _late_findings(first: date, last: date) -> Mapping[str, int]:
    """Findings that fell due in the period and are not put right at its end."""
    query = select(Office.place_code, func.count()).join(Finding.office).group_by(Office.place_code)
    query = query.join(Finding.inspection).where(Inspection.notice == editions.notice().key)
    late = query.where(Finding.state == FindingState.DEMANDED, Finding.due_on >= first, Finding.due_on < last)
    return {str(town): number for town, number in db.session.execute(late)}


signals["escalations"] = Signal(name=Sentence("催办升级（次）"), counts=_escalations)
signals["late_findings"] = Signal(name=Sentence("逾期未整改的督查问题"), counts=_late_findings)
