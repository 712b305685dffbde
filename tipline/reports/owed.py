"""The duties of the notice as figures: rows that stand in no table, for what is owed is reckoned from the notice."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tipline.duties import queries as duties
from tipline.duties.queries import Cell
from tipline.kit.dates import Month
from tipline.law.campaign import Level
from tipline.office import answering
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.reports.families import Tallied
from tipline.reports.rules import Asked, Part, Span, Times


@dataclass(frozen=True, eq=False)
class Owed:
    """What places owe by the notice and some room keeps, by the month in which it falls due."""

    endpoint: str = "duties.show"
    full: bool = False

    def tally(self, asked: Sequence["DutyFigure"], times: Times) -> Iterator[Tallied]:
        """The figures by town and span, from one look at everything that is owed."""
        found: dict[tuple[str | None, Span], list[int]] = defaultdict(lambda: [0] * len(asked))
        for cell in self.cells(times):
            numbers = found[cell.debtor.office.place_code, span_of(cell, times)]
            for at, figure in enumerate(asked):
                numbers[at] += figure.holds(cell, times)
        for (town, span), numbers in found.items():
            yield town, span, numbers

    def cells(self, times: Times, officer: Officer | None = None) -> list[Cell]:
        """All that falls due until the end of the month; with an officer, what they see of it."""
        if officer is not None and not officer.may(Act.READ_DUTIES):
            return []
        kept = [one for one in duties.asked(times.month.last) if one[0].answered_by in answering.rooms]
        return [cell for cell in duties.cells(kept, times.on, officer) if cell.stand.due_on <= times.month.last]


def span_of(cell: Cell, times: Times) -> Span:
    """The span in which it falls due, as closely as one is asked for."""
    due, ago = Month.of(cell.stand.due_on), Month(times.month.year - 1, times.month.number)
    return {ago: Span.YEAR_AGO, times.month.previous(): Span.BEFORE, times.month: Span.MONTH}.get(due, Span.ALL)


OWED = Owed()


@dataclass(frozen=True, eq=False)
class DutyFigure:
    """One figure about duties."""

    key: str
    label: Asked
    holds: Callable[[Cell, Times], bool]
    part: Part = Part.DUTIES
    family: Owed = OWED
    moment: str = "due"
    money: None = None

    def behind(self, span: Span, times: Times, officer: Officer | None = None) -> list[Cell]:
        """What makes up the number of a span in all towns, as far as the officer sees it."""
        cells = self.family.cells(times, officer)
        return [
            cell for cell in cells if self.holds(cell, times) and (span is Span.ALL or span_of(cell, times) is span)
        ]


def _by_village(cell: Cell) -> bool:
    """Whether villages owe it: so many that they would drown what the towns owe themselves."""
    return cell.duty.owed_by is Level.VILLAGE


def _in_time(cell: Cell) -> bool:
    return cell.answer is not None and not cell.stand.owed and not cell.stand.late


def _missing(cell: Cell, times: Times) -> bool:
    return cell.stand.owed and cell.stand.due_on < times.on


FIGURES = (
    DutyFigure(Asked.FALLEN_DUE, Asked.FALLEN_DUE, lambda cell, _: not _by_village(cell)),
    DutyFigure(Asked.IN_TIME, Asked.IN_TIME, lambda cell, _: not _by_village(cell) and _in_time(cell)),
    DutyFigure(Asked.TOO_LATE, Asked.TOO_LATE, lambda cell, _: not _by_village(cell) and cell.stand.late),
    DutyFigure(Asked.MISSING, Asked.MISSING, lambda cell, times: not _by_village(cell) and _missing(cell, times)),
    DutyFigure(Asked.VILLAGES_DUE, Asked.VILLAGES_DUE, lambda cell, _: _by_village(cell)),
    DutyFigure(
        Asked.VILLAGES_MISSING,
        Asked.VILLAGES_MISSING,
        lambda cell, times: _by_village(cell) and _missing(cell, times),
    ),
)
