"""What a body fills in, for the tests of this room: a sanctioned village head who is a party member, and money."""

from datetime import date, timedelta
from typing import Any

from tests import make
from tests.referrals.cast import Cast, S, brought_to, cast
from tipline.kit.dates import Month
from tipline.law.bodies import Body, Membership, SupervisionObject
from tipline.law.sanctions import Decider, Family
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.outcomes import clearing, tolerance
from tipline.outcomes.clearing import ApprovalSaid
from tipline.outcomes.models import AccusationApproval, ToleranceReview
from tipline.outcomes.sheet import CorrectionSaid, MeasureSaid, MoneySaid, Said
from tipline.referrals.models import Referral

ON = date(2018, 6, 4)
LATER = make.NOON + timedelta(days=1)
TESTS = ("inexperience", "no_limit_set", "for_development")


def measure(family: Family = Family.PARTY, kind: str | None = "warning", **said: Any) -> MeasureSaid:
    """A measure with everything a decision says."""
    usual: dict[str, Any] = {"decided_by": "双港镇纪委", "decided_on": ON, "document": "双港纪〔2018〕7号"}
    decider = Decider.SUPERVISION_BODY if family is Family.ADMIN else None
    return MeasureSaid(family=family, kind=kind, **({"decider": decider} | usual | said))


def money(**fen: int) -> tuple[MoneySaid, ...]:
    """One movement of each kind that is named."""
    return tuple(MoneySaid(kind=kind, amount_fen=amount, moved_on=ON) for kind, amount in fen.items())


def correction(kind: str = "stop", **said: Any) -> CorrectionSaid:
    """A correction with everything a decision says."""
    usual: dict[str, Any] = {
        "household": "赵某家",
        "decided_on": ON,
        "effective": Month(2018, 7),
        "document": "双港低保停〔2018〕3号",
    }
    return CorrectionSaid(kind=kind, **(usual | said))


def said(**more: Any) -> Said:
    """A sheet that can be concluded as it is."""
    usual: dict[str, Any] = {
        "party_member": Membership.YES,
        "supervision_object": SupervisionObject.GROUP_5,
        "finding": "substantiated",
        "form": 2,
        "result": "查实，已处理。",
    }
    return Said(**(usual | more))


def at_work(players: Cast | None = None, state: S = S.IN_DISPOSITION) -> tuple[Referral, Cast]:
    """A referral that its body has taken up."""
    players = players or cast()
    return brought_to(state, players), players


def colleague(town: str = make.SHUANGGANG) -> Officer:
    """Another inspector of the same body."""
    return make.officer(Role.TOWN_INSPECTOR, town)


def approval(referral: Referral, by: Officer, **more: Any) -> AccusationApproval:
    """An approval as entered from the paper."""
    usual: dict[str, Any] = {
        "body": Body.MUNICIPAL_DISCIPLINE_BODY,
        "body_name": "天津市纪委监委",
        "document": "津纪批〔2018〕12号",
        "approved_on": ON,
        "note": "经批准认定。",
    }
    return clearing.enter_approval(referral, ApprovalSaid(**(usual | more)), by=by, at=make.NOON)


def review(referral: Referral, by: Officer) -> ToleranceReview:
    """A review with the three distinctions answered."""
    answers = {test: tolerance.Answer(True, f"理由：{test}") for test in TESTS}
    return tolerance.propose(referral, facts="先行试点，手续有误。", answers=answers, by=by, at=make.NOON)
