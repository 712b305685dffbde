"""Numbers, tests, faults and calls as their pages show them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template
from flask_wtf import FlaskForm

from tipline.hotline import calls, importing, queries, rules
from tipline.hotline.forms import (
    CallForm,
    ConfirmationForm,
    CorrectionForm,
    EndForm,
    FaultForm,
    LineForm,
    ListForm,
    ProofForm,
    ResultForm,
    RingBackForm,
)
from tipline.hotline.lifecycle import LineState
from tipline.hotline.models import DialTest, HotlineLine, LineFault, MissedCall, TestRound
from tipline.hotline.rules import Reach
from tipline.kit.dates import Month, day_of, local
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads.forms import ReasonForm
from tipline.office import badges, calendars, editions, roster
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.sampling.rules import ticket

LINE_FORMS: Forms = {
    Act.AMEND_LINE: (LineForm, "amend"),
    Act.NOTE_PROOF: (ProofForm, "proof"),
    Act.END_LINE: (EndForm, "end"),
    Act.NOTE_FAULT: (FaultForm, "fault"),
}
TEST_FORMS: Forms = {Act.RECORD_TEST: (ResultForm, "result")}
FAULT_FORMS: Forms = {
    Act.CORRECT_FAULT: (CorrectionForm, "correct"),
    Act.RETURN_FAULT: (ReasonForm, "return"),
    Act.CONFIRM_FAULT: (ConfirmationForm, "confirm"),
}
CALL_FORMS: Forms = {Act.RING_BACK: (RingBackForm, "back"), Act.LEAVE_CALL: (ReasonForm, "leave")}

ROOMS = (
    ("hotline.index", Act.READ_LINES),
    ("hotline.reach", Act.READ_LINES),
    ("hotline.faults", Act.READ_LINES),
    ("hotline.tests", Act.READ_TESTS),
    ("hotline.calls_missed", Act.READ_MISSED_CALLS),
)
"""The pages of this room, and the act that opens each."""


def rooms_of(officer: Officer) -> list[str]:
    """The pages that the officer may open."""
    return [endpoint for endpoint, act in ROOMS if officer.may(act)]


def register(officer: Officer, *, ended: bool, after: str) -> str:
    """The numbers in use, or those given up, with how they stand."""
    lines, following = queries.register(officer, ended=ended, after=after)
    return render_template(
        "hotline/index.html",
        rooms=rooms_of(officer),
        lines=lines,
        ended=ended,
        next=following,
        last=queries.last_tests(lines),
        faults=queries.open_faults(lines),
        notice=editions.notice(),
    )


def new_line(form: LineForm) -> str:
    return render_template("hotline/new.html", form=form)


def line(one: HotlineLine, officer: Officer, today: date, kept: Kept | None = None) -> str:
    """One number: where it is published, how it was tried, what was wrong with it, what it was before."""
    watching = officer.may(Act.READ_TESTS)
    due = queries.due_tests_of(one) if watching else []
    acts = [act for act in one.life.open_acts(one.state) if officer.may(act)]
    if one.office_id != officer.office_id:
        acts = [act for act in acts if act is not Act.NOTE_PROOF]
    if one.state is LineState.IN_FORCE:
        acts += [Act.NOTE_FAULT] if officer.may(Act.NOTE_FAULT) and editions.notice().hotline.results else []
        acts += [Act.ORDER_TEST] if officer.may(Act.ORDER_TEST) and not due else []
    forms = blank_forms(LINE_FORMS, acts, kept)
    if kept is None or kept[0] is not Act.AMEND_LINE:
        _begin(forms.get(Act.AMEND_LINE), one)
    faults = queries.faults_visible_to(officer).where(LineFault.line_id == one.id).limit(queries.LATEST)
    return render_template(
        "hotline/line.html",
        line=one,
        proofs=one.proofs[: queries.LATEST],
        tests=queries.tests_of(one),
        due=due,
        faults=db.session.scalars(faults).all(),
        acts=acts,
        forms=forms,
        notice=editions.notice(),
        trail=lines_of(queries.history(one), with_notes=True),
        today=today,
    )


def _begin(form: FlaskForm | None, one: HotlineLine) -> None:
    if isinstance(form, LineForm):
        form.as_it_stands(one)


def tests(officer: Officer, today: date) -> str:
    """The tests that are ordered, and the rounds from which they come."""
    calendar = calendars.calendar()
    due = [(test, badges.plain(test.due_on, today, calendar)) for test in queries.to_test(officer)]
    rounds = db.session.scalars(queries.rounds_visible_to(officer).limit(queries.LATEST)).all()
    return render_template(
        "hotline/tests.html", rooms=rooms_of(officer), due=due, rounds=rounds, hotline=editions.notice().hotline
    )


@dataclass(frozen=True)
class Drawn:
    """One number that could be drawn: its ticket, when its turn would be, and the test if it was drawn."""

    key: str
    ticket: str
    line: HotlineLine | None
    test: DialTest | None


def round_(one: TestRound, officer: Officer) -> str:
    """A round: the seed, every number with its ticket in order, and which were drawn."""
    lines = {line.key: line for line in db.session.scalars(queries.visible_to(officer))}
    made = queries.tests_visible_to(officer).where(DialTest.round_id == one.id)
    drawn = {test.line.key: test for test in db.session.scalars(made)}
    rows = [Drawn(key, ticket(one.seed, key), lines.get(key), drawn.get(key)) for key in one.population]
    return render_template(
        "hotline/round.html",
        round=one,
        rows=sorted(rows, key=lambda row: row.ticket),
        acts=[act for act in one.life.open_acts(one.state) if officer.may(act)],
        hotline=editions.notice().hotline,
    )


def test(one: DialTest, officer: Officer, at: datetime, kept: Kept | None) -> str:
    """One test call, and the form for what came of it, which begins with the present moment."""
    acts: list[Act] = [act for act in one.life.open_acts(one.state) if officer.may(act) and act in TEST_FORMS]
    hotline = editions.notice().hotline
    forms = blank_forms(TEST_FORMS, acts, kept)
    if kept is None and Act.RECORD_TEST in forms:
        forms[Act.RECORD_TEST].process(None, dialled_at=local(at))
    return render_template(
        "hotline/test.html",
        test=one,
        due=badges.plain(one.due_on, day_of(at), calendars.calendar()) if acts else None,
        result=hotline.result(one.result) if one.result else None,
        forms=forms,
        earlier=queries.tests_of(one.line),
        notice=editions.notice(),
        trail=lines_of(queries.history(one)),
    )


def faults(officer: Officer, today: date, after: str) -> str:
    """The faults of all numbers the officer sees, latest first."""
    found, following = queries.page(queries.faults_visible_to(officer), LineFault, after)
    return render_template(
        "hotline/faults.html",
        rooms=rooms_of(officer),
        faults=[(one, _due_of(one, today)) for one in found],
        next=following,
        notice=editions.notice(),
    )


def _due_of(one: LineFault, today: date) -> badges.DueBadge | None:
    return badges.plain(one.due_on, today, calendars.calendar()) if one.state == "noted" else None


def fault(one: LineFault, officer: Officer, today: date, kept: Kept | None = None) -> str:
    """One fault: what it is, what was done, who made sure."""
    first = first_hands([one])
    acts = [act for act in one.life.open_acts(one.state) if officer.may(act)]
    acts = [act for act in acts if not is_same_hand(act, one, officer, first)]
    if one.line.office_id != officer.office_id:
        acts = [act for act in acts if act is not Act.CORRECT_FAULT]
    return render_template(
        "hotline/fault.html",
        fault=one,
        problem=editions.notice().term("problem_type", one.problem),
        due=_due_of(one, today),
        acts=acts,
        forms=blank_forms(FAULT_FORMS, acts, kept),
        trail=lines_of(queries.history(one), with_notes=True),
    )


def missed(officer: Officer, today: date, after: str, form: CallForm | None = None) -> str:
    """The calls to ring back, and all that came before; never a caller's number."""
    waiting = queries.to_ring_back(officer)
    earlier = queries.calls_visible_to(officer).where(MissedCall.state != "to-ring-back")
    done, following = queries.page(earlier.order_by(None).order_by(MissedCall.id), MissedCall, after)
    lines = calls.lines_rung()
    blank = (form or CallForm(None, prefix="call")).offering(lines) if lines else None
    calendar = calendars.calendar()
    return render_template(
        "hotline/missed.html",
        rooms=rooms_of(officer),
        waiting=[(call, badges.plain(call.due_on, today, calendar)) for call in waiting],
        again=queries.same_caller(waiting),
        done=done,
        next=following,
        form=blank,
        hotline=editions.notice().hotline,
    )


def call(one: MissedCall, officer: Officer, today: date, kept: Kept | None = None, caller: str | None = None) -> str:
    """One call; the caller's number stands on the answer that was asked for it and on no other."""
    acts = [act for act in one.life.open_acts(one.state) if officer.may(act)]
    acts = [act for act in acts if act is not Act.LEAVE_CALL or one.tries]
    return render_template(
        "hotline/call.html",
        call=one,
        again=queries.same_caller([one])[one.id] if acts else 0,
        due=badges.plain(one.due_on, today, calendars.calendar()) if acts else None,
        result=editions.notice().hotline.ring_back(one.result) if one.result else None,
        acts=acts,
        forms=blank_forms(CALL_FORMS, acts, kept),
        caller=caller,
        trail=lines_of(queries.history(one), with_notes=True),
    )


def import_list(form: ListForm, report: importing.Report | None = None, *, entered: bool = False) -> str:
    return render_template(
        "hotline/import.html",
        form=form,
        report=report,
        entered=entered,
        columns=importing.COLUMNS,
        verdicts=list(importing.Verdict),
    )


@dataclass(frozen=True)
class Reached:
    """One town's line of the figures."""

    name: str
    reach: Reach
    faults: int


def reach(officer: Officer, month: Month, today: date) -> str:
    """How far each town the officer sees was reached in a month, and the numbers that nobody calls."""
    until = min(month.last, today)
    own = officer.office.place_code if officer.role in TOWN_ROLES else None
    found = queries.reachability_by_town(month.first, until, own)
    dead = queries.dead_lines_by_town(today)
    offices = [roster.office_of(Body.CIVIL_AFFAIRS_BUREAU), *roster.town_governments()]
    rows = [
        Reached(one.name, found.get(one.place_code or "", Reach()), dead.get(one.place_code or "", 0))
        for one in offices
        if own is None or one.place_code == own
    ]
    return render_template(
        "hotline/reach.html",
        rooms=rooms_of(officer),
        month=month,
        previous=month.previous(),
        next=month.next() if month.last < today else None,
        rows=rows,
        total=sum((row.reach for row in rows), Reach()) if len(rows) > 1 else None,
        silent=queries.silent(officer, today),
        busy=queries.waiting_for_a_test() if officer.may(Act.READ_TESTS) else set(),
        first_silent=today - timedelta(days=editions.notice().hotline.silent_after),
        hotline=editions.notice().hotline,
        share=rules.share,
    )
