"""Checklists at the counter: a part of the page of a referral, for its handling body."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.checklists import operations, queries
from tipline.checklists.forms import CheckForm
from tipline.kit.db import db
from tipline.kit.errors import NotFound, Refused
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.time import now
from tipline.referrals import pages, panels
from tipline.referrals import queries as referrals
from tipline.referrals.lifecycle import AT_WORK
from tipline.referrals.models import Referral

bp = Doors("checklists", __name__, url_prefix="/checklists")


def of_referral(referral: Referral, officer: Officer) -> str:
    """On the page of a referral: its list, for the handling body alone."""
    if not referrals.is_handled_by(officer, referral):
        return ""
    lines = queries.lines_of(referral)
    if not lines:
        return ""
    form = CheckForm(None, prefix="check").about(lines) if referral.state in AT_WORK else None
    return render_template("checklists/_of_referral.html", referral=referral, lines=lines, form=form)


panels.on_a_referral.append(of_referral)


@bp.post("/<key>/check", act=Act.CHECK_ITEM)
def check(key: str) -> ResponseReturnValue:
    referral = in_our_hands(key)
    form = CheckForm(prefix="check").about(queries.lines_of(referral))
    if not form.validate_on_submit():
        return again(key, form), 422
    try:
        operations.check(referral, form.item.data, form.found, form.remark.data or "", by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return again(key, form), refusal.status
    db.session.commit()
    flash(_("核查清单已记录。"))
    return redirect(url_for("referrals.show", key=key, _anchor="checklist"))


def again(key: str, form: CheckForm) -> str:
    """The referral's own page, with the word that came back in its list."""
    referral = in_our_hands(key)
    lines = queries.lines_of(referral)
    part = render_template("checklists/_of_referral.html", referral=referral, lines=lines, form=form)
    return pages.render(referral, current_user, now(), anew={of_referral: part})


def in_our_hands(key: str) -> Referral:
    """The referral, if the officer's body handles it; a 404 for everybody else."""
    query = referrals.visible_to(current_user).where(Referral.key == key)
    referral: Referral | None = db.session.scalars(query).one_or_none()
    if referral is None or not referrals.is_handled_by(current_user, referral):
        raise NotFound("没有这个页面，或您无权查看。")
    return referral
