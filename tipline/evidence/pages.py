"""Exhibits as pages show them: the list of a lead or a referral, and the custody of one."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template, url_for
from flask_wtf import FlaskForm

from tipline.evidence import queries
from tipline.evidence.forms import AttachForm, PartsForm, RecordingForm
from tipline.evidence.lifecycle import TAKES_NOTHING, ExhibitState
from tipline.evidence.models import Exhibit
from tipline.evidence.operations import Side
from tipline.kit.vault import Unreadable
from tipline.leads.forms import ReasonForm, ReporterForm
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.models import Entry, Officer
from tipline.office.steps import Kept
from tipline.referrals.models import Referral
from tipline.referrals.queries import is_handled_by


@dataclass(frozen=True)
class Hand:
    """One line of custody: when, who, what, of which hash, with which referral, and what was said."""

    entry: Entry
    referral: Referral | None
    digest: str
    reason: str | None

    @property
    def altered(self) -> bool:
        """Whether a comparison with the hash failed."""
        return self.entry.act is Act.VERIFY_EVIDENCE and self.entry.facts.get("whole") == "no"


WITH_REASON = {Act.DOWNLOAD_ORIGINAL, Act.VOID_EVIDENCE}


def hands(exhibit: Exhibit, officer: Officer) -> list[Hand]:
    """The custody of an exhibit, as far as the officer may know of it."""
    return [_hand(exhibit, entry, referral) for entry, referral in queries.custody(exhibit, officer)]


def _hand(exhibit: Exhibit, entry: Entry, referral: Referral | None) -> Hand:
    copied = entry.act is Act.DOWNLOAD_EVIDENCE and exhibit.copy_digest
    return Hand(
        entry,
        referral,
        (exhibit.copy_digest if copied else None) or exhibit.digest,
        _note(entry) if entry.act in WITH_REASON and entry.paper == exhibit.ref else None,
    )


def _note(entry: Entry) -> str | None:
    try:
        note: str | None = entry.note
    except Unreadable:  # the trail's own examination names it; reading goes on
        return None
    return note


def forms_for(side: Side, officer: Officer, kept: Kept | None) -> dict[Act, FlaskForm]:
    """What may be handed in on this side, and the form that came back."""
    forms: dict[Act, FlaskForm] = {}
    if side.lead.state not in TAKES_NOTHING and _may_give(side, officer):
        for act, form, prefix in (
            (Act.ATTACH_EVIDENCE, AttachForm, "attach"),
            (Act.NOTE_RECORDING, RecordingForm, "recording"),
        ):
            if officer.may(act):
                forms[act] = form(None, prefix=prefix).for_side(side)
    return forms | (dict([kept]) if kept else {})


def _may_give(side: Side, officer: Officer) -> bool:
    return side.referral is None or is_handled_by(officer, side.referral)


def listed(side: Side, officer: Officer, now: datetime) -> list[Exhibit]:
    """The exhibits on this side."""
    if side.referral is None:
        return queries.of_lead(side.lead, officer, now)
    return queries.of_referral(side.referral, officer, now)


def list_page(side: Side, officer: Officer, now: datetime, kept: Kept | None = None) -> str:
    """The page of all exhibits of a lead or a referral; printed, it is the list that goes with a hand-over."""
    return render_template(
        "evidence/index.html",
        here=side,
        exhibits=listed(side, officer, now),
        forms=forms_for(side, officer, kept),
        several=len(side.lead.people) > 1,
        most=current_app.config["EVIDENCE_FILE_MB"],
    )


def panel(side: Side, officer: Officer, now: datetime) -> str:
    """The part that stands on the page of a lead or a referral."""
    exhibits, forms = listed(side, officer, now), forms_for(side, officer, None)
    if not exhibits and not forms:
        return ""
    return render_template(
        "evidence/_panel.html",
        here=side,
        exhibits=exhibits,
        forms=forms,
        several=len(side.lead.people) > 1,
        most=current_app.config["EVIDENCE_FILE_MB"],
    )


def page(exhibit: Exhibit, officer: Officer, kept: Kept | None = None) -> str:
    """The page of one exhibit: what it is, every hand it went through, and what may be done."""
    forms = acts_for(exhibit, officer)
    return render_template(
        "evidence/show.html",
        exhibit=exhibit,
        hands=hands(exhibit, officer),
        forms=forms | (dict([kept]) if kept else {}),
        acts=[act for act in (Act.DOWNLOAD_EVIDENCE, Act.VERIFY_EVIDENCE) if _is_open(act, exhibit, officer)],
        several=len(exhibit.lead.people) > 1,
        among=_list_with(exhibit, officer),
    )


def _list_with(exhibit: Exhibit, officer: Officer) -> str:
    """The address of the list in which this officer finds the exhibit."""
    referral = queries.carrier(exhibit, officer)
    if referral is not None:
        return url_for("evidence.of_a_referral", key=referral.key)
    return url_for("evidence.index", key=exhibit.lead.key)


def acts_for(exhibit: Exhibit, officer: Officer) -> dict[Act, FlaskForm]:
    """The deeds that ask for something, as far as they are open to the officer now."""
    forms: dict[Act, FlaskForm] = {}
    if _is_open(Act.DOWNLOAD_ORIGINAL, exhibit, officer):
        forms[Act.DOWNLOAD_ORIGINAL] = ReporterForm(None, prefix="original")
    if _is_open(Act.MARK_EVIDENCE, exhibit, officer):
        marked = [part.person.key for part in exhibit.parts]
        forms[Act.MARK_EVIDENCE] = parts_form(exhibit.lead, None, parts=marked)
    if _is_open(Act.VOID_EVIDENCE, exhibit, officer):
        forms[Act.VOID_EVIDENCE] = ReasonForm(None, prefix="void")
    return forms


def parts_form(lead: Lead, *formdata: None, **marked: list[str]) -> PartsForm:
    """The form that says to whose part an exhibit belongs."""
    form: PartsForm = PartsForm(*formdata, prefix="mark", **marked).for_lead(lead)
    return form


def _is_open(act: Act, exhibit: Exhibit, officer: Officer) -> bool:
    if not officer.may(act):
        return False
    held, ours = exhibit.state is ExhibitState.HELD, exhibit.office_id == officer.office_id
    return {
        Act.DOWNLOAD_EVIDENCE: held and exhibit.copy_file is not None,
        Act.DOWNLOAD_ORIGINAL: exhibit.file is not None,
        Act.VERIFY_EVIDENCE: exhibit.file is not None,
        Act.MARK_EVIDENCE: held and ours and exhibit.referral_id is None and len(exhibit.lead.people) > 1,
        Act.VOID_EVIDENCE: held and ours,
    }[act]
