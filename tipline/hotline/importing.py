"""A carrier's list of calls read in: a verdict for every row, the same call never twice, callers never shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tipline.hotline import calls, rules
from tipline.hotline.calls import Rang
from tipline.hotline.models import HotlineLine
from tipline.hotline.rules import Missed
from tipline.kit import lists, typed
from tipline.kit.errors import Incomplete
from tipline.kit.lists import Row
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer

LARGEST_PAGE = 1_000_000
LINE, CALLER, TIME, STATUS = "被叫号码", "主叫号码", "呼叫时间", "通话状态"

COLUMNS: dict[str, tuple[tuple[str, ...], Bilingual]] = {
    LINE: (
        ("被叫", "热线号码", "举报电话"),
        Bilingual("必填。登记簿里的号码，有没有区号都可以", "Required. A registered number, with or without area code"),
    ),
    CALLER: (
        ("主叫", "来电号码"),
        Bilingual("隐藏号码的空着；加密存放，不在列表中显示", "Empty when withheld; kept sealed, shown in no list"),
    ),
    TIME: (
        ("来电时间", "呼入时间", "开始时间"),
        Bilingual("必填。2018-06-04 09:30", "Required. 2018-06-04 09:30"),
    ),
    STATUS: (
        ("呼叫结果", "状态", "结果"),
        Bilingual("必填。未接、呼损、接通", "Required. 未接 (missed), 呼损 (abandoned) or 接通 (answered)"),
    ),
}
"""The columns of a list, what they are called elsewhere, and what may stand in them."""

HEADS = {head: name for name, (also, _) in COLUMNS.items() for head in (name, *also)}
ANSWERED = {"接通", "已接通", "已接", "接听", "已接听", "应答", "answered"}
MISSED = {
    **dict.fromkeys(
        ("未接", "未接通", "未接听", "无人接听", "无应答", "久叫不应", "missed", "noanswer"), Missed.MISSED
    ),
    **dict.fromkeys(("呼损", "放弃", "主叫挂断", "振铃挂断", "早释", "abandoned"), Missed.ABANDONED),
}
SPOILT = re.compile(r"\d(\.\d+)?[eE]\+?\d+")


class Verdict(Labelled):
    """What became, or would become, of a row."""

    GOOD = "good", "可以登记"
    ENTERED = "entered", "已登记"
    KNOWN = "known", "早已登记"
    ANSWERED = "answered", "已接通，不在此登记"
    REFUSED = "refused", "未登记"


@dataclass(frozen=True)
class Judged:
    """One row's verdict; the call it tells of, when it could be read."""

    line: int
    verdict: Verdict
    rang: Rang | None = None
    trouble: Sentence | None = None


@dataclass(frozen=True)
class Report:
    """The verdicts on all rows of a list."""

    rows: tuple[Judged, ...]

    @property
    def tally(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        return {verdict: sum(row.verdict is verdict for row in self.rows) for verdict in Verdict}


class List:
    """A list read in, as something the trail can name."""

    ref = "missed-call-import"


def read_in(content: bytes, filename: str, *, by: Officer, at: datetime, dry: bool) -> Report:
    """The verdicts on every row; when `dry`, what they would be. Answered calls stand in the ledger, not here."""
    read = list(_read(lists.rows(content, filename, HEADS), at))
    known = calls.known({one.rang.mark for one in read if one.rang})
    report = Report(tuple(_judged(read, known)))
    if not dry:
        for one in report.rows:
            if one.verdict is Verdict.GOOD and one.rang:
                calls.enter_new(one.rang, by=by, at=at)
        calls.settle()
        report = Report(tuple(_entered(one) for one in report.rows))
        counts = {verdict.value: str(n) for verdict, n in report.tally.items() if verdict is not Verdict.GOOD}
        witness(Act.IMPORT_MISSED_CALLS, List(), by=by, at=at, **counts)
    return report


def _read(rows: Iterator[Row], at: datetime) -> Iterator[Judged]:
    lines = calls.lines_rung()
    for row in rows:
        try:
            rang = _rang(row.cells, lines, at)
        except Incomplete as refusal:
            yield Judged(row.line, Verdict.REFUSED, trouble=refusal.sentence)
            continue
        yield Judged(row.line, Verdict.GOOD if rang else Verdict.ANSWERED, rang)


def _judged(read: list[Judged], known: set[str]) -> Iterator[Judged]:
    seen = set(known)
    for one in read:
        if one.rang is None:
            yield one
            continue
        yield Judged(one.line, Verdict.KNOWN if one.rang.mark in seen else Verdict.GOOD, one.rang)
        seen.add(one.rang.mark)


def _entered(one: Judged) -> Judged:
    return Judged(one.line, Verdict.ENTERED, one.rang) if one.verdict is Verdict.GOOD else one


def _rang(cells: dict[str, str], lines: list[HotlineLine], at: datetime) -> Rang | None:
    """The call of a row, None for one that was answered. Raises Incomplete, naming the column."""
    status = re.sub(r"\s", "", typed.plain(_needed(cells, STATUS))).lower()
    if status in ANSWERED:
        return None
    if status not in MISSED:
        raise Incomplete("“%(column)s”看不懂：%(words)s", column=STATUS, words=cells[STATUS][:40])
    line, caller = _line(cells, lines), cells.get(CALLER, "")
    if SPOILT.fullmatch(caller):
        raise _spoilt(CALLER)
    return Rang(line, _moment(cells, at), MISSED[status], caller[:40])


def _line(cells: dict[str, str], lines: list[HotlineLine]) -> HotlineLine:
    words = _needed(cells, LINE)
    if SPOILT.fullmatch(words):
        raise _spoilt(LINE)
    digits = rules.digits_of(words)
    for line in lines:
        if rules.is_same_number(line.digits, digits):
            return line
    raise Incomplete("登记簿里没有“%(number)s”这个号码。", number=words[:40])


def _moment(cells: dict[str, str], at: datetime) -> datetime:
    words = _needed(cells, TIME)
    try:
        rang_at = typed.moment(words)
    except (ValueError, OverflowError):
        raise Incomplete("“%(column)s”看不懂，要有年月日和时分：%(words)s", column=TIME, words=words[:40]) from None
    if rang_at > at:
        raise Incomplete("“%(column)s”还没有到，请核对。", column=TIME)
    return rang_at


def _needed(cells: dict[str, str], column: str) -> str:
    words = cells.get(column, "")
    if not words:
        raise Incomplete("“%(column)s”空着，请补上。", column=column)
    return words


def _spoilt(column: str) -> Incomplete:
    return Incomplete("“%(column)s”被表格软件存成了科学计数，末几位已丢失，请设为文本后重新导出。", column=column)
