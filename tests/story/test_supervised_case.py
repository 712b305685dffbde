"""A supervised case, told once from the newspaper to its release."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.supervision.test_every_move import report
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.supervision import interims, jobs, operations, queries
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
