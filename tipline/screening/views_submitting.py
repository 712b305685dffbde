"""A table at the counter on its way to the bureau, and the look-up of one identity number."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.office import throttle
from tipline.office.charter import Act
from tipline.office.time import machine_now, now, today
from tipline.screening import looking_up, queries, submitting
from tipline.screening.forms import LookUpForm, ReasonForm
from tipline.screening.models import TableSubmission
from tipline.screening.operations import Table
from tipline.screening.views import address_of, bp, own_table, seen_table, table_page

TRIES = 20
"""So many numbers an officer may look up in a quarter of an hour."""


@bp.post("/tables/<population>/<town>/submit", act=Act.SUBMIT_TABLE)
def submit(population: str, town: str) -> ResponseReturnValue:
    of = own_table(population, town)
    paper = submitting.submit(of, by=current_user, at=now())
    households = paper.households
    db.session.commit()
    flash(_("已报送%(n)s户；在收回或退回之前不能再改。", n=households))
    return redirect(address_of(own_table(population, town)))


@bp.post("/tables/<population>/<town>/take-back", act=Act.TAKE_BACK_TABLE)
def take_back(population: str, town: str) -> ResponseReturnValue:
    of = own_table(population, town)
    submitting.take_back(submitted(of), by=current_user, at=now())
    return told(of, _("已收回，可以继续填写。"))


@bp.post("/tables/<population>/<town>/accept", act=Act.ACCEPT_TABLE)
def accept(population: str, town: str) -> ResponseReturnValue:
    of = seen_table(population, town)
    submitting.accept(submitted(of), by=current_user, at=now())
    return told(of, _("已接收。"))


@bp.post("/tables/<population>/<town>/return", act=Act.RETURN_TABLE)
def send_back(population: str, town: str) -> ResponseReturnValue:
    of, form = seen_table(population, town), ReasonForm(prefix="return")
    if not form.validate_on_submit():
        return table_page(of, (Act.RETURN_TABLE, form)), 422
    submitting.send_back(submitted(of), reason=form.reason.data, by=current_user, at=now())
    return told(of, _("已退回，镇里可以改了。"))


@bp.get("/look-up", act=Act.LOOK_UP_IDENTITY)
def look_up_sheet() -> ResponseReturnValue:
    return render_template("screening/look_up.html", form=LookUpForm(None), found=None)


@bp.post("/look-up", act=Act.LOOK_UP_IDENTITY)
def look_up() -> ResponseReturnValue:
    """The households with exactly this number, as far as the officer may see them; it is written down who asked."""
    form = LookUpForm().on(today())
    if throttle.count(throttle.bucket("identity", current_user.key), machine_now()) > TRIES:
        raise NotNow("查得太多，请等15分钟再查。")
    if not form.validate_on_submit():
        return render_template("screening/look_up.html", form=form, found=None), 422
    found = looking_up.look_up(form.of, by=current_user, at=now())
    page = render_template("screening/look_up.html", form=LookUpForm(None), found=looking_up.shown(found, current_user))
    db.session.commit()
    return page


def submitted(of: Table) -> TableSubmission:
    """The table as it was submitted. Raises NotNow where it never was."""
    paper = queries.submission_of(of.town, of.population, of.notice)
    if paper is None:
        raise NotNow("这张表还没有报送。")
    return paper


def told(of: Table, words: str) -> ResponseReturnValue:
    where = address_of(of)
    db.session.commit()
    flash(words)
    return redirect(where)
