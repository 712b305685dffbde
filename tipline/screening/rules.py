"""What importing a table would do to the records that stand, and what a record still lacks. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipline.kit.words import Labelled
from tipline.law.screening import Fact
from tipline.screening.cells import marks_of
from tipline.screening.workbook import Handed, Row


class Verdict(Labelled):
    """What would become of a row."""

    WRONG = "wrong", "有错"
    NEW = "new", "新增"
    CHANGED = "changed", "有变动"
    SAME = "same", "无变动"


@dataclass(frozen=True)
class Judged:
    """A row with its verdict, and the columns in which the record that stands differs."""

    row: Row
    verdict: Verdict
    values: dict[str, Fact]
    """What the record would say."""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The verdicts on all rows of a workbook."""

    handed: Handed
    rows: tuple[Judged, ...]
    left: int
    """How many households that are on record do not stand in the workbook; they stay as they are."""

    @property
    def tally(self) -> dict[str, int]:
        """How many rows have each verdict."""
        return {verdict.value: sum(one.verdict is verdict for one in self.rows) for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[Judged]:
        return [one for one in self.rows if one.verdict is verdict]


Marks = tuple[Fact, ...]


def judged(handed: Handed, standing: Mapping[Marks, Mapping[str, Fact]], unique: tuple[str, ...]) -> Preview:
    """The verdicts, given what stands on record by the columns in `unique`, by which a row is known again.

    A column that the workbook has not is left as it stands; one that is there and empty becomes empty.
    """
    marks = [marks_of(row.values, unique) for row in handed.rows]
    found = [standing.get(mark) if mark else None for mark in marks]
    rows = tuple(_judged(row, handed.columns, stands) for row, stands in zip(handed.rows, found, strict=True))
    met = set(marks)
    return Preview(handed, rows, sum(mark not in met for mark in standing))


def _judged(row: Row, columns: frozenset[str], stands: Mapping[str, Fact] | None) -> Judged:
    if not row.good:
        return Judged(row, Verdict.WRONG, row.values)
    if stands is None:
        return Judged(row, Verdict.NEW, row.values)
    values = {key: value for key, value in stands.items() if key not in columns} | row.values
    changed = differing(stands, values)
    return Judged(row, Verdict.CHANGED if changed else Verdict.SAME, values, changed)


def differing(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> tuple[str, ...]:
    """The columns in which two rows differ."""
    return tuple(key for key in {**before, **after} if before.get(key) != after.get(key))


def barred(gaps: tuple[str, ...]) -> str:
    """Keys kept in one column, so that a list can be narrowed by one of them."""
    return "".join(f"|{gap}" for gap in gaps) + "|" if gaps else ""
