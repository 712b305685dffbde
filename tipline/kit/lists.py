"""A list that somebody made, as rows of named cells: what stands there is read, what is spoilt is refused."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from tipline.kit.errors import Incomplete
from tipline.kit.workbooks import (
    HEAD_WITHIN,
    LARGEST,
    MOST_COLUMNS,
    Value,
    found_head,
    has_lost_digits,
    lines,
    opened,
    sheet_of,
    words,
)

MOST_ROWS = 5_000
RISKY = re.compile(r"^'*[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠|;\t\r]")
"""What a spreadsheet might take for a formula; in a text file such a cell begins with one more apostrophe."""


def harmless(words: str) -> str:
    """The words as they stand in a text file."""
    return f"'{words}" if RISKY.match(words) else words


def _as_meant(words: str) -> str:
    return words[1:] if words.startswith("'") and RISKY.match(words) else words


@dataclass(frozen=True)
class Row:
    """One row of a list: the line in the sheet, and its cells by the name of the column."""

    line: int
    cells: dict[str, str]
    spoilt: tuple[str, ...] = ()
    """Columns whose number has lost its last digits, as spreadsheets do to long numbers."""

    @property
    def digest(self) -> str:
        """What makes a row the same row, wherever in the list it stands."""
        said = "\x1f".join(f"{name}={words}" for name, words in sorted(self.cells.items()) if words)
        return hashlib.sha256(said.encode()).hexdigest()


def rows(content: bytes, filename: str, known: Mapping[str, str]) -> Iterator[Row]:
    """The rows below the head of the list; `known` says which column a head stands for.

    Raises Incomplete when there is no such list in the file.
    """
    numbered = enumerate(_lines(content, filename), start=1)
    head = found_head(numbered, known)
    for number, line in chain(head.below, numbered):
        if number > MOST_ROWS + HEAD_WITHIN:
            raise Incomplete("超过%(most)s行，请分成几份。", most=MOST_ROWS)
        cells = {name: words(value) for name, value in zip(head.keys, line, strict=False) if name}
        if any(cells.values()):
            spoilt = tuple(
                name for name, value in zip(head.keys, line, strict=False) if name and has_lost_digits(value)
            )
            yield Row(number, cells, spoilt)


def _lines(content: bytes, filename: str) -> Iterator[list[Value]]:
    if filename.lower().endswith(".csv"):
        return _csv_lines(content)
    return _sheet_lines(content)


def _csv_lines(content: bytes) -> Iterator[list[Value]]:
    if len(content) > LARGEST:
        raise Incomplete("文件太大，请分成几份。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Incomplete("这个文件不是可以读取的文本，请另存为 .xlsx 后再试。")
    try:
        for line in csv.reader(io.StringIO(text, newline="")):
            yield [_as_meant(cell) for cell in line[:MOST_COLUMNS]]
    except csv.Error:  # a cell without an end
        raise Incomplete("这个文件不是可以读取的文本，请另存为 .xlsx 后再试。") from None


def _sheet_lines(content: bytes) -> Iterator[list[Value]]:
    """The first sheet; formulas give the values that were saved with them, and nothing is run or fetched."""
    book = opened(content)
    page = sheet_of(book, book.sheet_names[0])
    if page.total_height > MOST_ROWS + HEAD_WITHIN:
        raise Incomplete("超过%(most)s行，请分成几份。", most=MOST_ROWS)
    return lines(page)
