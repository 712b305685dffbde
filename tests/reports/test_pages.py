"""The report's pages, its sheet and the walls around them."""

import re
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import event, select

from tests import make
from tests.reports import seeding
from tests.reports.seeding import JUNE, JUNE_20
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import time
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.reports import figures, queries
from tipline.reports import rows as counted
from tipline.reports.rules import Asked, Span

READERS = [Role.LEDGER_KEEPER, Role.BUREAU_LEADER, Role.GROUP_INSPECTOR, Role.DISTRICT_INSPECTOR]
TOWN_READERS = [Role.TOWN_CLERK, Role.TOWN_DEPUTY, Role.TOWN_INSPECTOR]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: JUNE_20)


@pytest.fixture
def lived(app):
    seeding.lived()


def cells(page: str) -> list[list[str]]:
    """The rows of the report's own table, as words."""
    tables = [one for one in page.split("<table>") if "登记线索（件）" in one]
    table = next(one for one in tables if "全区" not in one and "增减" in one)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows
    ]


def links(page: str) -> list[tuple[str, int]]:
    """Every number of the page that leads to rows, with its address."""
    found = re.findall(r'<a href="(/reports/rows/[^"]+)">([\d,.]+)</a>', page)
    return [(address.replace("&amp;", "&"), words) for address, words in found]


@pytest.mark.parametrize("role", READERS + TOWN_READERS)
def test_who_reads_figures_finds_the_page(sign_in, lived, role):
    page = sign_in(make.officer(role)).get("/reports/")
    assert page.status_code == 200
    assert "登记线索（件）" in page.text


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_who_reads_no_figures_finds_nothing(sign_in, role):
    browser = sign_in(make.officer(role))
    assert browser.get("/reports/").status_code == 404
    assert browser.get("/reports/rows/leads").status_code == 404
    assert browser.post("/reports/export").status_code == 404


@pytest.mark.parametrize("path", ["", "rows/leads"])
def test_a_stranger_is_sent_to_the_door(app, path):
    assert app.test_client().get(f"/reports/{path}").location.startswith("/sign-in")


KEPT_ELSEWHERE = ("sanctioned", "transferred", "tolerated", "party_sanction.", "admin_sanction.", "form.", "screened")
"""What came of persons, and what towns screened: the number for every reader, the rows for whoever keeps them."""

WALKS = ["month=2018-06&across=rank", "month=2018-06&span=all&across=disposition"]


def listed(browser, address: str) -> int:
    """How many rows the list behind a number has, on all its pages."""
    page = browser.get(address)
    assert page.status_code == 200, address
    found = page.text.split("<tbody>")[1].count("<tr>")
    further = re.findall(r'href="(/reports/rows/[^"]+after=[^"]+)"', page.text)
    return found + (listed(browser, further[0].replace("&amp;", "&")) if further else 0)


def test_every_number_on_the_page_leads_to_as_many_rows(sign_in, lived):
    browser = sign_in(make.officer(Role.BUREAU_LEADER))
    numbers = {link for walk in WALKS for link in links(browser.get(f"/reports/?{walk}").text)}
    assert len(numbers) > 100
    for address, words in numbers:
        if "." in words:
            continue  # money: the sums are compared in test_figures
        if any(f"/rows/{told}" in address for told in KEPT_ELSEWHERE):
            assert f"月报计{words}件，其中您可以查看0件" in browser.get(address).text, address
            continue
        assert listed(browser, address) == int(words.replace(",", "")), address


def test_a_list_that_loses_a_row_is_found(sign_in, lived, monkeypatch):
    browser = sign_in(make.officer(Role.BUREAU_LEADER))
    ((address, words), *_) = links(browser.get("/reports/?month=2018-06").text)
    assert listed(browser, address) == int(words)
    monkeypatch.setattr(counted, "PAGE", 1)
    assert listed(browser, address) == int(words)  # in pages
    monkeypatch.setattr(figures.Figure, "_within", lambda self, span, times: self.moment < times.before)
    assert "<tbody>" not in browser.get(address).text


def test_a_town_reads_its_own_rows_and_is_led_to_no_others(sign_in, lived):
    for role in TOWN_READERS:
        browser = sign_in(make.officer(role))
        page = browser.get("/reports/?month=2018-06").text
        assert all(f"town={make.SHUANGGANG}" in address for address, _ in links(page))
        assert "辛庄镇" not in page
        assert browser.get(f"/reports/rows/leads?town={make.SHUANGGANG}").status_code == 200
        for other in (make.XINZHUANG, "total", "elsewhere", "nowhere"):
            assert browser.get(f"/reports/rows/leads?town={other}").status_code == 404


def test_the_rows_show_shells_and_no_words(sign_in, lived):
    page = sign_in(make.officer(Role.BUREAU_LEADER)).get("/reports/rows/leads?month=2018-06&span=month&town=total").text
    assert "已登记" in page
    assert "吃低保" not in page


@pytest.mark.parametrize("address", ["?month=2018-04", "?month=2018-07", "?month=x"])
def test_a_month_without_a_report_is_not_there(sign_in, address):
    assert sign_in(make.officer(Role.BUREAU_LEADER)).get(f"/reports/{address}").status_code == 404


@pytest.mark.parametrize("address", ["nothing", "leads?span=year", "leads?town=120000000"])
def test_rows_of_nothing_are_not_there(sign_in, address):
    assert sign_in(make.officer(Role.BUREAU_LEADER)).get(f"/reports/rows/{address}").status_code == 404


def test_the_sheet_says_what_the_page_says_and_the_trail_who_took_it(sign_in, lived):
    leader = make.officer(Role.BUREAU_LEADER)
    browser = sign_in(leader)
    answer = browser.post("/reports/export", data={"month": "2018-06"})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tipline-2018-06.xlsx"'
    book = openpyxl.load_workbook(BytesIO(answer.data))
    for sheet, span in zip(book.worksheets, ("month", "all"), strict=False):
        page = cells(browser.get(f"/reports/?month=2018-06&span={span}").text)
        assert [shown(row) for row in sheet.iter_rows(min_row=3, values_only=True)] == page
    entry = db.session.scalars(select(Entry).filter_by(act=Act.EXPORT_STATISTICS)).one()
    assert (entry.by.login, entry.paper) == (leader.login, "monthly-report/2018-06")


def shown(row: tuple) -> list[str]:
    """A row of the sheet in the words of the page."""
    label, *values = row
    if all(value is None for value in values):
        return [label]
    money = "（元）" in label
    words = [
        "" if value is None else value if isinstance(value, str) else f"{value:,.2f}" if money else f"{value:,}"
        for value in values
    ]
    if values[2] is not None and not isinstance(values[2], str):
        words[2] = ("+" if values[2] > 0 else "−" if values[2] < 0 else "") + words[2].lstrip("-")
    return [label, *words]


@pytest.mark.parametrize("role", [Role.GROUP_INSPECTOR, *TOWN_READERS])
def test_who_may_not_take_figures_out_cannot(sign_in, lived, role):
    assert sign_in(make.officer(role)).post("/reports/export", data={"month": "2018-06"}).status_code == 404


def test_an_inspector_is_told_how_many_walled_leads_stand_beside_the_figures(sign_in, app):
    reader, _colleague = make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.BUREAU_LEADER)
    lead = make.lead("bureau_head", by=reader, at=make.NOON)
    assert lead.walled
    db.session.commit()
    assert "另有本机关可见的回避件：本月1件" in sign_in(reader).get("/reports/?month=2018-06").text
    assert "回避件：本月" not in sign_in(make.officer(Role.BUREAU_LEADER)).get("/reports/?month=2018-06").text


def test_the_page_asks_as_often_for_many_rows_as_for_few(sign_in, app):
    browser = sign_in(make.officer(Role.BUREAU_LEADER))
    seeding.lived()
    few = statements(browser, "/reports/?month=2018-06"), statements(browser, "/reports/rows/leads?month=2018-06")
    seeding.more(72)
    many = statements(browser, "/reports/?month=2018-06"), statements(browser, "/reports/rows/leads?month=2018-06")
    assert many == few
    report = queries.report(JUNE, day_of(JUNE_20))
    assert report.line(Asked.LEADS).number(Span.MONTH) == 75


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
