"""The work of a body as pages show it: what stands beside a referral, and what the officer may do there now."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask_wtf import FlaskForm

from tipline.handling import extensions, queries, rules, slips
from tipline.handling.forms import (
    DISPOSITIONS,
    AnswerForm,
    ExtensionForm,
    HelpForm,
    MilestoneForm,
    ReceiptForm,
    ShelveForm,
    WordsForm,
)
from tipline.handling.lifecycle import OPEN_SLIPS, WHAT_A_SLIP_SAYS, ExtensionState, SlipKind, SlipState
from tipline.handling.models import DispositionRecord, Extension, Slip
from tipline.kit.dates import day_of
from tipline.law.clocks import deadline
from tipline.law.entries import Term
from tipline.leads.lifecycle import LeadState
from tipline.office import calendars, roster
from tipline.office.badges import DueBadge, badge, plain
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.referrals.objections import open_acts
from tipline.referrals.pages import post_of
from tipline.referrals.reckoning import events_of

WORK = (Act.SET_DISPOSITION, Act.SHELVE, Act.KEEP_SHELVED, Act.FILE_CASE, Act.RECORD_MILESTONE)


@dataclass(frozen=True)
class Chosen:
    """One disposition as the page tells it; the reason to close in words."""

    record: DispositionRecord
    cause: Term | None


@dataclass(frozen=True)
class SlipLine:
    """One slip as a row, with how near its day is while something is owed."""

    slip: Slip
    due: DueBadge | None


def of_referral(referral: Referral, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The part of a referral's page that this room writes; "" when it has nothing for this officer."""
    inside = referrals.is_handled_by(officer, referral)
    beside = slip_lines(queries.slips_beside(officer, referral), day_of(at)) if officer.may(Act.READ_SLIPS) else []
    longer = queries.extensions_of(officer, referral)
    acts = [act for act in open_acts(referral, officer) if act in WORK]
    forms = forms_of(referral, officer, acts, at, kept)
    if not (inside or beside or longer or forms):
        return ""
    return render_template(
        "handling/_of_referral.html",
        referral=referral,
        inside=inside,
        chosen=chosen_of(referral) if inside else [],
        milestones=queries.milestones_of(referral) if inside else [],
        beside=beside,
        longer=longer,
        clocks={clock.id: clock.name for clock in referral.lead.rules.clocks},
        acts=acts,
        forms=forms,
    )


def chosen_of(referral: Referral) -> list[Chosen]:
    """The history of dispositions."""
    notice = referral.lead.rules
    return [
        Chosen(record, notice.term(rules.CLOSING_REASONS, record.cause) if record.cause else None)
        for record in queries.dispositions_of(referral)
    ]


def slip_lines(found: list[Slip], today: date) -> list[SlipLine]:
    """Slips as rows."""
    calendar = calendars.calendar()
    return [
        SlipLine(slip, plain(slip.due_on, today, calendar) if slip.due_on and slip.state in OPEN_SLIPS else None)
        for slip in found
    ]


def forms_of(
    referral: Referral, officer: Officer, acts: list[Act], at: datetime, kept: Kept | None
) -> dict[str, FlaskForm]:
    """The forms of the deeds that are open, by the prefix of their fields; the one that came back among them."""
    forms: dict[str, FlaskForm] = {}
    today = day_of(at)
    if Act.SET_DISPOSITION in acts:
        forms |= {prefix: kind(None, prefix=prefix) for prefix, kind in DISPOSITIONS.items()}
    if Act.SHELVE in acts or Act.KEEP_SHELVED in acts:
        last = rules.last_review(today, referral.lead.rules, calendars.calendar())
        forms["shelve"] = ShelveForm(None, prefix="shelve").within(last)
    if Act.RECORD_MILESTONE in acts:
        ahead = rules.steps_ahead(events_of(referral))
        forms["milestone"] = MilestoneForm(None, prefix="milestone", reached_on=today).among(ahead)
    forms |= _beside(referral, officer, at)
    if kept is not None:
        forms[kept[1]._prefix.rstrip("-")] = kept[1]
    return forms


def _beside(referral: Referral, officer: Officer, at: datetime) -> dict[str, FlaskForm]:
    forms: dict[str, FlaskForm] = {}
    if referral.lead.state is LeadState.VOIDED:
        return forms
    if officer.may(Act.ASK_EXTENSION) and (running := extensions.extendable(referral, officer, at)):
        forms["extension"] = ExtensionForm(None, prefix="extension").among(running)
    if officer.may(Act.ENGAGE_HELPER) and slips.may_engage(referral, officer):
        forms["help"] = HelpForm(None, prefix="help").among(slips.helpers(referral, roster.offices()))
    return forms


def render_slip(slip: Slip, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The page of one slip; what it carries is read by whom it is for."""
    receives = officer.office_id == slip.to_id
    handles = referrals.is_handled_by(officer, slip.referral)
    told = receives and slip.state is not SlipState.WITHDRAWN
    acts = slip_acts(slip, officer)
    return render_template(
        "handling/slip.html",
        line=slip_lines([slip], day_of(at))[0],
        slip=slip,
        says=WHAT_A_SLIP_SAYS[slip.slip_kind],
        reads_task=told or handles or officer.office_id == slip.from_id,
        reads_answer=told or handles,
        person=slip.referral.person if told and _shows_person(slip) else None,
        post=post_of(slip.referral) if told and _shows_person(slip) else None,
        beside=referrals.may_see(officer, slip.referral),
        acts=acts,
        forms=blank_forms(SLIP_FORMS, acts, kept),
        trail=lines_of(queries.entries_of(slip), with_notes=False),
    )


def _shows_person(slip: Slip) -> bool:
    return slip.slip_kind is SlipKind.COPY or slip.shows_person


def slip_acts(slip: Slip, officer: Officer) -> list[Act]:
    """What the officer may do with the slip now."""
    acts = []
    for act in slip.life.open_acts(slip.state):
        if not officer.may(act) or slip.referral.lead.state is LeadState.VOIDED:
            continue
        receives = act in {Act.SIGN_SLIP, Act.ANSWER_SLIP}
        if officer.office_id != (slip.to_id if receives else slip.from_id):
            continue
        if act is Act.ANSWER_SLIP and slip.slip_kind is not SlipKind.HELP:
            continue
        if act is Act.RECORD_SLIP_RECEIPT and slip.to.signs_in:
            continue
        acts.append(act)
    return acts


SLIP_FORMS: Forms = {
    Act.ANSWER_SLIP: (AnswerForm, "answer"),
    Act.RECORD_SLIP_RECEIPT: (ReceiptForm, "receipt"),
}
EXTENSION_FORMS: Forms = {Act.REFUSE_EXTENSION: (WordsForm, "refuse")}


def render_extension(extension: Extension, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The page of one request for longer time: the old day and the new, each with its counting."""
    today, calendar = day_of(at), calendars.calendar()
    clock = extension.referral.lead.rules.clock(extension.clock, extension.began_on)
    before, after = (deadline(clock, extension.began_on, calendar, extended=longer) for longer in (False, True))
    acts = extension_acts(extension, officer)
    return render_template(
        "handling/extension.html",
        extension=extension,
        clock=clock,
        before=badge(before, today, calendar),
        after=badge(after, today, calendar),
        beside=referrals.may_see(officer, extension.referral),
        acts=acts,
        forms=blank_forms(EXTENSION_FORMS, acts, kept),
        trail=lines_of(queries.entries_of(extension), with_notes=False),
    )


def extension_acts(extension: Extension, officer: Officer) -> list[Act]:
    """What the officer may answer; never to what they asked themselves."""
    if extension.state is not ExtensionState.ASKED or not extensions.may_decide(extension, officer):
        return []
    first = first_hands([extension])
    acts = [act for act in extension.life.open_acts(extension.state) if officer.may(act)]
    return [act for act in acts if not is_same_hand(act, extension, officer, first)]
