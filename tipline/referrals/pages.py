"""A referral as its page and its lists show it: what this reader may see, and nothing that must be hidden later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from flask import render_template
from flask_wtf import FlaskForm
from markupsafe import Markup

from tipline.kit.dates import day_of
from tipline.kit.words import Bilingual, Sentence
from tipline.law import explaining
from tipline.law.calendar import Calendar
from tipline.law.entries import Term
from tipline.law.routing import Decision
from tipline.law.running import Running, first_to_run_out
from tipline.leads import queries as ledger
from tipline.leads import walls
from tipline.leads.forms import ReasonForm, ReporterForm
from tipline.office import calendars, editions, glance
from tipline.office.badges import DueBadge, badge
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.referrals import panels, queries, reckoning
from tipline.referrals.forms import (
    ArbitrateForm,
    ReceiptForm,
    RedirectForm,
    SendBackForm,
    WordsForm,
)
from tipline.referrals.lifecycle import NEXT_STEP, ReferralState
from tipline.referrals.models import Asking, Errand, Referral
from tipline.referrals.objections import open_acts
from tipline.referrals.returns import DUTIES


@dataclass(frozen=True)
class Line:
    """One row of a list."""

    referral: Referral
    due: DueBadge | None


@dataclass(frozen=True)
class ClockLine:
    """One clock as the page shows it: running, or stopped with what it was."""

    running: Running
    due: DueBadge
    before: DueBadge | None
    """As it was before it was lengthened."""


def lines(rows: Iterable[Referral], today: date, calendar: Calendar) -> list[Line]:
    """Referrals as rows, each with the clock that runs out first."""
    found = []
    for referral in rows:
        first = first_to_run_out(reckoning.clocks(referral, calendar))
        found.append(Line(referral, badge(first.due, today, calendar) if first else None))
    return found


def render(
    referral: Referral,
    officer: Officer,
    at: datetime,
    kept: Kept | None = None,
    vault: dict[str, FlaskForm] | None = None,
    anew: Mapping[panels.Panel, str] = MappingProxyType({}),
) -> str:
    """The page of one referral; `kept` and `vault` are forms that came back with something missing, `anew` are
    parts of rooms above that they have drawn with such a form in them.
    """
    today, calendar = day_of(at), calendars.calendar()
    inside = queries.is_handled_by(officer, referral)
    reads = inside or ledger.may_read_content(officer, referral.lead, at)
    decision = reckoning.decision_of(referral)
    acts = open_acts(referral, officer)
    return render_template(
        "referrals/show.html",
        referral=referral,
        post=post_of(referral),
        inside=inside,
        reads=reads,
        reads_all=reads and (referral.whole or not inside),
        next_step=next_step(referral),
        clocks=[
            ClockLine(
                running,
                badge(running.due, today, calendar),
                badge(running.before, today, calendar) if running.before else None,
            )
            for running in reckoning.clocks(referral, calendar)
        ],
        rule=reckoning.rule_of(referral),
        reason=reason_of(referral, decision),
        decision=decision,
        used=used_by(decision),
        colour=reckoning.colour_of(referral, today),
        finding=finding_of(referral),
        cause=cause_of(referral),
        askings=askings_of(referral, inside),
        acts=acts,
        forms=blank_forms(FORMS, acts, kept, referral),
        trail=lines_of(queries.entries_of(referral, inside=inside), with_notes=inside or reads),
        others=glance.of_others(queries.told_of(referral, inside=inside), officer),
        vault=vault_forms(referral, officer, inside) | (vault or {}),
        to_do=drawn(panels.to_do, referral, officer, anew),
        panels=drawn(panels.on_a_referral, referral, officer, anew),
    )


def drawn(
    parts: list[panels.Panel], referral: Referral, officer: Officer, anew: Mapping[panels.Panel, str]
) -> list[Markup]:
    """The parts of rooms above, as far as they have something for this officer."""
    return [Markup(anew.get(part) or part(referral, officer)) for part in parts]  # noqa: S704 (templates escape)


def vault_forms(referral: Referral, officer: Officer, inside: bool) -> dict[str, FlaskForm]:
    """What only the handling body may open, as far as there is something to open."""
    forms: dict[str, FlaskForm] = {}
    if inside and officer.may(Act.READ_REPORTER) and ledger.has_reporter(referral.lead):
        forms["reporter"] = ReporterForm(prefix="reporter", formdata=None)
    if inside and officer.may(Act.CLEAR_NAMESAKE) and walls.namesakes([referral.person])[referral.person.key]:
        forms["namesake"] = ReasonForm(prefix="clear", formdata=None)
    return forms


def post_of(referral: Referral) -> Bilingual | str | None:
    """The person's post: as the notice's register calls it, else as the caller said."""
    known = {post.key: post.name for post in editions.edition(referral.edition_digest).posts}
    return known.get(referral.person.post or "") or referral.person.post_text


def next_step(referral: Referral) -> Sentence | None:
    """What the referral waits for; nothing after the conclusion of an anonymous report."""
    if referral.state is ReferralState.CONCLUDED and not referral.lead.named:
        return None
    if referral.pending:
        return Sentence("%(pending)s", {"pending": referral.pending})
    if referral.state is ReferralState.RETURNED and referral.arbiter is not None:
        return Sentence("等待%(arbiter)s裁定去向", {"arbiter": referral.arbiter.name})
    return NEXT_STEP.get(referral.state)


def reason_of(referral: Referral, decision: Decision | None) -> Sentence:
    """Why it goes where it goes, under the edition and the rule that the referral names."""
    if decision is not None:
        return decision.sentence
    return explaining.sentence(reckoning.rule_of(referral), referral.body, ())


def used_by(decision: Decision | None) -> list[tuple[str, str]]:
    """The facts the decision rests on, in words."""
    facts = decision.used if decision else ()
    return [(said(fact.name), said(explaining.fact_word(fact.value))) for fact in facts]


def finding_of(referral: Referral) -> Bilingual | None:
    """The finding in words: the one thing of the result that the sender sees."""
    return referral.lead.rules.term("finding", referral.finding).name if referral.finding else None


@dataclass(frozen=True)
class AskingLine:
    """A return or recall as the page tells it; the duty in words."""

    asking: Asking
    duty: Term | None


def askings_of(referral: Referral, inside: bool) -> list[AskingLine]:
    """What was asked and answered. Of a return the other side hears once the body's principal has approved it."""
    notice = referral.lead.rules
    return [
        AskingLine(asking, notice.term(DUTIES, asking.cause) if asking.cause else None)
        for asking in referral.askings
        if (asking.endorsed_at is not None or asking.errand is Errand.RECALL or inside)
        and (not inside or asking.body_id == referral.to_id)
    ]


def cause_of(referral: Referral) -> str | None:
    """Why it came back, while it is back."""
    return referral.reason if referral.state in {ReferralState.RETURNED, ReferralState.RECALLED} else None


FORMS: Forms = {
    Act.REDIRECT_REFERRAL: (RedirectForm, "redirect"),
    Act.RECORD_RECEIPT: (ReceiptForm, "receipt"),
    Act.SEND_BACK: (SendBackForm, "back"),
    Act.DROP_RETURN: (WordsForm, "drop"),
    Act.AGREE_RETURN: (WordsForm, "agree"),
    Act.DECLINE_RETURN: (WordsForm, "decline"),
    Act.ARBITRATE: (ArbitrateForm, "arbitrate"),
    Act.RECALL: (WordsForm, "recall"),
    Act.ASK_RECALL: (WordsForm, "recall"),
    Act.REFUSE_RECALL: (WordsForm, "refuse"),
}
