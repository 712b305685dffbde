"""A petition as its page and its lists show it: what this reader may see, and nothing that must be hidden later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template
from flask_wtf import FlaskForm

from tipline.eligibility import queries, reckoning, rules
from tipline.eligibility.forms import (
    AcceptForm,
    AskForm,
    CheckForm,
    DeliverForm,
    ExecuteForm,
    ForwardForm,
    HearingForm,
    OpinionForm,
    ReasonForm,
    RefuseForm,
    dated,
)
from tipline.eligibility.lifecycle import NEXT_STEP, ReviewState
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.objections import body_of_the_look, open_acts, owes_execution
from tipline.kit.dates import day_of
from tipline.kit.words import Bilingual
from tipline.law.calendar import Calendar
from tipline.law.running import Running
from tipline.leads import queries as ledger
from tipline.leads.forms import ReporterForm
from tipline.office import calendars
from tipline.office.badges import DueBadge, badge
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.steps import Forms, Kept


@dataclass(frozen=True)
class Line:
    """One row of a list."""

    review: EligibilityReview
    due: DueBadge | None


@dataclass(frozen=True)
class ClockLine:
    """One clock as the page shows it: running, stopped, or a right that is used or let pass."""

    running: Running
    due: DueBadge
    right: bool
    passed: bool
    """A right whose last day is over."""


def lines(rows: Iterable[EligibilityReview], today: date, calendar: Calendar) -> list[Line]:
    """Reviews as rows, each with the clock that an office must stop first."""
    found = []
    for review in rows:
        closed = review.state is ReviewState.CLOSED
        first = None if closed else rules.first_owed(reckoning.clocks(review, calendar))
        found.append(Line(review, badge(first.due, today, calendar) if first else None))
    return found


def render(
    review: EligibilityReview,
    officer: Officer,
    at: datetime,
    kept: Kept | None = None,
    reporter: FlaskForm | None = None,
) -> str:
    """The page of one petition; `kept` and `reporter` are forms that came back with something missing."""
    today, acts = day_of(at), open_acts(review, officer, day_of(at))
    reads = queries.reads_words(officer, review)
    return render_template(
        "eligibility/show.html",
        review=review,
        reads=reads,
        reads_whole=reads and review.whole,
        next_step=NEXT_STEP.get(review.state),
        clocks=clock_lines(review, today),
        rule=reckoning.rule_of(review),
        reason=reckoning.reason_of(review),
        why_here=reckoning.why_here(review),
        refusal=refusal_of(review),
        above=body_of_the_look(review) if review.state in {ReviewState.SECOND_LOOK, ReviewState.LAST_LOOK} else None,
        owes_execution=owes_execution(review),
        acts=acts,
        forms=forms_for(review, acts, today, kept),
        reporter=reporter or reporter_form(review, officer, reads=reads),
        sees_lead=ledger.is_visible(officer, review.lead),
        trail=lines_of(queries.entries_of(review), with_notes=reads),
    )


def clock_lines(review: EligibilityReview, today: date) -> list[ClockLine]:
    """Every clock of the petition as the page shows it."""
    calendar = calendars.calendar()
    return [
        ClockLine(
            running,
            badge(running.due, today, calendar),
            right=rules.is_right(running),
            passed=rules.is_right(running) and running.stopped is None and today > running.due.on,
        )
        for running in reckoning.clocks(review, calendar=calendar)
    ]


def refusal_of(review: EligibilityReview) -> Bilingual | None:
    """Under which of the notice's reasons it was not accepted."""
    return review.lead.rules.term("not_accepted_reason", review.refusal).name if review.refusal else None


def reporter_form(review: EligibilityReview, officer: Officer, *, reads: bool) -> FlaskForm | None:
    """The form by which whoever handles it learns who the petitioner is, if anything is kept of them."""
    if not reads or not officer.may(Act.READ_REPORTER) or not ledger.has_reporter(review.lead):
        return None
    return ReporterForm(prefix="reporter", formdata=None)


FORMS: Forms = {
    Act.ACCEPT_PETITION: (AcceptForm, "accept"),
    Act.REFUSE_PETITION: (RefuseForm, "refuse"),
    Act.FORWARD_PETITION: (ForwardForm, "forward"),
    Act.OBJECT_TO_FORWARD: (ReasonForm, "object"),
    Act.DECLINE_OBJECTION: (ReasonForm, "decline"),
    Act.RECORD_CHECK: (CheckForm, "check"),
    Act.ASK_MORE_TIME: (ReasonForm, "time"),
    Act.DECIDE_PETITION: (OpinionForm, "decide"),
    Act.EXECUTE_DECISION: (ExecuteForm, "execute"),
    Act.DELIVER_ANSWER: (DeliverForm, "deliver"),
    Act.ASK_SECOND_LOOK: (AskForm, "second"),
    Act.DECIDE_SECOND_LOOK: (OpinionForm, "decide-second"),
    Act.ASK_LAST_LOOK: (AskForm, "last"),
    Act.RECORD_HEARING: (HearingForm, "hearing"),
    Act.DECIDE_LAST_LOOK: (OpinionForm, "decide-last"),
}


def forms_for(review: EligibilityReview, acts: list[Act], today: date, kept: Kept | None) -> dict[Act, FlaskForm]:
    """The forms of the deeds that are open, and the one that came back even when it no longer is."""
    drawn: dict[Act, Any] = {act: _blank(act, review, today) for act in acts if act in FORMS}
    return drawn | (dict([kept]) if kept else {})


def _blank(act: Act, review: EligibilityReview, today: date) -> FlaskForm:
    form, prefix = FORMS[act]
    blank = form(**dated(form, prefix, today))
    return blank.about(review) if isinstance(blank, ForwardForm | OpinionForm) else blank
