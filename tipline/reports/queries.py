"""The monthly report: every figure by town and span, counted in a fixed number of questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, case, func, literal, select

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.law.campaign import months_asked
from tipline.law.notice import Notice
from tipline.office import calendars, editions
from tipline.office.charter import TOWN_ROLES
from tipline.office.models import Officer, Place
from tipline.reports import rules
from tipline.reports.figures import Figure, figures
from tipline.reports.rules import ELSEWHERE, TOTAL, Asked, Part, Span, Times

Town = tuple[str, str]
"""Code and name of a column."""

Numbers = dict[tuple[str, Span, str], int]
"""By figure, span and town; the whole district stands under `TOTAL`."""


@dataclass(frozen=True)
class Line:
    """One figure with its numbers."""

    figure: Figure
    numbers: Numbers

    def number(self, span: Span, town: str = TOTAL) -> int:
        return self.numbers.get((self.figure.key, span, town), 0)

    @property
    def change(self) -> int:
        """Against last month."""
        return self.number(Span.MONTH) - self.number(Span.BEFORE)

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
class Report:
    """The report of a month, as page, sheet and mail all show it."""

    month: Month
    on: date
    towns: list[Town]
    """The columns this reader sees; what lies elsewhere stands last."""
    sections: list[Section]

    def line(self, key: str) -> Line:
        """The line of a figure that is on the page; those that are asked of every month always are."""
        return next(line for section in self.sections for line in section.lines if line.figure.key == key)


def months(today: date) -> list[Month]:
    """The months that can be reported, newest first."""
    return list(months_asked(today, editions.notice()))[::-1]


def towns(notice: Notice) -> list[Town]:
    """Code and name of the towns addressed, in the order of the notice."""
    names = dict(db.session.execute(select(Place.code, Place.name).where(Place.code.in_(notice.places))).all())
    return [(code, names[code]) for code in notice.places if code in names]


def columns_for(officer: Officer | None, named: list[Town]) -> list[Town]:
    """The towns whose columns a reader sees: a town its own; the district all, and what lies elsewhere."""
    if officer is not None and officer.role in TOWN_ROLES:
        return [(code, name) for code, name in named if code == officer.office.place_code]
    return [*named, (ELSEWHERE, ELSEWHERE)]


def report(month: Month, today: date, officer: Officer | None = None) -> Report:
    """The month as the reader sees it; without a reader, as it is mailed to the district."""
    notice, times = editions.notice(), rules.times(month, today, calendars.calendar())
    asked, named = figures(notice, times), towns(notice)
    numbers = count(asked, times, [code for code, _ in named])
    lines = [Line(figure, numbers) for figure in asked]
    sections = [_section(part, list(found)) for part, found in groupby(lines, key=lambda line: line.figure.part)]
    return Report(month, today, columns_for(officer, named), sections)


def _section(part: Part, lines: list[Line]) -> Section:
    """What is asked of every month is always listed; a word of the notice only once it has been met."""
    listed = [line for line in lines if isinstance(line.figure.label, Asked) or line.number(Span.ALL)]
    return Section(part, listed, len(lines) - len(listed))


def count(asked: Iterable[Figure], times: Times, codes: list[str]) -> Numbers:
    """Every figure by span and town: one question for each kind of row and moment, however many rows."""
    alike = defaultdict(list)
    for figure in asked:
        alike[figure.family, figure.moment].append(figure)
    numbers: Numbers = defaultdict(int)
    for group in alike.values():
        for code, span, *values in db.session.execute(_counting(group, times)):
            town = code if code in codes else ELSEWHERE
            for figure, value in zip(group, map(int, values), strict=True):  # PostgreSQL adds up to a Decimal
                for reached in _spans(span):
                    numbers[figure.key, reached, town] += value
                    numbers[figure.key, reached, TOTAL] += value
    return dict(numbers)


def _counting(group: list[Figure], times: Times) -> Select[Any]:
    family, moment = group[0].family, group[0].moment
    span: Any = literal(Span.MONTH.value)
    if moment is not None:
        span = case(
            (moment >= times.first, Span.MONTH.value), (moment >= times.before, Span.BEFORE.value), else_=Span.ALL.value
        )
    sums = [func.sum(case((figure.where, figure.value), else_=0)) for figure in group]
    query = family.ask(family.town.label("town"), span.label("span"), *sums).group_by("town", "span")
    return query if moment is None else query.where(moment < times.end)


def _spans(found: str) -> set[Span]:
    """The spans to which a row of this month, of last month or of an earlier one belongs."""
    return {Span.ALL, next(span for span in Span if span == found)}
