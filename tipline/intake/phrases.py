"""What operators may say or look up: approved wording by initials, short answers that are good until a day."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from tipline.intake import finding
from tipline.intake.lifecycle import PhraseState
from tipline.intake.models import Phrase, PhraseKind
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer

MOST = 60
"""So many of each kind are offered; a list that nobody can survey helps nobody."""
BESIDE = 6
"""So many answers stand beside the sheet."""


def in_use(kind: PhraseKind) -> list[Phrase]:
    """What is offered, in the order in which it was entered."""
    query = select(Phrase).where(Phrase.state == PhraseState.IN_USE, Phrase.sort == kind)
    return list(db.session.scalars(query.order_by(Phrase.id).limit(MOST)))


def named(key: str) -> Phrase | None:
    found: Phrase | None = db.session.scalars(select(Phrase).where(Phrase.key == key)).one_or_none()
    return found


def wordings() -> list[tuple[Phrase, str]]:
    """Approved sentences, each with the ways in which its title may be typed."""
    return [(phrase, " ".join(finding.ways_of(phrase.title))) for phrase in in_use(PhraseKind.WORDING)]


def known_of(problems: Iterable[str], today: date) -> list[tuple[Phrase, bool]]:
    """Short answers for the ticked problems, what fits every call last; each with whether its day is over."""
    ticked = set(problems)
    fits = [one for one in in_use(PhraseKind.KNOWLEDGE) if not one.problems or ticked & set(one.problems)]
    fits.sort(key=lambda one: not one.problems)
    return [(one, is_stale(one, today)) for one in fits[:BESIDE]]


def is_stale(phrase: Phrase, today: date) -> bool:
    """Whether somebody must look at it again before it is relied on."""
    return phrase.valid_until is not None and phrase.valid_until < today


def stale(today: date) -> int:
    """How many answers the keeper is asked to look at again."""
    count = select(func.count()).select_from(Phrase)
    return db.session.scalar(count.where(Phrase.state == PhraseState.IN_USE, Phrase.valid_until < today)) or 0


def add(
    kind: PhraseKind, title: str, words: str, problems: list[str], until: date | None, *, by: Officer, at: datetime
) -> Phrase:
    """Offer a sentence or an answer. Raises Incomplete for an answer without a day to come, NotNow for too many."""
    if kind is PhraseKind.KNOWLEDGE:
        _must_come(until, at)
    if len(in_use(kind)) >= MOST:
        raise NotNow("已有%(n)s条，请先停用不用的。", n=MOST)
    asked = kind is PhraseKind.KNOWLEDGE
    phrase = Phrase(sort=kind, problems=problems if asked else [], valid_until=until if asked else None)
    phrase.title, phrase.words = title, words
    enact(Act.ADD_PHRASE, phrase, by=by, at=at)
    db.session.add(phrase)
    return phrase


def renew(phrase: Phrase, until: date | None, *, by: Officer, at: datetime) -> None:
    """An answer was looked at again and is good until a later day."""
    if phrase.sort is not PhraseKind.KNOWLEDGE:
        raise NotNow("常用语没有有效期。")
    _must_come(until, at)
    enact(Act.RENEW_PHRASE, phrase, by=by, at=at)
    phrase.valid_until = until


def retire(phrase: Phrase, *, by: Officer, at: datetime) -> None:
    """It is not offered any more; to change its words, it is retired and entered anew."""
    enact(Act.RETIRE_PHRASE, phrase, by=by, at=at)


def _must_come(until: date | None, at: datetime) -> None:
    if until is None or until <= day_of(at):
        raise Incomplete("知识须写有效期，晚于今天。")
