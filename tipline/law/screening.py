"""The screening tables of a notice (排查情况统计表): whom they list, in which columns, and what must not be missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipline.kit.dates import Month
from tipline.kit.errors import NotFound
from tipline.kit.words import Bilingual, Labelled
from tipline.law.sources import Mark

Fact = str | int | bool
"""What a cell stands for: words, a number (money in 分), a month or day as it sorts, a key, yes or no."""
YES, NO = "yes", "no"


class Kind(Labelled):
    """What may stand in a column."""

    SERIAL = "serial", "序号"
    NAME = "name", "姓名"
    IDENTITY = "identity", "身份证号"
    PHONE = "phone", "电话"
    TEXT = "text", "文字"
    INTEGER = "integer", "整数"
    MONEY = "money", "金额"
    MONTH = "month", "月份"
    DAY = "day", "日期"
    CHOICE = "choice", "选项"
    CONCLUSION = "conclusion", "结论"
    YES_NO = "yes-no", "是否"
    VILLAGE = "village", "村居"


SEALED = {Kind.NAME, Kind.IDENTITY, Kind.PHONE, Kind.TEXT}
"""Kinds whose cells carry words about people: they are sealed."""


@dataclass(frozen=True)
class Conclusion:
    """What a town may conclude about a household of one population."""

    key: str
    name: Bilingual


@dataclass(frozen=True)
class Population:
    """One table: the households it lists, its title, and what is said of them."""

    key: str
    """The word of the taxonomy `screening_population`."""
    name: Bilingual
    annex: Bilingual
    title: Bilingual
    """With %(town)s for the town's name."""
    window_column: str
    """The column whose month must lie in the window; "" when there is none."""
    first: Month | None
    last: Month | None
    conclusions: tuple[Conclusion, ...]
    only: Mapping[str, tuple[str, ...]]
    """For a column with choices, those that make sense here."""
    granted: bool
    """These households were granted dibao, so each of the steps must have left its paper."""
    duty: str
    """The duty of the notice that the table fulfils; "" when there is none."""
    clause: str
    mark: Mark


@dataclass(frozen=True)
class ScreeningColumn:
    """One column: what it is called here and elsewhere, what may stand in it, in which tables."""

    key: str
    name: Bilingual
    also: tuple[str, ...]
    kind: Kind
    populations: tuple[str, ...]
    required: tuple[str, ...]
    terms: str
    """The taxonomy of a column with choices."""
    most: int | None
    """The largest number that is believed, in yuan for money."""
    mark: Mark

    @property
    def provisional(self) -> bool:
        """Whether the notice as it was seen does not have the column, so that it may not be printed as its own."""
        return not self.mark.is_law

    @property
    def sealed(self) -> bool:
        return self.kind in SEALED


@dataclass(frozen=True)
class Gate:
    """Where one column has this value, or is not earlier than that month, another must not be empty."""

    key: str
    name: Bilingual
    column: str
    values: tuple[str, ...]
    since: str
    needs: str
    clause: str
    mark: Mark

    def stops(self, facts: Mapping[str, Fact]) -> bool:
        """Whether something is missing."""
        said = facts.get(self.column)
        if said is None or facts.get(self.needs) is not None:
            return False
        words = (YES if said else NO) if isinstance(said, bool) else str(said)
        return words in self.values or bool(self.since and words >= self.since)


@dataclass(frozen=True)
class ScreeningTables:
    """All that a notice says of its screening tables; a notice without any has no populations."""

    populations: tuple[Population, ...]
    columns: tuple[ScreeningColumn, ...]
    gates: tuple[Gate, ...]
    steps: str
    """The taxonomy of the steps that leave papers; "" when none are asked for."""

    def population(self, key: str) -> Population:
        for population in self.populations:
            if population.key == key:
                return population
        raise NotFound("文件里没有名为“%(key)s”的项", key=key)

    def columns_of(self, population: str) -> tuple[ScreeningColumn, ...]:
        """The columns of one table in order."""
        return tuple(column for column in self.columns if population in column.populations)

    def column_of_kind(self, population: str, kind: Kind) -> ScreeningColumn | None:
        return next((column for column in self.columns_of(population) if column.kind is kind), None)

    def gaps(self, population: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
        """The gates at which a row of the table stops."""
        here = {column.key for column in self.columns_of(population)}
        return tuple(gate.key for gate in self.gates if {gate.column, gate.needs} <= here and gate.stops(facts))
