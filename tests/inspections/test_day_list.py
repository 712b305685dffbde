"""The list for the day goes out on paper and comes back: line by line, once, and nothing half done."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests import make
from tests.inspections.at_work import cast, noon, screened, under_way, villages
from tipline.inspections import daylist, jobs
from tipline.inspections.daylist import CODE, DAY, KIND, SEEN
from tipline.inspections.models import DayReturn, Finding
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def people(app):
    return cast()


@pytest.fixture
def visit(people):
    first, second, *_ = villages()
    screened(people.clerk, first, second)
    paper = under_way(people, first, second)
    db.session.commit()
    return paper


@pytest.fixture
def browser(sign_in, set_clock, people, visit):
    set_clock(make.NOON)
    return sign_in(people.keeper)


def filled(content, *told):
    """The list with some lines filled by hand: of each the line below the head, and what is written."""
    book = load_workbook(io.BytesIO(content))
    page = book.active
    head = next(row for row in page.iter_rows() if CODE in [cell.value for cell in row])
    at = {cell.value: cell.column for cell in head}
    for line, said in told:
        for name, value in said.items():
            page.cell(head[0].row + line, at[name], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_back(browser, visit, content):
    file = (io.BytesIO(content), "走访名单.xlsx", XLSX)
    return browser.post(
        f"/inspections/{visit.key}/read-back", data={"workbook": file}, content_type="multipart/form-data"
    )


GOOD = {DAY: "2018-06-04", KIND: "错保", SEEN: "家里有两辆小汽车。"}


def test_the_list_covers_names_and_has_empty_lines_for_each_village(browser, visit):
    content = browser.post(f"/inspections/{visit.key}/day-list").data
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
    words = [str(cell) for row in rows for cell in row if cell]
    assert "佘＊＊" in words or any(word.startswith("佘") and word != "佘仁杰" for word in words)
    assert "佘仁杰" not in " ".join(words)
    assert len(rows) == 3 + 1 + 2 * (1 + daylist.FREE_LINES)


def test_a_filled_list_is_looked_at_and_then_entered_once(browser, visit):
    content = browser.post(f"/inspections/{visit.key}/day-list").data
    new = {DAY: "2018-06-04", KIND: "漏保", SEEN: "独居老人没有申请过。"}
    sheet = filled(content, (1, GOOD), (2, new), (4, GOOD | {KIND: "说不清"}))
    answer = read_back(browser, visit, sheet)
    page = browser.get(answer.location).text
    assert "登记这2个问题" in page
    assert "问题类型“说不清”不在所列之中。" in page
    assert db.session.scalar(select(func.count(Finding.id))) == 0
    assert browser.post(f"{answer.location}/enter").status_code == 302
    findings = db.session.scalars(select(Finding).order_by(Finding.id)).all()
    assert [(one.term, one.seen, one.record_id is not None) for one in findings] == [
        ("wrong_dibao", GOOD[SEEN], True),
        ("missed_dibao", new[SEEN], False),
    ]
    assert browser.post(f"{answer.location}/enter").status_code == 409
    again = read_back(browser, visit, filled(content, (1, GOOD), (2, new), (4, GOOD)))
    assert "登记这1个问题" in browser.get(again.location).text
    browser.post(f"{again.location}/enter")
    assert db.session.scalar(select(func.count(Finding.id))) == 3


def test_what_is_no_list_of_ours_is_refused_and_not_kept(browser, visit):
    for content in (
        b"",
        b"a,b\n1,2",
        filled(browser.post(f"/inspections/{visit.key}/day-list").data, (0, {CODE: "号"})),
        filled(browser.post(f"/inspections/{visit.key}/day-list").data, (1, GOOD | {SEEN: "长" * 2001})),
    ):
        assert read_back(browser, visit, content).status_code == 422
    assert db.session.scalar(select(func.count(DayReturn.id))) == 0


def test_a_fault_in_the_middle_leaves_nothing_behind(people, visit, monkeypatch):
    content = daylist.workbook(visit, by=people.keeper, at=make.NOON)
    sheet = filled(content, (1, GOOD), (4, GOOD))
    returned = daylist.read_back(visit, daylist.read(sheet), by=people.keeper, at=make.NOON)
    db.session.commit()
    record, calls = daylist.operations.record, []

    def failing(*args, **whose):
        calls.append(args)
        if len(calls) == 2:
            raise NotNow("中断。")
        return record(*args, **whose)

    monkeypatch.setattr(daylist.operations, "record", failing)
    with pytest.raises(NotNow):
        daylist.enter(returned, by=people.keeper, at=make.NOON)
    db.session.rollback()
    assert db.session.scalar(select(func.count(Finding.id))) == 0
    monkeypatch.undo()
    assert daylist.enter(returned, by=people.keeper, at=make.NOON) == 2


def test_lines_that_nobody_entered_are_forgotten_after_a_day(people, visit):
    returned = daylist.read_back(visit, [], by=people.keeper, at=make.NOON)
    db.session.commit()
    assert [jobs.forget(noon(6, day)) for day in (4, 5, 6)] == [0, 1, 0]
    assert daylist.judged(returned, noon(6, 6)) == []


def test_a_list_too_long_is_refused(people, visit, monkeypatch):
    monkeypatch.setattr(daylist, "MOST", 1)
    with pytest.raises(Incomplete):
        daylist.rows(visit)
