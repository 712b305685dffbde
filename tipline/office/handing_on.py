"""The hand-over of somebody who leaves, worked by those who stay; no administrator sees what is handed on."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotPermitted
from tipline.kit.words import Sentence
from tipline.office import holdings, roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.lifecycle import LeavingState
from tipline.office.models import Leaving, Officer
from tipline.office.waiting import Waiting


def worked_by(officer: Officer) -> Select[Leaving]:
    """The open hand-overs that this officer works: of the same office, by its principal where it has another one."""
    query = select(Leaving).join(Leaving.officer).where(Leaving.state == LeavingState.OPEN)
    query = query.where(Leaving.office_id == officer.office_id, Leaving.officer_id != officer.id)
    if not officer.heads:
        heads = select(Officer.id).where(
            Officer.office_id == officer.office_id, Officer.active, Officer.heads, Officer.id != Leaving.officer_id
        )
        query = query.where(~heads.correlate(Leaving).exists())
    return query.options(joinedload(Leaving.officer)).order_by(Leaving.id)


def hand_on(leaving: Leaving, kind: str, key: str, to: Officer, *, by: Officer, at: datetime) -> None:
    """Give one thing to another of the office."""
    _must_work(leaving, by)
    room = next((room for room in holdings.rooms if room.kind == kind), None)
    if room is None:
        raise NotFound("没有这个页面，或您无权查看。")
    room.hand_on(key, leaving.officer, leaving.office, to, by, at)


def complete(leaving: Leaving, *, by: Officer, at: datetime) -> None:
    """The office says that everything is handed on: the account stops, its sessions end.

    Refused while something is left that whoever says so may know of. What they may not know of is handed
    on without them, so that neither the refusal nor its absence tells of it.
    """
    _must_work(leaving, by)
    left = holdings.held_by(leaving.officer, leaving.office, by)
    if left:
        raise Incomplete("还有%(n)s件没有转交，请先逐件转交。", n=len(left))
    enact(Act.COMPLETE_LEAVING, leaving, by=by, at=at)
    leaving.completed_at = at
    for room in holdings.rooms:
        room.settle(leaving.officer, leaving.office, roster.clock_officer(), at)
    if leaving.officer.active and leaving.officer.office_id == leaving.office_id:
        roster.stop(leaving.officer)
    db.session.flush()


def _must_work(leaving: Leaving, by: Officer) -> None:
    if db.session.scalar(worked_by(by).where(Leaving.id == leaving.id)) is None:
        raise NotPermitted("离岗交接由本单位主要负责人或另一名人员办理。")


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The hand-overs on the desk of those who work them."""
    if not officer.may(Act.COMPLETE_LEAVING):
        return []
    return [
        Waiting(
            what=Sentence("离岗交接：%(name)s", {"name": leaving.officer.name}),
            number="",
            act=Act.COMPLETE_LEAVING,
            endpoint="office.leaving_page",
        )
        for leaving in db.session.scalars(worked_by(officer))
    ]
