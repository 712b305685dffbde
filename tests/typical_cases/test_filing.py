"""Filing, accepting and returning a town's month."""

import pytest
from sqlalchemy import select

from tests import make
from tests.typical_cases.telling import told
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.typical_cases import operations, queries
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCase, TypicalCaseReport
from tipline.typical_cases.rules import Standing

MAY = Month(2018, 5)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


def filed(clerk, *cases):
    return operations.file(MAY, list(cases) or [told()], signatory="周建国", by=clerk, at=make.NOON)


def test_a_filed_month_keeps_every_word_and_its_line_in_the_trail(clerk):
    report = filed(clerk, told(analysis="入户核查走形式"), told(title="第二个"))
    db.session.commit()
    assert [(case.position, case.title) for case in report.cases] == [(1, "村干部为亲属虚报低保"), (2, "第二个")]
    assert report.cases[0].analysis == "入户核查走形式"
    line = db.session.scalars(select(Entry).filter_by(paper=report.ref)).one()
    assert (line.act, line.facts) == (Act.FILE_REPORT, {"month": "2018-05", "cases": "2"})
    assert list(trail.faults()) == []


def test_a_month_can_be_filed_once_only(clerk):
    filed(clerk)
    with pytest.raises(NotNow):
        operations.file_nil(MAY, signatory="周建国", by=clerk, at=make.NOON)


def test_a_month_without_cases_is_a_nil_report_and_not_an_empty_one(clerk):
    with pytest.raises(Incomplete):
        operations.file(MAY, [], signatory="周建国", by=clerk, at=make.NOON)
    assert operations.file_nil(MAY, signatory="周建国", by=clerk, at=make.NOON).nil


@pytest.mark.parametrize("month", [Month(2018, 4), Month(2018, 7)])
def test_months_before_the_first_and_after_the_running_one_are_refused(clerk, month):
    with pytest.raises(NotNow):
        operations.file_nil(month, signatory="周建国", by=clerk, at=make.NOON)


def test_only_a_towns_clerk_files(keeper):
    with pytest.raises(NotPermitted):
        filed(keeper)


def test_a_returned_month_is_owed_again_and_the_clerk_hears_without_the_reason(clerk, keeper):
    report = filed(clerk)
    operations.send_back(report, reason="没有写处理结果", by=keeper, at=make.NOON)
    assert [cell.at.standing for cell in queries.month_of(clerk, MAY, day_of(make.NOON))] == [Standing.RETURNED]
    letter = db.session.scalars(select(Letter)).one()
    assert letter.address == clerk.email
    assert "没有写" not in letter.subject + letter.body
    assert db.session.scalars(select(Entry).filter_by(act=Act.RETURN_REPORT)).one().note == "没有写处理结果"


def test_what_was_returned_stays_beside_what_replaced_it(clerk, keeper):
    report = filed(clerk)
    operations.send_back(report, reason="没有写处理结果", by=keeper, at=make.NOON)
    filed(clerk, told(title="改正后"))
    db.session.commit()
    db.session.refresh(report)
    assert [case.title for case in report.cases] == ["改正后"]
    assert [case.title for case in report.replaced] == ["村干部为亲属虚报低保"]
    assert report.state is ReportState.FILED
    assert list(trail.faults()) == []


def test_a_month_filed_again_as_nil_has_no_cases_any_more(clerk, keeper):
    report = filed(clerk)
    operations.send_back(report, reason="不是本镇的案例", by=keeper, at=make.NOON)
    operations.file_nil(MAY, signatory="周建国", by=clerk, at=make.NOON)
    db.session.expire(report)
    assert (report.cases, report.nil, report.state) == ([], True, ReportState.FILED_NIL)


def test_an_accepted_month_is_done(clerk, keeper):
    report = filed(clerk)
    operations.accept(report, by=keeper, at=make.NOON)
    with pytest.raises(NotNow):
        operations.send_back(report, reason="还要改一改", by=keeper, at=make.NOON)


def test_nothing_a_case_tells_is_readable_in_the_database(clerk):
    filed(clerk, told(person="王某某", facts="为李某虚报", analysis="无人复核"))
    db.session.flush()
    case = TypicalCase
    boxes = db.session.execute(
        select(case.title_sealed, case.person_sealed, case.facts_sealed, case.analysis_sealed)
    ).one()
    assert not any("某".encode() in box for box in boxes)


def test_towns_see_their_own_reports_and_the_district_sees_all(clerk):
    filed(clerk)
    seen = {
        role: len(db.session.scalars(queries.visible_to(make.officer(role))).all())
        for role in (Role.TOWN_DEPUTY, Role.TOWN_INSPECTOR, Role.LEDGER_KEEPER, Role.DISTRICT_INSPECTOR, Role.OPERATOR)
    }
    assert list(seen.values()) == [1, 1, 1, 1, 0]
    for role in (Role.TOWN_CLERK, Role.TOWN_DEPUTY, Role.TOWN_INSPECTOR):
        neighbour = make.officer(role, make.XINZHUANG)
        assert db.session.scalars(queries.visible_to(neighbour)).all() == []


def test_a_clerk_is_told_of_a_month_from_its_first_reminder_until_it_is_filed(clerk):
    assert queries.waiting_for(clerk, MAY.day(24)) == []
    (waiting,) = queries.waiting_for(clerk, MAY.day(25))
    assert (waiting.act, waiting.endpoint) == (Act.FILE_REPORT, "typical_cases.filing")
    assert waiting.day == Month(2018, 6).day(7)
    filed(clerk)
    assert queries.waiting_for(clerk, MAY.day(31)) == []


def test_the_bureau_is_told_of_what_came_in(clerk, keeper):
    report = filed(clerk)
    db.session.flush()
    (waiting,) = queries.waiting_for(keeper, MAY.day(31))
    assert (waiting.act, waiting.values) == (Act.ACCEPT_REPORT, {"key": report.key})
    operations.accept(report, by=keeper, at=make.NOON)
    assert queries.waiting_for(keeper, MAY.day(31)) == []


def test_a_report_belongs_to_one_town_and_month(clerk):
    report = filed(clerk)
    assert db.session.scalars(select(TypicalCaseReport)).all() == [report]
