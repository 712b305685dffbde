"""The phone rings: the call sheet, what stands beside it, and the page that says what became of the call."""

import base64
import secrets
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from tipline.intake import finding, importing, keeping, looking, paper, phrases, queries, sheet
from tipline.intake import holding as _holding  # noqa: F401 (the hand-over of a leaving asks this room too)
from tipline.intake.forms import CallForm, ImportForm
from tipline.intake.forms_paper import PaperCallForm
from tipline.intake.looking import Look
from tipline.intake.models import PaperSheet, UnfinishedCall
from tipline.kit.db import db, only_reading
from tipline.kit.errors import Incomplete, NotFound, NotNow
from tipline.kit.identity import tidy
from tipline.kit.typed import count
from tipline.leads import operations as leads
from tipline.leads import queries as ledger
from tipline.leads.call import Call
from tipline.leads.forms import ReasonForm
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.plan import parts_missing, parts_naming_others
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.time import now, today

bp = Doors("intake", __name__, url_prefix="/intake", by_campaign=True)

LONGEST_MARK = 32
JUST_REGISTERED = "registered"
"""In the signed cookie between the form and the page after it: number and spoken code, shown once."""


@bp.get("/", act=Act.REGISTER_LEAD)
def new() -> ResponseReturnValue:
    return sheet_page(_form())


@bp.post("/register", act=Act.REGISTER_LEAD)
def create() -> ResponseReturnValue:
    form = _form()
    if form.change_rows(request.form.get("add", ""), request.form.get("remove", "")):
        return sheet_page(form)
    call = sheet.call_of(form, editions.notice())
    seen = looking.look(call, current_user, form.now)
    if seen is not None and seen.stop:
        _kept(form, seen)  # what was kept before goes, whichever button was pressed
        db.session.commit()
    if "keep" in request.form:
        return _kept_by_hand(form, seen)
    if "look" in request.form:
        return sheet_page(form, seen)
    if not _is_right(form, call, seen):
        return sheet_page(form, seen), 422
    try:
        lead = keeping.register(call, form.token.data, by=current_user, at=form.now)
    except NotNow as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence) + _link_to_lead(form.token.data))
        return sheet_page(form, seen), refusal.status
    _enter_paper(form, lead)
    session[JUST_REGISTERED] = {
        "key": lead.key,
        "number": lead.number,
        "code": leads.give_code(lead, form.token.data),
        "at": form.now.timestamp(),
        "paper": form.sheet.number if isinstance(form, PaperCallForm) else "",
    }
    db.session.commit()
    return redirect(url_for(".registered"))


def _link_to_lead(token: str) -> Markup:
    """The lead that a colleague has made of the sheet, for whoever may see it."""
    there = keeping.elsewhere(token, current_user)
    if there is None or there.lead is None or not ledger.is_visible(current_user, there.lead):
        return Markup("")
    return Markup(' <a href="{}">{}</a>').format(url_for("leads.show", key=there.lead.key), there.lead.number)


def _form(kept: MultiDict[str, str] | None = None) -> CallForm:
    """The call sheet as it was sent or kept; one that is copied from paper knows its paper."""
    sheet = paper.named((request.form if kept is None else kept).get("paper", ""), current_user)
    return CallForm(editions.notice(), roster.towns(), now(), kept) if sheet is None else form_on(sheet, kept)


def form_on(sheet: PaperSheet, kept: MultiDict[str, str] | None = None) -> PaperCallForm:
    """A call sheet on which a sheet of paper is copied."""
    hands = paper.colleagues(current_user)
    return PaperCallForm(editions.notice(), roster.towns(), now(), kept, sheet=sheet, hands=hands)


def sheet_page(
    form: CallForm, seen: Look | None = None, call: UnfinishedCall | None = None, aside: ReasonForm | None = None
) -> str:
    window = _window()
    return render_template(
        "intake/new.html",
        form=form,
        blank=form.blank_person(),
        look=seen,
        before=looking.before(sheet.call_of(form, editions.notice()), current_user, form.now) if seen or call else [],
        known=phrases.known_of(form.problems.data or [], today()),
        wordings=phrases.wordings(),
        others=keeping.unfinished(current_user),
        kept=call,
        saves=call.saves if call else 0 if seen and seen.stop else window.knew,
        window=window.mark,
        aside=aside,
    )


def _window() -> keeping.Window:
    """The page that asks; one that comes for the first time is given its mark."""
    mark, saves = request.form.get("window", ""), request.form.get("saves", "")
    return keeping.Window(tidy(mark)[:LONGEST_MARK] or secrets.token_urlsafe(12), count(saves))


@bp.post("/keep", act=Act.REGISTER_LEAD)
def keep() -> ResponseReturnValue:
    """The page sends along what stands on the sheet whenever the writer pauses."""
    form = _form()
    call = sheet.call_of(form, editions.notice())
    try:
        kept = _kept(form, looking.look(call, current_user, form.now))
    except NotNow as refusal:
        db.session.rollback()
        return render_template("intake/_kept.html", saves=_window().knew, trouble=said(refusal.sentence))
    db.session.commit()
    return render_template("intake/_kept.html", saves=kept.saves if kept else 0, kept=kept)


def _kept(form: CallForm, seen: Look | None) -> UnfinishedCall | None:
    if not form.token.data:
        return None
    stop = seen is not None and seen.stop
    pairs = request.form.items(multi=True)
    return keeping.keep(pairs, form.token.data, _window(), stop=stop, by=current_user, at=form.now)


def _kept_by_hand(form: CallForm, seen: Look | None) -> ResponseReturnValue:
    """Where no script keeps the sheet, its writer does."""
    try:
        kept = _kept(form, seen)
    except NotNow as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return sheet_page(form, seen), refusal.status
    if kept is None:
        return sheet_page(form, seen)
    db.session.commit()
    flash(_("已存，还没有登记。"))
    return redirect(address_of(kept))


def address_of(call: UnfinishedCall) -> str:
    with editions.under(editions.of(call.notice).digest):
        return url_for("intake.unfinished", key=call.key)


@bp.get("/unfinished/<key>", act=Act.REGISTER_LEAD)
def unfinished(key: str) -> ResponseReturnValue:
    """A call that was begun, as it was last kept, by its own notice; registered from here it is gone from the list."""
    call = _mine(key)
    if editions.of(call.notice).key != editions.notice().key:
        return redirect(address_of(call))
    return _unfinished_page(call, ReasonForm(prefix="aside"))


@bp.post("/unfinished/<key>/put-aside", act=Act.PUT_CALL_ASIDE)
def put_aside(key: str) -> ResponseReturnValue:
    call, form = _mine(key), ReasonForm(prefix="aside")
    if not form.validate_on_submit():
        return _unfinished_page(call, form), 422
    keeping.put_aside(call, reason=form.reason.data, by=current_user, at=now())
    db.session.commit()
    flash(_("已记下不登记的理由，记录没有留下。"))
    return redirect(url_for(".new"))


def _mine(key: str) -> UnfinishedCall:
    found = db.session.scalars(keeping.visible_to(current_user).where(UnfinishedCall.key == key)).one_or_none()
    if found is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return found


def _unfinished_page(call: UnfinishedCall, aside: ReasonForm) -> str:
    form = _form(keeping.sheet_of(call))
    seen = looking.look(sheet.call_of(form, editions.notice()), current_user, form.now)
    return sheet_page(form, seen, call, aside)


def _enter_paper(form: CallForm, lead: Lead) -> None:
    """The paper that was copied is settled with the lead it became; of a stub no word is kept."""
    if isinstance(form, PaperCallForm) and form.took is not None:
        reason = None if lead.state is LeadState.STUB else form.late_reason.data or None
        paper.enter(form.sheet, lead, taken_by=form.took, reason=reason, by=current_user, at=form.now)


def _is_right(form: CallForm, call: Call, seen: Look | None) -> bool:
    """Whether the sheet can be entered; each thing that is missing is said at its field."""
    if not form.token.data:
        form.begin()
        form.form_errors.append(_("这张登记单已失效，请再提交一次。"))
        return False
    if isinstance(form, PaperCallForm):
        try:
            paper.check(form.sheet, form.token.data, current_user)
        except NotNow as refusal:
            form.form_errors.append(said(refusal.sentence))
            return False
    if seen is not None and seen.stop:
        return form.validate_envelope()
    right: bool = form.validate()
    if seen is None:
        form.people[0].form.post_words.errors = [_("请先选职务；不知道的，选“身份、职务不详”。")]
        return False
    for row, missing in zip(sheet.rows_filled(form), parts_missing(call.people, seen.plan), strict=True):
        if missing:
            row.allegation.errors = [_("本件分送不同机关，请写明其本人的问题，供其承办机关使用。")]
            right = False
    for row, naming in zip(sheet.rows_filled(form), parts_naming_others(call.people, seen.plan), strict=True):
        if naming:
            row.allegation.errors = [_("这里写了其他被反映人的姓名；本件分送不同机关，请只写其本人的问题。")]
            right = False
    return right


@bp.post("/preview", act=Act.REGISTER_LEAD)
def preview() -> ResponseReturnValue:
    only_reading()
    form = _form()
    call = sheet.call_of(form, editions.notice())
    seen, before = looking.look(call, current_user, form.now), looking.before(call, current_user, form.now)
    known = phrases.known_of(form.problems.data or [], today())
    return render_template("intake/_look.html", look=seen, before=before, known=known, live=True)


@bp.post("/posts", act=Act.REGISTER_LEAD)
def posts() -> ResponseReturnValue:
    only_reading()
    found = finding.posts_like(request.form.get("q", ""), editions.notice())
    return render_template("intake/_posts.html", posts=found)


@bp.post("/places", act=Act.REGISTER_LEAD)
def places() -> ResponseReturnValue:
    only_reading()
    return render_template("intake/_places.html", places=finding.places_like(request.form.get("q", "")))


@bp.get("/registered", act=Act.REGISTER_LEAD)
def registered() -> ResponseReturnValue:
    """What became of the call: shown once to whoever took it, also when they may not see the lead again."""
    told: dict[str, Any] | None = session.pop(JUST_REGISTERED, None)
    if told is None or now().timestamp() - told["at"] > 600:
        return redirect(url_for(".new"))
    mine = ledger.visible_to(current_user).where(Lead.key == told["key"])
    lead = db.session.scalars(mine).one_or_none()
    parts = queries.parts_of(lead) if lead else []
    return render_template("intake/registered.html", told=told, lead=lead, parts=parts)


@bp.get("/import", act=Act.IMPORT_LEADS)
def import_sheet() -> ResponseReturnValue:
    return _import_page(ImportForm())


@bp.post("/import", act=Act.IMPORT_LEADS)
def import_leads() -> ResponseReturnValue:
    """First what each row would become; entered only when the same file comes back with a yes."""
    form, entering = ImportForm(), "enter" in request.form
    try:
        content = _content(form, again=entering)
        report = importing.read_in(content, form.filename.data, by=current_user, at=now(), dry=not entering)
    except Incomplete as refusal:
        db.session.rollback()
        form.sheet.errors = [said(refusal.sentence)]
        return _import_page(form), 422
    if entering:
        db.session.commit()
    return _import_page(form, report, entered=entering)


def _content(form: ImportForm, *, again: bool) -> bytes:
    """The file: uploaded the first time, then carried along by the page that asked."""
    if again:
        return base64.b64decode(form.content.data or "")
    upload = form.sheet.data
    if not upload:
        raise Incomplete("请选择表格文件。")
    content: bytes = upload.read(importing.LARGEST_PAGE + 1)
    if len(content) > importing.LARGEST_PAGE:
        raise Incomplete("文件超过1 MB，请由系统管理员用命令导入，或分成几份。")
    form.content.data, form.filename.data = base64.b64encode(content).decode(), upload.filename
    return content


def _import_page(form: ImportForm, report: importing.Report | None = None, *, entered: bool = False) -> str:
    return render_template(
        "intake/import.html",
        form=form,
        report=report,
        entered=entered,
        columns=importing.COLUMNS,
        notice=editions.notice(),
    )
