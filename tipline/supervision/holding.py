"""Who answers for a supervised case (责任人), and how that passes to a colleague when they leave."""

from datetime import datetime

from sqlalchemy import select

from tipline.leads.access import who_may
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.holdings import Holding, Room, rooms
from tipline.office.models import Officer
from tipline.supervision import queries
from tipline.supervision.lifecycle import NEXT_STEP, OPEN
from tipline.supervision.models import CaseOfficer, SupervisedCase

KIND = "case-officer"


def told(named: CaseOfficer) -> Holding:
    """The case as the hand-over lists it; able is who may know of it and does not answer for it yet."""
    case = named.case
    standing = {one.officer_id for one in case.officers if one.until is None}
    able = who_may(Act.READ_SUPERVISION, case.lead, named.office)
    return Holding(
        kind=KIND,
        key=named.key,
        number=case.number,
        what=NEXT_STEP[case.state],
        endpoint="supervision.show",
        values={"key": case.key},
        hands=[one for one in able if one.id not in standing],
    )


def give(named: CaseOfficer, to: Officer | None, by: Officer, at: datetime) -> None:
    """From now on a colleague answers for it; that the other did stays on record. Let go, nobody there does."""
    named.until = at
    if to is not None:
        witness(Act.HAND_ON, named.case, by=by, at=at, note=to.name)
        named.case.officers.append(
            CaseOfficer(officer=to, officer_id=to.id, office=named.office, office_id=named.office_id, since=at)
        )


rooms.append(
    Room(
        kind=KIND,
        things=select(CaseOfficer).join(CaseOfficer.case).join(SupervisedCase.lead).order_by(CaseOfficer.id),
        key=CaseOfficer.key,
        holder=CaseOfficer.officer_id,
        office=CaseOfficer.office_id,
        is_open=CaseOfficer.until.is_(None) & SupervisedCase.state.in_(OPEN),
        seen=queries.scope_of,
        told=told,
        give=give,
    )
)
