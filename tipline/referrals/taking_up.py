"""What a superior body may do with a matter below it: handle it itself (提级办理), or say who does (指定管辖)."""

from datetime import datetime

from tipline.kit.dates import day_of
from tipline.kit.errors import Incomplete
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.models import Office, Officer
from tipline.referrals import departure
from tipline.referrals.lifecycle import LIFE
from tipline.referrals.models import Referral
from tipline.referrals.objections import a_reason, do
from tipline.referrals.reckoning import decision_of, reckon
from tipline.referrals.rules import DESIGNATED


def take_up(referral: Referral, *, reason: str, by: Officer, at: datetime) -> None:
    """The superior body handles it itself from now on (监察法 第十七条); it has signed for it by that."""
    text = a_reason(reason)
    do(Act.TAKE_UP, referral, by=by, at=at, note=text, to=by.office.code)
    _give(Act.TAKE_UP, referral, by.office, text, by, at)
    referral.signed_for_at, referral.signed_for_by = at, by
    reckon(referral)


def designate(referral: Referral, to: Office, *, reason: str, by: Officer, at: datetime) -> None:
    """The superior body says which body below it handles the matter; that one still has to sign for it."""
    LIFE.after(referral.state, Act.DESIGNATE)  # whoever was too late hears that first
    if to not in below(referral, by, roster.offices()):
        raise Incomplete("只能指定本机关下级、且不须回避的其他机关。")
    text = a_reason(reason)
    do(Act.DESIGNATE, referral, by=by, at=at, note=text, to=to.code)
    _give(Act.DESIGNATE, referral, to, text, by, at)
    reckon(referral)


def below(referral: Referral, by: Officer, offices: list[Office]) -> list[Office]:
    """The discipline bodies under the officer's own to which the matter may be given."""
    decision = decision_of(referral)
    conflicts = decision.conflicts if decision else frozenset()
    town = referral.person.town_code or referral.lead.town_code
    return [
        office
        for office in offices
        if office.id != referral.to_id
        and is_below(office, by)
        and not (office.body in conflicts and office.place_code in (None, town))
    ]


def is_below(office: Office, by: Officer) -> bool:
    """Whether the office is a discipline body under the officer's own, with people who sign in."""
    return office.signs_in and office.body.investigates_discipline and office.body.level < by.office.body.level


def _give(act: Act, referral: Referral, to: Office, reason: str, by: Officer, at: datetime) -> None:
    """Another body has it now; the one that had it hears so, and what it did stays on record."""
    former = referral.to
    departure.begin_anew(referral)
    referral.to, referral.body, referral.reason = to, to.body, reason
    referral.signed_for_at = referral.signed_for_by = referral.receipt_no = None
    referral.days = {DESIGNATED: day_of(at).isoformat()}
    departure.tell(referral, "taken_from", to=former, at=at)
    departure.leave(act, referral, by=by, at=at)
