"""A list as it hangs on the wall, typed or from a workbook, read into lines of cells. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tipline.kit import workbooks
from tipline.kit.errors import Incomplete
from tipline.kit.identity import plain_name, tidy
from tipline.kit.typed import plain
from tipline.law.publicity import PostingColumn, PublicityRules

MOST_ROWS = 2_000
LONGEST_CELL = 200
FOOT = re.compile(r"(合计|总计|小计|共计|公示单位|公示日期|公示时间|张贴日期|监督|举报|投诉|咨询|制表|备注|说明|注)")

Raw = list[tuple[int, list[str]]]
"""Numbered lines and the words in their cells: so a list is kept, and so it is read again."""


@dataclass(frozen=True)
class PostedRow:
    """One household as it hangs there, by the keys of the columns."""

    line: int
    cells: tuple[str, ...]
    said: dict[str, str]


@dataclass(frozen=True)
class PostedList:
    """The list: the names of its columns, what each of them is ("" for an unknown one), and its lines."""

    at: int
    """The number of the line with the names."""
    names: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[PostedRow, ...]
    around: tuple[tuple[int, tuple[str, ...]], ...]
    """Lines above and below, with titles, dates, numbers to complain to."""


def typed(text: str) -> Raw:
    """What was typed or pasted: columns apart by tabs, else by commas, else by blanks."""
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
    return _kept((number, re.split(_between(line), line.strip())) for number, line in lines if line.strip())


def _between(line: str) -> str:
    if "\t" in line.strip():
        return r"\t"
    return r"[,，]" if re.search(r"[,，]", line) else r"[ 　]+"


def from_workbook(content: bytes) -> Raw:
    """The first sheet with anything in it. Raises Incomplete when it is no workbook that may be read."""
    book = workbooks.opened(content)
    for name in book.sheet_names:
        page = workbooks.sheet_of(book, name)
        if page.start is not None and page.total_height > MOST_ROWS + workbooks.HEAD_WITHIN:
            raise _too_long()
        found = _kept(
            (number, [workbooks.words(value) for value in line])
            for number, line in enumerate(workbooks.lines(page), start=1)
        )
        if found:
            return found
    raise Incomplete("工作簿里没有一张有内容的表。")


def _kept(lines: Iterable[tuple[int, list[str]]]) -> Raw:
    found = [(number, [tidy(cell)[:LONGEST_CELL] for cell in cells]) for number, cells in lines]
    found = [(number, cells) for number, cells in found if any(cells)]
    if len(found) > MOST_ROWS + workbooks.HEAD_WITHIN:
        raise _too_long()
    return found


def _too_long() -> Incomplete:
    return Incomplete("超过%(most)s行，请分成几份。", most=MOST_ROWS)


def posted(raw: Raw, rules: PublicityRules) -> PostedList:
    """The list. Raises Incomplete where it has no head, lacks a column that must hang there, or names no household."""
    ways = {_folded(name): column.key for column in rules.columns for name in (column.name.zh, *column.also)}
    at = next((place for place, (_, cells) in enumerate(raw[: workbooks.HEAD_WITHIN]) if _is_head(cells, ways)), None)
    needed = [column for column in rules.columns if column.required]
    if at is None:
        raise Incomplete(
            "没有找到表头：第一行写栏目名（如%(names)s），一户一行，各栏用制表符、逗号或空格隔开。",
            names="、".join(column.name.zh for column in needed),
        )
    number, names = raw[at]
    keys = tuple(ways.get(_folded(name), "") for name in names)
    for column in needed:
        if keys.count(column.key) != 1:
            raise Incomplete("名单里应有且只有一栏“%(column)s”。", column=column.name)
    below = [_row(line, cells, keys) for line, cells in raw[at + 1 :]]
    rows = tuple(row for row in below if _is_household(row, rules.head))
    if not rows:
        raise Incomplete("名单里没有一户：表头下面是空的。")
    around = [(line, tuple(cells)) for line, cells in raw[:at]]
    around += [(row.line, row.cells) for row in below if not _is_household(row, rules.head)]
    return PostedList(number, tuple(names), keys, rows, tuple(around))


def _is_head(cells: list[str], ways: dict[str, str]) -> bool:
    return len({ways[name] for cell in cells if (name := _folded(cell)) in ways}) >= 2


def _folded(name: str) -> str:
    return re.sub(r"[()\[\]【】*:/]|元|月$", "", plain_name(name))


def _row(line: int, cells: list[str], keys: tuple[str, ...]) -> PostedRow:
    said = {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}
    return PostedRow(line, tuple(cells), said)


def _is_household(row: PostedRow, head: PostingColumn) -> bool:
    first = next((cell for cell in row.cells if cell), "")
    return head.key in row.said and not FOOT.match(plain(first)) and not FOOT.match(plain(row.said[head.key]))
