"""Words on the screen: a stored value that knows what it is called."""

from dataclasses import dataclass, field
from enum import StrEnum


class Labelled(StrEnum):
    """Members read `NAME = "stored-value", "屏幕上的字"`; a member is its stored value.

    The label is the Chinese source text; templates translate it with the `label` filter.
    """

    label: str

    def __new__(cls, value: str, label: str) -> "Labelled":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


@dataclass(frozen=True)
class Sentence:
    """A sentence for the screen, kept apart from its values so that it can be translated late.

    `text` is the Chinese source with `%(name)s` places; `values` fills them. A value may itself be
    a `Labelled`, a `Sentence` or a `Bilingual`: each is translated before it is put in.
    """

    text: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % {name: in_chinese(value) for name, value in self.values.items()}


@dataclass(frozen=True)
class Bilingual:
    """A text that comes from data (a notice) and brings its own translation."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


def in_chinese(value: object) -> str:
    """What a value is called in the source language."""
    return value.label if isinstance(value, Labelled) else str(value)
