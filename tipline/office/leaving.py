"""Somebody leaves an office: an administrator opens the hand-over, or the account's end does; see `handing_on`."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.office import seats
from tipline.office.charter import ADMINISTRATORS, Act
from tipline.office.deeds import enact
from tipline.office.lifecycle import LeavingState
from tipline.office.models import Leaving, Office, Officer


def start(officer: Officer, *, by: Officer, at: datetime) -> Leaving:
    """Open the hand-over of the officer's present office. It tells the administrator nothing of what is held."""
    seats.must_not_be(officer, by)
    seats.must_leave_one(officer)
    return open_for(officer, officer.office, by=by, at=at)


def open_for(officer: Officer, office: Office, *, by: Officer, at: datetime) -> Leaving:
    """The open hand-over of an office that the officer leaves; there is one at most."""
    standing = open_one(officer, office)
    if standing is not None:
        return standing
    leaving = Leaving(officer=officer, officer_id=officer.id, office=office, office_id=office.id, started_at=at)
    enact(Act.START_LEAVING, leaving, by=by, at=at)
    db.session.add(leaving)
    db.session.flush()
    return leaving


def open_one(officer: Officer, office: Office) -> Leaving | None:
    """The hand-over of this officer in this office that is under way, if there is one."""
    query = select(Leaving).filter_by(officer_id=officer.id, office_id=office.id, state=LeavingState.OPEN)
    return db.session.scalars(query).one_or_none()


def holds_papers(officer: Officer) -> bool:
    """Whether the role is one that can hold papers; the three administrators hold none."""
    return officer.role not in ADMINISTRATORS


def call_off(leaving: Leaving, *, by: Officer, at: datetime) -> None:
    """They stay after all. Raises Incomplete while the account is stopped or they sit elsewhere."""
    officer = leaving.officer
    if not officer.active or officer.office_id != leaving.office_id:
        raise Incomplete("此人已停用或已调离，交接须由原单位完成。")
    enact(Act.CALL_OFF_LEAVING, leaving, by=by, at=at)
