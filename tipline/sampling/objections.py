"""What keeps an officer from a deed on a call-back that their role includes."""

from datetime import datetime

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted, Refused
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.sampling import queries
from tipline.sampling.lifecycle import CLOSURE, OF_THE_RECHECK
from tipline.sampling.models import SampledClosure


def do(act: Act, one: SampledClosure, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> None:
    """Do a deed unless something stands against it. Raises the objection, and then nothing has changed."""
    if by.may(act) and (one.state, act) in CLOSURE.moves and (against := objection(act, one, by)):
        raise against
    enact(act, one, by=by, at=at, note=note, **facts)


def objection(act: Act, one: SampledClosure, by: Officer) -> Refused | None:
    """Whoever handled it, or sits where it was handled, neither calls back nor looks again; nor does the unseeing."""
    with db.session.no_autoflush:
        if queries.has_handled(one.referral, by):
            return NotPermitted("承办过本件的人员和单位不能回访或复查。")
        if act in OF_THE_RECHECK and one.recheck_id != by.office_id:
            return NotPermitted("只有复查机关才能%(act)s。", act=act)
        seen = (
            queries.visible_to(by)
            .where(SampledClosure.id == one.id)
            .with_only_columns(SampledClosure.id)
            .order_by(None)
        )
        if db.session.scalar(seen) is None:
            return NotPermitted("您不能办理这件回访。")
    return None


def open_acts(one: SampledClosure, officer: Officer) -> list[Act]:
    """What the officer may do now: the buttons of the page, each of which will work."""
    acts = [act for act in CLOSURE.open_acts(one.state) if officer.may(act)]
    return [act for act in acts if objection(act, one, officer) is None]
