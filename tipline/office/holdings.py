"""What officers hold by name. Rooms above say what they know of; the hand-over of a leaving asks all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.kit.words import Sentence
from tipline.office.lifecycle import LeavingState
from tipline.office.models import Leaving, Office, Officer


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One open thing that somebody holds, and who in the office could take it: only those who may know of it."""

    kind: str
    key: str
    number: str
    what: Sentence
    endpoint: str
    values: dict[str, str] = field(default_factory=dict)
    hands: list[Officer] = field(default_factory=list)


P = TypeVar("P")
Row = ColumnElement[bool]


@dataclass(frozen=True, kw_only=True)
class Room(Generic[P]):
    """How one room answers about the things it keeps under a name."""

    kind: str
    things: Select[P]
    """All of them, joined with whatever the conditions and what is seen ask for."""
    key: InstrumentedAttribute[str]
    holder: InstrumentedAttribute[Any]
    office: InstrumentedAttribute[int]
    is_open: Row
    seen: Callable[[Officer], Row]
    """Whether somebody may know of a thing."""
    told: Callable[[P], Holding]
    give: Callable[[P, Officer | None, Officer, datetime], None]
    """Hand a thing on, `by`, `at` last; to nobody: let it go."""

    def held(self, officer: Officer, office: Office, reader: Officer) -> list[Holding]:
        """What this officer holds in the office, as far as the third may know."""
        return [self.told(thing) for thing in db.session.scalars(self._of(officer, office).where(self.seen(reader)))]

    def hand_on(self, key: str, officer: Officer, office: Office, to: Officer, by: Officer, at: datetime) -> None:
        """Hand on the thing of that key, held by this officer in the office, to another."""
        query = self._of(officer, office).where(self.seen(by), self.key == key)
        thing = db.session.scalars(query).one_or_none()
        if thing is None:
            raise NotFound("没有这个页面，或您无权查看。")
        if to.id not in {one.id for one in self.told(thing).hands}:
            raise Incomplete("请选择本单位可以承办此件的人员。")
        self.give(thing, to, by, at)

    def settle(self, officer: Officer, office: Office, by: Officer, at: datetime) -> None:
        """Hand on whatever is left, to the first there who may know of it; what has no hand is let go. By the clock."""
        for thing in db.session.scalars(self._of(officer, office)).all():
            self.give(thing, next(iter(self.told(thing).hands), None), by, at)

    def orphans(self) -> int:
        """How many open things are held by somebody who is gone, while no hand-over is open."""
        holder = aliased(Officer)
        under_way = select(Leaving.id).where(
            Leaving.officer_id == self.holder, Leaving.office_id == self.office, Leaving.state == LeavingState.OPEN
        )
        gone = or_(holder.active.is_(False), holder.office_id != self.office)
        lost = self.things.join(holder, holder.id == self.holder).where(self.is_open, gone, ~under_way.exists())
        return db.session.scalar(lost.with_only_columns(func.count()).order_by(None)) or 0

    def _of(self, officer: Officer, office: Office) -> Select[P]:
        return self.things.where(self.holder == officer.id, self.office == office.id, self.is_open)


rooms: list[Room[Any]] = []


def held_by(officer: Officer, office: Office, reader: Officer) -> list[Holding]:
    """Everything the officer holds in the office that the reader may know of."""
    return [thing for room in rooms for thing in room.held(officer, office, reader)]


def orphans() -> int:
    """How many open things nobody holds who is here."""
    return sum(room.orphans() for room in rooms)
