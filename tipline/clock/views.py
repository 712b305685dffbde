"""The state of the machine: jobs, mail, calendar."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.clock import queries, status
from tipline.clock.schedule import SCHEDULE
from tipline.kit.db import db
from tipline.office import duty, mailroom, outbox
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import LetterState
from tipline.office.time import now, today

bp = Doors("clock", __name__, url_prefix="/clock")


@bp.get("/", act=Act.READ_STATUS)
def index() -> ResponseReturnValue:
    return render_template(
        "clock/index.html",
        duties=sorted(queries.duties(now()), key=lambda due: due.loudness),
        successes=queries.last_success(),
        beat_at=queries.heartbeat(),
        machine=status.machine(),
        queue=status.queue(),
        runs=queries.troubled_runs(),
        labels={name: due.label for name, due in SCHEDULE.items()},
        unmanned=duty.unmanned(today()),
    )


@bp.get("/letters", act=Act.READ_OUTBOX)
def letters() -> ResponseReturnValue:
    known = {state.value: state for state in LetterState}
    state = known.get(request.args.get("state", ""), LetterState.HELD)
    page = outbox.page(state=state, before=request.args.get("before"))
    return render_template("clock/letters.html", page=page, states=LetterState)


@bp.post("/letters/<key>/resend", act=Act.RESEND_LETTER)
def resend(key: str) -> ResponseReturnValue:
    letter = outbox.letter(key)
    mailroom.resend(letter, by=current_user, at=now())
    db.session.commit()
    flash(_("函件已重新排队。"))
    return redirect(url_for(".letters"))
