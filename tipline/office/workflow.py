"""A life is a table of moves; this is its only reader."""

from collections.abc import Mapping

from tipline.kit.errors import NotNow
from tipline.kit.words import Labelled
from tipline.office.charter import Act

UNBORN = "尚未登记"

Moves = Mapping[tuple[Labelled | None, Act], Labelled]


class Workflow:
    """`{(state, act): next state}`. The state before birth is None; a move may lead back to itself."""

    def __init__(self, moves: Moves) -> None:
        self.moves = dict(moves)
        self.acts = {act for _, act in self.moves}

    def after(self, state: Labelled | None, act: Act) -> Labelled:
        """The state that `act` leads to. Raises NotNow when it cannot be done from here."""
        try:
            return self.moves[state, act]
        except KeyError:
            raise NotNow("现在是“%(state)s”，不能%(act)s。", state=state or UNBORN, act=act) from None

    def open_acts(self, state: Labelled | None) -> list[Act]:
        """What may be done from here: the buttons a screen should show."""
        return [act for here, act in self.moves if here == state]

    def replay(self, acts: list[Act]) -> Labelled | None:
        """The state after these acts in order. Raises NotNow at the first that was impossible."""
        state: Labelled | None = None
        for act in acts:
            state = self.after(state, act)
        return state
