"""One cell of a screening table, from a workbook or from the page, as what it stands for. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from tipline.kit.dates import Month
from tipline.kit.errors import Incomplete
from tipline.kit.identity import identity_number, plain_name
from tipline.kit.typed import plain
from tipline.kit.words import Bilingual, Sentence
from tipline.kit.workbooks import Value, has_lost_digits, words
from tipline.law.screening import Fact, Kind, Population, ScreeningColumn

LONGEST = 500
MOST = 1_000_000
SERIALS = range(20_000, 80_000)
"""Days as spreadsheets count them, for a cell whose format was lost: 1954 to 2119."""
EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
YESES = {"是", "有", "√", "✓", "✔", "1", "yes", "y", "true", "对"}
NOES = {"否", "无", "×", "✗", "x", "0", "no", "n", "false", "不是", "没有", "/", "-", "—"}


@dataclass(frozen=True)
class Choices:
    """The keys a column may have in one table, and what they are called."""

    names: Mapping[str, Bilingual]
    written: Mapping[str, str]
    """What a person may write, and the key it stands for."""

    @classmethod
    def of(cls, names: Mapping[str, Bilingual]) -> "Choices":
        ways = {plain_name(way): key for key, name in names.items() for way in (key, name.en, name.zh)}
        return cls(names, ways)


@dataclass(frozen=True)
class Known:
    """What must be known to read a table: whose it is, which places there are, and what day it is."""

    population: Population
    columns: tuple[ScreeningColumn, ...]
    choices: Mapping[str, "Choices"]
    """What a column with choices takes."""
    town: str
    towns: frozenset[str]
    """The names of all towns."""
    villages: Mapping[str, str]
    """The town's own villages and communities: each way of writing one, and its code."""
    elsewhere: Mapping[str, str]
    """Those of other towns: each way of writing one, and its town's name."""
    today: date
    others: tuple[Population, ...] = ()
    """The other tables of the notice."""
    unique: tuple[str, ...] = ()
    """The columns by which a row is known again; none named, by its identity number."""


@dataclass
class Reading:
    """What became of one cell."""

    value: Fact | None = None
    notes: list[Sentence] = field(default_factory=list)
    lengthened: bool = False
    """An old identity number of 15 digits, made longer."""


def read(cell: Value, column: ScreeningColumn, known: Known, *, is_1904: bool = False) -> Reading:
    """What the cell stands for; nothing for an empty one. Raises Incomplete, naming the column."""
    reading = Reading()
    said = words(cell)
    if column.kind is Kind.SERIAL or not said:
        return reading
    try:
        reading.value = READERS[column.kind](cell, said, column, known, reading, is_1904)
    except Incomplete:
        raise
    except (ValueError, OverflowError, InvalidOperation):
        raise Incomplete("“%(column)s”看不懂：%(words)s", column=column.name, words=said[:40]) from None
    return reading


def marks_of(values: Mapping[str, Fact], unique: tuple[str, ...]) -> tuple[Fact, ...] | None:
    """By what a row is known again; None while one of these columns is empty or wrong."""
    marks = tuple(values[key] for key in unique if key in values)
    return marks if marks and len(marks) == len(unique) else None


def choices_of(column: ScreeningColumn, population: Population, terms: Mapping[str, Bilingual]) -> Choices:
    """What a column with choices takes in this table; `terms` are those of its taxonomy."""
    if column.kind is Kind.CONCLUSION:
        return Choices.of({conclusion.key: conclusion.name for conclusion in population.conclusions})
    allowed = population.only.get(column.key, tuple(terms))
    return Choices.of({key: name for key, name in terms.items() if key in allowed})


@lru_cache(maxsize=2048)
def ways_to_write(name: str) -> tuple[str, ...]:
    """A village as people write it, the fullest first: 李楼村委会, 李楼村, 李楼."""
    full = plain_name(name)
    without = re.sub(r"(村|居)?民?委员?会$", lambda end: "村" if end[1] == "村" else "", full)
    return tuple(dict.fromkeys((full, without, re.sub(r"(村|社区)$", "", without) or without)))


Reader = Callable[[Value, str, ScreeningColumn, Known, Reading, bool], Fact]


def _text(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    if has_lost_digits(cell):
        raise Incomplete("“%(column)s”被存成了数字，末几位已丢失，请设为文本后重填。", column=column.name)
    if len(said) > LONGEST:
        raise Incomplete("“%(column)s”超过%(most)s字，请删减。", column=column.name, most=LONGEST)
    return said


def _identity(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    if has_lost_digits(cell) or re.fullmatch(r"\d(\.\d+)?[eE]\+?1[4-8]", plain(said)):
        raise Incomplete(
            "“%(column)s”被表格软件存成了数字，末几位已丢失，不能补回；请把该列设为文本，照证件重填。",
            column=column.name,
        )
    if "*" in plain(said):
        raise Incomplete(
            "“%(column)s”是遮盖过的，认不出是谁；请用没有遮盖的原表，少量改动请按表填写。", column=column.name
        )
    try:
        number = identity_number(said, known.today)
    except ValueError as wrong:
        raise Incomplete(str(wrong)) from None
    if len(re.sub(r"\W", "", plain(said))) == 15:
        reading.notes.append(Sentence("15位旧身份证号已补成18位，请与证件核对。"))
        reading.lengthened = True
    return number


def _integer(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    number = re.fullmatch(r"(\d{1,9})(?:\.0+)?\s*[人口户个]?", plain(said))
    if number is None:
        raise ValueError(said)
    _believed(int(number[1]), column)
    return int(number[1])


def _money(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    sum_ = re.fullmatch(r"[¥￥]?([\d,]+(?:\.\d+)?)(?:元)?(?:/月)?", plain(said).replace(" ", ""))
    if sum_ is None:
        raise ValueError(said)
    yuan = Decimal(sum_[1].replace(",", ""))
    if isinstance(cell, float):
        yuan = round(yuan, 6)  # what a program computes is off in the last of its sixteen digits
    if yuan * 100 != int(yuan * 100):
        raise Incomplete("“%(column)s”不能有分以下的零头：%(words)s", column=column.name, words=said[:40])
    _believed(yuan, column)
    return int(yuan * 100)


def _believed(number: int | Decimal, column: ScreeningColumn) -> None:
    if number > (column.most or MOST):
        raise Incomplete("“%(column)s”太大，请核对：%(words)s", column=column.name, words=str(number))


def _month(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    if isinstance(cell, date):  # a moment is a day too
        month = Month.of(cell)
    elif isinstance(cell, float) and int(cell) in SERIALS:
        month = Month.of(_of_serial(cell, reading, is_1904))
    elif isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", said):
        raise Incomplete(
            "“%(column)s”是1月还是10月分不清（%(words)s），请写作2018年1月。", column=column.name, words=said
        )
    else:
        found = re.fullmatch(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](?:\d{1,2}日?)?)?|(\d{2})(?:\d{2})?)", plain(said))
        if found is None:
            raise ValueError(said)
        month = Month(int(found[1]), int(found[2] or found[3]))
    return _in_time(str(month), month.first, month, column, known)


def _day(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
    elif isinstance(cell, float) and int(cell) in SERIALS:
        day = _of_serial(cell, reading, is_1904)
    else:
        found = re.fullmatch(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})日?|(\d{2})(\d{2}))", plain(said))
        if found is None:
            raise ValueError(said)
        day = date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    return _in_time(day.isoformat(), day, Month.of(day), column, known)


def _of_serial(cell: float, reading: Reading, is_1904: bool) -> date:
    day = EPOCHS[is_1904] + timedelta(days=int(cell))
    reading.notes.append(Sentence("日期显示成了数字，已读作%(day)s，请核对。", {"day": day.isoformat()}))
    return day


def _in_time(said: str, first: date, month: Month, column: ScreeningColumn, known: Known) -> str:
    population = known.population
    if first > known.today:
        raise Incomplete("“%(column)s”还没有到（%(words)s），请核对。", column=column.name, words=said)
    if first.year < 1949:
        raise Incomplete("“%(column)s”太早（%(words)s），请核对。", column=column.name, words=said)
    if column.key == population.window_column:
        early = population.first is not None and month < population.first
        if early or (population.last is not None and month > population.last):
            raise Incomplete(
                "“%(column)s”是%(words)s，不在%(first)s至%(last)s内，不属于这张表。",
                column=column.name,
                words=said,
                first=population.first or "—",
                last=population.last or "—",
            )
    return said


def _choice(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    choices = known.choices[column.key]
    found = choices.written.get(plain_name(said))
    if found is None:
        allowed = "、".join(name.zh for name in choices.names.values())
        raise Incomplete(
            "“%(column)s”里没有“%(words)s”，可填：%(allowed)s", column=column.name, words=said[:40], allowed=allowed
        )
    return found


def _yes_no(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    folded = plain(said).lower()
    if folded not in YESES | NOES:
        raise Incomplete("“%(column)s”请填是或否：%(words)s", column=column.name, words=said[:40])
    return folded in YESES


def _village(cell: Value, said: str, column: ScreeningColumn, known: Known, reading: Reading, is_1904: bool) -> Fact:
    here = plain_name(said).removeprefix(plain_name(known.town))
    for way in (*ways_to_write(said), *ways_to_write(here)):  # a village may be called after its town
        if way in known.villages:
            return known.villages[way]
    for way in ways_to_write(said):
        if way in known.elsewhere:
            raise Incomplete("“%(words)s”在%(town)s，不是本镇的村（居）。", words=said[:40], town=known.elsewhere[way])
    raise Incomplete("%(town)s没有“%(words)s”这个村（居），请写全名。", town=known.town, words=said[:40])


READERS: dict[Kind, Reader] = {
    Kind.NAME: _text,
    Kind.TEXT: _text,
    Kind.PHONE: _text,
    Kind.IDENTITY: _identity,
    Kind.INTEGER: _integer,
    Kind.MONEY: _money,
    Kind.MONTH: _month,
    Kind.DAY: _day,
    Kind.CHOICE: _choice,
    Kind.CONCLUSION: _choice,
    Kind.YES_NO: _yes_no,
    Kind.VILLAGE: _village,
}
