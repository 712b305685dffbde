"""What waits for an officer about standing aside: requests and lifts to decide."""

from datetime import date

from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads import deciding
from tipline.leads.models import Lift, Recusal
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The requests and lifts that this officer may decide."""
    if not officer.may(Act.READ_RECUSALS):
        return []
    asked = db.session.scalars(deciding.to_decide(officer).options(joinedload(Recusal.lead)))
    found = [_waiting(Sentence("决定是否回避"), one.lead.number, Act.GRANT_RECUSAL) for one in asked]
    if officer.may(Act.CONFIRM_LIFT):
        lifts = db.session.scalars(deciding.lifts_to_decide(officer).options(joinedload(Lift.lead)))
        found += [_waiting(Sentence("决定是否解除回避"), one.lead.number, Act.CONFIRM_LIFT) for one in lifts]
    return found


def _waiting(what: Sentence, number: str, act: Act) -> Waiting:
    return Waiting(what=what, number=number, act=act, endpoint="recusals.index")
