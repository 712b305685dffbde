"""A supervised case as its page and its list show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from flask import render_template
from markupsafe import Markup

from tipline.kit.dates import day_of
from tipline.kit.words import Labelled, Sentence
from tipline.law.entries import Colour
from tipline.office import calendars, glance
from tipline.office.badges import DueBadge, badge, plain
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.outcomes import queries as outcomes
from tipline.referrals import queries as referrals
from tipline.supervision import colours, interims, joining, operations, panels, queries, rules
from tipline.supervision.forms import (
    MISSING,
    AcknowledgeForm,
    InstructionForm,
    InterimForm,
    JoinForm,
    MilestoneForm,
    OfficerForm,
    OpenForm,
    ProgressForm,
    ReasonForm,
    RelieveForm,
    ResultForm,
    SendBackForm,
    TriggerForm,
)
from tipline.supervision.lifecycle import NEXT_STEP, CaseState, InterimState
from tipline.supervision.models import CaseMilestone, CaseOfficer, InterimReport, SupervisedCase
from tipline.supervision.objections import open_acts, watches

FORMS: Forms = {
    Act.OPEN_SUPERVISION: (OpenForm, "open"),
    Act.DECLINE_SUPERVISION: (ReasonForm, "decline"),
    Act.SET_MILESTONE: (MilestoneForm, "milestone"),
    Act.RECORD_PROGRESS: (ProgressForm, "progress"),
    Act.EXTEND_SUPERVISION: (ReasonForm, "extend"),
    Act.REPORT_RESULT: (ResultForm, "result"),
    Act.SEND_BACK_RESULT: (SendBackForm, "back"),
    Act.FILE_INTERIM: (InterimForm, "interim"),
    Act.ACKNOWLEDGE_INTERIM: (AcknowledgeForm, "acknowledge"),
    Act.SEND_BACK_INTERIM: (ReasonForm, "interim-back"),
    Act.ADD_TRIGGER: (TriggerForm, "trigger"),
    Act.NOTE_INSTRUCTION: (InstructionForm, "instruction"),
    Act.JOIN_BODY: (JoinForm, "join"),
    Act.NAME_OFFICER: (OfficerForm, "officer"),
    Act.RELIEVE_OFFICER: (RelieveForm, "relieve"),
}


@dataclass(frozen=True)
class Line:
    """One row of the list."""

    case: SupervisedCase
    due: DueBadge | None
    met: int
    colour: Colour | None
    open_days: int | None


@dataclass(frozen=True)
class Node:
    """One thing the handling body owes by a day: a step, an interim report, the result."""

    label: Labelled | Sentence
    due_on: date
    done_on: date | None
    due: DueBadge | None
    step: CaseMilestone | None = None
    report: InterimReport | None = None

    @property
    def stage(self) -> str:
        """What `macros/page.milestones` calls it, but for the one that is next."""
        return "done" if self.done_on else "ahead"


def lines(cases: Iterable[SupervisedCase], today: date) -> list[Line]:
    """Cases as rows, each with the day that comes first."""
    cases, calendar = list(cases), calendars.calendar()
    gravest = colours.gravest(cases, today)
    found = []
    for case in cases:
        on = queries.next_due(case)
        met = sum(step.met_on is not None for step in case.milestones)
        reached = gravest.get(case.id)
        due = plain(on, today, calendar) if on else None
        found.append(Line(case, due, met, reached.colour if reached else None, days_open(case, today)))
    return found


def render(
    case: SupervisedCase,
    officer: Officer,
    at: datetime,
    kept: Kept | None = None,
    anew: Mapping[panels.Panel, str] = MappingProxyType({}),
) -> str:
    """The page of one case; `kept` is a form that came back with something missing, `anew` are parts of other rooms
    that they have drawn with such a form in them.
    """
    today = day_of(at)
    acts = acts_of(case, officer, today)
    forms = blank_forms(FORMS, acts, kept, case)
    tally = outcomes.tally(case.lead, None if watches(case, officer) else officer.office)
    if Act.REPORT_RESULT in forms and not (kept and kept[0] is Act.REPORT_RESULT) and tally.concluded:
        forms[Act.REPORT_RESULT].recovered.data = Decimal(tally.came_in_fen) / 100
    nodes = nodes_of(case, today)
    reached = colours.gravest([case], today).get(case.id)
    at_work = case.state is CaseState.UNDER_SUPERVISION
    return render_template(
        "supervision/show.html",
        case=case,
        next_step=NEXT_STEP.get(case.state),
        due=due_of(case, today),
        nodes=nodes,
        next_node=next((node for node in nodes if node.done_on is None), None) if at_work else None,
        filed=interims.filed(case) if at_work else None,
        colour=reached.colour if reached else None,
        open_days=days_open(case, today),
        manners={term.key: term.name for term in case.lead.rules.terms("supervision_manner")},
        missing=[MISSING[word] for word in case.missing],
        answering=joining.answering(case),
        stood_down=stood_down(case) if watches(case, officer) else [],
        referrals=referrals.of_lead(officer, case.lead),
        watches=watches(case, officer),
        tally=tally,
        acts=acts,
        forms=forms,
        trail=lines_of(queries.entries_of(case), with_notes=True),
        others=glance.of_others(queries.told_of(case), officer),
        panels=[Markup(anew.get(part) or part(case, officer)) for part in panels.on_a_case],  # noqa: S704
    )


def acts_of(case: SupervisedCase, officer: Officer, today: date) -> list[Act]:
    """The buttons of the page: of the open deeds those for which there is something to be done with."""
    nothing_to_do_it_to = {
        Act.EXTEND_SUPERVISION: operations.longer_day(case, today) is None,
        Act.FILE_INTERIM: interims.owed(case) is None,
        Act.ACKNOWLEDGE_INTERIM: interims.filed(case) is None,
        Act.SEND_BACK_INTERIM: interims.filed(case) is None,
        Act.RELIEVE_OFFICER: not any(one.until is None for one in case.officers),
    }
    return [act for act in open_acts(case, officer) if not nothing_to_do_it_to.get(act, False)]


def stood_down(case: SupervisedCase) -> list[CaseOfficer]:
    """Those named who have since moved or must stand aside, and have to be replaced."""
    able = {one.id for one in joining.answering(case)}
    return [one for one in case.officers if one.until is None and one.id not in able]


def days_open(case: SupervisedCase, today: date) -> int | None:
    """How many days the case has been supervised; until its release."""
    if case.opened_at is None:
        return None
    return ((day_of(case.released_at) if case.released_at else today) - day_of(case.opened_at)).days


def due_of(case: SupervisedCase, today: date) -> DueBadge | None:
    """The day of the result, with its counting; only while the result is owed."""
    if case.state is not CaseState.UNDER_SUPERVISION or case.due_on is None or case.opened_at is None:
        return None
    calendar = calendars.calendar()
    longer = case.before_on is not None
    counted = rules.result_due(day_of(case.opened_at), case.lead.rules, calendar, extended=longer)
    same = counted is not None and counted.on == case.due_on
    return badge(counted, today, calendar) if counted and same else plain(case.due_on, today, calendar)


def nodes_of(case: SupervisedCase, today: date) -> list[Node]:
    """All that the handling body owes, in the order of its days."""
    nodes = [_step(step, case, today) for step in case.milestones]
    reports = sorted(case.interims, key=lambda report: report.due_on)
    nodes += [
        _report(number, report, case, today)
        for number, report in enumerate(reports, start=1)
        if report.state is not InterimState.WAIVED
    ]
    nodes.sort(key=lambda node: node.due_on)
    if case.due_on:
        done = day_of(case.result_reported_at) if case.result_reported_at else None
        nodes.append(Node(Sentence("报送督办结果"), case.due_on, done, due_of(case, today)))
    return nodes


def _step(step: CaseMilestone, case: SupervisedCase, today: date) -> Node:
    return Node(step.what, step.due_on, step.met_on, _near(step.due_on, step.met_on, case, today), step=step)


def _report(number: int, report: InterimReport, case: SupervisedCase, today: date) -> Node:
    is_filed = report.state not in interims.UNANSWERED
    done = day_of(report.filed_at) if is_filed and report.filed_at else None
    label = Sentence("第%(n)s期阶段情况", {"n": number})
    return Node(label, report.due_on, done, _near(report.due_on, done, case, today), report=report)


def _near(on: date, done: date | None, case: SupervisedCase, today: date) -> DueBadge | None:
    owed = case.state is CaseState.UNDER_SUPERVISION and done is None
    return plain(on, today, calendars.calendar()) if owed else None
