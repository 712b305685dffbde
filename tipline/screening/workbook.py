"""A workbook that a town hands in, read into rows with verdicts. Pure: a file in, what stands in it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tipline.kit import workbooks
from tipline.kit.errors import Incomplete
from tipline.kit.identity import plain_name
from tipline.kit.words import Sentence
from tipline.kit.workbooks import Head, Line, Value, words
from tipline.law.screening import Fact, Kind, ScreeningColumn
from tipline.screening import cells
from tipline.screening.cells import Known, marks_of
from tipline.screening.parts import Parts, of_sheet

MOST_ROWS = 100_000
TOTALS = {"合计", "总计", "小计", "共计", "累计", "总合计"}
FOOT = re.compile(r"(填表人|填报人|填报单位|审核人|审批人|制表人?|负责人|经办人|单位负责人|备注|说明|注)[:：]")
COUNTED = ("甲", "乙", "丙", "丁")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: its column in the sheet, from 0."""

    column: int
    what: Sentence


@dataclass(frozen=True)
class Row:
    """One household as it stands in the sheet."""

    line: int
    values: dict[str, Fact]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Sentence, ...] = ()
    lengthened: frozenset[str] = frozenset()
    """The keys of its columns with an old identity number that was made longer."""

    @property
    def good(self) -> bool:
        return not self.faults


@dataclass
class Handed:
    """A workbook as it was read."""

    sheet: str
    columns: frozenset[str]
    """The keys of the columns that the sheet has."""
    rows: list[Row] = field(default_factory=list)
    passed: list[tuple[int, Sentence]] = field(default_factory=list)
    """Lines that were not read, and why."""
    notes: list[Sentence] = field(default_factory=list)


def read(content: bytes, known: Known) -> Handed:
    """Every row with what is wrong in it. Raises Incomplete when the file is not this town's table at all."""
    book = workbooks.opened(content)
    page, head, numbered = _the_table(book, known)
    first = page.start[1] if page.start else 0
    parts = of_sheet(content, page.name)
    handed = Handed(page.name, frozenset(head.keys) - {""}, notes=_notes(head, known, parts))
    reader = _Reader(known, head.keys, first, parts)
    for number, line in chain(head.below, numbered):
        reader.take(number, line, handed)
    if not handed.rows:
        raise Incomplete("表里没有一户：表头下面是空的。")
    return handed


class _Reader:
    """Reads row after row and remembers which households it has seen."""

    def __init__(self, known: Known, heads: list[str], first: int, parts: Parts) -> None:
        self._known, self._parts, self._first = known, parts, first
        by_key = {column.key: column for column in known.columns}
        self._columns = [(at, by_key[key]) for at, key in enumerate(heads) if key]
        self._required = {column.key for column in known.columns if known.population.key in column.required}
        self._identity = next(((at, column) for at, column in self._columns if column.kind is Kind.IDENTITY), None)
        alone = self._identity and self._identity[1].key
        self._unique = known.unique or ((alone,) if alone else ())
        self._at = {column.key: at for at, column in self._columns}
        self._seen: dict[tuple[Fact, ...], int] = {}
        self._read_before: dict[tuple[int, type, Value], cells.Reading] = {}
        self._begun = False

    def take(self, number: int, line: list[Value], handed: Handed) -> None:
        if not any(line):
            return
        said = [words(value) for value in line]
        if not any(said):
            return
        if why := self._is_no_row(said):
            handed.passed.append((number, why))
            return
        self._begun = True
        row = self._row(number, line)
        if number in self._parts.hidden:
            row.notes.append(Sentence("这一行在表里是隐藏的，也读了。"))
        handed.rows.append(Row(number, row.values, tuple(row.faults), tuple(row.notes), frozenset(row.lengthened)))

    def _is_no_row(self, said: list[str]) -> Sentence | None:
        """Why a line is none of a household's."""
        filled = [words for words in said if words]
        plain = [re.sub(r"\s", "", words) for words in filled[:2]]
        at, column = self._identity or (len(said), None)
        identity = said[at] if at < len(said) else ""
        if not identity and TOTALS & {words.strip("：:") for words in plain}:
            return Sentence("合计行，没有读；合计由系统计算。")
        if not identity and FOOT.match(plain[0]):
            return Sentence("表尾，没有读。")
        if column and workbooks.head_of(identity) in (column.name.zh, *column.also):
            return Sentence("重复的表头，没有读。")
        if not self._begun and _counts(filled):
            return Sentence("栏次行，没有读。")
        return None

    def _row(self, number: int, line: list[Value]) -> "_Draft":
        draft = _Draft()
        for at, column in self._columns:
            self._cell(number, at, line[at] if at < len(line) else "", column, draft)
        self._once(number, draft)
        return draft

    def _cell(self, number: int, at: int, value: Value, column: ScreeningColumn, draft: "_Draft") -> None:
        place = (number, self._first + at)
        if place in self._parts.broken:
            draft.blame(place[1], Sentence("“%(column)s”的公式出错，没有值。", {"column": column.name}))
            return
        if place in self._parts.unread and column.kind is not Kind.SERIAL:
            missing = Sentence(
                "“%(column)s”是公式而没有存下算出的值，请在表格软件里打开并保存一次。", {"column": column.name}
            )
            draft.blame(place[1], missing)
            return
        try:
            reading = self._read(at, value, column)
        except Incomplete as refusal:
            draft.blame(place[1], refusal.sentence)
            return
        if reading.value is not None:
            draft.values[column.key] = reading.value
            draft.notes += reading.notes
            if reading.lengthened:
                draft.lengthened.add(column.key)
        elif column.key in self._required:
            draft.blame(place[1], Sentence("“%(column)s”空着，请补上。", {"column": column.name}))

    def _read(self, at: int, value: Value, column: ScreeningColumn) -> cells.Reading:
        """The cell's reading; what was read in this column before is not read again, but for words about people."""
        if column.sealed:
            return cells.read(value, column, self._known, is_1904=self._parts.is_1904)
        place = (at, type(value), value)
        if place not in self._read_before:
            self._read_before[place] = cells.read(value, column, self._known, is_1904=self._parts.is_1904)
        return self._read_before[place]

    def _once(self, number: int, draft: "_Draft") -> None:
        mark = marks_of(draft.values, self._unique)
        if mark is None:
            return
        earlier = self._seen.setdefault(mark, number)
        if earlier != number:
            twice = Sentence("与第%(line)s行是同一个身份证号，一户只填一行。", {"line": earlier})
            if self._known.unique:
                names = "、".join(column.name.zh for _, column in self._columns if column.key in self._unique)
                twice = Sentence("与第%(line)s行重复：%(names)s都相同。", {"line": earlier, "names": names})
            draft.blame(self._first + self._at[self._unique[-1]], twice)


@dataclass
class _Draft:
    values: dict[str, Fact] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    lengthened: set[str] = field(default_factory=set)

    def blame(self, column: int, what: Sentence) -> None:
        self.faults.append(Fault(column, what))


def _the_table(book: CalamineWorkbook, known: Known) -> tuple[CalamineSheet, Head, Iterator[Line]]:
    """The one visible sheet with this table's head. Raises Incomplete when there is none, or are two."""
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    found, refusals = [], []
    for name in visible:
        page = workbooks.sheet_of(book, name)
        if page.start is None:
            continue
        try:
            found.append((page, *_begun(page, known)))
        except Incomplete as refusal:
            refusals.append(refusal)
    if len(found) > 1:
        names = "、".join(page.name for page, *_ in found)
        raise Incomplete("有几张工作表都像这份表（%(names)s），请只留一张。", names=names)
    if not found:
        raise refusals[0] if refusals else Incomplete("工作簿里没有一张有内容的表。")
    page, head, numbered = found[0]
    if page.total_height > MOST_ROWS + workbooks.HEAD_WITHIN:
        raise Incomplete("超过%(most)s行，请分成几份。", most=MOST_ROWS)
    return page, head, numbered


def _begun(page: CalamineSheet, known: Known) -> tuple[Head, Iterator[Line]]:
    ways = {_folded(name): column.key for column in known.columns for name in (column.name.zh, *column.also)}
    numbered = enumerate(workbooks.lines(page), start=1)
    head = workbooks.found_head(numbered, _Folding(ways))
    _must_be_ours(head, known)
    missing = [
        column.name
        for column in known.columns
        if known.population.key in column.required and column.key not in head.keys
    ]
    if missing:
        raise Incomplete("表里没有“%(column)s”这一列，请对照本页的列名。", column=missing[0])
    return head, numbered


class _Folding(dict[str, str]):
    """The columns by their names, whatever brackets and widths a name is written with."""

    def __contains__(self, name: object) -> bool:
        return super().__contains__(_folded(str(name)))

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        return super().get(_folded(name), default)


def _folded(name: str) -> str:
    return re.sub(r"[()\[\]【】*:]", "", plain_name(name))


def _must_be_ours(head: Head, known: Known) -> None:
    """The title above the table names the town and the population; another's is refused."""
    title = "".join(words(value) for _, line in head.above for value in line)
    for other in known.others:
        if _mark_of(other.title.zh) in _folded(title) and _mark_of(known.population.title.zh) not in _folded(title):
            raise Incomplete(
                "这份表的标题是%(other)s，请到%(other)s那里导入，这里是%(mine)s。",
                other=other.annex,
                mine=known.population.annex,
            )
    for town in sorted(known.towns - {known.town}):
        if town in title and known.town not in title:
            raise Incomplete("这份表的标题写的是%(other)s，这里是%(mine)s。", other=town, mine=known.town)


def _mark_of(title: str) -> str:
    return _folded(title.replace("%(town)s", ""))


def _counts(filled: list[str]) -> bool:
    """Whether a line only numbers the columns: 1 2 3 …, or 甲 乙 1 2 …."""
    rest = [words for words in filled if words not in COUNTED]
    return len(rest) >= 3 and rest == [str(number) for number in range(1, len(rest) + 1)]


def _notes(head: Head, known: Known, parts: Parts) -> list[Sentence]:
    notes = []
    unknown = dict.fromkeys(name for key, name in zip(head.keys, head.names, strict=True) if name and not key)
    if unknown:
        notes.append(Sentence("不认识的列没有读：%(names)s", {"names": "、".join([*unknown][:20])}))
    absent = [column.name.zh for column in known.columns if column.key not in head.keys]
    if absent:
        notes.append(Sentence("表里没有、也不改动的列：%(names)s", {"names": "、".join(absent)}))
    if parts.hidden:
        notes.append(Sentence("表里有%(n)s行是隐藏的，也读了。", {"n": len(parts.hidden)}))
    if parts.is_1904:
        notes.append(Sentence("这份表用1904年的日期系统，日期已照此读。"))
    return notes
