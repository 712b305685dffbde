"""Outcomes as their pages show them: the sheet with its reckoning, the papers beside it, a review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask_wtf import FlaskForm

from tipline.kit.dates import day_of
from tipline.kit.words import Bilingual, Labelled
from tipline.law.notice import Notice
from tipline.law.sanctions import EffectPeriod
from tipline.office import calendars
from tipline.office.badges import DueBadge, plain
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.outcomes import objections, operations, queries, rules
from tipline.outcomes.forms import (
    OutcomeForm,
    blank_rows,
    draft_of,
)
from tipline.outcomes.forms_aside import (
    ApprovalForm,
    ClarificationForm,
    DayForm,
    DecisionForm,
    PrincipalForm,
    ReasonForm,
    ToleranceForm,
)
from tipline.outcomes.lifecycle import NEXT_STEP, SheetState, ToleranceState
from tipline.outcomes.models import AccusationApproval, Clarification, OutcomeSheet, ToleranceReview
from tipline.outcomes.money import Reckoning, reckoning
from tipline.outcomes.sheet import MeasureSaid
from tipline.referrals.models import Referral
from tipline.referrals.pages import lines as lines_of_referrals
from tipline.referrals.pages import post_of
from tipline.referrals.queries import is_handled_by

FORMS: Forms = {
    Act.ENTER_APPROVAL: (ApprovalForm, "approval"),
    Act.DECLINE_APPROVAL: (ReasonForm, "unapproved"),
    Act.PROPOSE_CLARIFICATION: (ClarificationForm, "clarification"),
    Act.APPROVE_CLARIFICATION: (PrincipalForm, "principal"),
    Act.DECLINE_CLARIFICATION: (ReasonForm, "unclarified"),
    Act.FINISH_CLARIFICATION: (DayForm, "clarified"),
    Act.DECIDE_TOLERANCE: (DecisionForm, "decision"),
    Act.MEET_CORRECTION: (DayForm, "corrected"),
}


@dataclass(frozen=True)
class MeasureLine:
    """One measure, in words, with how long it has effect and whether it is the one carried out."""

    measure: MeasureSaid
    word: Bilingual | Labelled
    effect: EffectPeriod | None
    ends_on: date | None
    executed: bool


@dataclass(frozen=True)
class SheetView:
    """One sheet as it is shown."""

    sheet: OutcomeSheet
    finding: Bilingual | None
    form: Bilingual | None
    measures: list[MeasureLine]
    sums: Reckoning


@dataclass(frozen=True)
class Beside:
    """A small paper beside the sheet, and what the reader may do to it."""

    paper: AccusationApproval | Clarification
    acts: list[Act]
    forms: dict[Act, FlaskForm]


def measure_lines(measures: Iterable[MeasureSaid], notice: Notice) -> list[MeasureLine]:
    """Measures in words, each with the end of its effect."""
    measures = list(measures)
    carried = rules.executed(measures, notice)
    return [
        MeasureLine(
            measure=measure,
            word=notice.term(measure.family.value, measure.kind).name if measure.kind else measure.family,
            effect=notice.outcomes.effect(measure.family, measure.kind, measure.decided_on)
            if measure.kind and measure.decided_on
            else None,
            ends_on=rules.effect_ends_on(measure, notice),
            executed=at in carried,
        )
        for at, measure in enumerate(measures)
    ]


def shown(sheet: OutcomeSheet) -> SheetView:
    """A sheet with its measures and sums worked out."""
    said, notice = sheet.said(), sheet.referral.lead.rules
    return SheetView(
        sheet=sheet,
        finding=notice.term("finding", sheet.finding).name if sheet.finding else None,
        form=notice.term("form", str(sheet.form)).name if sheet.form else None,
        measures=measure_lines(said.measures, notice),
        sums=reckoning(said.money, said.established_fen, said.held_fen),
    )


def render(referral: Referral, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The page of one person's outcome: the sheet, what still keeps it from closing, and the papers beside it."""
    notice, sheets = referral.lead.rules, queries.sheets_of(referral)
    sheet = sheets[-1] if sheets else None
    standing = standing_of(referral, sheet)
    acts = objections.opening_acts(referral, officer) + (objections.open_acts(sheet, officer) if sheet else [])
    approvals, clarifications = queries.approvals_of(referral), queries.clarifications_of(referral)
    reviews = queries.reviews_of(referral)
    return render_template(
        "outcomes/show.html",
        referral=referral,
        due=lines_of_referrals([referral], day_of(at), calendars.calendar())[0].due,
        post=post_of(referral),
        view=shown(standing) if standing else None,
        earlier=[shown(one) for one in sheets if one is not standing],
        faults=operations.faults_of(standing, at) if standing and objections.can_be_concluded(referral) else [],
        obstacles=[gate.sentence for gate in objections.obstacles(referral)] if acts else [],
        acts=acts,
        forms=_forms_for(referral, sheet, acts, kept),
        rows=blank_rows(),
        approvals=[_beside(paper, officer, kept) for paper in approvals],
        clarifications=[_beside(paper, officer, kept) for paper in clarifications],
        reviews=reviews,
        words=words(notice),
        clauses=clauses(notice),
        trail=lines_of(queries.entries_of([*sheets, *approvals, *clarifications, *reviews]), with_notes=True),
    )


def standing_of(referral: Referral, last: OutcomeSheet | None) -> OutcomeSheet | None:
    """The sheet that stands; none when the referral was taken up again and the next has not been begun."""
    anew = last is not None and last.state is SheetState.CONCLUDED and objections.can_be_concluded(referral)
    return None if anew else last


LISTS = (
    "finding",
    "money",
    "dibao_correction",
    "clarification_manner",
    "error_tolerance_test",
    "error_tolerance_decision",
)


def words(notice: Notice) -> dict[str, dict[str, Bilingual]]:
    """The words of the notice's lists that the pages of this room need, by list and key."""
    return {name: {term.key: term.name for term in notice.terms(name)} for name in LISTS}


def clauses(notice: Notice) -> dict[str, str]:
    """The clauses on which the small papers rest."""
    approval = [rule.clause for rule in notice.outcomes.findings if rule.approval is not None]
    manners = [term.clause for term in notice.terms("clarification_manner")]
    return {"approval": "、".join(dict.fromkeys(approval)), "clarification": "、".join(dict.fromkeys(manners))}


def _forms_for(
    referral: Referral, sheet: OutcomeSheet | None, acts: list[Act], kept: Kept | None
) -> dict[Act, FlaskForm]:
    """The forms of the deeds that are open, and the one that came back even when it no longer is."""
    drawn = blank_forms(FORMS, [act for act in acts if act in OPENING], None)
    if Act.RECORD_OUTCOME in acts:
        drawn[Act.RECORD_OUTCOME] = OutcomeForm.of(referral, sheet, approved=queries.is_approved(referral))
    if Act.PROPOSE_TOLERANCE in acts:
        drawn[Act.PROPOSE_TOLERANCE] = ToleranceForm.asking(None, prefix="tolerance")
    if kept and isinstance(kept[1], OutcomeForm) and kept[1].form_errors:
        kept[1].seen.data = str(draft_of(sheet))  # the writer hears of the newer draft, and may now write over it
    return drawn | (dict([kept]) if kept and kept[0] in OPENING else {})


OPENING = {Act.RECORD_OUTCOME, Act.ENTER_APPROVAL, Act.PROPOSE_CLARIFICATION, Act.PROPOSE_TOLERANCE}
"""The deeds that begin on the sheet's page; the others stand with the paper they are done to."""


def _beside(paper: AccusationApproval | Clarification, officer: Officer, kept: Kept | None) -> Beside:
    acts = objections.open_acts(paper, officer)
    own = kept if kept and kept[0] in paper.life.acts - OPENING else None
    return Beside(paper, acts, blank_forms(FORMS, acts, own if acts else None))


def render_review(review: ToleranceReview, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The page of one review: what is put, what was decided, what must be put right."""
    acts = objections.open_acts(review, officer)
    finished = review.state is ToleranceState.DECIDED and not review.owes_correction
    return render_template(
        "outcomes/review.html",
        review=review,
        referral=review.referral,
        post=post_of(review.referral),
        next_step=None if finished else NEXT_STEP.get(review.state),
        due=_due(review, day_of(at)),
        inside=is_handled_by(officer, review.referral),
        acts=acts,
        forms=blank_forms(FORMS, acts, kept),
        words=words(review.referral.lead.rules),
        trail=lines_of(queries.entries_of([review]), with_notes=True),
    )


def _due(review: ToleranceReview, today: date) -> DueBadge | None:
    if not review.owes_correction or review.correction_due_on is None:
        return None
    return plain(review.correction_due_on, today, calendars.calendar())


@dataclass(frozen=True)
class ReviewLine:
    """One row of the list of reviews."""

    review: ToleranceReview
    due: DueBadge | None
    decision: Bilingual | None


def _decision(review: ToleranceReview) -> Bilingual | None:
    """What was decided, in the words of the lead's notice."""
    terms = review.referral.lead.rules.terms("error_tolerance_decision")
    return next((term.name for term in terms if term.key == review.decision), None)


def review_lines(reviews: Iterable[ToleranceReview], today: date) -> list[ReviewLine]:
    """Reviews as rows, each with the day by which something must be put right."""
    return [ReviewLine(review, _due(review, today), _decision(review)) for review in reviews]
