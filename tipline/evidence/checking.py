"""Whether the cabinet holds what the rows tell of: every file, with its hash, and no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tipline.evidence import queries
from tipline.evidence.models import Exhibit
from tipline.kit.cabinet import Kept, cabinet
from tipline.kit.db import db
from tipline.kit.vault import Unreadable

AT_A_TIME = 100


@dataclass(frozen=True)
class Discrepancy:
    """Something wrong: an exhibit whose file is gone or altered, or a file that no exhibit knows."""

    what: str
    of: str
    stray: bool = False

    def __str__(self) -> str:
        return f"{self.what}: {self.of}"


def discrepancies() -> Iterator[Discrepancy]:
    """All that is wrong. Every file is read to its end; names of exhibits are not told, only their keys."""
    lying = cabinet.names()
    for kind in (Exhibit, *queries.holders):
        for holder in _files(kind):
            for side, kept in _kept(holder):
                if kept is None or not cabinet.is_whole(kept):
                    yield Discrepancy(f"{side} missing or altered", holder.ref)
    for name in sorted(lying - queries.known_names()):
        yield Discrepancy("file that no exhibit knows", name, stray=True)


def _files(kind: Any) -> Iterator[Any]:
    last = 0
    while True:
        query = select(kind).where(kind.file.is_not(None), kind.id > last).order_by(kind.id)
        found = list(db.session.scalars(query.limit(AT_A_TIME)))
        if not found:
            return
        yield from found
        last = found[-1].id


def _kept(holder: Any) -> Iterator[tuple[str, Kept | None]]:
    """The original, and the clean copy where there is one; None for what not even its key opens."""
    try:
        yield "original", holder.original
        if getattr(holder, "copy_file", None) is not None:
            yield "copy", holder.clean_copy
    except Unreadable:
        yield "key", None
