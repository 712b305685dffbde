"""What is learnt, at the counter: summaries of problems, improvements, and towns that answer for themselves."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.evidence.views import sent
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.law.bodies import Body
from tipline.law.campaign import Period
from tipline.leads.forms import ReasonForm
from tipline.learning import operations, pages, queries
from tipline.learning.forms import ActionForm, AnswerForm, CloseForm, DecideForm, FinishForm, ImprovementForm
from tipline.learning.lifecycle import Sort
from tipline.learning.models import ActionFile, Improvement, IssueSummary, TownAction
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.steps import Kept, Steps, drawn
from tipline.office.time import now, today
from tipline.reports.queries import towns
from tipline.reports.rules import TOTAL

bp = Doors("learning", __name__, url_prefix="/learning", by_campaign=True)


# --- summaries


def period_of(key: str) -> Period:
    """The period of that key; a 404 where the notice asks nothing of it."""
    return next((one for one in queries.periods(today()) if one.key == key), None) or abort(404)


def seen_summary(key: str) -> IssueSummary:
    """The summary, or a 404 for whoever may not see it."""
    paper: IssueSummary = db.one_or_404(queries.summaries_visible_to(current_user).where(IssueSummary.key == key))
    return paper


def page_of(paper: IssueSummary, kept: Kept | None) -> str:
    return pages.summary_page(period_of(paper.period), current_user, kept, today())


at_summary = Steps(seen_summary, page_of, lambda paper: url_for(".summary", period=paper.period), pages.OF_SUMMARY)


@bp.get("/", act=Act.READ_IMPROVEMENTS, listed=True)
def index() -> ResponseReturnValue:
    """The hub: summaries for the bureau; a town begins with what it answers for."""
    if not current_user.may(Act.READ_SUMMARIES):
        return pages.actions_page(current_user, "", today())
    return pages.index(current_user, today())


@bp.get("/summaries/<period>", act=Act.READ_SUMMARIES)
def summary(period: str) -> ResponseReturnValue:
    return pages.summary_page(period_of(period), current_user, None, today())


@bp.get("/summaries/<period>/rows/<figure>", act=Act.READ_SUMMARIES, listed=True)
def rows(period: str, figure: str) -> ResponseReturnValue:
    town, after = request.args.get("town", TOTAL), request.args.get("after")
    return pages.rows_page(period_of(period), figure, town, after, current_user, today()) or abort(404)


@bp.post("/summaries/<period>/write", act=Act.WRITE_SUMMARY)
def write(period: str) -> ResponseReturnValue:
    asked, form = period_of(period), drawn(pages.OF_SUMMARY, Act.WRITE_SUMMARY, lambda: None)
    kept: Kept = (Act.WRITE_SUMMARY, form)
    if not form.validate_on_submit():
        return pages.summary_page(asked, current_user, kept, today()), 422
    try:
        operations.write(asked, form.behind.data, form.proposals.data, by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return pages.summary_page(asked, current_user, kept, today()), refusal.status
    db.session.commit()
    flash(_("小结已提交，等局领导确认。"))
    return redirect(url_for(".summary", period=asked.key))


@at_summary.door(bp, Act.CONFIRM_SUMMARY, "/summaries/<key>/confirm")
def confirm(paper: IssueSummary, **whose: Any) -> None:
    operations.confirm(paper, **whose)


@at_summary.door(bp, Act.SEND_BACK_SUMMARY, "/summaries/<key>/send-back")
def send_back(paper: IssueSummary, form: ReasonForm, **whose: Any) -> None:
    operations.send_back(paper, reason=form.reason.data, **whose)


# --- improvements


def seen_improvement(key: str) -> Improvement:
    """The improvement, or a 404 for whoever may not see it."""
    paper: Improvement = db.one_or_404(queries.improvements_visible_to(current_user).where(Improvement.key == key))
    return paper


def improvement_page(paper: Improvement, kept: Kept | None) -> str:
    return pages.improvement_page(paper, current_user, kept, today())


at_improvement = Steps(
    seen_improvement,
    improvement_page,
    lambda paper: url_for(".improvement", key=paper.key),
    pages.OF_IMPROVEMENT,
)


def asked_sort() -> Sort | None:
    return next((one for one in Sort if one.value == request.values.get("sort")), None)


@bp.get("/improvements", act=Act.READ_IMPROVEMENTS, listed=True)
def improvements() -> ResponseReturnValue:
    return pages.improvements_page(current_user, asked_sort(), request.args.get("after", ""), today())


@bp.get("/improvements/new", act=Act.PROPOSE_IMPROVEMENT)
def new_improvement() -> ResponseReturnValue:
    sort = asked_sort() or Sort.POLICY
    form = ImprovementForm(None).of(sort)
    form.summary.data = request.args.get("summary", "")
    return pages.new_improvement(form, sort)


@bp.post("/improvements/propose", act=Act.PROPOSE_IMPROVEMENT)
def propose_improvement() -> ResponseReturnValue:
    sort = asked_sort() or Sort.POLICY
    form = ImprovementForm().of(sort)
    if not form.validate_on_submit():
        return pages.new_improvement(form, sort), 422
    try:
        paper = operations.propose_improvement(form.said(sort), by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return pages.new_improvement(form, sort), refusal.status
    db.session.commit()
    flash(_("%(number)s已提出，等局领导决定。", number=paper.number))
    return redirect(url_for(".improvement", key=paper.key))


at_improvement.reading(bp, Act.READ_IMPROVEMENTS, "/improvements/<key>", "improvement")


@at_improvement.door(bp, Act.ADOPT_IMPROVEMENT, "/improvements/<key>/adopt")
def adopt(paper: Improvement, **whose: Any) -> None:
    operations.adopt(paper, **whose)


@at_improvement.door(bp, Act.DECLINE_IMPROVEMENT, "/improvements/<key>/decline")
def decline(paper: Improvement, form: ReasonForm, **whose: Any) -> None:
    operations.decline(paper, reason=form.reason.data, **whose)


@at_improvement.door(bp, Act.FINISH_IMPROVEMENT, "/improvements/<key>/finish")
def finish(paper: Improvement, form: FinishForm, **whose: Any) -> None:
    operations.finish(paper, form.said(), **whose)


# --- towns that answer for themselves


def seen_action(key: str) -> TownAction:
    """The action, or a 404 for whoever may not see it."""
    paper: TownAction = db.one_or_404(queries.actions_visible_to(current_user).where(TownAction.key == key))
    return paper


def action_page(paper: TownAction, kept: Kept | None) -> str:
    return pages.action_page(paper, current_user, kept, today())


at_action = Steps(seen_action, action_page, lambda paper: url_for(".action", key=paper.key), pages.OF_ACTION)


@bp.get("/actions", act=Act.READ_ACTIONS, listed=True)
def actions() -> ResponseReturnValue:
    return pages.actions_page(current_user, request.args.get("after", ""), today())


@bp.get("/actions/new", act=Act.PROPOSE_ACTION)
def new_action() -> ResponseReturnValue:
    """What the facts say of every town; of the one that is chosen, the form."""
    town = request.args.get("town", "")
    name = dict(towns(editions.notice())).get(town)
    return pages.new_action(ActionForm(None), town, name, today()) if name else pages.facts_page(today())


@bp.post("/actions/propose", act=Act.PROPOSE_ACTION)
def propose_action() -> ResponseReturnValue:
    town = request.values.get("town", "")
    name, form = dict(towns(editions.notice())).get(town) or abort(404), ActionForm()
    if not form.validate_on_submit():
        return pages.new_action(form, town, name, today()), 422
    office = roster.office_of(Body.TOWN_GOVERNMENT, town)
    told = form.ground.data, form.measure.data, form.words.data
    action = operations.propose_action(office, *told, by=current_user, at=now())
    db.session.commit()
    flash(_("%(number)s已提请，等局领导决定。", number=action.number))
    return redirect(url_for(".action", key=action.key))


at_action.reading(bp, Act.READ_ACTIONS, "/actions/<key>", "action")


@at_action.door(bp, Act.DECIDE_ACTION, "/actions/<key>/decide")
def decide(action: TownAction, form: DecideForm, **whose: Any) -> None:
    operations.decide(action, form.doc_no.data, form.demand.data, form.due_on.data, **whose)


@at_action.door(bp, Act.DROP_ACTION, "/actions/<key>/drop")
def drop(action: TownAction, form: ReasonForm, **whose: Any) -> None:
    operations.drop(action, reason=form.reason.data, **whose)


@at_action.door(bp, Act.ANSWER_ACTION, "/actions/<key>/answer", receives=True)
def answer(action: TownAction, form: AnswerForm, **whose: Any) -> None:
    operations.answer(action, form.words.data, form.proof(), **whose)


@at_action.door(bp, Act.SEND_BACK_ACTION, "/actions/<key>/send-back")
def send_back_action(action: TownAction, form: ReasonForm, **whose: Any) -> None:
    operations.send_back_action(action, reason=form.reason.data, **whose)


@at_action.door(bp, Act.CLOSE_ACTION, "/actions/<key>/close")
def close(action: TownAction, form: CloseForm, **whose: Any) -> None:
    operations.close(action, form.words.data, **whose)


@bp.post("/files/<key>/download", act=Act.DOWNLOAD_ACTION_FILE)
def download(key: str) -> ResponseReturnValue:
    """Compare the file with its hash, write down that it goes out, and only then let it go."""
    file, name = file_of(key).original, file_of(key).name
    db.session.rollback()  # reading a large file takes its time: no transaction is open meanwhile
    if not cabinet.is_whole(file):
        raise NotNow("文件缺失或已被改动，没有发出。请立即告知系统管理员。")
    given = operations.give(file_of(key), by=current_user, at=now())
    db.session.commit()
    return sent(given, name)


def file_of(key: str) -> ActionFile:
    """The file, or a 404 for whoever may not see it."""
    file: ActionFile = db.one_or_404(queries.files_visible_to(current_user).where(ActionFile.key == key))
    return file
