"""The workbook as it was handed in, with a comment at every wrong cell: the clerk corrects it and hands it in again."""

import io
from collections import defaultdict
from collections.abc import Callable

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import InvalidFileException

from tipline.kit.errors import Incomplete
from tipline.kit.words import Sentence
from tipline.screening.workbook import Handed

MOST_LINES = 20_000
"""Beyond this the workbook would have to be held in memory whole, cell by cell."""
AUTHOR = "Tipline"


def commented(content: bytes, handed: Handed, said: Callable[[Sentence], str]) -> bytes:
    """The same workbook, formulas and formats as they were. Raises Incomplete when it is too long for that."""
    if handed.rows[-1].line > MOST_LINES:
        raise Incomplete("表太长，不能逐格批注；请对照页上列出的行改正。")
    try:
        book = load_workbook(io.BytesIO(content))
    except (KeyError, ValueError, TypeError, AttributeError, InvalidFileException):
        raise Incomplete("这份表不能逐格批注；请对照页上列出的行改正。") from None  # it reads less than calamine does
    page = book[handed.sheet]
    words: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in handed.rows:
        for fault in row.faults:
            words[_place(page, row.line, fault.column + 1)].append(said(fault.what))
    for (line, column), sentences in words.items():
        cell = page.cell(line, column)
        before = [cell.comment.text] if cell.comment else []
        cell.comment = Comment("\n".join([*before, *sentences]), AUTHOR, height=90, width=280)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _place(page: object, line: int, column: int) -> tuple[int, int]:
    """The cell itself, or the first of the merged cells it lies in."""
    if isinstance(page.cell(line, column), MergedCell):  # type: ignore[attr-defined]
        for span in page.merged_cells.ranges:  # type: ignore[attr-defined]
            if span.min_row <= line <= span.max_row and span.min_col <= column <= span.max_col:
                return span.min_row, span.min_col
    return line, column
