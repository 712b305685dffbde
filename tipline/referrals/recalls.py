"""Taking a referral back (撤回): freely before it is signed for, afterwards only when its body consents."""

from datetime import datetime

from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.referrals import departure
from tipline.referrals.lifecycle import Pending
from tipline.referrals.models import Asking, Errand, Referral
from tipline.referrals.objections import a_reason, do
from tipline.referrals.reckoning import reckon
from tipline.referrals.returns import answer


def recall(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The sender takes it back before it is signed for. The time for sending runs on as if it had never left."""
    text = a_reason(reason)
    do(Act.RECALL, referral, by=by, at=at, note=text)
    _ask(referral, text, by, at)
    answer(referral, agreed=True, reason=None, by=by, at=at)
    _back(Act.RECALL, referral, text, by, at)


def ask_recall(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The sender asks for it back after it was signed for; the body has to consent."""
    text = a_reason(reason)
    do(Act.ASK_RECALL, referral, by=by, at=at, note=text)
    referral.pending, referral.pending_by_id = Pending.RECALL_ASKED, by.id
    _ask(referral, text, by, at)
    departure.tell(referral, "recall_asked", to=referral.to, at=at)


def consent(referral: Referral, *, by: Officer, at: datetime) -> None:
    """The body lets it go back; what it has done so far stays on record with the body."""
    do(Act.CONSENT_RECALL, referral, by=by, at=at)
    answer(referral, agreed=True, reason=None, by=by, at=at)
    _back(Act.CONSENT_RECALL, referral, referral.askings[-1].reason or "", by, at)


def refuse(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The body does not let it go, and says why."""
    text = a_reason(reason)
    do(Act.REFUSE_RECALL, referral, by=by, at=at, note=text)
    answer(referral, agreed=False, reason=text, by=by, at=at)
    departure.tell(referral, "recall_refused", to=referral.from_office, at=at)


def _ask(referral: Referral, reason: str, by: Officer, at: datetime) -> None:
    referral.askings.append(Asking(errand=Errand.RECALL, body=referral.to, reason=reason, asked_at=at, asked_by=by))


def _back(act: Act, referral: Referral, reason: str, by: Officer, at: datetime) -> None:
    referral.reason = reason
    departure.come_back(act, referral, by=by, at=at)
    reckon(referral)
    departure.tell(referral, "referral_recalled", to=referral.to, at=at)
