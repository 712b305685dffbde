"""A person of a lead written anew (更正被反映人): the former facts stay beside the new ones, as they were."""

from dataclasses import dataclass
from datetime import datetime

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.leads import entering, search
from tipline.leads.call import PersonSaid
from tipline.leads.entering import FACTS
from tipline.leads.models import ImplicatedPerson, PersonVersion
from tipline.leads.operations import reasoned
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer, Place


@dataclass(frozen=True)
class Correction:
    """How one person should have been entered, and where the matter happened."""

    said: PersonSaid
    town_code: str | None
    place_code: str | None


def correct(
    person: ImplicatedPerson, correction: Correction, *, reason: str, by: Officer, at: datetime
) -> PersonVersion:
    """Write a person anew. Where they go now, and who must not know, is for whoever called.

    Raises Incomplete when nothing has changed.
    """
    lead, why = person.lead, reasoned(reason)
    if correction == Correction(entering.said_of(person), lead.town_code, lead.place_code):
        raise Incomplete("内容没有变化。")
    enact(Act.CORRECT_PERSON, lead, by=by, at=at, note=why, person=str(person.position + 1))
    search.forget(lead)
    former = PersonVersion(
        replaced_at=at,
        replaced_by=by,
        reason=why,
        matter_town_code=lead.town_code,
        matter_place_code=lead.place_code,
        **{same: getattr(person, same) for same in ("name", "name_blind", "sound_blind", "post_text", "allegation")},
        **{fact: getattr(person, fact) for fact in (*FACTS, "namesake_cleared")},
    )
    person.versions.append(former)
    entering.write_anew(person, correction.said)
    person.namesake_cleared = former.namesake_cleared and person.name_blind == former.name_blind
    lead.town_code, lead.place_code = correction.town_code, correction.place_code
    lead.place = db.session.get(Place, lead.place_code) if lead.place_code else None
    db.session.flush()  # the walls below ask for the former facts too
    search.index(lead)
    return former
