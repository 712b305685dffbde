"""The columns of the ledger: which there are, in which order, and how a person puts them into another."""

from collections.abc import Iterable

from tipline.kit.words import Sentence

NAMES: dict[str, Sentence] = {
    "number": Sentence("编号"),
    "received": Sentence("收到"),
    "channel": Sentence("渠道"),
    "town": Sentence("镇街"),
    "place": Sentence("村、社区"),
    "problem": Sentence("问题类型"),
    "persons": Sentence("人数"),
    "state": Sentence("状态"),
    "flags": Sentence("标记"),
    "named": Sentence("实名还是匿名"),
    "registered": Sentence("登记时间"),
    "recorder": Sentence("登记人"),
    "office": Sentence("登记单位"),
    "campaign": Sentence("专项"),
}
"""What whoever may know of a lead may read on its page without opening its words."""

USUAL = ("number", "received", "channel", "town", "place", "problem", "persons", "state", "flags")
FIRST = "number"
"""Every line says which lead it is, and opens it."""


def known(keys: Iterable[str]) -> tuple[str, ...]:
    """Of the keys those that name a column, each once, the number before all."""
    return tuple(dict.fromkeys([FIRST, *(key for key in keys if key in NAMES)]))


def written(columns: Iterable[str]) -> str:
    """Columns as they stand in an address."""
    return ".".join(columns)


def read(text: str) -> tuple[str, ...]:
    """Columns out of an address; none where it names none."""
    columns = known(text.split("."))
    return columns if len(columns) > 1 else ()


def offered(columns: tuple[str, ...]) -> list[str]:
    """All columns as they are offered for choice: those that are shown, then the others."""
    return list(known([*columns, *NAMES]))


def moved(columns: tuple[str, ...], key: str, step: int) -> tuple[str, ...]:
    """The columns with one of them a place further to the left (-1) or to the right (1); the number stays first."""
    if key not in columns[1:]:
        return columns
    at = columns.index(key)
    to = min(max(at + step, 1), len(columns) - 1)
    rest = [*columns[:at], *columns[at + 1 :]]
    return (*rest[:to], key, *rest[to:])
