"""What the bodies of the rehearsal found: a sheet for every conclusion, one begun, and one case of error tolerance."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select

from tipline.handling import operations as handling
from tipline.handling.rules import Chosen
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.sanctions import Family
from tipline.leads.models import Lead
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.outcomes import operations, queries, tolerance
from tipline.outcomes.lifecycle import SheetState
from tipline.outcomes.sheet import MeasureSaid, MoneySaid, Said
from tipline.outcomes.tolerance import Answer, Decision
from tipline.referrals.lifecycle import Disposition, ReferralState
from tipline.referrals.models import Referral

RESULTS = {
    "substantiated": "反映的问题属实，违规领取的低保金已追回，相关责任人已处理。",
    "partly_substantiated": "所反映的亲属享受低保属实，未发现收受钱物，已停发并批评教育。",
    "not_substantiated": "经入户和信息核对，该户符合条件，反映的问题不属实，已当面说明。",
}

ANSWERS = {
    "inexperience": Answer(True, "当时正在试行信息核对，操作办法还没有下发。"),
    "no_limit_set": Answer(True, "市、区没有明文禁止先行发放，发现问题后立即停止。"),
    "for_development": Answer(True, "为使困难家庭尽快得到救助，本人没有得到任何好处。"),
}


def conclude(paper: Referral, by: Officer, at: datetime, draw: random.Random) -> None:
    """Fill in the sheet of one person and conclude with it."""
    finding = draw.choice(list(RESULTS))
    begun = queries.sheet_of(paper)
    seen = begun.draft if begun is not None and begun.state is SheetState.DRAFT else 0
    sheet = operations.record(paper, _sheet(paper, finding, day_of(at)), seen=seen, by=by, at=at)
    operations.conclude(sheet, by=by, at=at)


def _sheet(paper: Referral, finding: str, on: date) -> Said:
    """What the body found and did: a light measure, and all the money back and with the treasury."""
    person, fen = paper.person, paper.lead.amount_fen or 0
    facts = Said(
        party_member=person.party_member,
        supervision_object=person.supervision_object,
        finding=finding,
        result=RESULTS[finding],
    )
    if finding == "not_substantiated":
        return facts
    talk = MeasureSaid(family=Family.BELOW, kind="admonition", decided_by=paper.to.name, decided_on=on)
    money = tuple(MoneySaid(kind=kind, amount_fen=fen) for kind in ("recovered", "to_treasury") if fen)
    return replace(facts, form=1, measures=(talk,), established_fen=fen or None, money=money)


def begin_a_sheet(at: datetime) -> None:
    """The district's body has begun to fill in a sheet; its money does not add up yet."""
    paper = _first(Office.body == Body.DISTRICT_DISCIPLINE_BODY, Referral.state == ReferralState.SIGNED_FOR)
    if paper is not None:
        by = _inspector(paper.to)
        chosen = Chosen(Disposition.PRELIMINARY_VERIFICATION, on=day_of(at), approver="室主任")
        handling.set_disposition(paper, chosen, by=by, at=at)
        begun = replace(_sheet(paper, "substantiated", day_of(at)), established_fen=860_000, form=None)
        money = (MoneySaid(kind="recovered", amount_fen=500_000), MoneySaid(kind="to_treasury", amount_fen=300_000))
        operations.record(paper, replace(begun, money=money), seen=0, by=by, at=at)


def tolerate(at: datetime) -> None:
    """A town's body asks for error tolerance; the district finds for the person and wants something put right."""
    dealing = Referral.state.in_({ReferralState.IN_DISPOSITION, ReferralState.CASE_FILED})
    paper = _first(Office.body == Body.TOWN_DISCIPLINE_BODY, Lead.walled.is_(False), dealing)
    district = next(officer for officer in roster.officers() if officer.role is Role.DISTRICT_INSPECTOR)
    if paper is None:
        return
    facts = "试行逢进必核期间，先予发放、后补核对，其中一户核对后不符合条件，已停发。"
    review = tolerance.propose(paper, facts=facts, answers=ANSWERS, by=_inspector(paper.to), at=at)
    decision = Decision(
        decision="lighter",
        ground="符合三个区分开来，主动纠正，从轻处理。",
        correction="补做该户核对和评议，完善先行发放的手续。",
        correction_due_on=day_of(at) + timedelta(days=7),
    )
    tolerance.decide(review, decision, by=district, at=at + timedelta(hours=2))


def _first(*conditions: ColumnElement[bool]) -> Referral | None:
    query = select(Referral).join(Referral.lead).join(Referral.to).where(*conditions)
    return db.session.scalars(query.order_by(Referral.id)).first()


def _inspector(office: Office) -> Officer:
    return next(officer for officer in roster.officers() if officer.office_id == office.id)
