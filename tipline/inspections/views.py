"""Inspections at the counter: choosing, going, finding, and what a town puts right."""

import io
import secrets
from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.evidence.views import sent
from tipline.inspections import daylist, operations, pages, queries
from tipline.inspections.forms import DemandForm, DoneForm, FindingForm, FinishForm, LeadForm, PlanForm, StyleForm
from tipline.inspections.lifecycle import FindingState, InspectionState
from tipline.inspections.models import Finding, FindingFile, Inspection
from tipline.kit import sheets
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import EARLIEST, LATEST
from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.leads.forms import ReasonForm
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.steps import Kept, Steps, drawn
from tipline.office.time import now, today
from tipline.screening.models import ScreeningRecord

bp = Doors("inspections", __name__, url_prefix="/inspections", by_campaign=True)


def seen(key: str) -> Inspection:
    """The inspection, or a 404 for whoever may not see it."""
    paper: Inspection = db.one_or_404(queries.visible_to(current_user, today()).where(Inspection.key == key))
    return paper


def under_way(key: str) -> Inspection:
    """The inspection while somebody is on the way; a 404 otherwise."""
    paper = seen(key)
    return paper if paper.state is InspectionState.UNDER_WAY else abort(404)


def seen_finding(key: str) -> Finding:
    """The finding, or a 404 for whoever may not see it."""
    query = queries.findings_visible_to(current_user, today()).where(Finding.key == key)
    finding: Finding = db.one_or_404(query)
    return finding


def page_of(paper: Inspection, kept: Kept | None) -> str:
    return pages.show(paper, current_user, kept, today())


def finding_page(finding: Finding, kept: Kept | None) -> str:
    return pages.finding(finding, current_user, kept, today())


at_counter = Steps(seen, page_of, lambda paper: url_for(".show", key=paper.key), pages.OF_INSPECTION)
at_finding = Steps(
    seen_finding, finding_page, lambda finding: url_for(".show_finding", key=finding.key), pages.OF_FINDING
)


@bp.get("/", act=Act.READ_FINDING, listed=True)
def index() -> ResponseReturnValue:
    return pages.index(current_user, *asked_period(), today())


@bp.get("/attention/<signal>", act=Act.PLAN_INSPECTION, listed=True)
def attention(signal: str) -> ResponseReturnValue:
    first, last = asked_period()
    return pages.reasons(signal, request.args.get("town", ""), current_user, first, last) or abort(404)


@bp.get("/findings", act=Act.READ_FINDING, listed=True)
def findings() -> ResponseReturnValue:
    state = next((one for one in FindingState if one.value == request.args.get("state")), None)
    return pages.findings_page(current_user, state, request.args.get("after", ""), today())


@bp.get("/new", act=Act.PLAN_INSPECTION)
def new() -> ResponseReturnValue:
    form = PlanForm(None, prefix="plan")
    form.process(
        None,
        sort="inspection_team",
        since=today(),
        until=today(),
        by_lot=editions.notice().inspection.villages_by_lot,
        towns=request.args.getlist("picked"),
        leader=current_user.key,
    )
    return pages.plan_page(form)


@bp.post("/plan", act=Act.PLAN_INSPECTION)
def plan() -> ResponseReturnValue:
    form = PlanForm(prefix="plan")
    if not form.validate_on_submit():
        return pages.plan_page(form), 422
    try:
        paper = operations.plan(form.said(), secrets.token_hex(16), by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form = PlanForm(prefix="plan")
        form.form_errors.append(said(refusal.sentence))
        return pages.plan_page(form), refusal.status
    db.session.commit()
    flash(_("%(number)s：种子已公布，请另一人批准。", number=paper.number))
    return redirect(url_for(".show", key=paper.key))


at_counter.reading(bp, Act.READ_INSPECTIONS)


@at_counter.door(bp, Act.START_INSPECTION)
def start(paper: Inspection, **whose: Any) -> None:
    operations.start(paper, **whose)


@at_counter.door(bp, Act.CALL_OFF_INSPECTION)
def call_off(paper: Inspection, form: ReasonForm, **whose: Any) -> None:
    operations.call_off(paper, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.FINISH_INSPECTION)
def finish(paper: Inspection, form: FinishForm, **whose: Any) -> None:
    operations.finish(paper, summary=form.summary.data, **whose)


@bp.get("/<key>/households", act=Act.OPEN_HOUSEHOLDS, traced=True)
def households(key: str) -> ResponseReturnValue:
    """The list for the day; every look is written down."""
    paper = under_way(key)
    operations.look(paper, Act.OPEN_HOUSEHOLDS, by=current_user, at=now())
    page = pages.households(paper, current_user)
    db.session.commit()
    return page


@bp.post("/<key>/day-list", act=Act.DOWNLOAD_DAY_LIST)
def day_list(key: str) -> ResponseReturnValue:
    paper = under_way(key)
    file, name = daylist.workbook(paper, by=current_user, at=now()), f"走访名单-{paper.number}.xlsx"
    db.session.commit()
    return send_file(io.BytesIO(file), sheets.MIME, as_attachment=True, download_name=name)


@bp.get("/<key>/finding", act=Act.RECORD_FINDING)
def new_finding(key: str) -> ResponseReturnValue:
    paper = under_way(key)
    form = drawn(pages.OF_INSPECTION, Act.RECORD_FINDING, lambda: paper, None)
    form.household.data = request.args.get("household", "")
    return pages.finding_form(paper, current_user, form, today())


@bp.post("/<key>/record", act=Act.RECORD_FINDING, receives=True)
def record(key: str) -> ResponseReturnValue:
    form: FindingForm = drawn(pages.OF_INSPECTION, Act.RECORD_FINDING, lambda: under_way(key))

    def deed(paper: Inspection) -> None:
        told = form.said(household_of(paper, form.household.data))
        operations.record(paper, told, form.proof(), by=current_user, at=now())

    return at_counter.filled(key, Act.RECORD_FINDING, form, deed)


at_finding.reading(bp, Act.READ_FINDING, "/findings/<key>", "show_finding")


@at_finding.door(bp, Act.DEMAND_RECTIFICATION, "/findings/<key>/demand")
def demand(finding: Finding, form: DemandForm, **whose: Any) -> None:
    operations.demand(finding, form.words.data, form.due_on.data, **whose)


@at_finding.door(bp, Act.CORRECT_ON_SPOT, "/findings/<key>/correct-on-spot", receives=True)
def correct_on_spot(finding: Finding, form: DoneForm, **whose: Any) -> None:
    operations.correct_on_spot(finding, form.words.data, form.proof(), **whose)


@at_finding.door(bp, Act.LET_FINDING_REST, "/findings/<key>/let-rest")
def let_rest(finding: Finding, form: ReasonForm, **whose: Any) -> None:
    operations.let_rest(finding, form.reason.data, **whose)


@at_finding.door(bp, Act.REPORT_RECTIFIED, "/findings/<key>/report-rectified", receives=True)
def report_rectified(finding: Finding, form: DoneForm, **whose: Any) -> None:
    operations.report_rectified(finding, form.words.data, form.proof(), **whose)


@at_finding.door(bp, Act.CONFIRM_RECTIFIED, "/findings/<key>/confirm")
def confirm(finding: Finding, **whose: Any) -> None:
    operations.confirm(finding, **whose)


@at_finding.door(bp, Act.SEND_BACK_RECTIFIED, "/findings/<key>/send-back")
def send_back(finding: Finding, form: ReasonForm, **whose: Any) -> None:
    operations.send_back(finding, form.reason.data, **whose)


@at_finding.door(bp, Act.NOTE_STYLE_PROBLEM, "/findings/<key>/note-style")
def note_style(finding: Finding, form: StyleForm, **whose: Any) -> None:
    operations.note_style(finding, form.term.data, **whose)


@at_finding.door(bp, Act.TURN_INTO_LEAD, "/findings/<key>/turn-into-lead")
def turn_into_lead(finding: Finding, form: LeadForm, **whose: Any) -> None:
    post = editions.notice().post(form.post.data)
    operations.turn_into_lead(finding, post, form.name.data, form.problem.data, form.words.data, **whose)


@bp.post("/files/<key>/download", act=Act.DOWNLOAD_FINDING_FILE)
def download(key: str) -> ResponseReturnValue:
    """Compare the file with its hash, write down that it goes out, and only then let it go."""
    file, name = file_of(key).original, file_of(key).name
    db.session.rollback()  # reading a large file takes its time: no transaction is open meanwhile
    if not cabinet.is_whole(file):
        raise NotNow("文件缺失或已被改动，没有发出。请立即告知系统管理员。")
    given = operations.give(file_of(key), by=current_user, at=now())
    db.session.commit()
    return sent(given, name)


def file_of(key: str) -> FindingFile:
    """The file, or a 404 for whoever may not see it."""
    file: FindingFile = db.one_or_404(queries.files_visible_to(current_user, today()).where(FindingFile.key == key))
    return file


def household_of(paper: Inspection, key: str) -> ScreeningRecord | None:
    """The household on this inspection's list; none of another village's."""
    return (queries.household(paper, key) or abort(404)) if key else None


def asked_period() -> tuple[date, date]:
    """From which day to which one asks; since the notice, to today, unless said otherwise."""
    first = asked_day("since") or editions.notice().period.valid_from or date(today().year, 1, 1)
    last = min(asked_day("until") or today(), today())
    return min(first, last), last


def asked_day(name: str) -> date | None:
    """A day in the address, if it is one."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if EARLIEST <= day.year < LATEST else None
