"""The body's work at the counter: dispositions, steps, cases; and who is asked for longer time or for help."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.handling import extensions, operations, pages, queries, rules, slips
from tipline.handling.forms import DISPOSITIONS, ExtensionForm, HelpForm, MilestoneForm, ShelveForm
from tipline.kit.errors import NotFound
from tipline.office import calendars, roster
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.referrals import pages as referral_pages
from tipline.referrals import panels
from tipline.referrals.models import Referral
from tipline.referrals.reckoning import events_of
from tipline.referrals.views import onward, seen

bp = Doors("handling", __name__, url_prefix="/handling")


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: the body's own work, longer time, and what went beside it."""
    return pages.of_referral(referral, officer, now())


panels.to_do.append(of_referral)


@bp.get("/", act=Act.READ_SLIPS, listed=True)
def index() -> ResponseReturnValue:
    page = queries.page(current_user, request.args.get("after"))
    return render_template("handling/index.html", lines=pages.slip_lines(page.rows, today()), page=page)


@bp.post("/<key>/set-disposition", act=Act.SET_DISPOSITION)
def set_disposition(key: str) -> ResponseReturnValue:
    prefix = next(
        (name for name in DISPOSITIONS if any(field.startswith(f"{name}-") for field in request.form)), "talk"
    )
    seen(key)  # whose notice says why nothing may be done
    form = DISPOSITIONS[prefix](prefix=prefix)

    def deed(paper: Referral) -> None:
        operations.set_disposition(paper, form.chosen, by=current_user, at=now())

    return at_counter.filled(key, Act.SET_DISPOSITION, form, deed)


@bp.post("/<key>/shelve", act=Act.SHELVE)
def shelve(key: str) -> ResponseReturnValue:
    form = _shelving(key)

    def deed(paper: Referral) -> None:
        operations.shelve(paper, form.review_on.data, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.SHELVE, form, deed)


@bp.post("/<key>/keep-shelved", act=Act.KEEP_SHELVED)
def keep_shelved(key: str) -> ResponseReturnValue:
    form = _shelving(key)

    def deed(paper: Referral) -> None:
        operations.keep_shelved(paper, form.review_on.data, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.KEEP_SHELVED, form, deed)


def _shelving(key: str) -> ShelveForm:
    last = rules.last_review(today(), seen(key).lead.rules, calendars.calendar())
    return ShelveForm(prefix="shelve").within(last)


@bp.post("/<key>/file-case", act=Act.FILE_CASE)
def file_case(key: str) -> ResponseReturnValue:
    return at_counter.done(key, Act.FILE_CASE, lambda paper: operations.file_case(paper, by=current_user, at=now()))


@bp.post("/<key>/record-milestone", act=Act.RECORD_MILESTONE)
def record_milestone(key: str) -> ResponseReturnValue:
    form = MilestoneForm(prefix="milestone").among(rules.steps_ahead(events_of(seen(key))))

    def deed(paper: Referral) -> None:
        operations.record_milestone(
            paper, form.text.data, form.reached_on.data, step=form.reached, by=current_user, at=now()
        )

    return at_counter.filled(key, Act.RECORD_MILESTONE, form, deed)


@bp.post("/<key>/ask-extension", act=Act.ASK_EXTENSION)
def ask_extension(key: str) -> ResponseReturnValue:
    form = ExtensionForm(prefix="extension").among(extensions.extendable(seen(key), current_user, now()))

    def deed(paper: Referral) -> None:
        extensions.ask(paper, form.clock.data, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.ASK_EXTENSION, form, deed)


@bp.post("/<key>/engage-helper", act=Act.ENGAGE_HELPER)
def engage_helper(key: str) -> ResponseReturnValue:
    referral = seen(key)
    if not slips.may_engage(referral, current_user):
        raise NotFound("没有这个页面，或您无权查看。")
    form = HelpForm(prefix="help").among(slips.helpers(referral, roster.offices()))

    def deed(paper: Referral) -> None:
        slips.engage(
            paper,
            form.office,
            task=form.task.data,
            due_on=form.due_on.data,
            shows_person=form.shows_person.data,
            by=current_user,
            at=now(),
        )

    return at_counter.filled(key, Act.ENGAGE_HELPER, form, deed)


def page_of(referral: Referral, kept: Kept | None) -> str:
    """The referral's own page, with the form that came back where the body does its work."""
    part = pages.of_referral(referral, current_user, now(), kept)
    return referral_pages.render(referral, current_user, now(), anew={of_referral: part})


at_counter = Steps(seen, page_of, onward)
