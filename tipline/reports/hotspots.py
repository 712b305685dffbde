"""热点: what one month brought unusually often of one problem in one town, against that town's own months before.

Only first reports count: one caller who rings nine times is no hotspot. Walled and sealed leads are in no number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from sqlalchemy import select

from tipline.kit.dates import Month
from tipline.kit.words import Sentence
from tipline.law.hotspots import HotspotRules
from tipline.leads import queries as leads
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.models import Officer
from tipline.reports import course, queries
from tipline.reports.baseline import is_hot, is_told
from tipline.reports.charts import Chart, months_drawn
from tipline.reports.course import Course
from tipline.reports.figures import FIRST, Figure, Word
from tipline.reports.queries import Town
from tipline.reports.rules import ELSEWHERE


@dataclass(frozen=True)
class Cell:
    """One town, problem and month, as one reader is told it."""

    month: Month
    town: Town
    problem: Word
    figure: str
    number: int | None
    """None where it is too small to be told to this reader."""
    usual: Fraction | None
    """A month's mean before; None where there is too little to compare with, or it is not told."""
    hot: bool


@dataclass(frozen=True)
class Hotspots:
    """A month with the towns that this reader sees, and the months before."""

    month: Month
    on: date
    months: list[Month]
    """All months of which anything is known, up to this one, oldest first."""
    towns: list[Town]
    places: tuple[str, ...]
    problems: list[tuple[Figure, Word]]
    rules: HotspotRules
    ran: Course
    seen: Course

    @property
    def cells(self) -> int:
        """How many are looked at together, whoever reads."""
        return len(self.places) * len(self.problems)

    def earlier(self, month: Month) -> list[Month]:
        """The months it is compared with."""
        return [one for one in self.months if one < month][-self.rules.window :]

    def is_enough(self, month: Month) -> bool:
        return len(self.earlier(month)) >= self.rules.months

    def number(self, figure: str, month: Month, town: str) -> int | None:
        """A number as far as this reader is told it."""
        number = self.ran.get((figure, month, town), 0)
        return number if is_told(number, self.seen.get((figure, month, town), 0), self.rules) else None

    def cell(self, figure: Figure, problem: Word, month: Month, town: Town) -> Cell:
        earlier, number = self.earlier(month), self.ran.get((figure.key, month, town[0]), 0)
        before = sum(self.ran.get((figure.key, one, town[0]), 0) for one in earlier)
        told = all(self.number(figure.key, one, town[0]) is not None for one in earlier)
        enough = self.is_enough(month)
        return Cell(
            month,
            town,
            problem,
            figure.key,
            self.number(figure.key, month, town[0]),
            Fraction(before, len(earlier)) if enough and told else None,
            enough and is_hot(number, before, self._days(month), sum(map(_length, earlier)), self.rules, self.cells),
        )

    def _days(self, month: Month) -> int:
        """The days that are over; a running month has fewer."""
        return (min(self.on, month.last) - month.first).days + 1

    @cached_property
    def grid(self) -> list[tuple[Word, list[Cell]]]:
        """The month by problem and town; problems never reported are left out."""
        return [
            (problem, [self.cell(figure, problem, self.month, town) for town in self.towns])
            for figure, problem in self.problems
            if any(self.ran.get((figure.key, one, code), 0) for one in self.months for code, _ in self.towns)
        ]

    @cached_property
    def hot(self) -> list[Cell]:
        """The hotspots of the month."""
        return [cell for _, row in self.grid for cell in row if cell.hot]

    def before(self) -> Iterator[Cell]:
        """The hotspots of the months before, newest first, each judged by what was before it."""
        for month in reversed(self.earlier(self.month)):
            told = (self.cell(*one, month, town) for one in self.problems for town in self.towns)
            yield from (cell for cell in told if cell.hot)

    def drawn(self, number: int, cell: Cell, way: Callable[[Cell, Month], str]) -> Chart:
        """How one town and problem ran up to the month."""
        months = [*self.earlier(cell.month), cell.month][-course.SHOWN :]
        ran = [(month, self.number(cell.figure, month, cell.town[0])) for month in months]
        title = Sentence("%(town)s：%(problem)s", {"town": cell.town[1], "problem": cell.problem})
        return months_drawn(
            f"hot-{number}", title, Sentence("首次反映（件）"), ran, lambda month: way(cell, month), self.few
        )

    @property
    def few(self) -> Sentence:
        """What stands for a number that is not told."""
        return Sentence("＜%(n)s", {"n": self.rules.fewest})


def _length(month: Month) -> int:
    return (month.last - month.first).days + 1


def hotspots(month: Month, today: date, officer: Officer) -> Hotspots | None:
    """The month as this reader is told it, in a fixed number of questions; None where the notice says nothing of it."""
    notice = editions.notice()
    rules, figures = notice.hotspots, list(FIRST.figures(notice))
    if rules is None or not figures:
        return None
    months = [one for one in reversed(queries.months(today)) if one <= month][-2 * rules.window - 1 :]
    named = queries.towns(notice)
    allowed = leads.visible_to(officer).order_by(None).subquery()
    return Hotspots(
        month,
        today,
        months,
        [town for town in queries.columns_for(officer, named) if town[0] != ELSEWHERE],
        notice.places,
        [(figure, notice.term("problem_type", figure.key.partition(".")[2]).name) for figure in figures],
        rules,
        course.by_month(figures, months),
        course.by_month(figures, months, Lead.id.in_(select(allowed.c.id))),
    )


def is_open(figure: str, total: int, seen: int) -> bool:
    """Whether the rows behind a figure answer this reader: what the grid does not tell, its list does not either."""
    rules = editions.notice().hotspots
    return rules is None or not figure.startswith(f"{FIRST.prefix}.") or is_told(total, seen, rules)
