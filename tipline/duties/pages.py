"""Duties as pages show them: the grid, an office's calendar, and one duty of one place."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import chain

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from tipline.duties import ical, queries, rules
from tipline.duties.forms import HandInForm, RulingForm
from tipline.duties.lifecycle import LIFE
from tipline.duties.models import Submission
from tipline.duties.queries import Cell, Fold
from tipline.duties.rules import Standing
from tipline.kit.errors import NotNow
from tipline.law.bodies import Body
from tipline.law.campaign import Duty, called, clashes, periods
from tipline.law.clocks import Tone
from tipline.leads.forms import ReasonForm
from tipline.office import answering, badges, calendars, editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Kept, blank_forms

ICONS = {Standing.NOT_YET: "dot", Standing.OWED: "clock", Standing.LATE: "alert", Standing.ELSEWHERE: "building"}

FORMS: dict[Act, tuple[type[FlaskForm], str]] = {
    Act.HAND_IN: (HandInForm, "in"),
    Act.RETURN_SUBMISSION: (ReasonForm, "return"),
    Act.EXCUSE_DUTY: (ReasonForm, "excuse"),
}


@dataclass(frozen=True)
class Case:
    """One place's duty with what was handed in for it."""

    cell: Cell
    paper: Submission | None

    @property
    def number(self) -> str:
        """How the office calls it."""
        return f"{self.cell.debtor.name} {said(called(self.cell.duty, self.cell.period))}"


def drawn(fold: Fold) -> dict[str, str] | None:
    """Some places' duty as the grid draws it: tone, icon, word, way on. Of many, the worst that most are in."""
    if not fold:
        return None
    often = Counter(cell.stand.word for cell in fold)
    worst = max(
        fold,
        key=lambda one: (one.stand.owed, _heat(one), not one.stand.done, often[one.stand.word]),
    )
    word = said(worst.stand.word)
    if worst.stand.late:
        word = _("%(standing)s（迟报）", standing=word)
    if len(fold) > 1 and worst.stand.word is not Standing.ELSEWHERE:
        word = f"{word} {often[worst.stand.word]}/{len(fold)}"
    icon = next((sign for standing, sign in ICONS.items() if worst.stand.word is standing), None)
    icon = icon or _icon(worst)
    return {
        "tone": "done" if worst.stand.done else worst.stand.tone.value,
        "icon": icon,
        "word": word,
        "url": url_for("duties.show", key=queries.key_of(fold)),
    }


def _heat(cell: Cell) -> int:
    return list(Tone).index(cell.stand.tone)


def _icon(cell: Cell) -> str:
    """The sign of what a room answered: sent back, still under way, done, or handed in."""
    if cell.stand.owed:
        return "undo" if cell.answer and cell.answer.returned_on else "clock"
    return "check" if cell.stand.done else "send"


def grid_page(officer: Officer, year: int, today: date) -> str:
    """All offices the reader sees, by duties and periods of one year."""
    grid = queries.grid(officer, year, today)
    rows = [
        (said(called(duty, period)), due_on, not duty.due_mark.is_law, [drawn(fold) for fold in folds])
        for duty, period, due_on, folds in grid.rows
    ]
    heads = [(office.place.name if office.place else office.name, office.place_code) for office in grid.offices]
    return render_template(
        "duties/index.html",
        year=year,
        years=queries.years(today),
        heads=heads,
        rows=rows,
        open_clashes=[editions.notice().duty(key) for key in _undecided()],
    )


def _undecided() -> list[str]:
    ruled = queries.ruled()
    return [key for key in clashes(editions.notice().duties) if key not in ruled]


def calendar_page(
    officer: Officer, place_code: str, year: int, today: date, *, secret: str | None = None
) -> str | None:
    """What one office owes in a year, by due day; None when the reader does not see it."""
    folds = queries.calendar_of(officer, place_code, year, today)
    if not folds and place_code != officer.office.place_code:
        return None
    lines = [(fold[0], said(called(fold[0].duty, fold[0].period)), drawn(fold)) for fold in folds]
    return render_template(
        "duties/calendar.html",
        year=year,
        years=queries.years(today),
        place_code=place_code,
        office=folds[0][0].debtor.office if folds else officer.office,
        lines=lines,
        feed=None if secret is None else url_for("duties.feed", token=secret, _external=True),
    )


def show_page(officer: Officer, fold: Fold, today: date, kept: Kept | None = None) -> str:
    """One duty: of one place with what was handed in, or of all the villages of a town as a list."""
    first = fold[0]
    many = len(fold) > 1
    case = Case(first, None if many else queries.submission_of(first))
    acts = [] if many else open_acts(case, officer, today)
    parts = clashes(editions.notice().duties).get(first.duty.key, ())
    return render_template(
        "duties/show.html",
        case=case,
        title=said(called(first.duty, first.period)),
        fold=fold if many else [],
        lines=[(cell, drawn([cell])) for cell in fold] if many else [],
        shown=drawn(fold),
        due=badges.plain(first.stand.due_on, today, calendars.calendar()) if first.stand.owed else None,
        acts=acts,
        forms=_forms(case, acts, kept),
        way_in=_way_in(first, officer, today),
        history=queries.history(case.paper) if case.paper else [],
        last_day=rules.last_day(first.duty, rules.Times(first.stand.due_on, first.stand.due_on)),
        parts=parts,
        rulings=queries.rulings(first.duty) if parts else [],
    )


def _forms(case: Case, acts: list[Act], kept: Kept | None) -> dict[Act, FlaskForm]:
    """The forms of the open deeds; a new version begins with the words of the latest."""
    forms = blank_forms(FORMS, acts, kept, case)
    if Act.HAND_IN in forms and kept is None and case.paper and case.paper.versions:
        latest = case.paper.versions[0]
        forms[Act.HAND_IN].process(None, principal=latest.principal, deputy=latest.deputy, words=latest.words)
    return forms


def _way_in(cell: Cell, officer: Officer, today: date) -> str | None:
    """The form of another room, for whoever owes it there."""
    room = answering.rooms.get(cell.duty.answered_by)
    begun = cell.period in periods(cell.duty, today)
    if room is None or room.way_in is None or not begun or (cell.answer and not cell.answer.owed):
        return None
    if room.act is None or not officer.may(room.act) or cell.debtor.office.id != officer.office_id:
        return None
    endpoint, values = room.way_in
    return url_for(endpoint, **values((cell.duty.key, cell.period.key, cell.debtor.code)))


def open_acts(case: Case, officer: Officer, today: date) -> list[Act]:
    """What the officer may do now for this place's duty."""
    if case.cell.duty.answered_by != queries.HERE or case.cell.period not in periods(case.cell.duty, today):
        return []
    acts = [act for act in LIFE.open_acts(case.paper.state if case.paper else None) if officer.may(act)]
    if case.paper:
        first = first_hands([case.paper])
        acts = [act for act in acts if not is_same_hand(act, case.paper, officer, first)]
    return [act for act in acts if act is not Act.HAND_IN or _takes_more(case, officer, today)]


def _takes_more(case: Case, officer: Officer, today: date) -> bool:
    times = rules.Times(case.cell.stand.due_on, case.cell.stand.due_on)
    try:
        rules.require_open(case.paper.state if case.paper else None, case.cell.duty, times, today)
    except NotNow:
        return False
    return case.cell.debtor.office.id == officer.office_id


def clash_page(officer: Officer, duty: Duty, form: RulingForm | None = None) -> str:
    """Where the notice contradicts itself, and what was decided."""
    return render_template(
        "duties/clash.html",
        duty=duty,
        parts=clashes(editions.notice().duties)[duty.key],
        rulings=queries.rulings(duty),
        form=(form or RulingForm(None, prefix="rule")) if officer.may(Act.RULE_ON_CLASH) else None,
    )


def days_of(officer: Officer, today: date) -> list[ical.Day]:
    """What the officer's office owes this year and next, or what everybody owes for those who watch over it."""
    return list(chain(*editions.each(lambda: _days_of(officer, today))))


def _days_of(officer: Officer, today: date) -> list[ical.Day]:
    own = officer.role in TOWN_ROLES
    found: dict[str, ical.Day] = {}
    for year in (today.year, today.year + 1):
        for cell in queries.cells(queries.due(date(year, 12, 31), year), today, officer):
            place = cell.debtor.office.place_code if own else "all"
            uid = editions.mark(f"{cell.duty.key}-{cell.period.key}-{place}@tipline")
            name = cell.debtor.office.name if own or cell.debtor.office.body is Body.CIVIL_AFFAIRS_BUREAU else _("各镇")
            found.setdefault(uid, ical.Day(uid, cell.stand.due_on, said(called(cell.duty, cell.period)), name))
    return list(found.values())
