"""Giving a referral back (退回): the body asks, its principal approves, the sender agrees; the arbiter ends it."""

from datetime import datetime

from tipline.kit.dates import day_of
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.referrals import departure
from tipline.referrals.lifecycle import LIFE, Pending
from tipline.referrals.models import Asking, Errand, Referral
from tipline.referrals.objections import a_reason, arbiter_of, do
from tipline.referrals.reckoning import decision_of, reckon, ways_on
from tipline.referrals.rules import MOST_RETURNS, RETURN_SENT

DUTIES = "return_reason"
"""The notice's list of duties on which a return may rest."""


def send_back(referral: Referral, *, cause: str, reason: str, by: Officer, at: datetime) -> None:
    """Ask that it goes back to whoever sent it: with a duty of the notice's list, and a reason."""
    referral.lead.rules.term(DUTIES, cause)
    text = a_reason(reason)
    do(Act.SEND_BACK, referral, by=by, at=at, note=text, cause=cause)
    referral.pending, referral.pending_by_id = Pending.RETURN_ASKED, by.id
    referral.askings.append(
        Asking(errand=Errand.RETURN, body=referral.to, cause=cause, reason=text, asked_at=at, asked_by=by)
    )


def endorse(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The principal of the body approves the return, a second person where there is one; now the sender is asked."""
    do(Act.ENDORSE_RETURN, referral, by=by, at=at)
    asking = open_asking(referral)
    asking.endorsed_at, asking.endorsed_by = at, by
    referral.pending = Pending.RETURN_SENT
    referral.days = referral.days | {RETURN_SENT: day_of(at).isoformat()}
    reckon(referral)
    departure.tell(referral, "return_asked", to=referral.from_office, at=at)


def drop(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The body keeps it after all."""
    _kept(Act.DROP_RETURN, referral, a_reason(reason), by, at)


def decline(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The sender has verified and does not agree: it stays with the body, with the sender's reason."""
    _kept(Act.DECLINE_RETURN, referral, a_reason(reason), by, at)
    departure.tell(referral, "return_declined", to=referral.to, at=at)


def _kept(act: Act, referral: Referral, reason: str, by: Officer, at: datetime) -> None:
    do(act, referral, by=by, at=at, note=reason)
    answer(referral, agreed=False, reason=reason, by=by, at=at)
    reckon(referral)


def agree(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The sender has verified and agrees (信访工作条例 第二十三条); after the last return the arbiter decides."""
    verified = a_reason(reason)
    do(Act.AGREE_RETURN, referral, by=by, at=at, note=verified)
    asking = open_asking(referral)
    answer(referral, agreed=True, reason=verified, by=by, at=at)
    referral.reason, referral.returns, referral.returned_at = asking.reason, referral.returns + 1, at
    departure.come_back(Act.AGREE_RETURN, referral, by=by, at=at)
    if referral.returns >= MOST_RETURNS:
        referral.arbiter = arbiter = arbiter_of(referral)
        if arbiter is not None:
            departure.tell(referral, "arbitration", to=arbiter, at=at)
    reckon(referral)
    departure.tell(referral, "return_agreed", to=referral.to, at=at)


def arbitrate(referral: Referral, to: Office, *, reason: str, by: Officer, at: datetime) -> None:
    """Decide the body for good; what is decided so cannot come back."""
    LIFE.after(referral.state, Act.ARBITRATE)  # whoever was too late hears that first
    if to not in choices(referral, roster.offices()):
        raise Incomplete("只能裁定由同级或上级、且不须回避的机关办理。")
    text = a_reason(reason)
    do(Act.ARBITRATE, referral, by=by, at=at, note=text, to=to.code)
    referral.to, referral.body, referral.reason, referral.approved_at = to, to.body, text, at
    reckon(referral)


def choices(referral: Referral, offices: list[Office]) -> list[Office]:
    """Between whom the arbiter decides: the body that gave it back, the one the rule chose, or sideways and upward."""
    decision = decision_of(referral)
    ruled = roster.office_of(decision.body, referral.person.town_code or referral.lead.town_code) if decision else None
    first = [referral.to, *([ruled] if ruled and ruled.id != referral.to_id else [])]
    return first + [office for office in ways_on(referral, offices) if office not in first]


def open_asking(referral: Referral) -> Asking:
    """What has been asked and not answered. Raises Incomplete when there is nothing."""
    if not referral.askings or referral.askings[-1].agreed is not None:
        raise Incomplete("没有等待答复的请求。")
    return referral.askings[-1]


def answer(referral: Referral, *, agreed: bool, reason: str | None, by: Officer, at: datetime) -> None:
    """Write the answer to what was asked, and let work go on."""
    asking = open_asking(referral)
    asking.agreed, asking.answered_at, asking.answered_by = agreed, at, by
    if reason and tidy(reason):
        asking.answer = tidy(reason)
    referral.pending = referral.pending_by_id = None
    referral.days = {word: day for word, day in referral.days.items() if word != RETURN_SENT}
