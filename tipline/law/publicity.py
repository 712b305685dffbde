"""What a notice says of long-term publicity (长期公示): the columns on the wall, and what may never hang there."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipline.kit.words import Bilingual, Labelled
from tipline.law.screening import Fact, Kind
from tipline.law.sources import Mark


class Sort(Labelled):
    """How something that may not be posted is recognised."""

    IDENTITY = "identity", "身份证号"
    PHONE = "phone", "电话号码"
    ACCOUNT = "account", "账号"
    WORDING = "wording", "字眼"
    MINOR = "minor", "未成年人"
    COLUMN = "column", "多余的栏目"


@dataclass(frozen=True)
class PostingColumn:
    """One column that may hang on the wall, and the column of the roster that it is compared with."""

    key: str
    name: Bilingual
    also: tuple[str, ...]
    kind: Kind
    of: str
    """The column of the roster's table; "" where the roster says nothing of it."""
    required: bool
    mark: Mark


@dataclass(frozen=True)
class Ban:
    """Something that may not be posted, and what to do where it was."""

    key: str
    name: Bilingual
    sort: Sort
    heads: tuple[str, ...]
    """Parts of the names of columns that would hold it."""
    patterns: tuple[str, ...]
    """How it is worded; numerals stand as 0 to 9, whatever they were written with."""
    but: tuple[str, ...]
    """Words beside which it may stand: the number to complain to must hang there."""
    advice: Bilingual
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Gone:
    """When a household on the roster is no longer posted: one column has this value, and another says when."""

    column: str
    values: tuple[str, ...]
    when: str

    def is_gone(self, facts: Mapping[str, Fact]) -> bool:
        return facts.get(self.column) in self.values and self.when in facts


@dataclass(frozen=True)
class PublicityRules:
    """All that a notice says of postings; one that asks for none has no columns."""

    population: str
    """The screening table that is the roster."""
    title: Bilingual
    """Of the printed sheet, with %(place)s."""
    minor_under: int
    """Whoever is younger, in years, is not named on a wall."""
    correct_within: int
    """Working days for putting a fault right, where nothing else is said."""
    gone: Gone | None
    columns: tuple[PostingColumn, ...]
    bans: tuple[Ban, ...]
    clause: str
    mark: Mark

    @property
    def head(self) -> PostingColumn:
        """The column with the head of the household."""
        return next(column for column in self.columns if column.kind is Kind.NAME)

    @property
    def compared(self) -> tuple[PostingColumn, ...]:
        """The columns whose values are held against the roster."""
        return tuple(c for c in self.columns if c.of and c.kind in (Kind.INTEGER, Kind.MONEY, Kind.CHOICE))


NOTHING = PublicityRules("", Bilingual("", ""), 0, 0, None, (), (), "", Mark.PROPOSAL)
