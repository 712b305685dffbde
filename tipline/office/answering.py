"""Which room knows what was done for a duty of the notice. Rooms say so here; the room of duties asks all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tipline.kit.words import Labelled, Sentence
from tipline.law.campaign import Duty, Period
from tipline.office.charter import Act

Asked = Sequence[tuple[Duty, Period]]
Owed = tuple[str, str, str]
"""What is owed by one place: the duty, the period and the place, by key, key and code."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one place has done for one duty and period."""

    word: Labelled
    """How it stands, as the room says it."""
    owed: bool
    """Whether it is owed (again), because it was sent back."""
    done: bool
    """Whether nothing is left to do for anybody."""
    first_on: date | None
    """When it first came in; None for what need not come in."""
    returned_on: date | None
    endpoint: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    """The way to it; None where the duty's own page shows it."""
    reading: Act | None = None
    """The act that this way asks for; None where whoever reads duties may go it."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """How one room answers for the duties it knows about."""

    answers: Callable[[Asked], dict[Owed, Answer]]
    """What was done, by whatever place, in a number of questions that does not grow."""
    settled: Callable[[Asked, str], Any]
    """How many of these a town and the villages in it no longer owe, as a part of a larger question."""
    way_in: tuple[str, Callable[[Owed], dict[str, Any]]] | None = None
    """The form on which it is handed in; None where the duty's own page has it."""
    act: Act | None = None
    """The act that such a form asks for."""
    advice: Sentence | None = None
    """What a reminder adds for this room's duties."""


rooms: dict[str, Room] = {}
"""By the name that the notice uses in `answered_by`. What no room answers for is kept outside of Tipline."""
