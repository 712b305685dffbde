"""What only whoever handles a petition may open: who the petitioner is."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.eligibility import pages, queries
from tipline.eligibility.views import bp, seen
from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.leads import operations as leads
from tipline.leads.forms import ReporterForm
from tipline.office import sessions
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.time import machine_now, now


@bp.post("/<key>/reporter", act=Act.READ_REPORTER)
def reporter(key: str) -> ResponseReturnValue:
    """Who the petitioner is, on this one answer and no other; with a reason, and the password given anew."""
    review, form = seen(key), ReporterForm(prefix="reporter")
    if not queries.reads_words(current_user, review):
        abort(404)
    if not form.validate_on_submit():
        return pages.render(review, current_user, now(), reporter=form), 422
    try:
        sessions.confirm(current_user, form.password.data, at=machine_now())
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return pages.render(review, current_user, now(), reporter=form), 403
    shown = leads.reveal_reporter(review.lead, reason=form.reason.data, by=current_user, at=now(), handles=True)
    back = url_for(".show", key=key)
    page = render_template("leads/reporter.html", number=review.number, shown=shown, back=back)
    db.session.commit()
    return page
