"""Spreadsheets keep text as text, hold any length, and are read back as a person reads them."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from tipline.kit.errors import Incomplete
from tipline.kit.sheets import LONGEST, Sheet, read, workbook

TRAPS = ["=1+1", "+8615412345678", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "12999919500101106X", "007"]


@pytest.mark.parametrize("text", TRAPS)
def test_what_looks_like_a_formula_a_link_or_a_number_stays_text(text):
    (cell,) = openpyxl.load_workbook(BytesIO(workbook(Sheet("表", ["头"], [[text]])))).active[2]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_numbers_money_and_days_keep_their_kind():
    row = [3, Decimal("12.50"), date(2018, 6, 4), None, "字"]
    book = openpyxl.load_workbook(BytesIO(workbook(Sheet("表", list("abcde"), [row]))))
    assert [cell.value for cell in book.active[2]] == [3, 12.5, book.active["C2"].value, None, "字"]
    assert book.active["C2"].value.date() == date(2018, 6, 4)


def test_what_cannot_stand_in_a_cell_is_taken_out_or_cut_with_a_word():
    content = workbook(Sheet("a/b:c", ["头\x00"], [["x\x01y"], ["长" * 40_000]]))
    rows = list(read(content))
    assert rows[1] == ["xy"]
    assert len(rows[2][0]) == LONGEST
    assert rows[2][0].endswith("已截断）")


def test_a_sheet_is_read_as_a_person_reads_it():
    content = workbook(Sheet("一", ["编号", "日期", "数"], [["007", date(2018, 6, 4), 12]]), Sheet("二", ["x"], []))
    assert list(read(content)) == [["编号", "日期", "数"], ["007", "2018-06-04", "12"]]
    assert list(read(content, "二")) == [["x"]]


@pytest.mark.parametrize(("content", "sheet"), [(b"junk", None), (workbook(Sheet("一", ["x"], [])), "三")])
def test_what_is_no_spreadsheet_is_refused(content, sheet):
    with pytest.raises(Incomplete):
        list(read(content, sheet))
