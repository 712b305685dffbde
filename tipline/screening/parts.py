"""What a reader of cells does not see: hidden rows, errors, formulas without a value, the 1904 reckoning. Pure.

Read from the parts of the archive, which `kit.workbooks.opened` has looked at before.
"""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tipline.kit.workbooks import MOST_COLUMNS, damaged

PIECE = 1 << 20
SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
LINK = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d+)\"")
BROKEN = re.compile(rb"<(?:\w+:)?c\b(?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]{1,3})(\d+)\"")
UNREAD = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt=\"str\")[^>]*?\br=\"([A-Z]{1,3})(\d+)\"[^>]*>"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
END_OF_ROW = re.compile(rb"</(?:\w+:)?row>")


@dataclass
class Parts:
    """Of one sheet: hidden lines, cells with an error, cells with a formula but no value, by line and column."""

    is_1904: bool = False
    hidden: set[int] = field(default_factory=set)
    broken: set[tuple[int, int]] = field(default_factory=set)
    unread: set[tuple[int, int]] = field(default_factory=set)


def of_sheet(content: bytes, name: str) -> Parts:
    """The parts of the sheet of that name. Raises Incomplete when the archive is not whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _of(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise damaged() from None


def _of(archive: zipfile.ZipFile, name: str) -> Parts:
    names = set(archive.namelist())
    book = archive.read("xl/workbook.xml")
    parts = Parts(is_1904=re.search(rb"\bdate1904=\"(?:1|true)\"", book) is not None)
    path = _path(archive, names, book, name)
    for piece in _pieces(archive, path) if path in names else ():
        _look(piece, parts)
    return parts


def _look(piece: bytes, parts: Parts) -> None:
    """Most sheets have none of these: a plain look for the words comes before the patterns."""
    if b"hidden=" in piece:
        parts.hidden |= {int(row[1]) for row in HIDDEN_ROW.finditer(piece)}
    if b't="e"' in piece:
        parts.broken |= {(int(cell[2]), _column(cell[1])) for cell in BROKEN.finditer(piece)}
    if b"<f" in piece or b":f" in piece:
        parts.unread |= {(int(cell[2]), _column(cell[1])) for cell in UNREAD.finditer(piece)}


def _path(archive: zipfile.ZipFile, names: set[str], book: bytes, name: str) -> str:
    """Where in the archive the sheet lies."""
    sheets = [tag.decode("utf-8", "replace") for tag in SHEET.findall(book)]
    number = next((_said(tag, r"\w+:id") for tag in sheets if html.unescape(_said(tag, "name")) == name), "")
    links = archive.read("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in names else b""
    tags = [tag.decode("utf-8", "replace") for tag in LINK.findall(links)]
    target = next((_said(tag, "Target") for tag in tags if number and _said(tag, "Id") == number), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _said(tag: str, attribute: str) -> str:
    found = re.search(rf"\s{attribute}=[\"']([^\"']*)[\"']", tag)
    return found[1] if found else ""


def _pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The sheet in pieces that end with a row, so that no cell is cut in two."""
    rest = b""
    with archive.open(path) as part:
        while more := part.read(PIECE):
            rest += more
            ends = [end.end() for end in END_OF_ROW.finditer(rest)]
            if ends:
                yield rest[: ends[-1]]
                rest = rest[ends[-1] :]
    yield rest


def _column(letters: bytes) -> int:
    """0 for A; beyond what is read for anything far to the right."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return min(number - 1, MOST_COLUMNS)
