"""What waits for an officer among the call-backs."""

from datetime import date

from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.sampling import queries
from tipline.sampling.lifecycle import ClosureState
from tipline.sampling.models import SampledClosure

WAITS = {
    ClosureState.TO_CALL: (Act.RECORD_CALL_BACK, Sentence("回访%(office)s的办结件")),
    ClosureState.RECHECKING: (Act.UPHOLD_CLOSURE, Sentence("复查%(office)s的办结件")),
    ClosureState.FALSE: (Act.ORDER_REOPENING, Sentence("决定%(office)s的虚假办结件是否重新办理")),
}


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The closures to call back, those to look at again, and the false ones to decide on."""
    return [_waiting(one) for one in queries.waits_for(officer)] if officer.may(Act.READ_CALL_BACKS) else []


def _waiting(one: SampledClosure) -> Waiting:
    act, what = WAITS[one.state]
    return Waiting(
        what=Sentence(what.text, {"office": one.referral.to.name}),
        number=one.number,
        act=act,
        endpoint="sampling.show",
        values={"key": one.key},
    )
