"""Any list as a sheet: its pages are turned for the reader, from the first to the last, and their tables copied out.

There is no second list of columns, rows or filters. What the reader's own pages do not show cannot stand in the sheet.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, request
from lxml import html

from tipline.kit import sheets
from tipline.kit.db import db
from tipline.kit.errors import NotFound, NotNow
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.frame import moment
from tipline.office.models import Officer

IN_MEMORY = 4_000_000
WIDTH = 16
TABLE = "div[contains(concat(' ', @class, ' '), ' table ')]"
PAGER = "//nav[@class='pager'][.//a[@rel='next']]"
UNREAD = """self::form[ancestor::td] or self::button or self::span[contains(@class, 'aloud')]
 or @aria-hidden='true' or @class='counting'"""
"""Of a cell: buttons, signs, what is only read aloud, and how a date was counted."""
NUMBER, MONEY = re.compile(r"-?\d[\d,]*"), re.compile(r"-?\d[\d,]*\.\d\d")
PLAIN = re.compile(r"[\w-]{1,40}", re.ASCII)
NO_FORM = {"CONTENT_LENGTH": "0", "CONTENT_TYPE": "", "wsgi.input": io.BytesIO()}
TURNED = {"after", "before"}
"""How an address says on which page of a list one stands."""


class Lists:
    """The lists as something the trail can name."""

    ref = "lists"


@dataclass(frozen=True)
class Table:
    """A table of a page, and the address of the page on which it goes on, if any."""

    caption: str
    heads: list[str]
    rows: list[list[sheets.Cell]]
    next: str


class Walk:
    """The pages of a list, each asked for like any page of the reader's. Raises NotFound where there is none."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.path = parts.path
        self.asked = {name: value for name, value in parse_qsl(parts.query) if name not in TURNED}
        self.title, self.rows = "", 0

    @property
    def place(self) -> str:
        """The address for the trail, which keeps no words that somebody may have written into it."""
        plain = {name: value for name, value in self.asked.items() if PLAIN.fullmatch(name) and PLAIN.fullmatch(value)}
        return f"{self.path}?{urlencode(plain)}" if plain else self.path

    def tables(self, address: str = "") -> list[Table]:
        """What stands on one of its pages, the first unless said."""
        page = html.fromstring(self._opened(address or f"{self.path}?{urlencode(self.asked)}"))
        self.title = page.findtext(".//title").rpartition(" · ")[0]
        ends = {table: pager for pager in page.xpath(PAGER) for table in pager.xpath(f"preceding::{TABLE}[1]/table")}
        return [_table(table, ends.get(table)) for table in page.xpath(f"//{TABLE}/table")]

    def rows_of(self, table: Table) -> Iterator[list[sheets.Cell]]:
        """The rows of a table on all its pages, one page at a time."""
        while True:
            self.rows += len(table.rows)
            yield from table.rows
            if not table.next:
                return
            table = next(one for one in self.tables(table.next) if one.caption == table.caption)

    def _opened(self, address: str) -> str:
        db.session.rollback()  # every page is a reading of its own, and nobody who writes waits for all of them
        parts = urlsplit(address.removeprefix(request.script_root))
        asked = {"REQUEST_METHOD": "GET", "PATH_INFO": parts.path, "QUERY_STRING": parts.query}
        with current_app.request_context(request.environ | asked | NO_FORM) as turned:
            view = current_app.view_functions.get(turned.request.endpoint or "")
            if not getattr(view, "listed", False):
                raise NotFound("没有这个页面，或您无权查看。")
            page = current_app.preprocess_request() or current_app.dispatch_request()
            return page if isinstance(page, str) else current_app.make_response(page).get_data(as_text=True)


def export(address: str, *, by: Officer, at: datetime) -> tuple[BinaryIO, str]:
    """The list at this address as a workbook, and what it is called. A line in the trail keeps the file's hash.

    Raises NotFound where the reader has no such list, NotNow where it is empty.
    """
    walk = Walk(address)
    tables = walk.tables()
    if not any(table.rows for table in tables):
        raise NotNow("这个列表现在没有可以导出的行。")
    out: Any = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    above = [f"{walk.title} · {by.name} · {by.office.name} · {moment(at)}"]
    sheets.write(out, *[_sheet(table, walk.rows_of(table), above) for table in tables])
    out.seek(0)
    digest = hashlib.file_digest(out, "sha256").hexdigest()
    out.seek(0)
    db.session.rollback()
    witness(Act.EXPORT_LIST, Lists(), by=by, at=at, list=walk.place, rows=str(walk.rows), sha256=digest)
    return out, walk.title


def _sheet(table: Table, rows: Iterable[list[sheets.Cell]], above: list[str]) -> sheets.Sheet:
    widths = [WIDTH] * len(table.heads)
    return sheets.Sheet(name=table.caption, heads=table.heads, rows=rows, above=above, widths=widths)


def _table(table: Any, pager: Any) -> Table:
    """The table as it reads; narrow columns are there to tick and to press, and stay on the page."""
    heads = table.xpath("./thead/tr/*")
    kept = [number for number, head in enumerate(heads) if "tight" not in head.get("class", "")]
    rows = [row.xpath("./th|./td") for row in table.xpath("./tbody/tr")]
    return Table(
        caption=_words(table.find("caption")),
        heads=[_words(heads[number]) for number in kept],
        rows=[[_cell(row[number]) for number in kept] for row in rows],
        next="" if pager is None else pager.xpath(".//a[@rel='next']/@href")[0],
    )


def _cell(cell: Any) -> sheets.Cell:
    words = _words(cell)
    if "num" not in cell.get("class", "").split():
        return words
    plain = words.replace(",", "")
    return int(plain) if NUMBER.fullmatch(words) else Decimal(plain) if MONEY.fullmatch(words) else words


def _words(part: Any) -> str:
    for line in part.xpath(".//br"):
        line.tail = f" {line.tail or ''}"
    return " ".join("".join(part.xpath(f".//text()[not(ancestor::*[{UNREAD}])]")).split())
