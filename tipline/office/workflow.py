"""A life is a table of moves; this is its only reader."""

from collections.abc import Collection, Mapping

from tipline.kit.errors import NotNow
from tipline.kit.words import Labelled
from tipline.office.charter import Act

UNBORN = "尚未登记"

Moves = Mapping[tuple[Labelled | None, Act], Labelled]


class Workflow:
    """`{(state, act): next state}`. The state before birth is None; a move may lead back to itself.

    An act in `back` takes the latest move back: it leads to where the paper stood before that; the table
    names the first of the states it can lead to.
    """

    def __init__(self, moves: Moves, *, back: Collection[Act] = ()) -> None:
        self.moves = dict(moves)
        self.acts = {act for _, act in self.moves}
        self.back = frozenset(back)

    def after(self, state: Labelled | None, act: Act, before: Labelled | None = None) -> Labelled:
        """The state that `act` leads to, `before` being where it stood until the latest move.

        Raises NotNow when it cannot be done from here.
        """
        try:
            there = self.moves[state, act]
        except KeyError:
            raise NotNow("现在是“%(state)s”，不能%(act)s。", state=state or UNBORN, act=act) from None
        return before if act in self.back and before is not None else there

    def open_acts(self, state: Labelled | None) -> list[Act]:
        """What may be done from here: the buttons a screen should show."""
        return [act for here, act in self.moves if here == state]

    def replay(self, acts: list[Act]) -> Labelled | None:
        """The state after these acts in order. Raises NotNow at the first that was impossible."""
        before: Labelled | None = None
        state: Labelled | None = None
        for act in acts:
            before, state = state, self.after(state, act, before)
        return state
