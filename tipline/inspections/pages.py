"""Inspections as pages show them: where the eye is drawn, one visit, one finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask_wtf import FlaskForm

from tipline.inspections import daylist, queries
from tipline.inspections.daylist import Covered
from tipline.inspections.forms import (
    DemandForm,
    DoneForm,
    FindingForm,
    FinishForm,
    LeadForm,
    PlanForm,
    StyleForm,
    styles,
)
from tipline.inspections.lifecycle import TOLD_TO_THE_TOWN, FindingState, InspectionState
from tipline.inspections.models import Finding, Inspection
from tipline.inspections.rules import Attention
from tipline.kit.words import Bilingual
from tipline.leads.forms import ReasonForm
from tipline.office import badges, calendars, editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.doors import may_enter
from tipline.office.models import Officer
from tipline.office.queries import lines
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.signals import signals
from tipline.office.steps import Forms, Kept, blank_forms

OF_INSPECTION: Forms = {
    Act.CALL_OFF_INSPECTION: (ReasonForm, "off"),
    Act.FINISH_INSPECTION: (FinishForm, "finish"),
    Act.RECORD_FINDING: (FindingForm, "finding"),
}
OF_FINDING: Forms = {
    Act.DEMAND_RECTIFICATION: (DemandForm, "demand"),
    Act.CORRECT_ON_SPOT: (DoneForm, "spot"),
    Act.LET_FINDING_REST: (ReasonForm, "rest"),
    Act.REPORT_RECTIFIED: (DoneForm, "done"),
    Act.SEND_BACK_RECTIFIED: (ReasonForm, "back"),
    Act.NOTE_STYLE_PROBLEM: (StyleForm, "style"),
    Act.TURN_INTO_LEAD: (LeadForm, "lead"),
}


@dataclass(frozen=True)
class Town:
    """One town on the page of attention."""

    code: str
    name: str
    attention: Attention
    visits: int
    households: int | None


def index(officer: Officer, first: date, last: date, today: date) -> str:
    """Where the eye is drawn, which visits there were, and what they found."""
    if officer.role in TOWN_ROLES:
        return findings_page(officer, None, "", today)
    names, visits, households = (
        {place.code: place.name for place in queries.towns()},
        queries.visited(),
        queries.households_by_town(),
    )
    choosing = officer.may(Act.PLAN_INSPECTION)
    found = queries.attention(first, last) if choosing else []
    towns = [Town(one.town, names[one.town], one, visits.get(one.town, 0), households.get(one.town)) for one in found]
    weights = [one for one in editions.notice().inspection.weights if one.signal in signals]
    return render_template(
        "inspections/index.html",
        first=first,
        last=last,
        towns=towns,
        weights=[(signals[one.signal].name, one) for one in weights],
        unvisited=[town for town in towns if not town.visits],
        ends_on=editions.notice().inspection.ends_on,
        inspections=queries.latest(officer, today),
        counts=queries.counted(queries.findings_visible_to(officer, today)),
        states=list(FindingState),
        called=lambda paper: called_places(paper, names),
    )


def reasons(signal: str, town: str, officer: Officer, first: date, last: date) -> str | None:
    """The rows behind one number of a town's attention; None where there is no such number."""
    asked = signals.get(signal) if signal in {one.signal for one in editions.notice().inspection.weights} else None
    name = next((place.name for place in queries.towns() if place.code == town), None)
    if asked is None or asked.behind is None or name is None:
        return None
    return render_template(
        "inspections/reasons.html",
        signal=asked.name,
        town=name,
        first=first,
        last=last,
        total=asked.counts(first, last).get(town, 0),
        reasons=asked.behind(officer, town, first, last),
        may_open=lambda one: may_enter(one.endpoint, officer),
    )


def called_places(paper: Inspection, towns: Mapping[str, str]) -> str:
    """The towns of an inspection by name."""
    met = dict.fromkeys(queries.town_of(one.place) for one in paper.places)
    return "、".join(towns.get(code, code) for code in met)


def findings_page(officer: Officer, state: FindingState | None, after: str, today: date) -> str:
    """The findings an officer sees, of one state or all."""
    seen = queries.findings_visible_to(officer, today)
    found, more = queries.listed(seen, state, after)
    states = [one for one in FindingState if officer.role not in TOWN_ROLES or one in TOLD_TO_THE_TOWN]
    return render_template(
        "inspections/findings.html",
        findings=[(one, kind_of(one), due_of(one, today)) for one in found],
        more=more,
        chosen=state,
        states=states,
        counts=queries.counted(seen),
    )


def kind_of(finding: Finding) -> Bilingual:
    """What was found, in the notice's words."""
    rules = editions.notice().inspection
    return editions.notice().term(rules.style if finding.style else rules.wrong, finding.term).name


def due_of(finding: Finding, today: date) -> badges.DueBadge | None:
    """By when it must be put right, while it must."""
    if finding.state is not FindingState.DEMANDED or finding.due_on is None:
        return None
    return badges.plain(finding.due_on, today, calendars.calendar())


def plan_page(form: PlanForm) -> str:
    """A new inspection; the towns may have been picked already."""
    return render_template("inspections/plan.html", form=form)


def acts_on(paper: Inspection, officer: Officer) -> list[Act]:
    """What the officer may do now to an inspection."""
    first = first_hands([paper])
    acts = [act for act in paper.life.open_acts(paper.state) if officer.may(act)]
    if paper.state is InspectionState.UNDER_WAY:
        acts += [act for act in (Act.RECORD_FINDING, Act.OPEN_HOUSEHOLDS, Act.READ_BACK_DAY_LIST) if officer.may(act)]
    return [act for act in acts if not is_same_hand(act, paper, officer, first)]


def show(paper: Inspection, officer: Officer, kept: Kept | None, today: date) -> str:
    """One inspection."""
    acts = acts_on(paper, officer)
    if kept and kept[0] is Act.RECORD_FINDING:
        return finding_form(paper, officer, kept[1], today)
    drawn = {one.place_code for one in paper.places if one.drawn}
    villages, towns = queries.villages_of(paper), {place.code: place.name for place in queries.towns()}
    seen = queries.findings_visible_to(officer, today).where(Finding.inspection_id == paper.id)
    found, _ = queries.listed(seen, None, "")
    return render_template(
        "inspections/show.html",
        paper=paper,
        acts=acts,
        forms=blank_forms(OF_INSPECTION, [act for act in acts if act is not Act.RECORD_FINDING], kept, paper),
        towns=towns,
        villages=[(place, place.code in drawn) for place in villages],
        places=called_places(paper, towns),
        members=queries.members(paper),
        findings=[(one, kind_of(one), due_of(one, today)) for one in found],
        history=lines(queries.history(paper)) if officer.may(Act.PLAN_INSPECTION) else [],
    )


def households(paper: Inspection, officer: Officer) -> str:
    """The list for the day, as a page that is printed."""
    return render_template(
        "inspections/households.html",
        paper=paper,
        rows=daylist.rows(paper),
        kinds=list(daylist.kinds_of()),
        may_record=officer.may(Act.RECORD_FINDING),
    )


def finding_form(paper: Inspection, officer: Officer, form: FindingForm, today: date) -> str:
    """The sheet for one finding, with the household it is about."""
    record = queries.household(paper, form.household.data) if form.household.data else None
    if record and not form.place.data:
        form.place.data = record.place_code
    form.on.data = form.on.data or today
    told: Covered | None = daylist.covered([record])[0] if record else None
    return render_template("inspections/record.html", paper=paper, form=form, household=told)


def finding_acts(finding: Finding, officer: Officer) -> list[Act]:
    """What the officer may do now to a finding: each of these buttons will work."""
    first = first_hands([finding])
    acts = [act for act in finding.life.open_acts(finding.state) if officer.may(act)]
    acts = [act for act in acts if not is_same_hand(act, finding, officer, first)]
    if finding.done_by_id == officer.id:
        acts = [act for act in acts if act is not Act.CONFIRM_RECTIFIED]
    under_way = finding.inspection.state is InspectionState.UNDER_WAY
    if under_way and not finding.style and styles() and officer.may(Act.NOTE_STYLE_PROBLEM):
        acts.append(Act.NOTE_STYLE_PROBLEM)
    return [*acts, Act.TURN_INTO_LEAD] if officer.may(Act.TURN_INTO_LEAD) else acts


def finding(paper: Finding, officer: Officer, kept: Kept | None, today: date) -> str:
    """One finding: the inspecting side with what it saw, its town with what it must put right."""
    acts, inspecting = finding_acts(paper, officer), officer.role not in TOWN_ROLES
    forms = blank_forms(OF_FINDING, acts, kept, paper)
    _fill(forms, paper, kept)
    files = queries.files_visible_to(officer, today).filter_by(finding_id=paper.id)
    return render_template(
        "inspections/finding.html",
        finding=paper,
        kind=kind_of(paper),
        due=due_of(paper, today),
        acts=acts,
        forms=forms,
        inspecting=inspecting,
        household=daylist.covered([paper.record])[0] if paper.record else None,
        files=queries.files(files) if officer.may(Act.DOWNLOAD_FINDING_FILE) else [],
        leads=queries.leads_of(paper, officer),
        history=lines(queries.history(paper)),
    )


def _fill(forms: dict[Act, FlaskForm], paper: Finding, kept: Kept | None) -> None:
    """A lead begins with the words of the finding."""
    if Act.TURN_INTO_LEAD in forms and (kept is None or kept[0] is not Act.TURN_INTO_LEAD):
        forms[Act.TURN_INTO_LEAD].process(None, words=paper.seen, problem=paper.term if paper.style else None)
