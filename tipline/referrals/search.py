"""Search inside what an officer's body was handed: only its own papers, only the words it may read."""

from collections.abc import Iterator

from sqlalchemy.orm import contains_eager, joinedload

from tipline.kit.db import db
from tipline.kit.grams import folded, runs
from tipline.kit.identity import sounds_within
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.models import Officer
from tipline.referrals import queries
from tipline.referrals.models import Referral

CHUNK = 100


def find(words: str, officer: Officer, *, limit: int) -> list[Referral]:
    """The newest of the officer's referrals that contain every run of the words, or a name that sounds so.

    It starts from what the officer may see and reads it, so that nothing hidden can move a result; a
    body holds hundreds of papers, not the ledger.
    """
    found: list[Referral] = []
    if not list(runs(words)):
        return found
    for referral in _papers(officer):
        body = folded(" ".join(words_of(referral, officer)))
        if all(run in body or _sounds_so(referral, officer, run) for run in runs(words)):
            found.append(referral)
            if len(found) == limit:
                break
    return found


def words_of(referral: Referral, officer: Officer) -> list[str]:
    """What the officer may read of it: its number, and inside the handling body the words it was given."""
    if not queries.is_handled_by(officer, referral):
        return [referral.number, referral.to.name]
    lead, people = referral.lead, _people_of(referral)
    own = (lead.narrative, lead.household) if referral.whole else ()
    return [referral.number, *(word for word in (*own, *_words_of(people)) if word)]


def _people_of(referral: Referral) -> list[ImplicatedPerson]:
    return referral.lead.people if referral.whole else [referral.person]


def _sounds_so(referral: Referral, officer: Officer, run: str) -> bool:
    """Whether a person whom the officer may read of has a name in which this is heard."""
    people = _people_of(referral) if queries.is_handled_by(officer, referral) else []
    return any(sounds_within(run, person.name) for person in people if person.name)


def _words_of(people: list[ImplicatedPerson]) -> Iterator[str | None]:
    for person in people:
        yield from (person.name, person.post_text, person.allegation)


def _papers(officer: Officer) -> Iterator[Referral]:
    query = queries.visible_to(officer).limit(CHUNK)
    query = query.options(joinedload(Referral.person), contains_eager(Referral.lead).selectinload(Lead.people))
    last: int | None = None
    while True:
        rows = list(db.session.scalars(query if last is None else query.where(Referral.id < last)))
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1].id
