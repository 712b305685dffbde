"""What must be true when the campaign is over, whoever forgot, erred or was ill."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from tipline.duties import queries as duties
from tipline.duties.jobs import about
from tipline.duties.queries import Cell
from tipline.duties.rules import is_reminded
from tipline.eligibility.models import EligibilityReview
from tipline.inspections.lifecycle import FindingState
from tipline.inspections.models import Finding, Inspection
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.law.campaign import Step, current_step
from tipline.leads.models import Lead
from tipline.office import calendars, editions, trail
from tipline.office.models import Entry, Letter, LetterState, Paper
from tipline.publicity.models import PostingFault
from tipline.referrals.lifecycle import DONE
from tipline.referrals.models import Referral
from tipline.rehearsal import reconciling
from tipline.screening.models import ScreeningRecord
from tipline.supervision.models import SupervisedCase


def faults(today: date) -> Iterator[str]:
    """Everything that does not hold: the trail, the duties, the letters, what is late and nobody was told of."""
    yield from (f"trail: {fault}" for fault in trail.faults())
    yield from (f"figures: {difference}" for difference in reconciling.differences(today))
    told = set(db.session.scalars(select(Letter.about)))
    for cell in duties.owed(today):
        step = _step(cell, today)
        if step and is_reminded(cell.answer, step) and about(cell, step.key) not in told:
            yield f"duty: {about(cell, step.key)} was not written"
    again = select(Letter.about, Letter.address).group_by(Letter.about, Letter.address).having(func.count() > 1)
    yield from (f"letter: {twice} was written twice" for twice, _ in db.session.execute(again))
    unsent = select(Letter.about).where(Letter.state != LetterState.SENT, Letter.written_at < _office_closed(today))
    yield from (f"letter: {waits} was not sent" for waits in db.session.scalars(unsent))
    findings = select(Finding).where(Finding.due_on < today, Finding.state == FindingState.DEMANDED)
    referrals = select(Referral).where(Referral.due_on < today, Referral.state.not_in(DONE))
    late: list[tuple[Paper, str]] = [(one, f"{one.ref}/{one.due_on}/") for one in db.session.scalars(findings)]
    late += [(one, f"{one.ref}/") for one in db.session.scalars(referrals)]
    for paper, heading in late:
        if not any(key.startswith(heading) for key in told):
            yield f"{paper.kind}: {paper.ref} is late and nobody was told"


def _office_closed(today: date) -> datetime:
    """The end of the last office hours; what was written since waits for the next."""
    return at_clock(_worked(today), editions.notice().hours.closes)


def _worked(today: date) -> date:
    """The last working day."""
    return calendars.calendar().add_working_days(today + timedelta(days=1), -1)


def _step(cell: Cell, today: date) -> Step | None:
    """How far the ladder has come for a duty by the last working day."""
    return current_step(cell.duty, cell.period, _worked(today), editions.notice(), calendars.calendar())


def summary(today: date) -> Iterator[str]:
    """What there is and how it ended, a line each."""
    cells = duties.cells(duties.asked(today), today)
    ended = Counter((cell.duty.key, cell.stand.word.value) for cell in cells if cell.stand.due_on < today)
    yield from (f"{number} × {duty}: {word}" for (duty, word), number in sorted(ended.items()))
    for kind in (Lead, Referral, EligibilityReview, SupervisedCase, Inspection, Finding, PostingFault):
        by_state = db.session.execute(select(kind.state, func.count()).group_by(kind.state))
        yield f"{kind.kind}: " + ", ".join(f"{number} {state.value}" for state, number in by_state)
    for what, key in (
        ("letters", Letter.id),
        ("households screened", ScreeningRecord.id),
        ("lines in the trail", Entry.seq),
    ):
        yield f"{db.session.scalar(select(func.count(key)))} {what}"
