"""The monthly report and the morning brief: once, on working days, counts only, and the page's own numbers."""

from datetime import date, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from tests import make
from tests.reports import seeding
from tests.reports.seeding import JUNE, MAY
from tipline.bundles import operations as bundles
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import trail
from tipline.office.charter import Role
from tipline.office.models import Letter
from tipline.referrals import operations as referrals
from tipline.reports import operations, queries
from tipline.reports.jobs import send_monthly_report, send_morning_brief
from tipline.reports.rules import Asked, Span


def morning(day: date):
    return at_clock(day, time(8, 30))


def letters(start: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.about.startswith(start)).order_by(Letter.id)))


@pytest.fixture
def leader(app):
    seeding.lived()
    return make.officer(Role.BUREAU_LEADER)


def test_june_is_mailed_on_the_first_working_day_of_july_and_once(leader):
    days = [date(2018, 6, 29) + timedelta(days=number) for number in range(14)]
    written = [send_monthly_report(morning(day) + timedelta(hours=hour)) for day in days for hour in (0, 2, 4)]
    assert sum(written) == 2 * 4  # May's too, which nobody had mailed; two leaders and two discipline bodies
    july = letters("monthly-report/2018-06")
    assert {day_of(letter.written_at) for letter in july} == {date(2018, 7, 2)}
    bodies = (Body.DISPATCHED_DISCIPLINE_GROUP, Body.DISTRICT_DISCIPLINE_BODY)
    addresses = {letter.address for letter in july}
    assert addresses >= {leader.email, *(make.office(body).email for body in bodies)}
    assert len(addresses) == 4


def test_after_a_standstill_the_report_is_mailed_late_rather_than_never(leader):
    assert send_monthly_report(morning(date(2018, 7, 12))) == 4
    assert send_monthly_report(morning(date(2018, 7, 13))) == 0


def test_before_the_campaign_there_is_nothing_to_mail(app):
    assert send_monthly_report(morning(date(2018, 5, 2))) == 0


def test_the_mail_says_the_pages_numbers_and_no_name_and_no_content(leader):
    day = date(2018, 7, 2)
    send_monthly_report(morning(day))
    letter = next(letter for letter in letters("monthly-report/") if letter.address == leader.email)
    report = queries.report(JUNE, day, leader)
    line = report.line(Asked.LEADS)
    assert "登记线索（件）：本月3，上月4，累计7" in letter.body
    assert line.number(Span.MONTH) == 3
    assert "追缴退赔（元）：本月3,781.50，上月0.00，累计3,781.50" in letter.body
    overdue = report.line(Asked.OVERDUE)
    assert f"期限：办理中，已超期 {overdue.number(Span.MONTH)}" in letter.body
    assert "辛庄镇人民政府（2018年5月）" not in letter.body  # filed nil
    assert "咸水沽镇人民政府（2018年5月）" in letter.body
    for word in ("王", "吃低保", "村里有人"):
        assert word not in letter.subject + letter.body


def test_every_line_of_the_mail_is_a_line_of_the_page(leader):
    day = date(2018, 7, 2)
    send_monthly_report(morning(day))
    body = letters("monthly-report/")[0].body
    report = queries.report(JUNE, day, leader)
    told = [row for line in body.splitlines() for row in line.split("；") if "：本月" in row]
    assert len(told) > 15
    labels = {
        str(line.figure.label if not hasattr(line.figure.label, "label") else line.figure.label.label): line
        for section in report.sections
        for line in section.lines
    }
    for row in told:
        label, numbers = row.split("：本月")
        line = labels[label]
        spans = [operations.value(line, span) for span in (Span.MONTH, Span.BEFORE, Span.ALL)]
        words = [f"{value:,.2f}" if line.is_money else f"{value:,}" for value in spans]
        assert numbers == f"{words[0]}，上月{words[1]}，累计{words[2]}"


def test_the_enclosure_is_the_pages_sheet(leader):
    day = date(2018, 7, 2)
    send_monthly_report(morning(day))
    letter = letters("monthly-report/")[0]
    assert letter.enclosure_name == "tipline-2018-06.xlsx"
    sheet = openpyxl.load_workbook(BytesIO(letter.enclosure)).worksheets[0]
    told = {row[0]: row[1:6] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert told["登记线索（件）"] == (3, 4, -1, "—", 7)
    assert told["追缴退赔（元）"] == (3781.5, 0, 3781.5, "—", 3781.5)


def test_the_mail_carries_the_end_of_the_trail_and_not_how_long_it_is(leader):
    _, head = trail.head()
    send_monthly_report(morning(date(2018, 7, 2)))
    assert f"留痕末端：{head[:16]}" in letters("monthly-report/")[0].body


def test_each_office_with_something_late_or_due_is_told_once_a_day(leader):
    day = date(2018, 6, 20)
    first = send_morning_brief(morning(day))
    assert first > 0
    assert send_morning_brief(morning(day) + timedelta(hours=3)) == 0
    assert len({letter.address for letter in letters("morning/")}) == first


def test_no_brief_on_a_rest_day(leader):
    assert send_morning_brief(morning(date(2018, 6, 18))) == 0
    assert send_morning_brief(morning(date(2018, 6, 23))) == 0


def test_the_brief_counts_what_the_office_owes(app):
    make.officer(Role.TOWN_CLERK)
    assert send_morning_brief(morning(date(2018, 5, 30))) == 0
    assert send_morning_brief(morning(date(2018, 6, 7))) == 8
    town = make.office(Body.TOWN_GOVERNMENT)
    (due,) = [letter for letter in letters("morning/") if letter.office_id == town.id]
    assert "报送任务：已超期2件，今天到期1件" in due.body  # the plan, and what hangs in its villages
    send_morning_brief(morning(date(2018, 6, 8)))
    late = [letter for letter in letters("morning/") if letter.office_id == town.id][-1]
    assert "报送任务：已超期3件，今天到期0件" in late.body


def test_a_walled_lead_burns_in_no_brief(app):
    make.lead("bureau_head", at=make.NOON)
    day = at_clock(date(2018, 12, 3), time(8, 30))
    send_morning_brief(day)
    assert all("线索办理" not in letter.body for letter in letters("morning/"))


def test_the_monthly_report_of_may_is_not_sent_for_a_month_that_is_still_running(leader):
    send_monthly_report(morning(date(2018, 6, 1)))
    assert {letter.about for letter in letters("monthly-report/")} == {f"monthly-report/{MAY}"}


def test_once_a_week_a_body_is_told_how_often_its_matters_were_reported_again(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    leader, body = make.officer(Role.BUREAU_LEADER), make.office(Body.TOWN_DISCIPLINE_BODY)
    first, *repeats = [make.lead("village_head", by=operator, names=("佘仁杰",)) for _ in range(4)]
    bundles.bundle(first, repeats, reason="同一件事。", by=keeper, at=make.NOON)
    (referral,) = make.referrals(first)
    referrals.approve(referral, by=leader, at=make.NOON)
    referrals.hand_over(referral, by=keeper, at=make.NOON)
    repeats[0].walled = True  # a wall that fell later: it is counted for nobody
    for day in (date(2018, 6, 8), date(2018, 6, 11), date(2018, 6, 12), date(2018, 6, 19)):
        send_morning_brief(morning(day))
    told = {
        day_of(letter.written_at): "上周重复反映您单位在办事项：2次" in letter.body
        for letter in letters("morning/")
        if letter.office_id == body.id
    }
    assert {day for day, said in told.items() if said} == {date(2018, 6, 11)}
    assert "佘仁杰" not in "".join(letter.body for letter in letters("morning/"))
