"""Who writes on a call sheet, and how it passes to a colleague when they leave."""

from datetime import datetime

from sqlalchemy import ColumnElement, select

from tipline.intake import keeping, sheet
from tipline.intake.forms import CallForm
from tipline.intake.models import UnfinishedCall
from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads import entering, walls
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.holdings import Holding, Room, rooms
from tipline.office.models import Officer

KIND = UnfinishedCall.kind


def seen(officer: Officer) -> ColumnElement[bool]:
    """Nobody but its writer: whom it names is known to no rule yet."""
    return UnfinishedCall.by_id == officer.id


def told(call: UnfinishedCall) -> Holding:
    """The sheet as the hand-over lists it; those can take it whom it neither names nor concerns."""
    return Holding(
        kind=KIND,
        key=call.key,
        number=f"{local(call.begun_at):%Y-%m-%d %H:%M}",
        what=Sentence("把没有登记完的来电登记完"),
        endpoint="intake.unfinished",
        values={"key": call.key},
        hands=_hands(call),
    )


def _hands(call: UnfinishedCall) -> list[Officer]:
    notice = editions.of(call.notice)
    form = CallForm(notice, roster.towns(), call.saved_at, keeping.sheet_of(call))
    said = sheet.call_of(form, notice)
    people = [entering.person_of(person, position) for position, person in enumerate(said.people)]
    with db.session.no_autoflush:
        walled = walls.walled_officers(entering.lead_of(said, call.by, call.saved_at), people, notice)
    colleagues = select(Officer).where(Officer.active, Officer.office_id == call.office_id).order_by(Officer.id)
    return [
        one
        for one in db.session.scalars(colleagues)
        if one.may(Act.REGISTER_LEAD) and one.id not in walled | {call.by_id}
    ]


def give(call: UnfinishedCall, to: Officer | None, by: Officer, at: datetime) -> None:
    """Pass the sheet to a colleague. Where none can take it, it stays as it is, and the alarm for orphans rings."""
    if to is not None:
        witness(Act.HAND_ON, call, by=by, at=at, note=to.name)
        keeping.pass_to(call, to)


rooms.append(
    Room(
        kind=KIND,
        things=select(UnfinishedCall).order_by(UnfinishedCall.id),
        key=UnfinishedCall.key,
        holder=UnfinishedCall.by_id,
        office=UnfinishedCall.office_id,
        is_open=keeping.is_no_lead(),
        seen=seen,
        told=told,
        give=give,
    )
)
