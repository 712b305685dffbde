"""Reading a notice file: one table at a time, and a clear sentence when a line is wrong."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from tipline.kit.dates import Month
from tipline.kit.errors import Incomplete
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.sources import Validity

L = TypeVar("L", bound=Labelled)


class MalformedNotice(Incomplete):
    """A notice file cannot be read; the sentence says what is wrong, where, and what to do."""


class Table:
    """One table of the file. Every key is asked for once; `done` refuses keys nobody asked for."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise MalformedNotice("%(where)s：这里应是一个表，请用 [表名] 或 {…} 书写", where=where)
        self._values: dict[str, Any] = values
        self._asked: set[str] = set()
        self.where = where

    def text(self, key: str) -> str:
        value = self._need(key)
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(key, Sentence("一段非空文字"))
        return value

    def maybe_text(self, key: str) -> str:
        return self.text(key) if self.has(key) else ""

    def number(self, key: str) -> int:
        value = self._need(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(key, Sentence("一个整数"))
        return value

    def maybe_number(self, key: str) -> int | None:
        return self.number(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """A switch; absent means no."""
        value = self._need(key) if self.has(key) else False
        if not isinstance(value, bool):
            raise self._wrong(key, Sentence("true 或 false"))
        return value

    def maybe_flag(self, key: str) -> bool | None:
        """A switch that may be left unsaid."""
        return self.flag(key) if self.has(key) else None

    def day(self, key: str) -> date:
        value = self._need(key)
        if type(value) is not date:
            raise self._wrong(key, Sentence("一个日期，如 2018-07-10，不加引号"))
        return value

    def maybe_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def month(self, key: str) -> Month:
        try:
            return Month.parse(self.text(key))
        except ValueError:
            raise self._wrong(key, Sentence('一个月份，如 "2018-05"')) from None

    def maybe_month(self, key: str) -> Month | None:
        return self.month(key) if self.has(key) else None

    def choice(self, key: str, kind: type[L]) -> L:
        return self.member(key, self.text(key), kind)

    def choices(self, key: str, kind: type[L]) -> tuple[L, ...]:
        return tuple(self.member(key, word, kind) for word in self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; absent means none."""
        value = self._need(key) if self.has(key) else []
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise self._wrong(key, Sentence('一列文字，如 ["甲", "乙"]'))
        return tuple(value)

    def bilingual(self, prefix: str = "") -> Bilingual:
        """The pair `zh`, `en`, or `<prefix>_zh`, `<prefix>_en`."""
        stem = f"{prefix}_" if prefix else ""
        return Bilingual(self.text(f"{stem}zh"), self.text(f"{stem}en"))

    def validity(self) -> Validity:
        span = Validity(self.maybe_day("valid_from"), self.maybe_day("valid_to"))
        if span.valid_from and span.valid_to and span.valid_to < span.valid_from:
            raise self._wrong("valid_to", Sentence("不早于 valid_from 的日期"))
        return span

    def table(self, key: str) -> "Table":
        return Table(self._need(key), f"{self.where} [{key}]")

    def rows(self, key: str) -> list["Table"]:
        """The tables written `[[key]]`; absent means none."""
        value = self._need(key) if self.has(key) else []
        if not isinstance(value, list):
            raise self._wrong(key, Sentence("若干个 [[%(key)s]] 表", {"key": key}))
        return [Table(row, f"{self.where} [[{key}]] {number}") for number, row in enumerate(value, start=1)]

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; absent means none."""
        value = self._need(key) if self.has(key) else []
        if not isinstance(value, list) or not all(type(number) is int for number in value):
            raise self._wrong(key, Sentence("一列整数，如 [12, 24]"))
        return tuple(value)

    def raw(self, key: str) -> Any:
        return self._need(key)

    def has(self, key: str) -> bool:
        return key in self._values

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def member(self, key: str, word: object, kind: type[L]) -> L:
        for member in kind:
            if member == word:
                return member
        raise self.unknown(key, word, list(kind))

    def unknown(self, key: str, word: object, allowed: Iterable[str]) -> MalformedNotice:
        return MalformedNotice(
            "%(where)s：“%(key)s”里不认识“%(word)s”，可用的是：%(allowed)s",
            where=self.where,
            key=key,
            word=word,
            allowed="、".join(sorted(allowed)),
        )

    def done(self) -> None:
        """Refuse a key that nobody asked for: it is a slip of the pen and would be lost silently."""
        for key in self._values:
            if key not in self._asked:
                raise MalformedNotice("%(where)s：没有名为“%(key)s”的项，请改正或删去", where=self.where, key=key)

    def _need(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._values:
            raise MalformedNotice("%(where)s：缺少“%(key)s”，请补上", where=self.where, key=key)
        return self._values[key]

    def _wrong(self, key: str, kind: Sentence) -> MalformedNotice:
        return MalformedNotice("%(where)s：“%(key)s”应是%(kind)s，请改正", where=self.where, key=key, kind=kind)
