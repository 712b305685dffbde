"""What keeps an officer from a deed on a supervised case that their role includes."""

from tipline.kit.errors import NotPermitted
from tipline.office.charter import SECOND_PERSON, Act, Role
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.supervision.lifecycle import LIFE, THEIRS
from tipline.supervision.models import SupervisedCase

WATCHING = {Role.BUREAU_LEADER, Role.LEDGER_KEEPER, Role.DISTRICT_INSPECTOR}
"""Who supervises jointly: the bureau and the district's discipline body."""


def require_side(act: Act, case: SupervisedCase, by: Officer) -> None:
    """Raises NotPermitted when the deed belongs to the other side: who handles, or who watches."""
    if not by.may(act) or _is_on_side(act, case, by):
        return
    if act in THEIRS:
        raise NotPermitted("只有承办机关才能%(act)s。", act=act)
    raise NotPermitted("只有督办单位才能%(act)s。", act=act)


def open_acts(case: SupervisedCase, officer: Officer) -> list[Act]:
    """What the officer may do now: the buttons of the page, each of which will work."""
    acts = [act for act in LIFE.open_acts(case.state) if officer.may(act) and _is_on_side(act, case, officer)]
    first = first_hands([case]) if SECOND_PERSON.keys() & set(acts) else {}
    return [act for act in acts if not is_same_hand(act, case, officer, first)]


def _is_on_side(act: Act, case: SupervisedCase, officer: Officer) -> bool:
    if act in THEIRS:
        return officer.office_id == case.lead_office_id
    return act is not Act.RECORD_PROGRESS or officer.role in WATCHING
