"""Cells written on the page: read by the rules of a workbook, saved by row and version, nothing typed is lost."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests import make
from tests.screening.tables import GOOD, number, row, sheet
from tests.screening.test_importing import AT, GEGU, clerk, enter, read, records, table  # noqa: F401 (a fixture)
from tipline.kit.db import db
from tipline.office import time
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.screening import editing, submitting
from tipline.screening.cells import Reading
from tipline.screening.models import ScreeningRecord

SHEET = f"/screening/tables/on_roll/{make.SHUANGGANG}/sheet"


@pytest.fixture(autouse=True)
def june(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


@pytest.fixture
def record(app, clerk) -> ScreeningRecord:  # noqa: F811
    enter(sheet(GOOD), clerk)
    return records()[0]


def typed(browser, record, knew: int = 1, **words: str):
    cells = {f"cell-{column}": said for column, said in words.items()}
    return browser.post(f"/screening/records/{record.key}/amend-cells", data=cells | {"knew": str(knew)})


def test_a_row_is_saved_with_what_was_typed_in_it_and_nothing_else(sign_in, clerk, record):  # noqa: F811
    browser, before = sign_in(clerk), record.values
    assert browser.get(SHEET).text.count("<tr data-row") == 1
    answer = typed(
        browser, record, amount="900.01", village="朝阳社区", conclusion="不符合", remarks="甲\r\n乙", phone=""
    )
    assert answer.status_code == 200
    assert 'data-version="2"' in answer.text
    assert "900.01" in answer.text.partition("<tfoot>")[2]
    after = {"amount": 90001, "village": records()[0].place_code, "conclusion": "unfit", "remarks": "甲\n乙"}
    assert records()[0].values == before | after
    assert after["village"] != before["village"]
    assert typed(browser, record, knew=2, amount="900.01").status_code == 200
    lines = list(db.session.scalars(select(Entry).where(Entry.act == Act.AMEND_SCREENING)))
    assert [line.facts["columns"] for line in lines] == ["amount,conclusion,remarks,village"]


def test_cells_are_read_as_those_of_a_workbook_and_a_wrong_row_keeps_its_words(sign_in, clerk, record):  # noqa: F811
    wrong = {"月保障金额": "很多", "村（居）": "殷庄村", "排查结论": "也许", "家庭人口": "", "身份证号": "1299"}
    keys = {"月保障金额": "amount", "村（居）": "village", "排查结论": "conclusion", "家庭人口": "family_size"}
    keys["身份证号"] = "id_number"
    (same,) = read(sheet(row(**wrong))).rows
    answer = typed(sign_in(clerk), record, remarks="对的", **{keys[head]: said for head, said in wrong.items()})
    assert answer.status_code == 422
    for fault in same.faults:
        assert str(fault.what) in answer.text
    assert len(same.faults) == len(wrong) == answer.text.count('aria-invalid="true"')
    assert 'data-typed="对的"' in answer.text
    assert records()[0].version == 1


def test_a_planted_rule_of_its_own_is_noticed(sign_in, clerk, record, monkeypatch):  # noqa: F811
    monkeypatch.setattr(editing, "cells", SimpleNamespace(read=lambda cell, *_: Reading(value=cell)))
    with pytest.raises(AssertionError):
        test_cells_are_read_as_those_of_a_workbook_and_a_wrong_row_keeps_its_words(sign_in, clerk, record)


def test_who_comes_second_keeps_the_words_and_sees_what_stands(sign_in, clerk, record):  # noqa: F811
    browser = sign_in(clerk)
    assert typed(browser, record, remarks="先写").status_code == 200
    answer = typed(browser, record, knew=1, remarks="后写")
    assert answer.status_code == 409
    assert all(
        said in answer.text for said in ("刚才有人改过", 'data-typed="后写"', "现在是：先写", 'data-version="2"')
    )
    assert typed(browser, record, knew=2, remarks="后写").status_code == 200
    assert records()[0].values["remarks"] == "后写"


def test_numbers_stay_covered_and_a_number_of_another_row_is_refused(sign_in, clerk, record):  # noqa: F811
    enter(sheet(row(身份证号=number(12))), clerk)
    browser = sign_in(clerk)
    answer = typed(browser, record, id_number=number(12))
    assert (answer.status_code, "已有一户" in answer.text) == (409, True)
    assert number(11) not in answer.text + browser.get(SHEET).text
    assert typed(browser, record, id_number=number(13)).status_code == 200
    assert {one.values["id_number"] for one in records()} == {number(12), number(13)}


def test_the_words_of_the_readers_language_are_taken_too(sign_in, clerk, record):  # noqa: F811
    clerk.language = "en"
    browser = sign_in(clerk)
    assert typed(browser, record, conclusion="Does not fit", relative="Yes").status_code == 200
    assert (records()[0].values["conclusion"], records()[0].values["relative"]) == ("unfit", True)


def test_nobody_else_writes_and_a_submitted_table_is_shut(sign_in, clerk, record):  # noqa: F811
    strangers = [make.officer(Role.TOWN_CLERK, GEGU), *map(make.officer, (Role.LEDGER_KEEPER, Role.TOWN_DEPUTY))]
    for officer in strangers:
        browser = sign_in(officer)
        assert (browser.get(SHEET).status_code, typed(browser, record, remarks="别人").status_code) == (404, 404)
    submitting.submit(table(), by=clerk, at=AT)
    db.session.commit()
    browser = sign_in(clerk)
    assert "sheet.js" not in browser.get(SHEET).text
    answer = typed(browser, record, remarks="晚了")
    assert (answer.status_code, 'data-typed="晚了"' in answer.text, "已报送" in answer.text) == (409, True, True)
    assert records()[0].version == 1
