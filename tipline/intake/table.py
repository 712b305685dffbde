"""A spreadsheet as rows of named cells: what stands there is read, what a machine has spoilt is refused."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook

from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_PARTS = 500
MOST_TIMES_LARGER = 200
MOST_ROWS = 5_000
MOST_COLUMNS = 100
HEAD_WITHIN = 10
FEWEST_HEADS = 3
EXACT_TO = 10**15
"""Beyond this a number kept as a float has lost digits."""

Value = str | float | bool | date | datetime | time | timedelta


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


def rows(content: bytes, filename: str, known: set[str]) -> Iterator[Row]:
    """The rows below the head of the list. Raises Incomplete when there is no such list in the file."""
    lines = enumerate(_lines(content, filename), start=1)
    first = list(islice(lines, HEAD_WITHIN))
    heads, below = _heads([line for _, line in first], known)
    for number, line in [*first[below:], *lines]:
        if number > MOST_ROWS + HEAD_WITHIN:
            raise Incomplete("超过%(most)s行，请分成几份。", most=MOST_ROWS)
        cells = {name: words(value) for name, value in zip(heads, line, strict=False) if name}
        if any(cells.values()):
            spoilt = tuple(name for name, value in zip(heads, line, strict=False) if name and _has_lost_digits(value))
            yield Row(number, cells, spoilt)


def words(value: Value) -> str:
    """What a person reads in the cell: a whole number without decimals, a day without hours."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"
    return tidy(str(value))


def _has_lost_digits(value: Value) -> bool:
    return isinstance(value, float) and abs(value) >= EXACT_TO


def _heads(top: list[list[Value]], known: set[str]) -> tuple[list[str], int]:
    """The names of the columns and how many lines they take; a merged head stands over its columns' own names."""
    named = [[_head(value) for value in line] for line in top]
    for at, line in enumerate(named):
        above = _spread(named[at - 1], len(line)) if at else [""] * len(line)
        joined = [name if name in known else over + name for over, name in zip(above, line, strict=True)]
        merged = [name if name in known else over for over, name in zip(above, joined, strict=True)]
        heads = [
            name if name in known else "" for name in (merged if _fits(merged, known) > _fits(line, known) else line)
        ]
        if len([name for name in heads if name]) >= FEWEST_HEADS and not _goes_on(named, at, known):
            twice = {name for name in heads if name and heads.count(name) > 1}
            if twice:
                raise Incomplete("列“%(name)s”出现了两次，请删去一列。", name=sorted(twice)[0])
            return heads, at + 1
    raise Incomplete("前%(rows)s行里没有找到表头，请对照本页的列名。", rows=HEAD_WITHIN)


def _goes_on(named: list[list[str]], at: int, known: set[str]) -> bool:
    """Whether the head has a second line: merged cells above, the columns' own names below."""
    return at + 1 < len(named) and _fits(named[at + 1], known) >= 2


def _fits(names: list[str], known: set[str]) -> int:
    return len({name for name in names if name in known})


def _spread(line: list[str], length: int) -> list[str]:
    """A merged cell keeps its words in its first column only: give them to the columns it covers."""
    spread, last = [], ""
    for name in [*line, *[""] * length][:length]:
        last = name or last
        spread.append(last)
    return spread


def _head(value: Value) -> str:
    return "".join(words(value).split()).strip("*＊：:")


def _lines(content: bytes, filename: str) -> Iterator[list[Value]]:
    if len(content) > LARGEST:
        raise Incomplete("文件太大，请分成几份。")
    if filename.lower().endswith(".csv"):
        return _csv_lines(content)
    return _sheet_lines(content)


def _csv_lines(content: bytes) -> Iterator[list[Value]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Incomplete("这个文件不是可以读取的文本，请另存为 .xlsx 后再试。")
    for line in csv.reader(io.StringIO(text, newline="")):
        yield [*line[:MOST_COLUMNS]]


def _sheet_lines(content: bytes) -> Iterator[list[Value]]:
    """The first sheet; formulas give the values that were saved with them, and nothing is run or fetched."""
    _refuse_a_bomb(content)
    try:
        page = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, IndexError):
        raise Incomplete("这个文件不是可以读取的表格，请另存为 .xlsx 后再试。") from None
    if page.total_height > MOST_ROWS + HEAD_WITHIN:
        raise Incomplete("超过%(most)s行，请分成几份。", most=MOST_ROWS)
    for _ in range(page.start[0] if page.start else 0):
        yield []
    for line in page.iter_rows():
        yield [*line[:MOST_COLUMNS]]


def _refuse_a_bomb(content: bytes) -> None:
    """A small file that unpacks into a huge one is not a list of leads."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Incomplete("这个文件不是可以读取的表格，请另存为 .xlsx 后再试。") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(LARGEST_UNPACKED, MOST_TIMES_LARGER * len(content) + 1_000_000):
        raise Incomplete("这个文件解开后过大，不予读取。")
