"""A value as a person reads and types it: the way back from `cells.read`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tipline.kit.identity import masked
from tipline.kit.sheets import Cell
from tipline.kit.words import Bilingual
from tipline.law.screening import NO, YES, Fact, Kind, ScreeningColumn
from tipline.screening.cells import Choices

YES_NO = {YES: Bilingual("是", "Yes"), NO: Bilingual("否", "No")}


@dataclass(frozen=True)
class Writer:
    """Writes the values of one table."""

    choices: Mapping[str, Choices]
    places: Mapping[str, str]
    """The names of the villages by their codes."""

    def shown(self, column: ScreeningColumn, value: Fact | None) -> str | Bilingual:
        """For the screen; choices bring their own translation."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES_NO[YES if value else NO]
        if column.key in self.choices:
            return self.choices[column.key].names.get(str(value), Bilingual(str(value), str(value)))
        if column.kind is Kind.VILLAGE:
            return self.places.get(str(value), str(value))
        if column.kind is Kind.MONEY:
            return f"{Decimal(value) / 100:.2f}"
        return str(value)

    def covered(self, column: ScreeningColumn, value: Fact | None, *, wholly: bool) -> str | Bilingual:
        """The same, with an identity number covered; `wholly` covers every word about people."""
        hidden = column.kind is Kind.IDENTITY or (wholly and column.sealed)
        return masked(str(value)) if hidden and value is not None else self.shown(column, value)

    def typed(self, column: ScreeningColumn, value: Fact | None) -> str:
        """For a field that is read again: the key of a choice, the words of anything else."""
        if isinstance(value, bool):
            return YES if value else NO
        if value is not None and (column.key in self.choices or column.kind is Kind.VILLAGE):
            return str(value)
        return str(self.shown(column, value))

    def cell(self, column: ScreeningColumn, value: Fact | None) -> Cell:
        """For a sheet: numbers and days as such, everything else as text."""
        if value is None or isinstance(value, bool):
            return None if value is None else str(self.shown(column, value))
        if column.kind is Kind.MONEY:
            return Decimal(value) / 100
        if column.kind is Kind.DAY:
            return date.fromisoformat(str(value))
        return value if isinstance(value, int) else str(self.shown(column, value))
