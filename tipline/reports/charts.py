"""Drawings of the report's figures: every bar is a number of a report, and leads to the same rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tipline.kit.dates import Month
from tipline.kit.words import Sentence
from tipline.reports import course, queries
from tipline.reports.queries import Line, Report
from tipline.reports.rules import ELSEWHERE, TOTAL, Asked, Part, Span
from tipline.typical_cases.rules import spoken

Way = Callable[[str, Month, Span, str], str | None]
"""From a figure of a month, a span and a town to its rows."""

OUTCOMES = (Asked.HANDED_OVER, Asked.CONCLUDED, Asked.FOUND_TRUE)
WORK = (Asked.WORK_YOUNG, Asked.WORK_OLDER, Asked.WORK_OLD)
AGES = (Asked.YOUNG, Asked.OLDER, Asked.OLD)


@dataclass(frozen=True)
class Bar:
    """One number; None where this reader is not told it."""

    number: int | None
    rows: str | None
    """The address of what it counts."""


@dataclass(frozen=True)
class Group:
    """What stands together under one word."""

    label: object
    bars: tuple[Bar, ...]
    month: Month | None = None


@dataclass(frozen=True)
class Chart:
    """A drawing with the table that stands behind it."""

    key: str
    title: Sentence
    series: tuple[object, ...]
    """What the bars of a group are called, in their order; each has a shade of its own."""
    groups: tuple[Group, ...]
    nested: bool = False
    """Every bar of a group is a part of the one before it, and lies in it."""
    upright: bool = False
    """Time runs to the right; the last column is the month that is told."""
    hidden: Sentence | None = None
    """What stands for a number that this reader is not told."""

    @property
    def most(self) -> int:
        return max((bar.number or 0 for group in self.groups for bar in group.bars), default=0)


def charts(report: Report, scope: str, way: Way) -> list[Chart]:
    """The few drawings of a month; what would be empty is left out."""
    lines = {line.figure.key: line for line in report.lines}
    drawn = [_leads(report, scope, way), _outcomes(report, scope, lines, way), _ages(report, scope, lines, way)]
    return [one for one in drawn if one.most]


def _leads(report: Report, scope: str, way: Way) -> Chart:
    ran = course.leads(queries.times_of(report.month, report.on), scope)
    return months_drawn(
        "months", Sentence("各月登记线索"), Asked.LEADS, ran, lambda month: way(Asked.LEADS, month, Span.MONTH, scope)
    )


def months_drawn(
    key: str,
    title: Sentence,
    series: object,
    ran: Iterable[tuple[Month, int | None]],
    rows: Callable[[Month], str | None],
    hidden: Sentence | None = None,
) -> Chart:
    """One figure month by month."""
    groups = (Group(spoken(month), (Bar(n, rows(month) if n else None),), month) for month, n in ran)
    return Chart(key, title, (series,), tuple(groups), upright=True, hidden=hidden)


def _outcomes(report: Report, scope: str, lines: dict[str, Line], way: Way) -> Chart:
    told = [lines[key] for key in OUTCOMES]
    towns = report.towns if scope == TOTAL else [one for one in report.towns if one[0] == scope]
    groups = [
        Group(name, tuple(_bar(report, line, Span.ALL, code, way) for line in told))
        for code, name in towns
        if code != ELSEWHERE or any(line.number(Span.ALL, code) for line in told)
    ]
    return Chart("outcomes", Sentence("各镇办理结果（累计，人次）"), tuple(OUTCOMES), tuple(groups), nested=True)


def _ages(report: Report, scope: str, lines: dict[str, Line], way: Way) -> Chart:
    """A month that was sealed before an age was asked for does not know it."""
    parts = [
        (part, [lines[key] for key in keys])
        for part, keys in ((Part.WORK, WORK), (Part.AGE, AGES))
        if all(key in lines for key in keys)
    ]
    groups = [
        Group(told[0].figure.label, tuple(_bar(report, line, Span.MONTH, scope, way) for line in told))
        for told in zip(*(told for _, told in parts), strict=True)
    ]
    return Chart("ages", Sentence("还没有办完的，已过多少天"), tuple(part for part, _ in parts), tuple(groups))


def _bar(report: Report, line: Line, span: Span, town: str, way: Way) -> Bar:
    number = line.number(span, town)
    return Bar(number, way(line.figure.key, report.month, span, town) if number else None)
