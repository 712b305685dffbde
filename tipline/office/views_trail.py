"""The counter, the trail: read by auditors, examined and exported."""

from collections.abc import Iterator
from itertools import islice

from flask import render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit.db import db, reading
from tipline.kit.errors import NotPermitted
from tipline.office import queries, roster, sessions, time
from tipline.office import trail as chain
from tipline.office.charter import Act
from tipline.office.counter import bp
from tipline.office.deeds import witness
from tipline.office.forms import ConfirmForm, LinesForm
from tipline.office.frame import said

MOST_FAULTS = 200
"""A trail that is broken throughout is not listed to its end."""


class Trail:
    """The trail as something the trail can name."""

    ref = "trail"


@bp.get("/trail", act=Act.VERIFY_TRAIL)
def trail() -> ResponseReturnValue:
    return _trail_page(ConfirmForm())


def _trail_page(form: ConfirmForm) -> str:
    """Whoever only examines sees no lines; an auditor sees those of the machinery."""
    reads = current_user.may(Act.READ_TRAIL)
    wanted = LinesForm.over(roster.officers(active=False) if reads else [], request.args)
    lines, before = queries.machinery(**wanted.wishes(), before=request.args.get("before")) if reads else ([], None)
    fresh = sessions.is_fresh(time.machine_now())
    return render_template("office/trail.html", form=form, wanted=wanted, lines=lines, before=before, fresh=fresh)


@bp.post("/trail/verify", act=Act.VERIFY_TRAIL)
def verify_trail() -> ResponseReturnValue:
    """Examine every line and every paper; that somebody did is a line of its own."""
    db.session.rollback()
    reading()  # a long look must not keep those waiting who write
    end, found = chain.head(), list(islice(chain.faults(), MOST_FAULTS))
    db.session.rollback()
    witness(Act.VERIFY_TRAIL, Trail(), by=current_user, at=time.now(), faults=str(len(found)))
    db.session.commit()
    return render_template("office/verified.html", end=end, faults=found, most=MOST_FAULTS)


@bp.post("/trail/export", act=Act.EXPORT_TRAIL)
def export_trail() -> ResponseReturnValue:
    """The trail as JSON lines, papers sealed; asks for the password again unless it was just given."""
    form, at = ConfirmForm(), time.machine_now()
    if not sessions.is_fresh(at):
        try:
            sessions.confirm(current_user, form.password.data or "", at=at)
        except NotPermitted as refusal:
            form.password.errors = [said(refusal.sentence)]
            return _trail_page(form), refusal.status
    witness(Act.EXPORT_TRAIL, Trail(), by=current_user, at=time.now())
    db.session.commit()
    name = f"trail-{time.today():%Y%m%d}.jsonl"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return stream_with_context(_exported()), 200, {"Content-Type": "application/jsonl; charset=utf-8", **headers}


def _exported() -> Iterator[str]:
    reading()
    for line in chain.export(sealed=True):
        yield f"{line}\n"
