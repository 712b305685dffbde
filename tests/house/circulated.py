"""Circulars and the log of warning education: issued, withdrawn, in work, dropped; logged and voided."""

from datetime import datetime

from tests.circulars.at_work import Cast, accepted
from tests.house.papers import Papers
from tipline.circulars import educating, operations
from tipline.circulars.educating import Held
from tipline.circulars.models import Circular
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.office.models import Officer
from tipline.typical_cases.models import TypicalCase

CASES = ({"title": "其一"}, {"title": "其二"}, {"title": "其三"}, {"title": "其四"})
MONTH = Month(2018, 7)


def circulars(people: Cast, at: datetime) -> dict[str, Papers]:
    """An issued one and a draft; of the closed ones the first is withdrawn, the second dropped."""
    first, second, third, fourth = accepted(people.clerk, people.keeper, *CASES, month=MONTH, at=at)
    issued, withdrawn = _issued(first, people, at), _issued(second, people, at)
    operations.withdraw(withdrawn, reason="案情有误。", by=people.leader, at=at)
    draft, dropped = (operations.draft([case], by=people.keeper, at=at) for case in (third, fourth))
    operations.drop(dropped, reason="重复。", by=people.keeper, at=at)
    db.session.flush()
    standing = {"circular": {"key": issued.key}, "circular draft": {"key": draft.key}}
    ended = {"circular": {"key": withdrawn.key}, "circular draft": {"key": dropped.key}}
    return {"own": standing, "other town": standing, "other body": standing, "closed": ended}


def _issued(case: TypicalCase, people: Cast, at: datetime) -> Circular:
    circular = operations.draft([case], by=people.keeper, at=at)
    operations.submit(circular, looked_over=False, by=people.keeper, at=at)
    operations.approve(circular, by=people.leader, at=at)
    operations.issue(circular, by=people.keeper, at=at)
    return circular


def taught(clerk: Officer, at: datetime, *, voided: bool = False) -> Papers:
    """What a town did."""
    held = Held(on=day_of(at), place="会议室", audience="handlers", form="talk", persons=7)
    entry = educating.record(held, by=clerk, at=at)
    if voided:
        educating.void(entry, reason="人数填错。", by=clerk, at=at)
    return {"education": {"key": entry.key}}
