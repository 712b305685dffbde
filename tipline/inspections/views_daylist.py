"""A day list that comes back filled: looked at line by line, and entered with one yes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.inspections import daylist, queries
from tipline.inspections.models import DayReturn
from tipline.inspections.rules import Verdict
from tipline.inspections.views import bp, under_way
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.time import now, today
from tipline.screening.forms import UploadForm


@bp.get("/<key>/filled", act=Act.READ_BACK_DAY_LIST)
def filled(key: str) -> ResponseReturnValue:
    return render_template("inspections/filled.html", paper=under_way(key), form=UploadForm())


@bp.post("/<key>/read-back", act=Act.READ_BACK_DAY_LIST, receives=True)
def read_back(key: str) -> ResponseReturnValue:
    """Read the list through; what is no such list is refused and not kept."""
    paper, form = under_way(key), UploadForm()
    if not form.validate_on_submit():
        return render_template("inspections/filled.html", paper=paper, form=form), 422
    try:
        lines = daylist.read(form.content())
    except Incomplete as refusal:
        form.workbook.errors = [said(refusal.sentence)]
        return render_template("inspections/filled.html", paper=paper, form=form), 422
    returned = daylist.read_back(under_way(key), lines, by=current_user, at=now())
    db.session.commit()
    return redirect(url_for(".returned", key=returned.key))


@bp.get("/filled/<key>", act=Act.READ_BACK_DAY_LIST)
def returned(key: str) -> ResponseReturnValue:
    """The verdict on every line, before anything is entered."""
    paper = seen_return(key)
    found = daylist.judged(paper, now())
    tally = {verdict: sum(one.verdict is verdict for one in found) for verdict in Verdict}
    return render_template("inspections/returned.html", returned=paper, judged=found, tally=tally)


@bp.post("/filled/<key>/enter", act=Act.READ_BACK_DAY_LIST)
def enter(key: str) -> ResponseReturnValue:
    paper = seen_return(key)
    number = daylist.enter(paper, by=current_user, at=now())
    inspection = paper.inspection.key
    db.session.commit()
    flash(_("已登记%(n)s个问题。", n=number))
    return redirect(url_for(".show", key=inspection))


def seen_return(key: str) -> DayReturn:
    """The filled list, or a 404 for whoever may not see it."""
    found: DayReturn = db.one_or_404(queries.returns_visible_to(current_user, today()).where(DayReturn.key == key))
    return found
