"""What waits for whoever is signed in."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.desk import queries
from tipline.desk.queries import Group
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
    return render_template("desk/index.html", desk=desk, groups=Group, today=today(), due=due_of, covered=covered)


def due_of(thing: Waiting) -> DueBadge | None:
    """The day of a thing as the page draws it: counted where the room counted it."""
    if thing.due is not None:
        return badge(thing.due, today(), calendars.calendar())
    return plain(thing.due_on, today(), calendars.calendar()) if thing.due_on else None
