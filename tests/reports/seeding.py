"""A few weeks of a district, lived by real deeds, for the tests of the figures."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tests import make
from tests.outcomes.telling import measure
from tests.typical_cases.telling import told
from tipline.handling import operations as handling
from tipline.handling.rules import Chosen
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.law.bodies import Membership
from tipline.law.sanctions import Family
from tipline.leads import operations as leads
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import Disposition
from tipline.supervision import operations as supervision
from tipline.supervision.models import SupervisedCase
from tipline.typical_cases import operations as typical_cases

MAY, JUNE = Month(2018, 5), Month(2018, 6)
DAY = timedelta(days=1)
JUNE_20 = make.NOON + 16 * DAY
TOWNS = (make.SHUANGGANG, make.XINZHUANG, make.XIANSHUIGU)


def lived() -> None:
    """Leads of May and June in three towns, on their way to every state, and the towns' reports."""
    keeper = make.officer(Role.LEDGER_KEEPER)
    for number, town in enumerate(TOWNS):
        _may(town, number, keeper, make.NOON - 20 * DAY)
        _june(town, number, keeper, make.NOON + number * DAY)
    _supervised(keeper, make.NOON)
    _reports(make.NOON)
    db.session.commit()


def _supervised(keeper: Officer, at: datetime) -> None:
    """A case watched jointly, of a lead of May that the papers wrote about."""
    lead = make.lead("village_head", by=keeper, at=at - 20 * DAY, media=True, major=True, major_reason="报纸已有报道")
    case = db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)).one()
    supervision.open_supervision(case, "一个月内查清并报结果", [], by=make.officer(Role.BUREAU_LEADER), at=at)


def _may(town: str, number: int, keeper: Officer, at: datetime) -> None:
    problems = ("embezzlement", "nepotism") if number else ("extortion",)
    make.lead("village_head", by=keeper, at=at, town=town, problems=problems, channel="letter", named=bool(number % 2))


def _june(town: str, number: int, keeper: Officer, at: datetime) -> None:
    lead = make.lead("village_head", by=keeper, at=at, town=town, wrong_dibao=("missed_dibao",), channel="call")
    referral = make.referrals(lead)[0]
    inspector = make.officer(Role.TOWN_INSPECTOR, town)
    referrals.approve(referral, by=make.officer(Role.LEDGER_KEEPER), at=at)
    referrals.hand_over(referral, by=keeper, at=at + DAY)
    referrals.sign_for(referral, by=inspector, at=at + 2 * DAY)
    chosen = Chosen(Disposition.PRELIMINARY_VERIFICATION, on=day_of(at + 3 * DAY), approver="纪委书记")
    handling.set_disposition(referral, chosen, by=inspector, at=at + 3 * DAY)
    if number:
        sanctions = (measure(), measure(Family.ADMIN, "demerit"), measure(Family.PROSECUTION, None))[:number]
        make.concluded(
            referral,
            recovered_fen=126_050 * number,
            measures=sanctions,
            party_member=Membership.YES,
            by=inspector,
            at=at + 5 * DAY,
        )
    make.lead("bureau_head", by=keeper, at=at, town=town)  # walled: in no figure
    leads.void(make.lead("village_head", by=keeper, at=at, town=town), reason="与前一件重复登记", by=keeper, at=at)


def _reports(at: datetime) -> None:
    first, second = (make.officer(Role.TOWN_CLERK, town) for town in TOWNS[:2])
    typical_cases.file(MAY, [told(), told()], signatory="周某", by=first, at=at)
    typical_cases.file_nil(MAY, signatory="吴某", by=second, at=at)


def more(number: int) -> None:
    """Further leads of June."""
    keeper = make.officer(Role.LEDGER_KEEPER)
    for _ in range(number):
        make.lead("village_head", by=keeper, at=make.NOON, problems=("formalism",))
    db.session.commit()
