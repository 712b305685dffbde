"""What holds until somebody does something: found once, and found anew after the next line of the trail.

Every deed writes a line, and the hash of the last one stands for all that came before it. So what follows from
the house's papers alone, and from nothing a clock or a machine says, is as good as new for as long as that hash is.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, g, has_app_context, has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Session

T = TypeVar("T")
P = ParamSpec("P")


def stand_at(head: str) -> None:
    """Answer this request as of that end of the trail, which was read in the request's own transaction."""
    g.trail_head = head


def moved() -> None:
    """Something is being done in this request: from here on it asks for itself."""
    g.pop("trail_head", None)
    g.pop("answers", None)


@event.listens_for(Session, "after_soft_rollback")
def _undone(*_: object) -> None:
    """What was seen inside a deed that came to nothing was never there."""
    if has_app_context():
        moved()


def unchanged(what: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question, from memory while the trail stands where it stood. Jobs and commands always ask."""
    head = g.get("trail_head")
    if head is None:
        return ask()
    known: tuple[str, dict[Hashable, Any]] = current_app.extensions.get("unchanged", ("", {}))
    if known[0] != head:
        known = current_app.extensions["unchanged"] = (head, {})
    answers = known[1]
    if what not in answers:
        answers[what] = ask()
    found: T = answers[what]
    return found


def once(ask: Callable[P, T]) -> Callable[P, T]:
    """Ask a question once in a request, however many parts of a page want the answer; a deed asks for it anew.

    Rows are told apart by their ids, so a row that has none yet must not be asked about.
    """

    @wraps(ask)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        if not has_request_context() or kwargs:
            return ask(*args, **kwargs)
        known: dict[Hashable, Any] = g.setdefault("answers", {})
        what = (ask.__module__, ask.__qualname__, *(getattr(one, "id", one) for one in args))
        if what not in known:
            known[what] = ask(*args, **kwargs)
        found: T = known[what]
        return found

    return answer
