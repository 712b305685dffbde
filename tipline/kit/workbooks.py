"""Workbooks that others made: looked at before they are unpacked, then read as what stands in their cells."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy

LARGEST = 20_000_000
LARGEST_UNPACKED = 300_000_000
MOST_PARTS = 500
MOST_TIMES_LARGER = 200
MOST_CELLS = 5_000_000
"""The reader lays a sheet out whole, from its first word to its last, with every empty cell in between."""
MOST_COLUMNS = 100
HEAD_WITHIN = 10
FEWEST_HEADS = 3
EXACT_TO = 10**15
"""Beyond this a number kept as a float has lost digits."""

ZIP, OLD_BOX = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")

PIECE = 1 << 20
FILLED = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s>])((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)(?<!/)>""")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")

Value = str | float | bool | date | datetime | time | timedelta
Line = tuple[int, list[Value]]
"""The number of a line, and what stands in it."""


def opened(content: bytes) -> CalamineWorkbook:
    """The workbook. Raises Incomplete, and says what the file is instead, when it is none that may be read."""
    if len(content) > LARGEST:
        raise Incomplete("文件太大，请分成几份。")
    if not content.startswith(ZIP):
        raise _instead(content)
    _refuse_a_bomb(content)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError:
        raise _unreadable() from None


def sheet_of(book: CalamineWorkbook, name: str) -> CalamineSheet:
    """One sheet of the workbook. Raises Incomplete when it cannot be read."""
    try:
        return book.get_sheet_by_name(name)
    except CalamineError:
        raise _unreadable() from None


def lines(page: CalamineSheet) -> Iterator[list[Value]]:
    """The lines of a sheet from its first, whatever stands there; the first cell is that of its first used column."""
    for line in page.iter_rows():
        yield [*line[:MOST_COLUMNS]]


def words(value: Value) -> str:
    """What a person reads in the cell: a whole number without decimals, a day without hours."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def has_lost_digits(value: Value) -> bool:
    """Whether a program took a long number for a quantity, and forgot its end."""
    return isinstance(value, float) and abs(value) >= EXACT_TO


def head_of(value: Value) -> str:
    """The name of a column, however it is set."""
    return "".join(words(value).split()).strip("*＊：:")


@dataclass(frozen=True)
class Head:
    """The head of a table: what each of its columns is, "" for an unknown one, and what it is called there."""

    keys: list[str]
    names: list[str]
    above: list[Line]
    """The lines above it."""
    below: list[Line]
    """The lines that were read to find it and come after it."""


def found_head(rows: Iterator[Line], known: Mapping[str, str]) -> Head:
    """The head among the first lines; a merged cell stands over its columns' own names.

    Raises Incomplete when there is none, or two of its columns are the same.
    """
    first = list(islice(rows, HEAD_WITHIN))
    named = [[head_of(value) for value in line] for _, line in first]
    for at, line in enumerate(named):
        above = _spread(named[at - 1], len(line)) if at else [""] * len(line)
        joined = [name if name in known else over + name for over, name in zip(above, line, strict=True)]
        merged = [name if name in known else over for over, name in zip(above, joined, strict=True)]
        both = [one if one in known else other for one, other in zip(joined, merged, strict=True)]
        names = both if _fits(both, known) > _fits(line, known) else line
        heads = [known.get(name, "") for name in names]
        if len([head for head in heads if head]) >= FEWEST_HEADS and not _goes_on(named, at, known):
            _refuse_twins(heads, names)
            return Head(heads, names, first[:at], first[at + 1 :])
    raise Incomplete("前%(rows)s行里没有找到表头，请对照本页的列名。", rows=HEAD_WITHIN)


def _refuse_twins(heads: list[str], names: list[str]) -> None:
    for at, head in enumerate(heads):
        if head and head in heads[:at]:
            raise Incomplete("列“%(name)s”出现了两次，请删去一列。", name=names[at])


def _goes_on(named: list[list[str]], at: int, known: Mapping[str, str]) -> bool:
    """Whether the head has a second line: merged cells above, the columns' own names below."""
    if at + 1 >= len(named):
        return False
    over = _spread(named[at], len(named[at + 1]))
    below = {name for name in named[at + 1] if name in known}
    below |= {o + name for o, name in zip(over, named[at + 1], strict=True) if name and o + name in known}
    return len(below) >= 2


def _fits(names: list[str], known: Mapping[str, str]) -> int:
    return len({name for name in names if name in known})


def _spread(line: list[str], length: int) -> list[str]:
    """A merged cell keeps its words in its first column only: give them to the columns it covers."""
    spread, last = [], ""
    for name in [*line, *[""] * length][:length]:
        last = name or last
        spread.append(last)
    return spread


def _instead(content: bytes) -> Incomplete:
    """What is said of a file that is not a workbook of today."""
    if not content.strip(b"\x00 \r\n\t"):
        return Incomplete("文件是空的，请重新选择。")
    if content.startswith(OLD_BOX) and LOCKED in content:
        return _locked()
    if content.startswith(OLD_BOX):
        return Incomplete("这是旧格式（.xls）的表格，请用表格软件打开，另存为 .xlsx 后再试。")
    start = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<"):
        return Incomplete("这其实是一张网页，只是名字像表格；请用表格软件打开，另存为 .xlsx 后再试。")
    if content.startswith(b"%PDF"):
        return Incomplete("这是 PDF，不是表格；请用原来的表格。")
    if b"," in start or b"\t" in start:
        return Incomplete("这是文本（CSV），不是表格；请在表格软件里把身份证号一列设为文本，另存为 .xlsx 后再试。")
    return _unreadable()


def _locked() -> Incomplete:
    return Incomplete("文件加了打开密码，请去掉密码后再试。")


def damaged() -> Incomplete:
    """What is said of a workbook that is not whole."""
    return Incomplete("文件不完整，可能没有传完或已损坏，请重新保存后再试。")


def _unreadable() -> Incomplete:
    return Incomplete("这个文件不是可以读取的表格，请另存为 .xlsx 后再试。")


def _refuse_a_bomb(content: bytes) -> None:
    """Told from the list of parts, before any is unpacked: what unpacks too large, is locked, or is something else."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise damaged() from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(LARGEST_UNPACKED, MOST_TIMES_LARGER * len(content) + 1_000_000):
        raise _too_large()
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise _locked()
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Incomplete("文件里有宏，请另存为不带宏的 .xlsx 后再试。")
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Incomplete("这种格式的表格不能读取，请另存为 .xlsx 后再试。")
    if "xl/workbook.xml" not in names:
        raise _unreadable()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for part in book.infolist():
                _refuse_wide_open_spaces(book, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError):
        raise damaged() from None


def _refuse_wide_open_spaces(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Two words in opposite corners of a sheet are a small file, and would be laid out as billions of cells."""
    top, left, bottom, right, row, rest = 10**9, 10**9, 0, 0, 0, b""
    with book.open(part) as file:
        while piece := file.read(PIECE):
            whole, closed, rest = (rest + piece).rpartition(b">")
            rest = rest[rest.rfind(b"<") :][-PIECE:]
            for tag, said in FILLED.findall(whole + closed):
                place = PLACE.search(said)
                if tag == b"row":
                    row = int(place[2]) if place else row + 1
                    continue
                column, row = (_column(place[1]), int(place[2])) if place else (0, row)
                top, left, bottom, right = min(top, row), min(left, column), max(bottom, row), max(right, column)
            if (bottom - top + 1) * (right - left + 1) > MOST_CELLS and bottom:
                raise _too_large()


def _column(letters: bytes) -> int:
    """The number of the column that is called so."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _too_large() -> Incomplete:
    return Incomplete("这个文件解开后过大，不予读取。")
