"""What keeps an officer from a deed on a supervised case that their role includes."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import NotPermitted
from tipline.leads.models import Access
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.office.powers import SECOND_PERSON
from tipline.office.second_person import first_hands, is_same_hand
from tipline.supervision.lifecycle import LIFE, OF_EITHER_SIDE, THEIRS
from tipline.supervision.models import SupervisedCase

WATCHING = {Role.BUREAU_LEADER, Role.LEDGER_KEEPER, Role.DISTRICT_INSPECTOR}
"""Who supervises by post: the bureau and the district's discipline body. Joint bodies supervise with them."""


def do(act: Act, case: SupervisedCase, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> None:
    """Do a deed unless it belongs to the other side, or whoever does it must by now stand aside."""
    require_side(act, case, by)
    require_known(act, case, by)
    enact(act, case, by=by, at=at, note=note, **facts)


def require_side(act: Act, case: SupervisedCase, by: Officer) -> None:
    """Raises NotPermitted when the deed belongs to the other side: who handles, or who watches."""
    if not by.may(act) or _is_on_side(act, case, by):
        return
    if act in THEIRS:
        raise NotPermitted("只有承办机关才能%(act)s。", act=act)
    raise NotPermitted("只有督办单位才能%(act)s。", act=act)


def require_known(act: Act, case: SupervisedCase, by: Officer) -> None:
    """Walls are asked at every deed: somebody may have come behind one since they were named."""
    if by.may(act) and not may_know_of(case, by):
        raise NotPermitted("只有督办单位才能%(act)s。", act=act)


def may_know_of(case: SupervisedCase, officer: Officer) -> bool:
    """Whether no wall stands between the officer and the lead behind the case."""
    if not case.lead.walled or officer.role is Role.CLOCK:
        return True
    listed = select(Access.lead_id).where(Access.lead_id == case.lead_id, Access.officer_id == officer.id)
    with db.session.no_autoflush:
        return db.session.scalar(listed) is not None


def open_acts(case: SupervisedCase, officer: Officer) -> list[Act]:
    """What the officer may do now: the buttons of the page, each of which will work."""
    acts = [act for act in LIFE.open_acts(case.state) if officer.may(act) and _is_on_side(act, case, officer)]
    first = first_hands([case]) if SECOND_PERSON.keys() & set(acts) else {}
    return [act for act in acts if not is_same_hand(act, case, officer, first)]


def watches(case: SupervisedCase, officer: Officer) -> bool:
    """Whether the officer supervises the case: by post, or in a body that does so jointly."""
    return officer.role in WATCHING or officer.office_id in {body.office_id for body in case.bodies}


def handles(case: SupervisedCase, officer: Officer) -> bool:
    """Whether the officer sits in the body that handles the case."""
    return officer.office_id == case.lead_office_id


def _is_on_side(act: Act, case: SupervisedCase, officer: Officer) -> bool:
    if act in THEIRS:
        return handles(case, officer)
    if act in OF_EITHER_SIDE and handles(case, officer):
        return True
    return officer.role is Role.CLOCK or watches(case, officer)
