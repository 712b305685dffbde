"""The monthly report: every figure by town and span, counted in a fixed number of questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.law.campaign import months_asked
from tipline.law.notice import Notice
from tipline.office import calendars, editions
from tipline.office.charter import TOWN_ROLES
from tipline.office.models import Officer, Place
from tipline.reports import rules
from tipline.reports.across import TOLD_ACROSS, crossed
from tipline.reports.figures import AnyFigure, Word, figures
from tipline.reports.models import MonthSeal
from tipline.reports.rules import ELSEWHERE, TOTAL, WITHIN, Across, Asked, Part, Span, Times

Town = tuple[str, str]
"""Code and name of a column."""

Numbers = dict[tuple[str, Span, str], int]
"""By figure, span and town; the whole district stands under `TOTAL`."""


@dataclass(frozen=True)
class Line:
    """One figure with its numbers."""

    figure: AnyFigure
    numbers: Numbers
    known: frozenset[Span] = frozenset(Span)

    def number(self, span: Span, town: str = TOTAL) -> int:
        return self.numbers.get((self.figure.key, span, town), 0)

    def knows(self, span: Span) -> bool:
        """Whether anything is known of that span; if not, its number is not nought, it is not there."""
        return span == Span.MONTH if self.is_standing else span in self.known

    @property
    def change(self) -> int:
        """Against last month."""
        return self.number(Span.MONTH) - self.number(Span.BEFORE)

    @property
    def is_share(self) -> bool:
        """Whether it is a share of the figure before it."""
        return self.figure.label in WITHIN

    @property
    def is_standing(self) -> bool:
        """How many there are on the day one looks; there is no last month to compare with."""
        return self.figure.moment is None

    @property
    def is_money(self) -> bool:
        return self.figure.money is not None


@dataclass(frozen=True)
class Section:
    """One part of the page; `unlisted` lines have never been anything but zero."""

    part: Part
    lines: list[Line]
    unlisted: int


@dataclass(frozen=True)
class Crossing:
    """What became of the leads, by the words of one list. A matter of several words stands in several rows."""

    across: Across
    rows: list[tuple[Word, list[Line | None]]]

    @staticmethod
    def share(row: list[Line | None], span: Span, town: str = TOTAL) -> str | None:
        """How much of what was concluded was so, as far as that can be said."""
        told = {asked: line.number(span, town) for asked, line in zip(TOLD_ACROSS, row, strict=True) if line}
        return rules.share(told.get(Asked.FOUND_TRUE, 0), told.get(Asked.CONCLUDED, 0))


@dataclass(frozen=True)
class Report:
    """The report of a month, as page, sheet and mail all show it."""

    month: Month
    on: date
    towns: list[Town]
    """The columns this reader sees; what lies elsewhere stands last."""
    sections: list[Section]
    empty: list[Part]
    """Parts of which nothing has been met so far."""
    crossings: list[Crossing]
    seal: MonthSeal | None = None
    """Whose figures these are, once the month is sealed."""

    def line(self, key: str) -> Line:
        """The line of a figure that is on the page; those that are asked of every month always are."""
        return next(line for line in self.lines if line.figure.key == key)

    @property
    def lines(self) -> list[Line]:
        """Every line of the page, in its order."""
        return [line for section in self.sections for line in section.lines]


def months(today: date) -> list[Month]:
    """The months that can be reported, newest first."""
    return list(months_asked(today, editions.notice()))[::-1]


def times_of(month: Month, today: date, several: int = 1) -> Times:
    """The times of a month, or of several that end with it, as seen on that day."""
    since = min(months(today), default=month)
    return rules.times(month, today, calendars.calendar(), since, several)


def towns(notice: Notice) -> list[Town]:
    """Code and name of the towns addressed, in the order of the notice."""
    names = dict(db.session.execute(select(Place.code, Place.name).where(Place.code.in_(notice.places))).all())
    return [(code, names[code]) for code in notice.places if code in names]


def columns_for(officer: Officer | None, named: list[Town]) -> list[Town]:
    """The towns whose columns a reader sees: a town its own; the district all, and what lies elsewhere."""
    if officer is not None and officer.role in TOWN_ROLES:
        return [(code, name) for code, name in named if code == officer.office.place_code]
    return [*named, (ELSEWHERE, ELSEWHERE)]


def report(month: Month, today: date, officer: Officer | None = None, across: Iterable[Across] = Across) -> Report:
    """The month as the reader sees it; without a reader, as it is mailed to the district."""
    times = times_of(month, today)
    return drawn(times, columns_for(officer, towns(editions.notice())), live(times, across), across)


def live(times: Times, across: Iterable[Across] = Across) -> Numbers:
    """Every number of the report as the rows give it now."""
    notice = editions.notice()
    told = [one for by in across for _, row in crossed(notice, by) for one in row if one is not None]
    return count([*figures(notice, times), *told], times, [code for code, _ in towns(notice)])


def drawn(
    times: Times,
    columns: list[Town],
    numbers: Numbers,
    across: Iterable[Across] = Across,
    seal: MonthSeal | None = None,
) -> Report:
    """The report of these numbers."""
    notice = editions.notice()
    lines = [Line(one, numbers, times.known) for one in figures(notice, times) if is_counted(one, numbers)]
    sections = [_section(part, list(found)) for part, found in groupby(lines, key=lambda line: line.figure.part)]
    crossings = [_crossing(by, notice, numbers, times) for by in across]
    return Report(
        times.month,
        times.on,
        columns,
        [section for section in sections if section.lines],
        [section.part for section in sections if not section.lines],
        [one for one in crossings if one.rows],
        seal,
    )


def is_counted(figure: AnyFigure, numbers: Numbers) -> bool:
    """Whether the figure is among the numbers at all; a month sealed earlier may not know a later one."""
    return (figure.key, Span.MONTH, TOTAL) in numbers


def _section(part: Part, lines: list[Line]) -> Section:
    """What is asked of every month is always listed; a word of the notice only once it has been met."""
    listed = [line for line in lines if isinstance(line.figure.label, Asked) or _is_met(line)]
    return Section(part, listed, len(lines) - len(listed))


def _crossing(by: Across, notice: Notice, numbers: Numbers, times: Times) -> Crossing:
    rows = []
    for name, told in crossed(notice, by):
        row = [Line(one, numbers, times.known) if one and is_counted(one, numbers) else None for one in told]
        if any(line is not None and _is_met(line) for line in row):
            rows.append((name, row))
    return Crossing(by, rows)


def _is_met(line: Line) -> bool:
    return line.number(Span.ALL) != 0


def count(asked: Iterable[AnyFigure], times: Times, codes: list[str]) -> Numbers:
    """Every figure by span and town: one question for each kind of row and moment, however many rows."""
    alike: dict[Any, list[Any]] = defaultdict(list)
    for figure in asked:
        alike[figure.family, figure.moment].append(figure)
    numbers: Numbers = defaultdict(int)
    for (family, _), group in alike.items():
        numbers |= {(figure.key, Span.MONTH, TOTAL): 0 for figure in group}
        for code, span, values in family.tally(group, times):
            town = code if code in codes else ELSEWHERE
            for figure, value in zip(group, values, strict=True):
                for reached in _spans(span):
                    numbers[figure.key, reached, town] += value
                    numbers[figure.key, reached, TOTAL] += value
    return dict(numbers)


def _spans(found: str) -> set[Span]:
    """The spans to which a row of this month, of last month, of a year ago or of another one belongs."""
    return {Span.ALL, next(span for span in Span if span == found)}
