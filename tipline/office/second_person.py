"""Who did the step before, on many papers at once: pages and lists leave out what needs somebody else."""

from collections.abc import Sequence

from sqlalchemy import select

from tipline.kit.db import db
from tipline.office.charter import Act
from tipline.office.models import Entry, Officer, Paper
from tipline.office.powers import SECOND_PERSON

FirstHands = dict[tuple[str, Act], int]
"""Who did a deed last, by paper and deed."""


def first_hands(papers: Sequence[Paper]) -> FirstHands:
    """The latest hand of every deed that asks for a second person afterwards, on these papers."""
    query = select(Entry.paper, Entry.act, Entry.by_id).order_by(Entry.seq)
    query = query.where(Entry.paper.in_([paper.ref for paper in papers]), Entry.act.in_(set(SECOND_PERSON.values())))
    return {(ref, act): by for ref, act, by in db.session.execute(query)}


def is_same_hand(act: Act, paper: Paper, officer: Officer, first: FirstHands) -> bool:
    """Whether the deed would need somebody else than this officer."""
    before = SECOND_PERSON.get(act)
    return before is not None and first.get((paper.ref, before)) == officer.id
