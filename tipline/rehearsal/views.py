"""The rehearsal: its date, its officers, its outbox."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.clock import queries as clock
from tipline.clock.schedule import SCHEDULE
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.office import outbox
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import day, said
from tipline.office.time import now, rehearsal, today
from tipline.rehearsal import district, exercises, operations, queries
from tipline.rehearsal.operations import Stride

bp = Doors("rehearsal", __name__, url_prefix="/rehearsal")
bp.record_once(lambda state: state.app.config.setdefault("DEMO_PASSWORD", district.PASSWORD))


@bp.get("/", act=Act.MOVE_DATE)
def index() -> ResponseReturnValue:
    stand = rehearsal()
    return render_template(
        "rehearsal/index.html",
        stand=stand,
        moment=now(),
        walking=stand is not None and stand.target > stand.moment,
        duty=queries.next_duty(today()),
        strides=Stride,
        runs=clock.recent_runs(),
        labels={name: duty.label for name, duty in SCHEDULE.items()},
    )


@bp.post("/move", act=Act.MOVE_DATE)
def move() -> ResponseReturnValue:
    strides = {stride.value: stride for stride in Stride}
    stride = strides.get(request.form.get("stride", ""))
    if stride is None:
        raise Incomplete("请选择前进多远。")
    target = operations.move_on(stride, by=current_user, at=now())
    db.session.commit()
    flash(_("时钟出发了，要走到 %(day)s。", day=day(day_of(target))))
    return redirect(url_for(".index"))


@bp.get("/outbox", act=Act.MOVE_DATE)
def letters() -> ResponseReturnValue:
    """What the player's office has got by mail; everything for those who look after the mail."""
    everything = current_user.may(Act.READ_OUTBOX)
    page = outbox.page(to=None if everything else current_user.office, before=request.args.get("before"))
    mailbox = current_app.config["REHEARSAL_MAILBOX"]
    return render_template("rehearsal/outbox.html", page=page, everything=everything, mailbox=mailbox)


@bp.get("/exercises", act=Act.REGISTER_LEAD)
def practice() -> str:
    """Calls to practise with, and what was caught of each."""
    return render_template("rehearsal/exercises.html", tried=exercises.tried(current_user, now()))


@bp.post("/exercises/begin", act=Act.REGISTER_LEAD)
def begin() -> ResponseReturnValue:
    """Hear the call over the ordinary sheet; what is registered next is the answer."""
    exercise = exercises.begin(request.form.get("exercise", ""), by=current_user)
    db.session.commit()
    flash(_("值班练习。来电人说：%(said)s", said=said(exercise.said)), "warning")
    return redirect(url_for("intake.new"))
