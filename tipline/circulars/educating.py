"""The log of warning education (警示教育): what a town did, and an entry that does not count. Never commits."""

from dataclasses import dataclass
from datetime import date, datetime

from tipline.circulars.models import Circular, Education
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.law.bodies import Body
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer


@dataclass(frozen=True, kw_only=True)
class Held:
    """One time of education as a clerk tells it."""

    on: date
    place: str
    audience: str
    form: str
    persons: int
    exhibit: str = ""
    circular: Circular | None = None


def record(held: Held, *, by: Officer, at: datetime) -> Education:
    """Enter what the officer's town did. Raises Refused for a day to come, nobody reached, or another office."""
    if by.office.body is not Body.TOWN_GOVERNMENT or by.office.place_code not in editions.notice().places:
        raise NotPermitted("警示教育由通知所列各镇登记，%(office)s不用登记。", office=by.office.name)
    if held.on > day_of(at):
        raise Incomplete("日期还没有到，办过以后再登记。")
    if held.circular and held.circular.issued_on and held.on < held.circular.issued_on:
        raise Incomplete("日期早于通报印发的日期，请核对。")
    if held.persons < 1:
        raise Incomplete("请填写受教育人数。")
    new = Education(
        notice=editions.notice().key,
        office=by.office,
        office_id=by.office_id,
        circular=held.circular,
        held_on=held.on,
        audience=held.audience,
        form=held.form,
        persons=held.persons,
        recorded_at=at,
        recorded_by=by,
    )
    new.place, new.exhibit = held.place, held.exhibit or None
    enact(Act.RECORD_EDUCATION, new, by=by, at=at, persons=str(held.persons))
    db.session.add(new)
    db.session.flush()
    return new


def void(entry: Education, *, reason: str, by: Officer, at: datetime) -> None:
    """An entry of the own town does not count; it stays to be seen. Raises NotPermitted for another's."""
    if entry.office_id != by.office_id:
        raise NotPermitted("只能作废本镇的登记。")
    enact(Act.VOID_EDUCATION, entry, by=by, at=at, note=reason)
    entry.reason = reason
