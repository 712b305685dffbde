"""Spreadsheets: what is text stays text, in both directions, however it begins."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy

Cell = str | int | Decimal | date | None
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767
"""Characters that a cell can hold; a longer text is cut there and says so."""
CUT = "……（超出单元格容量，已截断）"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: lines above the table, its head, and its rows, which may be an iterator."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    above: Sequence[str] = ()
    widths: Sequence[int] = ()
    """Widths in characters, from the first column; the others keep the usual one."""


def workbook(*sheets: Sheet) -> bytes:
    """A small workbook, whole in memory: for a report or an enclosure."""
    out = BytesIO()
    write(out, *sheets)
    return out.getvalue()


def write(out: BinaryIO, *sheets: Sheet) -> None:
    """Write a workbook of any length row by row, in the memory of one row.

    The rows wait in a directory that only this process may read, which is gone afterwards.
    """
    with TemporaryDirectory(prefix="tipline-") as private, Workbook(out, {**OPTIONS, "tmpdir": private}) as book:
        text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        head = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:31])
            _fill(page, sheet, text, head, day)


def _fill(page: Worksheet, sheet: Sheet, text: Any, head: Any, day: Any) -> None:
    for number, width in enumerate(sheet.widths):
        page.set_column(number, number, width)
    for line, words in enumerate(sheet.above):
        page.write_string(line, 0, _text(words))
    top = len(sheet.above)
    for column, word in enumerate(sheet.heads):
        page.write_string(top, column, _text(word), head)
    page.freeze_panes(top + 1, 0)
    for line, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(line, column, value, day)
            elif isinstance(value, int | Decimal):
                page.write_number(line, column, value)
            elif value is not None:
                page.write_string(line, column, _text(value), text)


def _text(words: str) -> str:
    clean = tidy(words)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - len(CUT)] + CUT


def read(content: bytes, sheet: str | None = None) -> Iterator[list[str]]:
    """The rows of one sheet, the first if none is named, every cell as the text a person would read.

    Raises Incomplete when it is not a spreadsheet or has no such sheet.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        page = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
    except CalamineError:
        raise Incomplete("这个文件不是可以读取的表格，请另存为 .xlsx 后再试。") from None
    for row in page.iter_rows():
        yield [_plain(value) for value in row]


def _plain(value: str | float | bool | date | datetime | time | timedelta) -> str:
    """What stands in a cell; a number that is whole has no decimals, a day no hours."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, bool):
        return "1" if value else "0"
    return tidy(str(value))
