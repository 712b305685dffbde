"""Questions about outcomes: read in full by the body that handles the referral; a review also by whoever decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.kit.db import db
from tipline.law.sanctions import Family
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Entry, Office, Officer, Paper
from tipline.outcomes.lifecycle import ApprovalState, ClarificationState, SheetState, ToleranceState
from tipline.outcomes.models import (
    AccusationApproval,
    Clarification,
    Measure,
    MoneyMoved,
    OutcomeSheet,
    ToleranceReview,
)
from tipline.outcomes.money import CAME_IN
from tipline.referrals.lifecycle import WITH_THE_BODY
from tipline.referrals.models import Referral

PAGE = 25


def inside(officer: Officer) -> ColumnElement[bool]:
    """Referrals that the officer's own body has, on referrals joined with their leads."""
    if not officer.active or officer.role not in INSPECTORS:
        return false()
    return and_(Referral.to_id == officer.office_id, Referral.state.in_(WITH_THE_BODY), not_walled(officer))


def handled_by(officer: Officer) -> Select[Referral]:
    """The referrals whose outcome the officer may read in full."""
    query = select(Referral).join(Referral.lead).where(inside(officer))
    return query.options(contains_eager(Referral.lead), joinedload(Referral.person), joinedload(Referral.to))


def visible_to(officer: Officer) -> Select[OutcomeSheet]:
    """The sheets an officer may read, newest first: those of the own body."""
    query = select(OutcomeSheet).join(OutcomeSheet.referral).join(Referral.lead).where(inside(officer))
    return query.options(contains_eager(OutcomeSheet.referral).contains_eager(Referral.lead)).order_by(
        OutcomeSheet.id.desc()
    )


def approvals_visible_to(officer: Officer) -> Select[AccusationApproval]:
    """The approvals on file at the own body, newest first."""
    query = select(AccusationApproval).join(AccusationApproval.referral).join(Referral.lead).where(inside(officer))
    return query.options(contains_eager(AccusationApproval.referral)).order_by(AccusationApproval.id.desc())


def clarifications_visible_to(officer: Officer) -> Select[Clarification]:
    """The clarifications of the own body, newest first."""
    query = select(Clarification).join(Clarification.referral).join(Referral.lead).where(inside(officer))
    return query.options(contains_eager(Clarification.referral)).order_by(Clarification.id.desc())


def reviews_visible_to(officer: Officer) -> Select[ToleranceReview]:
    """The reviews of the own body, and for the district's discipline body those of every body; never behind a wall."""
    query = select(ToleranceReview).join(ToleranceReview.referral).join(Referral.lead)
    query = query.where(or_(inside(officer), and_(_decides_for_all(officer), not_walled(officer))))
    return query.options(contains_eager(ToleranceReview.referral)).order_by(ToleranceReview.id.desc())


def _decides_for_all(officer: Officer) -> ColumnElement[bool]:
    decides = officer.may(Act.DECIDE_TOLERANCE) and officer.role is Role.DISTRICT_INSPECTOR
    return ToleranceReview.id.is_not(None) if decides else false()


@dataclass(frozen=True)
class Page:
    """One page of the sheets, and the key after which the next begins."""

    rows: list[OutcomeSheet]
    next: str | None


def page(officer: Officer, after: str | None = None) -> Page:
    """A page of the sheets that stand, newest first."""
    rows = (OutcomeSheet.ever_measures, OutcomeSheet.ever_money, OutcomeSheet.ever_corrections)
    query = visible_to(officer).where(OutcomeSheet.current).options(*map(selectinload, rows))
    last = db.session.scalars(visible_to(officer).where(OutcomeSheet.key == after)).one_or_none() if after else None
    if last is not None:
        query = query.where(OutcomeSheet.id < last.id)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def reviews(officer: Officer) -> list[ToleranceReview]:
    """The newest reviews the officer may read, a page of them."""
    shown = contains_eager(ToleranceReview.referral).contains_eager(Referral.lead)
    query = reviews_visible_to(officer).options(shown, joinedload(ToleranceReview.referral, Referral.to)).limit(PAGE)
    return list(db.session.scalars(query))


def sheets_of(referral: Referral) -> list[OutcomeSheet]:
    """Every sheet of a referral, first to last."""
    query = select(OutcomeSheet).where(OutcomeSheet.referral_id == referral.id).order_by(OutcomeSheet.round)
    rows = (OutcomeSheet.ever_measures, OutcomeSheet.ever_money, OutcomeSheet.ever_corrections)
    return list(db.session.scalars(query.options(*map(selectinload, rows), joinedload(OutcomeSheet.recorded_by))))


def sheet_of(referral: Referral) -> OutcomeSheet | None:
    """The sheet of a referral as it stands: the last one."""
    return next(reversed(sheets_of(referral)), None)


def approvals_of(referral: Referral) -> list[AccusationApproval]:
    """Every approval entered for a referral, first to last."""
    query = select(AccusationApproval).filter_by(referral_id=referral.id).order_by(AccusationApproval.id)
    shown = (joinedload(AccusationApproval.entered_by), joinedload(AccusationApproval.checked_by))
    return list(db.session.scalars(query.options(*shown)))


def clarifications_of(referral: Referral) -> list[Clarification]:
    """Every attempt to clear the person's name, first to last."""
    query = select(Clarification).filter_by(referral_id=referral.id).order_by(Clarification.id)
    return list(db.session.scalars(query.options(joinedload(Clarification.proposed_by))))


def reviews_of(referral: Referral) -> list[ToleranceReview]:
    """Every review of error tolerance, first to last."""
    query = select(ToleranceReview).filter_by(referral_id=referral.id).order_by(ToleranceReview.round)
    shown = (selectinload(ToleranceReview.answers), joinedload(ToleranceReview.decided_by))
    return list(db.session.scalars(query.options(*shown, joinedload(ToleranceReview.proposed_by))))


def review(query: Select[ToleranceReview]) -> Select[ToleranceReview]:
    """The same reviews, with all that their own page shows."""
    return query.options(
        selectinload(ToleranceReview.answers),
        joinedload(ToleranceReview.proposed_by),
        joinedload(ToleranceReview.decided_by),
        contains_eager(ToleranceReview.referral).joinedload(Referral.person),
        contains_eager(ToleranceReview.referral).joinedload(Referral.lead),
        contains_eager(ToleranceReview.referral).joinedload(Referral.to),
    )


def is_approved(referral: Referral) -> bool:
    """Whether an approval to find a false accusation is on file, entered by one and checked by another."""
    query = select(AccusationApproval.id).filter_by(referral_id=referral.id, state=ApprovalState.CHECKED)
    return db.session.scalar(query.limit(1)) is not None


def tolerance_of(referral: Referral) -> str | None:
    """What was decided last on error tolerance; None while nothing is."""
    query = select(ToleranceReview.decision).filter_by(referral_id=referral.id)
    return db.session.scalar(query.order_by(ToleranceReview.round.desc()).limit(1))


def entries_of(papers: Iterable[Paper]) -> list[Entry]:
    """The deeds done to these papers, oldest first."""
    papers = list(papers)
    acts = {act for paper in papers for act in paper.life.acts}
    query = select(Entry).where(Entry.paper.in_([paper.ref for paper in papers]), Entry.act.in_(acts))
    query = query.options(joinedload(Entry.by), joinedload(Entry.office)).order_by(Entry.seq)
    return list(db.session.scalars(query)) if papers else []


@dataclass(frozen=True)
class Tally:
    """What came of one lead, in numbers: fit for whoever supervises it, and never by name."""

    concluded: int = 0
    sanctioned: int = 0
    transferred: int = 0
    tolerated: int = 0
    came_in_fen: int = 0


def tally(lead: Lead, body: Office | None = None) -> Tally:
    """Persons dealt with and money that came back; of one body's own part, if one is given. Two questions."""
    has = {
        name: case((OutcomeSheet.id.in_(with_measures(*families)), 1), else_=0)
        for name, families in (
            ("sanctioned", (Family.PARTY, Family.ADMIN)),
            ("transferred", (Family.PROSECUTION,)),
        )
    }
    let_off = case((OutcomeSheet.tolerance, 1), else_=0)
    counts = (func.count(), *map(func.sum, (has["sanctioned"], has["transferred"], let_off)))
    stands = (OutcomeSheet.state == SheetState.CONCLUDED, OutcomeSheet.current, Referral.concluded_at.is_not(None))
    ends = and_(*stands, Referral.lead_id == lead.id, Referral.to_id == body.id if body else true())
    persons = select(*counts).select_from(OutcomeSheet).join(OutcomeSheet.referral).where(ends)
    money = select(func.sum(MoneyMoved.amount_fen)).select_from(MoneyMoved).join(MoneyMoved.sheet)
    money = money.join(OutcomeSheet.referral).where(
        ends, MoneyMoved.draft == OutcomeSheet.draft, MoneyMoved.kind.in_(CAME_IN)
    )
    numbers = [*db.session.execute(persons).one(), db.session.scalar(money)]
    return Tally(*(int(number or 0) for number in numbers))


def with_measures(*families: Family) -> Select[int]:
    """The sheets on which such a measure stands now."""
    query = select(Measure.sheet_id).join(Measure.sheet).where(Measure.draft == OutcomeSheet.draft)
    return query.where(Measure.family.in_(families))


def owing_corrections(officer: Officer) -> Select[ToleranceReview]:
    """The reviews of the own body after which something must still be put right."""
    owed = and_(ToleranceReview.state == ToleranceState.DECIDED, ToleranceReview.correction_due_on.is_not(None))
    query = select(ToleranceReview).join(ToleranceReview.referral).join(Referral.lead).where(inside(officer), owed)
    return query.options(contains_eager(ToleranceReview.referral)).order_by(ToleranceReview.correction_due_on)


def due_by(officer: Officer, today: date) -> ScalarSelect[int]:
    """How many corrections of the own body are due by that day, as a count to be asked."""
    query = owing_corrections(officer).where(ToleranceReview.correction_due_on <= today).order_by(None)
    return select(func.count()).select_from(query.subquery()).scalar_subquery()


def waiting_approvals(officer: Officer) -> list[AccusationApproval]:
    """Approvals that somebody else of the body has entered and nobody has checked."""
    entered = AccusationApproval.state == ApprovalState.ENTERED
    query = approvals_visible_to(officer).where(entered, AccusationApproval.entered_by_id != officer.id)
    return list(db.session.scalars(query.limit(PAGE)))


def waiting_clarifications(officer: Officer) -> list[Clarification]:
    """Clarifications to approve that somebody else proposed, and approved ones to carry out."""
    to_approve = and_(Clarification.state == ClarificationState.PROPOSED, Clarification.proposed_by_id != officer.id)
    query = clarifications_visible_to(officer).where(
        or_(to_approve, Clarification.state == ClarificationState.APPROVED)
    )
    return list(db.session.scalars(query.limit(PAGE)))


def waiting_reviews(officer: Officer) -> list[ToleranceReview]:
    """Reviews that somebody else proposed and nobody has decided, with all that tells whether this officer may."""
    waiting = and_(ToleranceReview.state == ToleranceState.PROPOSED, ToleranceReview.proposed_by_id != officer.id)
    query = reviews_visible_to(officer).where(waiting).limit(PAGE)
    lead = contains_eager(ToleranceReview.referral).joinedload(Referral.lead).selectinload(Lead.people)
    return list(db.session.scalars(query.options(lead)))
