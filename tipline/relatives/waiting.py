"""What of the comparison waits for an officer: one line, while somebody else's word waits for a second."""

from datetime import date
from itertools import chain

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.models import Entry, Officer
from tipline.office.waiting import Waiting
from tipline.relatives import hits
from tipline.relatives.lifecycle import WAITING
from tipline.relatives.models import RegisterHit


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Hits that another has looked at, and that need this officer's word; of every campaign."""
    return list(chain(*editions.each(lambda: _waiting_for(officer)))) if officer.may(Act.CONFIRM_HIT) else []


def _waiting_for(officer: Officer) -> list[Waiting]:
    mine = select(Entry.seq).where(Entry.seq == RegisterHit.last_seq, Entry.by_id == officer.id)
    others = hits.visible_to(officer).where(RegisterHit.state.in_(WAITING), ~mine.correlate(RegisterHit).exists())
    if db.session.scalar(others.with_only_columns(RegisterHit.id).limit(1)) is None:
        return []
    shown = {"show": hits.Shown.SECOND} | editions.address()
    what = Sentence("复核比对结果")
    return [Waiting(what=what, number="", act=Act.CONFIRM_HIT, endpoint="relatives.hit_list", values=shown)]
