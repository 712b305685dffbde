"""What only the handling body may open: who reported, and whether a namesake is somebody else."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.leads import operations as leads
from tipline.leads.forms import ReasonForm, ReporterForm
from tipline.office import sessions
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.time import machine_now, now
from tipline.referrals import pages, queries
from tipline.referrals.models import Referral
from tipline.referrals.views import bp, seen


@bp.post("/<key>/reporter", act=Act.READ_REPORTER)
def reporter(key: str) -> ResponseReturnValue:
    """Who reported, on this one answer and no other; with a reason, and the password given anew."""
    referral, form = in_our_hands(key), ReporterForm(prefix="reporter")
    if not form.validate_on_submit():
        return pages.render(referral, current_user, now(), vault={"reporter": form}), 422
    try:
        sessions.confirm(current_user, form.password.data, at=machine_now())
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return pages.render(referral, current_user, now(), vault={"reporter": form}), 403
    shown = leads.reveal_reporter(referral.lead, reason=form.reason.data, by=current_user, at=now())
    back = url_for(".show", key=key)
    page = render_template("leads/reporter.html", number=referral.number, shown=shown, back=back)
    db.session.commit()
    return page


@bp.post("/<key>/clear-namesake", act=Act.CLEAR_NAMESAKE)
def clear_namesake(key: str) -> ResponseReturnValue:
    """The officers who are called like the person are somebody else; the wall of the name falls."""
    referral, form = in_our_hands(key), ReasonForm(prefix="clear")
    if not form.validate_on_submit():
        return pages.render(referral, current_user, now(), vault={"namesake": form}), 422
    leads.clear_namesake(referral.person, reason=form.reason.data, by=current_user, at=now())
    db.session.commit()
    flash(_("已排除同名。"))
    return redirect(url_for(".show", key=key))


def in_our_hands(key: str) -> Referral:
    """The referral, if the officer's body handles it; whoever only follows it gets no further."""
    referral = seen(key)
    if not queries.is_handled_by(current_user, referral):
        abort(404)
    return referral
