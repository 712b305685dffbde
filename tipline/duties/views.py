"""Duties at the counter: the grid, the calendar and its feed, handing in, taking, returning, excusing, ruling."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from tipline.duties import ical, operations, pages, queries
from tipline.duties import signals as _signals  # noqa: F401 (what this room tells of towns)
from tipline.duties.forms import HandInForm, RulingForm
from tipline.duties.models import Submission, SubmissionVersion
from tipline.duties.pages import Case
from tipline.duties.queries import Fold
from tipline.evidence.views import sent
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.law.campaign import Duty, clashes
from tipline.leads.forms import ReasonForm
from tipline.office import editions, outbox
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.powers import PUBLIC
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today

bp = Doors("duties", __name__, url_prefix="/duties", by_campaign=True)


def fold_of(key: str) -> Fold:
    """What an address names: one place's duty, or that of all the villages of a town; nothing for others' eyes."""
    duty, _, rest = key.partition(".")
    period, _, place = rest.partition(".")
    return queries.fold_of(current_user, duty, period, place, today())


def seen(key: str) -> Case:
    """One place's duty, or a 404 for whoever may not see it."""
    fold = fold_of(key)
    if len(fold) != 1:
        abort(404)
    return Case(fold[0], queries.submission_of(fold[0]))


def handed_in(case: Case) -> Submission:
    """What stands for the place; a 404 where there is nothing to take or to return."""
    return case.paper or abort(404)


def page_of(case: Case, kept: Kept | None) -> str:
    return pages.show_page(current_user, [case.cell], today(), kept)


at_counter = Steps(seen, page_of, lambda case: url_for(".show", key=case.cell.key), pages.FORMS)


@bp.get("/", act=Act.READ_DUTIES, listed=True)
def index() -> ResponseReturnValue:
    return pages.grid_page(current_user, asked_year(), today())


@bp.get("/calendar", act=Act.READ_DUTIES, listed=True)
def my_calendar() -> ResponseReturnValue:
    return pages.calendar_page(current_user, current_user.office.place_code, asked_year(), today()) or abort(404)


@bp.get("/calendar/<place>", act=Act.READ_DUTIES, listed=True)
def calendar(place: str) -> ResponseReturnValue:
    return pages.calendar_page(current_user, place, asked_year(), today()) or abort(404)


@bp.post("/calendar/renew-feed", act=Act.RENEW_FEED)
def renew_feed() -> ResponseReturnValue:
    """The new address stands on this page once, and nowhere else."""
    secret = operations.renew_feed(by=current_user, at=now())
    db.session.commit()
    return pages.calendar_page(
        current_user, current_user.office.place_code, today().year, today(), secret=secret
    ) or abort(404)


@bp.get("/feed/<token>", act=PUBLIC)
def feed(token: str) -> ResponseReturnValue:
    """The calendar of whoever was given this address: names of duties, places and days, nothing else."""
    officer = queries.reader_of(operations.hashed(token)) or abort(404)
    with force_locale(outbox.LOCALES[officer.language]):
        content = ical.calendar(_("报送任务"), pages.days_of(officer, today()), now())
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="duties.ics"'
    return answer


@bp.get("/clashes/<duty>", act=Act.READ_DUTIES)
def clash(duty: str) -> ResponseReturnValue:
    return pages.clash_page(current_user, contradicted(duty))


@bp.post("/clashes/<duty>/rule", act=Act.RULE_ON_CLASH)
def rule(duty: str) -> ResponseReturnValue:
    found, form = contradicted(duty), RulingForm(prefix="rule")
    if not form.validate_on_submit():
        return pages.clash_page(current_user, found, form), 422
    operations.rule(found, form.words.data, by=current_user, at=now())
    db.session.commit()
    flash(_("已裁定，各镇在任务页上可以看到。"))
    return redirect(url_for(".clash", duty=duty))


@bp.get("/<key>", act=Act.READ_DUTIES)
def show(key: str) -> ResponseReturnValue:
    return pages.show_page(current_user, fold_of(key) or abort(404), today())


@at_counter.door(bp, Act.HAND_IN, receives=True)
def hand_in(case: Case, form: HandInForm, **whose: Any) -> None:
    operations.hand_in(case.cell, form.said(), **whose)


@at_counter.door(bp, Act.ACCEPT_SUBMISSION)
def accept(case: Case, **whose: Any) -> None:
    operations.accept(handed_in(case), **whose)


@at_counter.door(bp, Act.RETURN_SUBMISSION, "/<key>/return")
def send_back(case: Case, form: ReasonForm, **whose: Any) -> None:
    operations.send_back(handed_in(case), case.cell.duty, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.EXCUSE_DUTY)
def excuse(case: Case, form: ReasonForm, **whose: Any) -> None:
    operations.excuse(case.cell, reason=form.reason.data, **whose)


@bp.post("/versions/<key>/download", act=Act.DOWNLOAD_SUBMISSION)
def download(key: str) -> ResponseReturnValue:
    """Compare the file with its hash, write down that it goes out, and only then let it go."""
    file, name = version_of(key).original or abort(404), version_of(key).name
    db.session.rollback()  # reading a large file takes its time: no transaction is open meanwhile
    if not cabinet.is_whole(file):
        raise NotNow("文件缺失或已被改动，没有发出。请立即告知系统管理员。")
    given = operations.give(version_of(key), by=current_user, at=now())
    db.session.commit()
    return sent(given, name)


def asked_year() -> int:
    """The year in the address, as far as anything falls due in it; else this one, or the last before it."""
    known = queries.years(today()) or [today().year]
    year = request.args.get("year", type=int)
    return year if year in known else max((one for one in known if one <= today().year), default=known[0])


def version_of(key: str) -> SubmissionVersion:
    """The version, or a 404 for whoever may not see it."""
    version: SubmissionVersion = db.one_or_404(queries.versions_visible_to(current_user).filter_by(key=key))
    return version


def contradicted(key: str) -> Duty:
    """A duty whose days contradict those of others; a 404 for any other."""
    notice = editions.notice()
    return notice.duty(key) if key in clashes(notice.duties) else abort(404)
