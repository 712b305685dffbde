"""What a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import event

from tipline.kit.db import db


@contextmanager
def questions(*, anew: bool = True) -> Iterator[list[str]]:
    """The statements sent while it lasts, of a house that remembers nothing from before; or does, not `anew`."""
    if anew:
        current_app.extensions.pop("unchanged", None)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
