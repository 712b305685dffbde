"""Summaries, improvements and actions as pages show them."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for

from tipline.kit.db import db
from tipline.kit.words import Bilingual, Sentence
from tipline.law.campaign import Period, due_day
from tipline.leads.forms import ReasonForm
from tipline.learning import queries, rules
from tipline.learning.forms import (
    ActionForm,
    AnswerForm,
    CloseForm,
    DecideForm,
    FinishForm,
    ImprovementForm,
    SummaryForm,
)
from tipline.learning.lifecycle import ActionState, Sort, SummaryState
from tipline.learning.models import ActionFile, Improvement, IssueSummary, TownAction
from tipline.learning.queries import Summed
from tipline.learning.rules import Fact
from tipline.office import badges, calendars, editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Officer, Paper
from tipline.office.queries import lines
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.signals import signals
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.reports import rules as report_rules
from tipline.reports.queries import towns
from tipline.reports.rows import rows
from tipline.reports.rules import TOTAL, Span
from tipline.reports.sealing import read

OF_SUMMARY: Forms = {Act.WRITE_SUMMARY: (SummaryForm, "write"), Act.SEND_BACK_SUMMARY: (ReasonForm, "back")}
OF_IMPROVEMENT: Forms = {
    Act.DECLINE_IMPROVEMENT: (ReasonForm, "decline"),
    Act.FINISH_IMPROVEMENT: (FinishForm, "finish"),
}
OF_ACTION: Forms = {
    Act.DECIDE_ACTION: (DecideForm, "decide"),
    Act.DROP_ACTION: (ReasonForm, "drop"),
    Act.ANSWER_ACTION: (AnswerForm, "answer"),
    Act.SEND_BACK_ACTION: (ReasonForm, "back"),
    Act.CLOSE_ACTION: (CloseForm, "close"),
}


def acts_on(paper: Paper, officer: Officer) -> list[Act]:
    """What the officer may do now to a paper: each of these buttons will work."""
    acts, first = [act for act in paper.life.open_acts(paper.state) if officer.may(act)], first_hands([paper])
    return [act for act in acts if not is_same_hand(act, paper, officer, first)]


# --- summaries


@dataclass(frozen=True)
class Line:
    """One period on the hub."""

    period: Period
    summary: IssueSummary | None
    due: badges.DueBadge | None


def index(officer: Officer, today: date) -> str:
    """Every period with its summary, or by when it is owed."""
    duty, calendar = editions.notice().learning.summary, calendars.calendar()
    found = {one.period: one for one in db.session.scalars(queries.summaries_visible_to(officer))}
    told = []
    for period in queries.periods(today):
        owed = duty and queries.is_over(period, today) and period.key not in found
        due = badges.plain(due_day(duty, period, calendar), today, calendar) if duty and owed else None
        told.append(Line(period, found.get(period.key), due))
    return render_template("learning/index.html", lines=told, duty=duty)


def summary_page(period: Period, officer: Officer, kept: Kept | None, today: date) -> str:
    """The problems of one period, as they were counted for its summary or as they are now."""
    paper = queries.summary_of(period)
    acts = acts_on(paper, officer) if paper else [Act.WRITE_SUMMARY] if officer.may(Act.WRITE_SUMMARY) else []
    if not queries.is_over(period, today):
        acts = []
    forms = blank_forms(OF_SUMMARY, acts, kept)
    if paper and Act.WRITE_SUMMARY in forms and kept is None:
        forms[Act.WRITE_SUMMARY].process(None, behind=paper.behind, proposals=paper.proposals)
    standing = standing_summary(period)
    with by_its_words(standing):
        return _drawn(period, paper, as_counted(period, standing, today), acts, forms, today)


def as_counted(period: Period, standing: IssueSummary | None, today: date) -> Summed:
    """The numbers that were written about; of a period without a summary those of the rows."""
    times = queries.times_of(period, standing.counted_on if standing else today)
    return queries.summed(times, read(standing.figures) if standing else queries.count(times))


def _drawn(
    period: Period, paper: IssueSummary | None, counted: Summed, acts: list[Act], forms: object, today: date
) -> str:
    names = dict(counted.towns)
    return render_template(
        "learning/summary.html",
        period=period,
        over=queries.is_over(period, today),
        summary=paper,
        counted=counted,
        parts=counted.parts,
        repeated=[
            (counted.figures[one.kind], [names[code] for code in one.towns], [names[code] for code in one.again])
            for one in counted.repeated
        ],
        share=report_rules.share(counted.number("ended"), counted.number("handed_over")),
        acts=acts,
        forms=forms,
        came_of=queries.came_of(paper) if paper else [],
        history=lines(queries.history(paper)) if paper else [],
        behind=lambda figure, town=TOTAL: behind(period, counted, figure, town),
    )


def behind(period: Period, counted: Summed, figure: str, town: str) -> str | None:
    """The way from a number to its rows."""
    if not counted.number(figure, town):
        return None
    return url_for(".rows", period=period.key, figure=figure, town=town)


def rows_page(period: Period, key: str, town: str, after: str | None, officer: Officer, today: date) -> str | None:
    """The rows that a number counts, as far as the reader may see them; None where there is no such number."""
    paper = standing_summary(period)
    with by_its_words(paper):
        return _rows(period, paper, key, town, after, officer, today)


def standing_summary(period: Period) -> IssueSummary | None:
    """The summary whose numbers hold; those of one that was sent back no longer do."""
    paper = queries.summary_of(period)
    return None if paper is None or paper.state is SummaryState.RETURNED else paper


def by_its_words(paper: IssueSummary | None) -> AbstractContextManager[object]:
    """While the words of the edition hold under which it was counted."""
    return nullcontext() if paper is None else editions.under(paper.edition_digest)


def _rows(
    period: Period, paper: IssueSummary | None, key: str, town: str, after: str | None, officer: Officer, today: date
) -> str | None:
    times = queries.times_of(period, paper.counted_on if paper else today)
    counted = queries.summed(times, read(paper.figures) if paper else {})
    figure, columns = counted.figures.get(key), dict(counted.towns) | {TOTAL: TOTAL}
    if figure is None or town not in columns:
        return None
    return render_template(
        "learning/rows.html",
        period=period,
        figure=figure,
        name=columns[town],
        town=town,
        found=rows(figure, Span.MONTH, town, times, officer, after),
        frozen=counted.number(key, town) if paper else None,
    )


# --- improvements


def improvements_page(officer: Officer, sort: Sort | None, after: str, today: date) -> str:
    """What should be done better, of one kind or all."""
    found, more = queries.improvements(officer, sort, after)
    return render_template(
        "learning/improvements.html",
        found=[(one, _due(one.due_on if one.state == "adopted" else None, today)) for one in found],
        more=more,
        chosen=sort,
        sorts=list(Sort),
    )


def _due(day: date | None, today: date) -> badges.DueBadge | None:
    return badges.plain(day, today, calendars.calendar()) if day else None


def new_improvement(form: ImprovementForm, sort: Sort) -> str:
    return render_template("learning/new_improvement.html", form=form, sort=sort)


def improvement_page(paper: Improvement, officer: Officer, kept: Kept | None, today: date) -> str:
    """One improvement."""
    acts = acts_on(paper, officer)
    names = queries.town_names()
    return render_template(
        "learning/improvement.html",
        paper=paper,
        labels=ImprovementForm.LABELS[paper.sort],
        spread=[names.get(code, code) for code in paper.spread_to],
        due=_due(paper.due_on if paper.state == "adopted" else None, today),
        acts=acts,
        forms=blank_forms(OF_IMPROVEMENT, acts, kept, paper),
        history=_history(paper, officer),
    )


def _history(paper: Paper, officer: Officer) -> list[object]:
    return [] if officer.role in TOWN_ROLES else list(lines(queries.history(paper)))


# --- towns that answer for themselves


def actions_page(officer: Officer, after: str, today: date) -> str:
    """Every action the officer sees."""
    found, more = queries.actions(officer, after)
    return render_template(
        "learning/actions.html",
        found=[(one, ground_of(one), measure_of(one), due_of(one, today)) for one in found],
        more=more,
    )


def ground_of(action: TownAction) -> Bilingual:
    return action.rules.ground(action.ground).name


def measure_of(action: TownAction) -> Bilingual:
    return action.rules.action_measure(action.measure).name


def due_of(action: TownAction, today: date) -> badges.DueBadge | None:
    return _due(action.due_on if action.state is ActionState.DECIDED else None, today)


def facts_page(today: date) -> str:
    """What the signals say of every town, by the grounds of the notice: shown, never judged."""
    first = queries.since(today)
    counts, names = queries.facts(first, today), {name: one.name for name, one in signals.items()}
    grounds = editions.notice().learning.grounds
    told = [
        (
            code,
            name,
            [
                rules.facts_of(ground.signals, {k: v.get(code, 0) for k, v in counts.items()}, names)
                for ground in grounds
            ],
        )
        for code, name in towns(editions.notice())
    ]
    return render_template("learning/facts.html", grounds=grounds, towns=told, first=first, last=today)


def new_action(form: ActionForm, town: str, name: str, today: date) -> str:
    """A town that is to be held to account, with the facts beside."""
    first, names = queries.since(today), {key: one.name for key, one in signals.items()}
    counts = {key: by_town.get(town, 0) for key, by_town in queries.facts(first, today).items()}
    return render_template(
        "learning/new_action.html",
        form=form,
        town=town,
        name=name,
        first=first,
        last=today,
        facts=rules.facts_of(sorted(counts), counts, names),
    )


def action_page(action: TownAction, officer: Officer, kept: Kept | None, today: date) -> str:
    """One action: the bureau with the facts it stands on, the town with what it must put right."""
    acts = acts_on(action, officer)
    inside = officer.role not in TOWN_ROLES
    files = queries.files_visible_to(officer).where(ActionFile.action_id == action.id).order_by(ActionFile.id)
    return render_template(
        "learning/action.html",
        action=action,
        ground=ground_of(action),
        measure=measure_of(action),
        facts=_kept_facts(action) if inside else [],
        inside=inside,
        due=due_of(action, today),
        acts=acts,
        forms=blank_forms(OF_ACTION, acts, kept, action),
        files=list(db.session.scalars(files)) if officer.may(Act.DOWNLOAD_ACTION_FILE) else [],
        history=_history(action, officer),
    )


def _kept_facts(action: TownAction) -> list[Fact]:
    """What the signals said when it was proposed."""
    told = signals.get
    return [
        Fact(one.name if (one := told(name)) else Sentence(name), int(count)) for name, count in action.facts.items()
    ]
