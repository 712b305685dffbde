"""Screening tables for tests: workbooks as offices make them, and what must be known to read one."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from tests.law.people import NOTICE
from tipline.kit.identity import check_digit, plain_name
from tipline.law.notice import Notice
from tipline.law.screening import Kind
from tipline.screening.cells import Choices, Known, choices_of, ways_to_write

TODAY = date(2018, 7, 2)
TOWN = "双港镇"
HEADS = ["序号", "申请人", "身份证号", "村（居）", "家庭人口", "保障人口", "月保障金额", "纳入时间", "排查结论", "备注"]
TITLE = "双港镇农村低保排查情况统计表（在保）"


def number(serial: int, born: str = "19560317") -> str:
    """An invented identity number."""
    first = f"129999{born}{serial:03d}"
    return first + check_digit(first)


GOOD: list[Any] = [1, "佘仁杰", number(11), "李楼村", 3, 2, 860.5, "2016年3月", "符合", ""]


def row(**cells: Any) -> list[Any]:
    """A good row with some cells changed, by their heads."""
    assert set(cells) <= set(HEADS), cells
    return [cells.get(head, value) for head, value in zip(HEADS, GOOD, strict=True)]


def sheet(
    *rows: Sequence[Any],
    heads: Sequence[Any] | None = HEADS,
    above: Sequence[Sequence[Any]] = (),
    merged: Sequence[str] = (),
    epoch: datetime | None = None,
    at: tuple[int, int] = (0, 0),
    name: str = "Sheet1",
    also: Any = None,
) -> bytes:
    """A workbook as a program of an office writes it; `also` may do more to book and page."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = name
    if epoch:
        book.epoch = epoch
    for line, values in enumerate([*above, *([heads] if heads else []), *rows], start=1 + at[0]):
        for column, value in enumerate(values, start=1 + at[1]):
            if value not in (None, ""):
                page.cell(line, column, value)
    for span in merged:
        page.merge_cells(span)
    if also:
        also(book, page)
    return saved(book)


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def known(population: str = "on_roll", notice: Notice = NOTICE, today: date = TODAY) -> Known:
    """What the town of 双港 must know to read its table."""
    tables = notice.screening
    columns = tables.columns_of(population)
    ours = tables.population(population)
    terms = {
        column.key: {term.key: term.name for term in notice.terms(column.terms)} if column.terms else {}
        for column in columns
        if column.kind in (Kind.CHOICE, Kind.CONCLUSION)
    }
    choices: dict[str, Choices] = {
        column.key: choices_of(column, ours, terms[column.key]) for column in columns if column.key in terms
    }
    return Known(
        population=ours,
        columns=columns,
        choices=choices,
        town=TOWN,
        towns=frozenset({TOWN, "葛沽镇"}),
        villages=dict.fromkeys(ways_to_write("李楼村委会"), "120112103205")
        | {plain_name("朝阳社区居委会"): "120112103001"},
        elsewhere=dict.fromkeys(ways_to_write("殷庄村委会"), "葛沽镇"),
        today=today,
        others=tuple(one for one in tables.populations if one is not ours),
    )
