"""The room's pages as those see them who may, who may not, and strangers."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests import make
from tests.typical_cases.telling import told
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.office import time
from tipline.office.charter import Role
from tipline.typical_cases import operations, views
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCaseReport

MAY = Month(2018, 5)
PATHS = ["/typical-cases/", "/typical-cases/months/2018-05", "/typical-cases/months/2018-05/filing"]
ROW = {
    "cases-0-title": "村干部虚报低保",
    "cases-0-facts": "为亲属李某虚报，共计12600元。",
    "cases-0-origin": "found_at_work",
    "cases-0-problem": "false_claims",
    "cases-0-rank_class": "village",
    "cases-0-recovered": "12600.50",
    "signatory": "周建国",
}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """Monday 4 June 2018: May is asked for and due on the 7th."""
    monkeypatch.setattr(time, "machine_now", lambda: make.NOON)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def report(clerk):
    made = operations.file(MAY, [told()], signatory="周建国", by=clerk, at=make.NOON)
    db.session.commit()
    return made.key


def the_report() -> TypicalCaseReport:
    return db.session.scalars(select(TypicalCaseReport)).one()


def test_a_clerk_sees_their_own_town_and_the_next_step(sign_in, clerk):
    text = sign_in(clerk).get("/typical-cases/").text
    assert "2018年6月7日前报送2018年5月典型案例" in text
    assert "双港镇人民政府" in text
    assert "辛庄镇" not in text


def test_the_bureau_sees_all_towns(sign_in):
    text = sign_in(make.officer(Role.LEDGER_KEEPER)).get("/typical-cases/").text
    assert "双港镇" in text
    assert "辛庄镇" in text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SYSTEM_ADMIN, Role.AUDITOR])
@pytest.mark.parametrize("path", PATHS)
def test_who_has_no_business_here_finds_no_page(sign_in, role, path):
    assert sign_in(make.officer(role)).get(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_is_sent_to_the_door(app, path):
    assert app.test_client().get(path).location.startswith("/sign-in")


def test_the_month_page_shows_a_town_its_own_line_only(sign_in, report):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER)).get("/typical-cases/months/2018-05").text
    neighbour = sign_in(make.officer(Role.TOWN_DEPUTY, make.XINZHUANG)).get("/typical-cases/months/2018-05").text
    assert "双港镇" in keeper
    assert "双港镇" not in neighbour


@pytest.mark.parametrize(("month", "status"), [("2018-04", 409), ("2018-07", 409), ("2018-13", 404), ("x", 404)])
def test_a_month_that_is_not_asked_for_is_refused_clearly(sign_in, clerk, month, status):
    browser = sign_in(clerk)
    assert browser.get(f"/typical-cases/months/{month}/filing").status_code == status
    assert browser.get(f"/typical-cases/months/{month}").status_code == status


def test_a_report_is_read_by_its_town_and_the_district_and_is_not_there_for_others(sign_in, clerk, report):
    path = f"/typical-cases/{report}"
    for reader in (clerk, make.officer(Role.BUREAU_LEADER), make.officer(Role.GROUP_INSPECTOR)):
        assert "村干部为亲属虚报低保" in sign_in(reader).get(path).text
    for other in (make.officer(Role.TOWN_CLERK, make.XINZHUANG), make.officer(Role.OPERATOR)):
        assert sign_in(other).get(path).status_code == 404
    assert sign_in(clerk).get("/typical-cases/nothing").status_code == 404


def test_a_clerk_files_cases(sign_in, clerk):
    browser = sign_in(clerk)
    assert "报送零报告" in browser.get("/typical-cases/months/2018-05/filing").text
    assert browser.post("/typical-cases/months/2018-05/file-report", data=ROW).status_code == 302
    report = the_report()
    assert (report.state, report.signatory) == (ReportState.FILED, "周建国")
    assert [(case.title, case.recovered_fen) for case in report.cases] == [("村干部虚报低保", 1_260_050)]


def test_a_clerk_signs_for_nil(sign_in, clerk):
    browser = sign_in(clerk)
    refused = browser.post("/typical-cases/months/2018-05/file-nil", data={"nil-signatory": "周建国"})
    assert refused.status_code == 422
    signed = {"nil-signatory": "周建国", "nil-confirmed": "y"}
    done = browser.post("/typical-cases/months/2018-05/file-nil", data=signed)
    assert done.status_code == 302
    assert the_report().state is ReportState.FILED_NIL


def test_what_should_be_masked_is_asked_about_before_it_is_filed(sign_in, clerk):
    browser = sign_in(clerk)
    risky = ROW | {"cases-0-facts": "户主张三，电话15412345678。"}
    asked = browser.post("/typical-cases/months/2018-05/file-report", data=risky)
    assert asked.status_code == 422
    assert "疑似群众全名" in asked.text
    assert "15412345678" in asked.text
    assert db.session.scalars(select(TypicalCaseReport)).all() == []
    kept = browser.post("/typical-cases/months/2018-05/file-report", data=risky | {"looked_over": "y"})
    assert kept.status_code == 302


@pytest.mark.parametrize("missing", ["cases-0-title", "cases-0-facts", "cases-0-problem", "signatory"])
def test_a_form_with_a_gap_comes_back_with_everything_typed(sign_in, clerk, missing):
    typed = {name: value for name, value in ROW.items() if name != missing}
    response = sign_in(clerk).post("/typical-cases/months/2018-05/file-report", data=typed)
    assert response.status_code == 422
    assert "没有办成" in response.text
    assert "12600.50" in response.text


def test_rows_are_added_and_taken_away_without_script(sign_in, clerk):
    browser, path = sign_in(clerk), "/typical-cases/months/2018-05/file-report"
    two = browser.post(path, data=ROW | {"add": "cases"}).text
    assert 'name="cases-1-title"' in two
    one = browser.post(path, data=ROW | {"cases-1-title": "第二个", "remove": "cases-0"}).text
    assert "第二个" in one
    assert "村干部虚报低保" not in one


def test_a_month_that_is_filed_opens_as_it_was_filed(sign_in, clerk, report):
    answer = sign_in(clerk).get("/typical-cases/months/2018-05/filing")
    assert answer.location == f"/typical-cases/{report}"


def test_others_than_the_towns_clerk_cannot_file(sign_in):
    for role in (Role.LEDGER_KEEPER, Role.TOWN_DEPUTY, Role.BUREAU_LEADER, Role.TOWN_INSPECTOR):
        response = sign_in(make.officer(role)).post("/typical-cases/months/2018-05/file-report", data=ROW)
        assert response.status_code == 404


def test_the_bureau_accepts(sign_in, report):
    browser = sign_in(make.officer(Role.LEDGER_KEEPER))
    assert browser.post(f"/typical-cases/{report}/accept-report").status_code == 302
    assert the_report().state is ReportState.ACCEPTED
    assert "已接收" in browser.get("/typical-cases/").text
    assert browser.post(f"/typical-cases/{report}/accept-report").status_code == 409


def test_the_bureau_returns_with_a_reason_and_the_clerk_files_again(sign_in, clerk, report):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    assert keeper.post(f"/typical-cases/{report}/return-report", data={"reason": ""}).status_code == 422
    assert keeper.post(f"/typical-cases/{report}/return-report", data={"reason": "没有写处理结果"}).status_code == 302
    browser = sign_in(clerk)
    page = browser.get(f"/typical-cases/{report}").text
    assert "没有写处理结果" in page
    assert "改正后重新报送" in page
    again = browser.get("/typical-cases/months/2018-05/filing").text
    assert "退回原因：没有写处理结果" in again
    assert "村干部为亲属虚报低保" in again
    assert browser.post("/typical-cases/months/2018-05/file-report", data=ROW).status_code == 302
    assert the_report().state is ReportState.FILED
    assert "看以前报送、已被退回的案例" in browser.get(f"/typical-cases/{report}").text


@pytest.mark.parametrize("role", [Role.TOWN_CLERK, Role.TOWN_DEPUTY, Role.BUREAU_LEADER, Role.DISTRICT_INSPECTOR])
def test_only_the_bureaus_ledger_keeper_accepts_and_returns(sign_in, report, role):
    browser = sign_in(make.officer(role))
    assert browser.post(f"/typical-cases/{report}/accept-report").status_code == 404
    assert browser.post(f"/typical-cases/{report}/return-report", data={"reason": "没有写处理结果"}).status_code == 404


def test_a_late_report_is_taken_and_marked(sign_in, clerk, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: make.NOON + timedelta(days=10))
    browser = sign_in(clerk)
    assert "逾期未报" in browser.get("/typical-cases/").text
    browser.post("/typical-cases/months/2018-05/file-report", data=ROW)
    assert "已报送（迟报）" in browser.get("/typical-cases/").text


def test_the_pages_ask_as_often_for_many_reports_and_months_as_for_none(sign_in, monkeypatch):
    browser = sign_in(make.officer(Role.LEDGER_KEEPER))
    paths = ("/typical-cases/", "/typical-cases/months/2018-05")
    few = [statements(browser, path) for path in paths]
    for town in ("120112100", "120112101", "120112103", "120112104"):
        clerk = make.officer(Role.TOWN_CLERK, town)
        for month in (MAY, MAY.next()):
            operations.file(month, [told()] * 5, signatory="周某", by=clerk, at=make.NOON)
    db.session.commit()
    monkeypatch.setattr(views, "today", lambda: make.NOON.date() + timedelta(days=300))
    assert [statements(browser, path) for path in paths] == few


def statements(browser, path: str) -> int:
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    browser.get(path)
    event.listen(db.engine, "after_cursor_execute", counted)
    assert browser.get(path).status_code == 200
    event.remove(db.engine, "after_cursor_execute", counted)
    return count
