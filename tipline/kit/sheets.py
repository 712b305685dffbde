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
    title: str = ""
    """Set large and centred over all columns, for a table that is printed and signed: ruled, A3 landscape."""
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
        for sheet in sheets:
            page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:31])
            if sheet.title:
                _set_for_print(book, page, sheet)
            _fill(page, sheet, _formats(book, RULED if sheet.title else {}))


TWO_LINES = 26
"""The height of a row in a ruled table, in points."""
RULED = {"border": 1, "valign": "vcenter", "font_size": 9}


def _formats(book: Workbook, ruled: dict[str, Any]) -> dict[str, Any]:
    """How each kind of cell looks; only a ruled table has a look for numbers and for nothing."""
    made: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "valign": "top", "text_wrap": True},
        "head": {"num_format": "@", "bold": True, "bottom": 1},
        "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    }
    if ruled:
        made["head"] |= {"text_wrap": True, "align": "center"}
        made |= {"whole": {"num_format": "0"}, "money": {"num_format": "0.00"}}
    return {name: book.add_format(look | ruled) for name, look in made.items()}


def _set_for_print(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    """The title over all columns, and the paper."""
    large = book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"})
    page.set_row(0, 34)
    page.merge_range(0, 0, 0, len(sheet.heads) - 1, _text(sheet.title), large)
    page.set_paper(8)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    page.repeat_rows(1 + len(sheet.above))
    page.set_footer("&C&P / &N")


def _fill(page: Worksheet, sheet: Sheet, looks: dict[str, Any]) -> None:
    for number, width in enumerate(sheet.widths):
        page.set_column(number, number, width)
    first = 1 if sheet.title else 0
    for line, words in enumerate(sheet.above, start=first):
        page.write_string(line, 0, _text(words))
    top = first + len(sheet.above)
    if sheet.title:
        page.set_row(top, TWO_LINES)
    for column, word in enumerate(sheet.heads):
        page.write_string(top, column, _text(word), looks["head"])
    page.freeze_panes(top + 1, 0)
    for line, row in enumerate(sheet.rows, start=top + 1):
        if sheet.title:
            page.set_row(line, TWO_LINES)
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(line, column, value, looks["day"])
            elif isinstance(value, int | Decimal):
                page.write_number(line, column, value, looks.get("whole" if isinstance(value, int) else "money"))
            elif value is not None:
                page.write_string(line, column, _text(value), looks["text"])
            elif sheet.title:
                page.write_blank(line, column, None, looks["text"])


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
