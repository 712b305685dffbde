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
    """Set large and centred over all columns, for a table that is printed and signed: ruled, with high rows."""
    widths: Sequence[int] = ()
    """Widths in characters, from the first column; the others keep the usual one."""


def sheet_name(words: str) -> str:
    """The words as a sheet may be called."""
    return words.translate(FORBIDDEN)[:31]


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
            page = book.add_worksheet(sheet_name(sheet.name))
            _set_for_print(page, sheet)
            _fill(page, sheet, _formats(book, RULED if sheet.title else {}))


USUAL = 9
"""The width of a column that has none of its own."""
A_LINE, TWO_LINES, TALLEST = 15, 30, 400
"""The height of a row in points: of one line, of the lowest in a ruled table, and of the highest there is."""
UNKNOWN = "—"
RULED = {"border": 1, "valign": "vcenter", "font_size": 10}
PAPERS = ((105, 9, False), (190, 9, True), (10_000, 8, True))
"""Up to which width of a table which paper, and whether it lies: A4, A4 across, A3 across."""


def _formats(book: Workbook, ruled: dict[str, Any]) -> dict[str, Any]:
    """How each kind of cell looks; a ruled table is for print."""
    made: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "valign": "top", "text_wrap": True},
        "head": {
            "num_format": "@",
            "bold": True,
            "bottom": 1,
            "text_wrap": True,
            "align": "center",
            "valign": "vcenter",
        },
        "unknown": {"num_format": "@", "valign": "top", "align": "right"},
        "large": {"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"},
        "above": {"text_wrap": True, "valign": "vcenter"},
        "whole": {"valign": "top"},
        "money": {"num_format": "0.00", "valign": "top"},
        "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    }
    if ruled:
        made["day"] |= {"align": "center"}
        made |= {"whole": {"num_format": "0", "align": "center"}, "money": {"num_format": "0.00_ "}}
    return {name: book.add_format(look if name in ("large", "above") else look | ruled) for name, look in made.items()}


def _set_for_print(page: Worksheet, sheet: Sheet) -> None:
    """The paper: as wide as the table, its head on every page, its name above and the page's number below."""
    _, paper, across = next(one for one in PAPERS if sum(_widths(sheet)) <= one[0])
    page.set_paper(paper)
    if across:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.repeat_rows(bool(sheet.title) + len(sheet.above))
    page.set_header("&L" + sheet.name.replace("&", "&&"))
    page.set_footer("&C&P / &N")


def _widths(sheet: Sheet) -> list[int]:
    return [*sheet.widths, *[USUAL] * (len(sheet.heads) - len(sheet.widths))]


def _lines(words: str, width: int) -> int:
    """How many lines words need in a cell; a Chinese character is as wide as two others."""
    return sum(1 + sum(1 + (one > "⺀") for one in line) // max(width, 1) for line in words.split("\n"))


def _height(cells: Iterable[Cell], widths: Sequence[int], lowest: int) -> int:
    most = max(
        (_lines(cell, width) for cell, width in zip(cells, widths, strict=False) if isinstance(cell, str)), default=1
    )
    return min(max(lowest, most * A_LINE), TALLEST)


def _over_all(page: Worksheet, line: int, words: str, sheet: Sheet, look: Any) -> None:
    """Words over all columns."""
    if len(sheet.heads) > 1:
        page.merge_range(line, 0, line, len(sheet.heads) - 1, _text(words), look)
    else:
        page.write_string(line, 0, _text(words), look)


def _fill(page: Worksheet, sheet: Sheet, looks: dict[str, Any]) -> None:
    widths = _widths(sheet)
    for number, width in enumerate(widths):
        page.set_column(number, number, width)
    if sheet.title:
        page.set_row(0, 34)
        _over_all(page, 0, sheet.title, sheet, looks["large"])
    first = 1 if sheet.title else 0
    for line, words in enumerate(sheet.above, start=first):
        page.set_row(line, 16 * _lines(words, sum(widths)))
        _over_all(page, line, words, sheet, looks["above"])
    top = first + len(sheet.above)
    lowest = TWO_LINES if sheet.title else A_LINE
    page.set_row(top, _height(sheet.heads, widths, lowest))
    for column, word in enumerate(sheet.heads):
        page.write_string(top, column, _text(word), looks["head"])
    page.freeze_panes(top + 1, 0)
    for line, row in enumerate(sheet.rows, start=top + 1):
        page.set_row(line, _height(row, widths, lowest))
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(line, column, value, looks["day"])
            elif isinstance(value, int | Decimal):
                page.write_number(line, column, value, looks["whole" if isinstance(value, int) else "money"])
            elif value is not None:
                page.write_string(line, column, _text(value), looks["unknown" if value == UNKNOWN else "text"])
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
