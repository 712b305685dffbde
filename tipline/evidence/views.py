"""Evidence at the counter: handed in, listed, given out, compared, voided."""

from collections.abc import Callable

from flask import Response, abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.evidence import operations, pages, queries
from tipline.evidence.forms import AttachForm, RecordingForm
from tipline.evidence.models import Exhibit
from tipline.evidence.operations import Side
from tipline.evidence.rules import disposition
from tipline.kit.cabinet import Kept as File
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.leads import panels as on_leads
from tipline.leads import queries as ledger
from tipline.leads.forms import ReasonForm, ReporterForm
from tipline.leads.models import Lead
from tipline.office import sessions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import machine_now, now
from tipline.referrals import panels as on_referrals
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral

bp = Doors("evidence", __name__, url_prefix="/evidence")

ALONE = "default-src 'none'; sandbox"
"""What came from outside does nothing in a browser, even if somebody makes it open there."""


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: what came with it, for whoever may read its words; to others not even how much."""
    if not officer.may(Act.READ_EVIDENCE) or not queries.may_give(officer, lead, now()):
        return ""
    return pages.panel(Side(lead), officer, now())


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: what goes with it."""
    return pages.panel(Side(referral.lead, referral), officer, now()) if _reads(referral, officer) else ""


on_leads.on_a_lead.append(of_lead)
on_referrals.on_a_referral.append(of_referral)


@bp.get("/leads/<key>", act=Act.READ_EVIDENCE)
def index(key: str) -> ResponseReturnValue:
    return pages.list_page(side_of_lead(key), current_user, now())


@bp.get("/referrals/<key>", act=Act.READ_EVIDENCE)
def of_a_referral(key: str) -> ResponseReturnValue:
    """What goes with one referral: printed, it is the list that both sides sign."""
    return pages.list_page(side_of_referral(key), current_user, now())


@bp.post("/leads/<key>/attach", act=Act.ATTACH_EVIDENCE, receives=True)
def attach(key: str) -> ResponseReturnValue:
    return _attach(at_lead, key)


@bp.post("/referrals/<key>/attach", act=Act.ATTACH_EVIDENCE, receives=True)
def attach_to_referral(key: str) -> ResponseReturnValue:
    return _attach(at_referral, key)


@bp.post("/leads/<key>/note-recording", act=Act.NOTE_RECORDING)
def note_recording(key: str) -> ResponseReturnValue:
    return _note_recording(at_lead, key)


@bp.post("/referrals/<key>/note-recording", act=Act.NOTE_RECORDING)
def note_recording_to_referral(key: str) -> ResponseReturnValue:
    return _note_recording(at_referral, key)


@bp.get("/<key>", act=Act.READ_EVIDENCE, traced=True)
def show(key: str) -> ResponseReturnValue:
    exhibit = seen(key)
    operations.read(exhibit, by=current_user, at=now())
    page = pages.page(exhibit, current_user)
    db.session.commit()
    return page


@bp.post("/<key>/download", act=Act.DOWNLOAD_EVIDENCE)
def download(key: str) -> ResponseReturnValue:
    """The copy without device, place and author."""
    exhibit = seen(key)
    return _give(exhibit, exhibit.clean_copy, lambda one: operations.give_copy(one, by=current_user, at=now()))


@bp.post("/<key>/download-original", act=Act.DOWNLOAD_ORIGINAL)
def download_original(key: str) -> ResponseReturnValue:
    """The file as it came: with a reason, and the password given anew."""
    exhibit, form = seen(key), ReporterForm(prefix="original")
    if not form.validate_on_submit():
        return pages.page(exhibit, current_user, (Act.DOWNLOAD_ORIGINAL, form)), 422
    try:
        sessions.confirm(current_user, form.password.data, at=machine_now())
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return pages.page(seen(key), current_user, (Act.DOWNLOAD_ORIGINAL, form)), 403
    db.session.commit()

    def deed(one: Exhibit) -> File:
        return operations.give_original(one, reason=form.reason.data, by=current_user, at=now())

    return _give(exhibit, exhibit.original, deed)


@bp.post("/<key>/verify", act=Act.VERIFY_EVIDENCE)
def verify(key: str) -> ResponseReturnValue:
    """Read the file to its end and compare it with its hash."""
    original = seen(key).original or abort(404)
    whole = _is_whole(original)
    operations.verified(seen(key), whole=whole, by=current_user, at=now())
    db.session.commit()
    if whole:
        flash(_("已核验：与收到时一致。"))
    else:
        flash(_("核验不符：文件缺失或已被改动，请立即告知系统管理员。"), "error")
    return redirect(url_for(".show", key=key))


@bp.post("/<key>/mark", act=Act.MARK_EVIDENCE)
def mark(key: str) -> ResponseReturnValue:
    exhibit = seen(key)
    if len(exhibit.lead.people) < 2:
        abort(404)
    form = pages.parts_form(exhibit.lead)

    def deed(one: Exhibit) -> None:
        operations.mark(one, form.chosen(one.lead), by=current_user, at=now())

    return at_counter.filled(key, Act.MARK_EVIDENCE, form, deed)


@bp.post("/<key>/void", act=Act.VOID_EVIDENCE)
def void(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="void")

    def deed(exhibit: Exhibit) -> None:
        operations.void(exhibit, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.VOID_EVIDENCE, form, deed)


def _attach(counter: Steps[Side], key: str) -> ResponseReturnValue:
    form = AttachForm(prefix="attach").for_side(counter.seen(key))
    most = current_app.config["EVIDENCE_LEAD_MB"]

    def deed(side: Side) -> None:
        operations.attach(form.received(), side, form.chosen(side.lead), most_mb=most, by=current_user, at=now())

    return counter.filled(key, Act.ATTACH_EVIDENCE, form, deed)


def _note_recording(counter: Steps[Side], key: str) -> ResponseReturnValue:
    form = RecordingForm(prefix="recording").for_side(counter.seen(key))

    def deed(side: Side) -> None:
        operations.note_recording(form.recording(), side, form.chosen(side.lead), by=current_user, at=now())

    return counter.filled(key, Act.NOTE_RECORDING, form, deed)


def _give(exhibit: Exhibit, file: File | None, deed: Callable[[Exhibit], File]) -> ResponseReturnValue:
    """Compare the file with its hash, write down that it goes out, and only then let it go."""
    key, name = exhibit.key, exhibit.name
    if file is not None and not _is_whole(file):
        operations.verified(seen(key), whole=False, by=current_user, at=now())
        db.session.commit()
        raise NotNow("文件缺失或已被改动，没有发出。请立即告知系统管理员。")
    given = deed(seen(key))
    db.session.commit()
    return sent(given, name)


def _is_whole(file: File) -> bool:
    """Reading a large file takes its time: no transaction is open meanwhile."""
    db.session.rollback()
    return cabinet.is_whole(file)


def sent(file: File, name: str) -> Response:
    """Always as something to put away, never as something to look at here."""
    answer = Response(cabinet.read(file), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Content-Length"] = str(file.size)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def seen(key: str) -> Exhibit:
    """The exhibit, or a 404 for whoever may not know of it."""
    query = queries.with_everything(queries.visible_to(current_user, now())).where(Exhibit.key == key)
    exhibit: Exhibit = db.one_or_404(query)
    return exhibit


def side_of_lead(key: str) -> Side:
    """The lead, for whoever reads its words in the ledger; a 404 for everybody else."""
    lead: Lead = db.one_or_404(ledger.visible_to(current_user).where(Lead.key == key))
    if not queries.may_give(current_user, lead, now()):
        abort(404)
    return Side(lead)


def side_of_referral(key: str) -> Side:
    """The referral, for the body that handles it and for whoever reads the words of its lead."""
    referral: Referral = db.one_or_404(
        referrals.with_everything(referrals.visible_to(current_user)).where(Referral.key == key)
    )
    if not _reads(referral, current_user):
        abort(404)
    return Side(referral.lead, referral)


def handled(key: str) -> Side:
    """The referral, for the body that handles it alone: nobody else brings anything in through it."""
    side = side_of_referral(key)
    if side.referral is None or not referrals.is_handled_by(current_user, side.referral):
        abort(404)
    return side


def _reads(referral: Referral, officer: Officer) -> bool:
    if not officer.may(Act.READ_EVIDENCE):
        return False
    return referrals.is_handled_by(officer, referral) or queries.may_give(officer, referral.lead, now())


def list_page(side: Side, kept: Kept | None) -> str:
    return pages.list_page(side, current_user, now(), kept)


at_lead = Steps(side_of_lead, list_page, lambda side: url_for(".index", key=side.lead.key))
at_referral = Steps(handled, list_page, lambda side: url_for(".of_a_referral", key=side.key))
at_counter = Steps(
    seen, lambda exhibit, kept: pages.page(exhibit, current_user, kept), lambda one: url_for(".show", key=one.key)
)
