"""What waits for an officer among the call-backs."""

from datetime import date

from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.sampling import queries
from tipline.sampling.lifecycle import ClosureState
from tipline.sampling.models import SampledClosure

TO_CALL, TO_RECHECK = Sentence("回访%(office)s的办结件"), Sentence("复查%(office)s的办结件")


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The closures to call back, and those to look at again."""
    return [_waiting(one) for one in queries.waits_for(officer)] if officer.may(Act.READ_CALL_BACKS) else []


def _waiting(one: SampledClosure) -> Waiting:
    what = TO_CALL if one.state is ClosureState.TO_CALL else TO_RECHECK
    calling = one.state is ClosureState.TO_CALL
    return Waiting(
        what=Sentence(what.text, {"office": one.referral.to.name}),
        number=one.number,
        act=Act.RECORD_CALL_BACK if calling else Act.UPHOLD_CLOSURE,
        endpoint="sampling.show",
        values={"key": one.key},
    )
