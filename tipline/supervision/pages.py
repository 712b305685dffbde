"""A supervised case as its page and its list show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask_wtf import FlaskForm

from tipline.kit.dates import day_of
from tipline.law.entries import Colour
from tipline.office import calendars, editions
from tipline.office.badges import DueBadge, badge, plain
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.steps import Kept, blank_forms
from tipline.referrals import queries as referrals
from tipline.supervision import queries, rules
from tipline.supervision.forms import MilestoneForm, OpenForm, ProgressForm, ReasonForm, ResultForm
from tipline.supervision.lifecycle import NEXT_STEP, CaseState
from tipline.supervision.models import CaseMilestone, SupervisedCase
from tipline.supervision.objections import open_acts

FORMS: dict[Act, tuple[type[FlaskForm], str]] = {
    Act.OPEN_SUPERVISION: (OpenForm, "open"),
    Act.DECLINE_SUPERVISION: (ReasonForm, "decline"),
    Act.SET_MILESTONE: (MilestoneForm, "milestone"),
    Act.RECORD_PROGRESS: (ProgressForm, "progress"),
    Act.REPORT_RESULT: (ResultForm, "result"),
    Act.SEND_BACK_RESULT: (ReasonForm, "back"),
}
"""The deeds that ask for words, each with its form and the prefix of its fields."""


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    case: SupervisedCase
    due: DueBadge | None
    met: int
    colour: Colour | None


@dataclass(frozen=True)
class StepLine:
    """One milestone, with how near it is while it is owed."""

    step: CaseMilestone
    due: DueBadge | None


def lines(cases: Iterable[SupervisedCase], today: date) -> list[Line]:
    """Cases as rows, each with the day that comes first."""
    cases, calendar = list(cases), calendars.calendar()
    colours = queries.colours_of(cases, today)
    found = []
    for case in cases:
        on = queries.next_due(case)
        met = sum(step.met_on is not None for step in case.milestones)
        found.append(Line(case, plain(on, today, calendar) if on else None, met, colours.get(case.lead_id)))
    return found


def render(case: SupervisedCase, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The page of one case."""
    today, notice = day_of(at), editions.notice()
    acts = open_acts(case, officer)
    return render_template(
        "supervision/show.html",
        case=case,
        next_step=NEXT_STEP.get(case.state),
        due=due_of(case, today),
        steps=steps_of(case, today),
        colour=queries.colours_of([case], today).get(case.lead_id),
        manners={term.key: term.name for term in notice.terms("supervision_manner")},
        referrals=referrals.of_lead(officer, case.lead),
        watches=officer.office_id != case.lead_office_id,
        acts=acts,
        forms=blank_forms(FORMS, acts, kept),
        trail=lines_of(queries.entries_of(case), with_notes=True),
    )


def due_of(case: SupervisedCase, today: date) -> DueBadge | None:
    """The day of the result, with its counting; only while the result is owed."""
    if case.state is not CaseState.UNDER_SUPERVISION or case.due_on is None or case.opened_at is None:
        return None
    calendar = calendars.calendar()
    counted = rules.result_due(day_of(case.opened_at), editions.notice(), calendar)
    same = counted is not None and counted.on == case.due_on
    return badge(counted, today, calendar) if counted and same else plain(case.due_on, today, calendar)


def steps_of(case: SupervisedCase, today: date) -> list[StepLine]:
    """The milestones in the order of their days."""
    calendar, owed = calendars.calendar(), case.state is CaseState.UNDER_SUPERVISION
    return [
        StepLine(step, plain(step.due_on, today, calendar) if owed and step.met_on is None else None)
        for step in sorted(case.milestones, key=lambda step: (step.due_on, step.id or 0))
    ]
