"""The money of a sheet, reconciled to the cent: what came in is what went on and what is still held. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from tipline.outcomes.sheet import MoneySaid

CAME_IN = ("recovered", "restituted")
WENT_ON = ("to_treasury", "returned")
"""Keys of the notice's list of money."""


@dataclass(frozen=True)
class Reckoning:
    """The sums of a sheet, in 分."""

    established: int
    recovered: int
    restituted: int
    to_treasury: int
    returned: int
    held: int

    @property
    def came_in(self) -> int:
        return self.recovered + self.restituted

    @property
    def accounted_for(self) -> int:
        """What went on, and what is still held."""
        return self.to_treasury + self.returned + self.held

    @property
    def missing(self) -> int:
        """What came in and is accounted for nowhere; negative when more went on than came in."""
        return self.came_in - self.accounted_for

    @property
    def outstanding(self) -> int:
        """What was established and has not come back; negative when more came back."""
        return self.established - self.came_in

    @property
    def is_empty(self) -> bool:
        return not (self.established or self.came_in or self.accounted_for)


def reckoning(money: Iterable[MoneySaid], established_fen: int | None, held_fen: int | None) -> Reckoning:
    """The movements added up by kind."""
    sums = dict.fromkeys((*CAME_IN, *WENT_ON), 0)
    for movement in money:
        sums[movement.kind] += movement.amount_fen
    return Reckoning(established=established_fen or 0, held=held_fen or 0, **sums)


def yuan(fen: int) -> str:
    """An amount in yuan to the cent, without its sign, as a sentence says it."""
    return f"{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
