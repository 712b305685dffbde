"""What is known of one implicated person, and the match of a rule's condition on it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from tipline.kit.words import Labelled
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

FactValue = Labelled | bool
Condition = Mapping[str, frozenset[FactValue]]


@dataclass(frozen=True)
class PersonFacts:
    """Everything routing may look at. Never a name: two people with equal facts go the same way."""

    kind: PersonKind
    managed_by: ManagingAuthority = ManagingAuthority.UNKNOWN
    supervision_object: SupervisionObject = SupervisionObject.UNKNOWN
    party_member: Membership = Membership.UNKNOWN
    rank_class: RankClass = RankClass.OTHER
    unit: Unit = Unit.OTHER
    organisation_level: OrganisationLevel = OrganisationLevel.NONE
    crime_signs: bool = False
    """Signs of a crime, not only of a breach of discipline."""
    town_has_supervision_office: bool = False
    unit_has_group: bool = False
    """The person's own unit (another than the bureau) has a discipline body of its own."""
    deputy: bool = False
    """Deputy to a people's congress or CPPCC member: notifications before any sanction."""
    former: bool = False
    """Retired, resigned or deceased; the other facts are those of the last post."""
    entrusted: bool = False
    """A contractor entrusted with public affairs."""
    collusion: bool = False
    """Several villagers report, or several cadres are said to act together."""
    town: str = ""
    """Division code of the town; empty when unknown or when the person is not in one."""
    conflicts: frozenset[Body] = frozenset()
    """Bodies that may neither handle nor hear of it: their own people are named."""
    host_conflicts: frozenset[Body] = frozenset()
    """Bodies that may not handle it because the leaders they sit with are named."""


MATCHABLE: dict[str, type[Labelled] | type[bool]] = {
    "kind": PersonKind,
    "managed_by": ManagingAuthority,
    "supervision_object": SupervisionObject,
    "party_member": Membership,
    "rank_class": RankClass,
    "unit": Unit,
    "organisation_level": OrganisationLevel,
} | {field.name: bool for field in fields(PersonFacts) if field.type is bool or field.type == "bool"}
"""The facts a condition may name, and what kind of value each has."""


def mismatch(condition: Condition, facts: PersonFacts) -> str | None:
    """The first fact that keeps the condition from fitting; None when it fits."""
    return next((name for name, allowed in condition.items() if getattr(facts, name) not in allowed), None)


def fits(condition: Condition, facts: PersonFacts) -> bool:
    """Whether every fact the condition names has one of the values it allows."""
    return mismatch(condition, facts) is None
