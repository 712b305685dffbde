"""The work calendar at the counter: seen before it is saved, and whole years only."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from tests import make
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.office import calendars, time, year_sheet
from tipline.office.charter import Role
from tipline.office.models import Entry

SOURCE = "国办发明电〔2028〕1号"
LINES = f"""{year_sheet.HEAD}
2029-01-01,holiday,元旦,New Year's Day,{SOURCE}
2028-12-30,holiday,元旦,New Year's Day,{SOURCE}
2029-02-10,adjusted_workday,春节,Spring Festival,{SOURCE}
"""


@pytest.fixture
def keeper(sign_in):
    return sign_in(make.officer(Role.LEDGER_KEEPER))


def test_a_year_is_shown_before_it_is_saved(keeper):
    page = keeper.post("/admin/calendar/preview", data={"year": "2029", "lines": LINES})
    assert page.status_code == 200
    assert SOURCE in page.text
    assert "2029年2月10日" in page.text
    assert "2028年12月30日" not in page.text
    assert calendars.days_of(2029) == []


def test_a_year_is_entered_whole(keeper):
    assert keeper.post("/admin/calendar/enter", data={"year": "2029", "lines": LINES}).status_code == 302
    assert [day.day for day in calendars.days_of(2029)] == [date(2029, 1, 1), date(2029, 2, 10)]
    assert calendars.calendar().is_working_day(date(2029, 2, 10))
    assert db.session.query(Entry).order_by(Entry.seq.desc()).first().facts == {"year": "2029", "days": "2"}
    assert SOURCE in keeper.get("/admin/calendar").text
    assert keeper.get("/admin/calendar/2029").status_code == 200


def test_entering_a_year_again_replaces_it(keeper):
    keeper.post("/admin/calendar/enter", data={"year": "2029", "lines": LINES})
    fewer = LINES.replace("2029-02-10,adjusted", "2030-02-10,adjusted")
    assert "整年替换" in keeper.post("/admin/calendar/preview", data={"year": "2029", "lines": fewer}).text
    keeper.post("/admin/calendar/enter", data={"year": "2029", "lines": fewer})
    assert [day.day for day in calendars.days_of(2029)] == [date(2029, 1, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_from_excel_is_read(keeper, encoding):
    file = (BytesIO(LINES.encode(encoding)), "放假.csv")
    page = keeper.post("/admin/calendar/preview", data={"year": "2029", "file": file})
    assert page.status_code == 200
    assert "元旦" in page.text


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "没有内容"),
        ("something else entirely", "缺少列"),
        (f"{year_sheet.HEAD}\n2029-02-30,holiday,元旦,x,{SOURCE}", "calendar.csv:2"),
        (f"{year_sheet.HEAD}\n2029-01-01,holiday,元旦,x,{SOURCE}\n2029-01-02,feast,元旦,x,{SOURCE}", "calendar.csv:3"),
        (f"{year_sheet.HEAD}\n2029-01-01,holiday,元旦,x,", "依据都要填写"),
        (f"{year_sheet.HEAD}\n2029-01-01,holiday,元,x,y\n2029-01-01,holiday,元,x,y", "写了两次"),
        (f"{year_sheet.HEAD}\n2028-01-01,holiday,元旦,x,{SOURCE}", "没有2029年"),
        (f'{year_sheet.HEAD}\n"2029-01-01,holiday\0,x', "calendar.csv"),
    ],
)
def test_what_cannot_be_read_is_named(keeper, lines, told):
    answer = keeper.post("/admin/calendar/preview", data={"year": "2029", "lines": lines})
    assert answer.status_code == 422
    assert told in answer.text
    assert keeper.post("/admin/calendar/enter", data={"year": "2029", "lines": lines}).status_code == 422
    assert calendars.days_of(2029) == []


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x81\x20", b"x" * (year_sheet.LARGEST + 1), b""])
def test_a_file_that_is_none_is_refused(content):
    with pytest.raises(Incomplete):
        year_sheet.text_of(content)


@pytest.mark.parametrize("year", ["", "29", "19999", "x"])
def test_a_year_that_is_none_is_refused(keeper, year):
    assert keeper.post("/admin/calendar/preview", data={"year": year, "lines": LINES}).status_code == 422


@pytest.mark.parametrize(("month", "alarm"), [(10, False), (11, True)])
def test_from_november_the_missing_year_is_an_alarm(keeper, monkeypatch, month, alarm):
    monkeypatch.setattr(time, "now", lambda: datetime(2026, month, 2, 4, tzinfo=UTC))
    assert ("2027年的放假安排还没有录入" in keeper.get("/admin/calendar").text) is alarm


def test_who_may_not_keep_the_calendar_cannot_see_or_change_it(sign_in):
    for role in (Role.OPERATOR, Role.AUDITOR, Role.SECURITY_ADMIN):
        stranger = sign_in(make.officer(role))
        assert stranger.get("/admin/calendar").status_code == 404
        assert stranger.post("/admin/calendar/enter", data={"year": "2029", "lines": LINES}).status_code == 404
    assert calendars.days_of(2029) == []


def test_a_year_nobody_entered_is_not_found(keeper):
    assert keeper.get("/admin/calendar/1999").status_code == 404
