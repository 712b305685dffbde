"""A draw and a call-back as their pages show them."""

from dataclasses import dataclass

from flask import render_template
from flask_wtf import FlaskForm

from tipline.kit.words import Bilingual
from tipline.leads import queries as ledger
from tipline.leads.forms import ReasonForm, ReporterForm
from tipline.office.charter import INSPECTORS, Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.referrals.models import Referral
from tipline.sampling import queries, rules
from tipline.sampling.forms import CalledForm, FoundForm, SeedForm
from tipline.sampling.lifecycle import ClosureState
from tipline.sampling.models import SampledClosure, SampleDraw
from tipline.sampling.objections import open_acts

FORMS: Forms = {
    Act.RECORD_CALL_BACK: (CalledForm, "called"),
    Act.UPHOLD_CLOSURE: (FoundForm, "uphold"),
    Act.FIND_FALSE_CLOSURE: (FoundForm, "false"),
    Act.ORDER_REOPENING: (ReasonForm, "reopen"),
    Act.LEAVE_CLOSED: (ReasonForm, "leave"),
}


@dataclass(frozen=True)
class Line:
    """One closure that was drawn, with the ticket by which it was."""

    one: SampledClosure
    ticket: str


def index(officer: Officer, kept: SeedForm | None = None) -> str:
    """All draws, and what they found by body."""
    form = kept or (SeedForm(None, prefix="seed") if officer.may(Act.PUBLISH_SEED) else None)
    return render_template(
        "sampling/index.html", draws=queries.draws(officer), standings=queries.standings(officer), form=form
    )


def draw(paper: SampleDraw, officer: Officer) -> str:
    """One draw: the seed, how to do it again, and what it brought."""
    found = queries.drawn_by(paper, officer)
    first = first_hands([paper])
    acts = [act for act in paper.life.open_acts(paper.state) if officer.may(act)]
    return render_template(
        "sampling/draw.html",
        draw=paper,
        lines=[Line(one, rules.ticket(paper.seed, one.referral.key)) for one in found],
        acts=[act for act in acts if not is_same_hand(act, paper, officer, first)],
    )


def render(one: SampledClosure, officer: Officer, kept: Kept | None = None, vault: FlaskForm | None = None) -> str:
    """The page of one call-back."""
    acts, notice = open_acts(one, officer), one.referral.lead.rules
    return render_template(
        "sampling/show.html",
        one=one,
        ticket=rules.ticket(one.draw.seed, one.referral.key),
        outcome=notice.term(queries.OUTCOMES, one.outcome).name if one.outcome else None,
        papers=[(term.name, term.key in one.papers) for term in notice.terms(queries.PAPERS)],
        finding=finding_of(one.referral),
        acts=acts,
        forms=blank_forms(FORMS, acts, kept),
        reporter=vault or (ReporterForm(prefix="reporter", formdata=None) if may_reach(one, officer) else None),
        trail=lines_of(queries.entries_of(one), with_notes=True),
    )


def finding_of(referral: Referral) -> Bilingual | None:
    """The finding in words; it stays as it is, whatever the call-back brings."""
    return referral.lead.rules.term("finding", referral.finding).name if referral.finding else None


def may_reach(one: SampledClosure, officer: Officer) -> bool:
    """Whether the officer may open who reported, to call them back: a discipline body other than the handler's."""
    calling = one.state is ClosureState.TO_CALL and Act.RECORD_CALL_BACK in open_acts(one, officer)
    inspects = officer.role in INSPECTORS and officer.may(Act.READ_REPORTER)
    return calling and inspects and ledger.has_reporter(one.referral.lead)
