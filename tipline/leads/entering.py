"""From what was said to the rows of the ledger: tidy words, keyed hashes, nothing decided."""

from datetime import datetime
from typing import Any

from tipline.kit.dates import day_of
from tipline.kit.errors import Incomplete
from tipline.kit.identity import digits_of, identity_number, plain_name, sound_of, tidy
from tipline.kit.vault import vault
from tipline.law.bodies import Body, PersonKind
from tipline.leads.call import Call, PersonSaid, ReporterSaid
from tipline.leads.models import ImplicatedPerson, Lead, Reporter
from tipline.office.models import Officer

FACTS = (
    "kind",
    "managed_by",
    "supervision_object",
    "party_member",
    "rank_class",
    "unit",
    "organisation_level",
    "post",
    "town_code",
    "village_code",
    "crime_signs",
    "former",
    "deputy",
    "entrusted",
    "collusion",
)


def lead_of(call: Call, by: Officer, at: datetime) -> Lead:
    """The lead that a call becomes, without its persons and its number."""
    household = tidy(call.household)
    lead = _envelope(call, by, at)
    lead.named, lead.wants_secrecy, lead.wants_answer = call.named, call.wants_secrecy, call.wants_answer
    lead.place_code, lead.town_code = call.place_code, call.town_code
    lead.problems, lead.wrong_dibao = list(call.problems), list(call.wrong_dibao)
    lead.amount_fen = call.amount_fen
    lead.happened_from, lead.happened_until = call.happened_from, call.happened_until
    lead.media, lead.leader_instruction, lead.major = call.media, call.leader_instruction, call.major
    lead.told_duty, lead.read_back = call.told_duty, call.read_back
    lead.major_reason = tidy(call.major_reason) or None
    lead.narrative = tidy(call.narrative)
    lead.household = household or None
    lead.household_blind = household_blind(household)
    return lead


def stub_of(call: Call, by: Officer, at: datetime) -> Lead:
    """What may be kept of a call about people managed above the district: when and how it came, and who took it."""
    return _envelope(call, by, at)


def _envelope(call: Call, by: Officer, at: datetime) -> Lead:
    return Lead(
        office=by.office,
        office_id=by.office_id,
        registered_by=by,
        registered_by_id=by.id,
        received_at=call.received_at,
        registered_at=at,
        channel=call.channel,
        named=False,
        wants_secrecy=True,
        wants_answer=False,
        problems=[],
        wrong_dibao=[],
        submitted_as=call.submitted_as,
        away_from=sorted(body.value for body in call.away_from),
    )


def person_of(said: PersonSaid, position: int) -> ImplicatedPerson:
    """One implicated person, sealed, with the hashes by which walls and look-ups find them."""
    return ImplicatedPerson(position=position, **_written(said))


def write_anew(person: ImplicatedPerson, said: PersonSaid) -> None:
    """The same person, as they should have been entered."""
    for field, value in _written(said).items():
        setattr(person, field, value)


def _written(said: PersonSaid) -> dict[str, Any]:
    name = tidy(said.name)
    return {
        "name": name or None,
        "name_blind": name_blind(name),
        "sound_blind": vault.blind("sound", sound_of(name)) if plain_name(name) else None,
        "post_text": tidy(said.post_text) or None,
        "allegation": tidy(said.allegation) or None,
        **{fact: getattr(said, fact) for fact in FACTS},
    }


def said_of(person: ImplicatedPerson) -> PersonSaid:
    """What was said of somebody, as it stands in the ledger."""
    facts: dict[str, Any] = {fact: getattr(person, fact) for fact in FACTS}
    return PersonSaid(**facts | {word: getattr(person, word) or "" for word in ("name", "post_text", "allegation")})


def call_of(lead: Lead) -> Call:
    """The call that a lead was, but for the reporter: what the law and the walls look at."""
    return Call(
        channel=lead.channel,
        received_at=lead.received_at,
        people=tuple(map(said_of, lead.people)),
        narrative=lead.narrative or "",
        named=lead.named,
        place_code=lead.place_code,
        town_code=lead.town_code,
        amount_fen=lead.amount_fen,
        happened_from=lead.happened_from,
        happened_until=lead.happened_until,
        media=lead.media,
        leader_instruction=lead.leader_instruction,
        major=lead.major,
        away_from=frozenset(body for body in Body if body.value in lead.away_from),
    )


def nameless(used: dict[str, Any]) -> ImplicatedPerson:
    """Somebody of whom nothing is kept but the facts by which the law chose the body."""
    kept = {fact: value for fact, value in used.items() if fact in FACTS}
    return person_of(PersonSaid(**({"kind": PersonKind.UNKNOWN} | kept)), 0)


def reporter_of(lead: Lead, said: ReporterSaid, at: datetime) -> Reporter:
    """Who reported, sealed in a row of their own. Raises Incomplete for an impossible identity number."""
    name, phone = tidy(said.name), tidy(said.phone)
    identity = _identity(said.identity, at)
    return Reporter(
        lead=lead,
        name=name or None,
        phone=phone or None,
        identity=identity,
        address=tidy(said.address) or None,
        relation=tidy(said.relation) or None,
        name_blind=vault.blind("name", plain_name(name)) if plain_name(name) else None,
        phone_blind=vault.blind("phone", digits_of(phone)) if digits_of(phone) else None,
        identity_blind=vault.blind("identity", identity) if identity else None,
    )


def name_blind(name: str) -> str | None:
    """The keyed hash under which a name is looked up; None when nothing is left of it."""
    return vault.blind("name", plain_name(name)) if plain_name(name) else None


def household_blind(household: str) -> str | None:
    """The keyed hash under which a household is looked up."""
    return vault.blind("household", plain_name(household)) if plain_name(household) else None


def _identity(typed: str, at: datetime) -> str | None:
    if not tidy(typed):
        return None
    try:
        return identity_number(typed, day_of(at))
    except ValueError as wrong:
        raise Incomplete(str(wrong)) from None
