"""What waits for whoever is signed in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.desk import going, queries
from tipline.desk.queries import Group
from tipline.desk.tour import tour
from tipline.kit.db import db, only_reading
from tipline.office import calendars, duty
from tipline.office.badges import DueBadge, badge, plain
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.time import today
from tipline.office.waiting import Waiting

bp = Doors("desk", __name__, url_prefix="/desk")


@bp.get("/", act=Act.READ_DESK)
def index() -> ResponseReturnValue:
    desk = queries.desk_of(current_user, today())
    covered = duty.stands_in_for(current_user, today())
    first = [] if current_user.toured else tour(current_user.role)
    return render_template(
        "desk/index.html", desk=desk, groups=Group, today=today(), due=due_of, covered=covered, first=first
    )


@bp.post("/end-tour", act=Act.READ_DESK)
def end_tour() -> ResponseReturnValue:
    """The first words are put away, for good."""
    current_user.toured = True
    db.session.commit()
    return redirect(url_for(".index"))


@bp.post("/ways", act=Act.READ_DESK)
def ways() -> ResponseReturnValue:
    """Where what stands in the box leads, while it is being typed; by post, so that it stands in no address."""
    only_reading()
    return render_template("desk/_ways.html", ways=going.ways(request.form.get("q", ""), current_user))


@bp.post("/go", act=Act.READ_DESK)
def go() -> ResponseReturnValue:
    """The page that fits best, for whoever has no papers to search."""
    found = going.pages(request.form.get("q", ""), current_user)
    if not found:
        flash(_("没有叫这个名字的页面。可以打页面名称的头几个字，或拼音首字母。"), "warning")
    return redirect(url_for(found[0].endpoint if found else ".index"))


def due_of(thing: Waiting) -> DueBadge | None:
    """The day of a thing as the page draws it: counted where the room counted it."""
    if thing.due is not None:
        return badge(thing.due, today(), calendars.calendar())
    return plain(thing.due_on, today(), calendars.calendar()) if thing.due_on else None
