"""A call: what was said, before it is a lead. The same for a letter, a visit or a line of a list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from tipline.law.bodies import (
    Body,
    ManagingAuthority,
    Membership,
    OrganisationLevel,
    PersonKind,
    RankClass,
    SupervisionObject,
    Unit,
)
from tipline.law.entries import Post
from tipline.law.facts import PersonFacts

LONGEST_AGO = timedelta(days=20 * 365)
"""A call that would be older than this is a slip in its year, and would be overdue from its first day."""


@dataclass(frozen=True)
class PersonSaid:
    """One implicated person as the caller told; everything but the kind may be unknown."""

    kind: PersonKind
    managed_by: ManagingAuthority = ManagingAuthority.UNKNOWN
    supervision_object: SupervisionObject = SupervisionObject.UNKNOWN
    party_member: Membership = Membership.UNKNOWN
    rank_class: RankClass = RankClass.OTHER
    unit: Unit = Unit.OTHER
    organisation_level: OrganisationLevel = OrganisationLevel.NONE
    name: str = ""
    post: str | None = None
    post_text: str = ""
    allegation: str = ""
    town_code: str | None = None
    village_code: str | None = None
    crime_signs: bool = False
    former: bool = False
    deputy: bool = False
    entrusted: bool = False
    collusion: bool = False

    @classmethod
    def in_post(cls, post: Post, **said: Any) -> "PersonSaid":
        """Somebody in a post of the notice's register, with what the caller added or corrected."""
        return cls(**({name: getattr(post, name) for name in OF_A_POST} | {"post": post.key} | said))


OF_A_POST = (
    "kind",
    "managed_by",
    "supervision_object",
    "party_member",
    "rank_class",
    "unit",
    "organisation_level",
    "deputy",
    "former",
    "entrusted",
)
"""The facts that come with a post of the register."""


@dataclass(frozen=True)
class ReporterSaid:
    """Who called, as far as they wished to say."""

    name: str = ""
    phone: str = ""
    identity: str = ""
    address: str = ""
    relation: str = ""


@dataclass(frozen=True)
class Call:
    """Everything that was said in one call."""

    channel: str
    received_at: datetime
    people: tuple[PersonSaid, ...]
    narrative: str
    named: bool = False
    wants_secrecy: bool = True
    wants_answer: bool = False
    reporter: ReporterSaid | None = None
    place_code: str | None = None
    town_code: str | None = None
    problems: tuple[str, ...] = ()
    wrong_dibao: tuple[str, ...] = ()
    household: str = ""
    amount_fen: int | None = None
    happened_from: date | None = None
    happened_until: date | None = None
    media: bool = False
    leader_instruction: bool = False
    major: bool = False
    major_reason: str = ""
    told_duty: bool = False
    read_back: bool = False
    submitted_as: str | None = None
    away_from: frozenset[Body] = frozenset()
    """Bodies that shall not handle it, whoever is named: the one whose case brought it about."""


class Described(Protocol):
    """Somebody with the facts by which the law chooses a body, before or after they are in the ledger."""

    @property
    def kind(self) -> PersonKind: ...
    @property
    def managed_by(self) -> ManagingAuthority: ...
    @property
    def supervision_object(self) -> SupervisionObject: ...
    @property
    def party_member(self) -> Membership: ...
    @property
    def rank_class(self) -> RankClass: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def organisation_level(self) -> OrganisationLevel: ...
    @property
    def crime_signs(self) -> bool: ...
    @property
    def former(self) -> bool: ...
    @property
    def deputy(self) -> bool: ...
    @property
    def entrusted(self) -> bool: ...
    @property
    def collusion(self) -> bool: ...
    @property
    def town_code(self) -> str | None: ...


def facts_of(person: Described, *, supervision_office: bool = False) -> PersonFacts:
    """What routing may look at: everything but the name and the words."""
    return PersonFacts(
        kind=person.kind,
        managed_by=person.managed_by,
        supervision_object=person.supervision_object,
        party_member=person.party_member,
        rank_class=person.rank_class,
        unit=person.unit,
        organisation_level=person.organisation_level,
        crime_signs=person.crime_signs,
        town_has_supervision_office=supervision_office,
        deputy=person.deputy,
        former=person.former,
        entrusted=person.entrusted,
        collusion=person.collusion,
        town=person.town_code or "",
    )
