"""A supervised case, told once from the newspaper to its release."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals import cast
from tests.sampling.story import CALLER
from tests.supervision.test_every_move import report
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.referrals.lifecycle import ReferralState
from tipline.sampling import checking
from tipline.sampling import operations as lots
from tipline.sampling import queries as lot_queries
from tipline.sampling.lifecycle import ClosureState
from tipline.supervision import grounds, interims, jobs, joining, operations, pages, queries
from tipline.supervision.lifecycle import CaseState, Missing, Stage
from tipline.supervision.models import SupervisedCase


def day(month, number):
    return datetime(2018, month, number, 2, tzinfo=UTC)


def test_from_the_newspaper_to_the_release(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    leader, second = make.officer(Role.BUREAU_LEADER), make.officer(Role.BUREAU_LEADER)
    town, stranger = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    lead = make.lead("village_head", by=operator, media=True)
    (case,) = db.session.scalars(select(SupervisedCase))
    assert (case.lead, case.triggers, case.number) == (lead, ["media"], "DB2018-001")
    assert not list(db.session.scalars(queries.visible_to(town)))

    with pytest.raises(Incomplete, match="工作日"):
        operations.open_supervision(case, "查清资金去向。", [(Stage.PLAN, date(2018, 6, 16))], by=leader, at=day(6, 5))
    steps = [(Stage.PLAN, date(2018, 6, 8)), (Stage.INTERIM, date(2018, 7, 20))]
    operations.open_supervision(case, "查清资金去向。", steps, by=leader, at=day(6, 5))
    assert case.due_on == date(2018, 9, 5)  # three months, C-26.1
    assert list(db.session.scalars(queries.visible_to(town))) == [case]
    assert not list(db.session.scalars(queries.visible_to(stranger)))
    db.session.commit()

    assert jobs.urge(day(6, 8)) == 0  # the day itself is not over
    assert jobs.urge(day(6, 9)) == 0  # a Saturday
    assert [jobs.urge(day(6, 11)), jobs.urge(day(6, 12))] == [1, 0]
    plan = case.milestones[0]
    operations.meet_milestone(plan, by=town, at=day(6, 12))
    operations.record_progress(case, "hearing", found="听取了汇报。", next_step="再看账。", by=keeper, at=day(7, 23))
    db.session.commit()
    assert jobs.urge(day(7, 24)) == 0  # somebody has looked since

    with pytest.raises(NotNow):
        operations.release(case, by=leader, at=day(8, 1))
    with pytest.raises(NotPermitted, match="承办机关"):
        operations.report_result(case, report("我来报。"), by=stranger, at=day(8, 1))
    operations.report_result(case, report("初步查清。"), by=town, at=day(8, 1))
    operations.send_back_result(case, missing=[Missing.MONEY], reason="金额没有写。", by=leader, at=day(8, 2))
    operations.report_result(case, report("查清，追回一千二百元。"), by=town, at=day(8, 20))
    operations.accept_result(case, by=leader, at=day(8, 21))
    db.session.commit()
    with pytest.raises(NotPermitted, match="两人"):
        operations.release(case, by=leader, at=day(8, 22))
    operations.release(case, by=second, at=day(8, 22))
    db.session.commit()

    assert case.state is CaseState.RELEASED
    clock = select(Entry).where(Entry.paper == case.ref, Entry.act == Act.URGE)
    assert [entry.by.role for entry in db.session.scalars(clock)] == [Role.CLOCK]
    assert not list(trail.faults())
    for letter in db.session.scalars(select(Letter).where(Letter.about.like("case/%"))):
        assert letter.office == town.office
        assert not any(word in letter.subject + letter.body for word in (*make.NAMES, "资金", "金额"))


def test_the_clock_asks_for_the_result_once(app):
    leader = make.officer(Role.BUREAU_LEADER)
    make.lead("village_head", media=True)
    (case,) = db.session.scalars(select(SupervisedCase))
    operations.open_supervision(case, "查清资金去向。", [], by=leader, at=make.NOON)
    interims.file(case, "已调取流水。", by=make.officer(Role.TOWN_INSPECTOR), at=make.NOON)
    interims.acknowledge(case, last=True, by=make.officer(Role.LEDGER_KEEPER), at=make.NOON)
    db.session.commit()
    nights = [case.due_on + timedelta(days=days) for days in range(8)]
    moments = [datetime(night.year, night.month, night.day, 1, tzinfo=UTC) for night in nights]
    assert sum(jobs.urge(at) for at in moments) == 1


def test_from_the_newspaper_to_the_call_back(app):
    """A case with all it may have: an instruction, a joint body, interim reports, a warning, a proof, and a lot."""
    players = cast.cast()
    referral = cast.brought_to(
        ReferralState.IN_DISPOSITION, players, cast.proposed(players, media=True, reporter=CALLER)
    )
    leader, keeper, town = players.leader, players.keeper, players.inspector
    second, group = make.officer(Role.BUREAU_LEADER), make.officer(Role.GROUP_INSPECTOR)
    district = make.officer(Role.DISTRICT_INSPECTOR)
    (case,) = db.session.scalars(select(SupervisedCase))
    told = grounds.Instructed("区委副书记", date(2018, 6, 4), "请民政局会同纪检部门查清。", "批2018-3")
    grounds.note_instruction(case, told, by=leader, at=day(6, 5))
    operations.open_supervision(case, "查清资金去向。", [(Stage.PLAN, date(2018, 6, 8))], by=leader, at=day(6, 5))
    joining.join_body(case, group.office, by=leader, at=day(6, 5))
    for officer in (keeper, group, town):
        joining.name_officer(case, officer, by=leader, at=day(6, 5))
    assert (case.letter_no, case.triggers) == ("督〔2018〕1号", ["leader_instruction", "media"])
    assert list(db.session.scalars(queries.visible_to(group))) == [case]
    operations.meet_milestone(case.milestones[0], by=town, at=day(6, 7))
    db.session.commit()

    assert [jobs.warn(day(7, 6)), jobs.warn(day(7, 9)), jobs.warn(day(7, 9))] == [0, 2, 0]
    # blue: 7 July is a Saturday; two keepers hear of it on Monday, once
    interims.file(case, "已核对发放明细。", by=town, at=day(7, 10))
    interims.send_back(case, reason="没有写金额。", by=group, at=day(7, 11))
    interims.file(case, "已核对发放明细，涉及一千二百元。", by=town, at=day(7, 12))
    with pytest.raises(Incomplete, match="阶段情况"):
        make.concluded(referral, result="属实。", by=town, at=day(7, 12))
    interims.acknowledge(case, last=True, by=group, at=day(7, 13))
    operations.record_progress(case, "on_site", found="到村看了。", next_on=date(2018, 7, 20), by=group, at=day(7, 13))
    make.concluded(referral, result="属实。", by=town, at=day(7, 16))
    operations.report_result(case, report("查清，已退回。", date(2018, 7, 16)), by=town, at=day(7, 17))
    operations.accept_result(case, by=leader, at=day(7, 18))
    operations.release(case, by=second, at=day(7, 19))
    db.session.commit()
    assert pages.days_open(case, date(2018, 9, 1)) == 44

    july = date(2018, 7, 1), date(2018, 7, 31)
    draw = lots.publish_seed(*july, 1, "5eed", by=keeper, at=day(8, 1))
    db.session.flush()
    lots.draw_sample(draw, by=leader, at=day(8, 2))
    (one,) = lot_queries.drawn_by(draw, keeper)
    with pytest.raises(NotPermitted, match="承办过"):
        lots.record(one, "satisfied", [], "满意。", by=district_self(town), at=day(8, 3))
    lots.record(one, "never_asked", ["approval"], "说没有人来过。", by=keeper, at=day(8, 3))
    lots.find_false(one, "没有入户记录。", by=district, at=day(8, 6))
    db.session.commit()
    assert (one.state, one.referral, referral.finding) == (ClosureState.FALSE, referral, "substantiated")
    assert not list(checking.faults(draw))
    assert not list(trail.faults())


def district_self(handler):
    """The handler, since moved to the district's body: still nobody who may ask after their own closure."""
    handler.role, handler.office = Role.DISTRICT_INSPECTOR, make.office(Body.DISTRICT_DISCIPLINE_BODY)
    db.session.flush()
    return handler
