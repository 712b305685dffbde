"""What a notice is made of: one small frozen class for each kind of table in the file."""

from dataclasses import dataclass
from datetime import time

from tipline.kit.words import Bilingual, Labelled
from tipline.law.bodies import (
    Body,
    ManagingAuthority,
    Membership,
    OrganisationLevel,
    PersonKind,
    RankClass,
    SupervisionObject,
    TransferKind,
    Unit,
)
from tipline.law.facts import Condition, PersonFacts
from tipline.law.sources import Mark, Validity


@dataclass(frozen=True)
class Term:
    """One word of a taxonomy: what is stored, what it is called, and where it comes from."""

    key: str
    name: Bilingual
    clause: str
    mark: Mark
    group: str
    """A word of a group inside the taxonomy, such as corruption or work style; may be empty."""

    @property
    def sort(self) -> str:
        """What it is to the office where the notice may call it anything: its group, else its key."""
        return self.group or self.key


@dataclass(frozen=True)
class Post:
    """One line of the register of posts: the facts that come with the post."""

    key: str
    name: Bilingual
    also: tuple[str, ...]
    """Other words that callers use for it."""
    kind: PersonKind
    managed_by: ManagingAuthority
    supervision_object: SupervisionObject
    party_member: Membership
    rank_class: RankClass
    unit: Unit
    organisation_level: OrganisationLevel
    deputy: bool
    former: bool
    entrusted: bool
    mark: Mark

    def facts(self, **known: object) -> PersonFacts:
        """The facts of somebody in this post; what is known of the person itself goes first."""
        copied = {name: getattr(self, name) for name in _COPIED}
        return PersonFacts(**{**copied, **known})


_COPIED = (
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


@dataclass(frozen=True)
class Question:
    """One question of the call script, in the order in which it is asked."""

    key: str
    name: Bilingual
    asks_for: str
    """The field the answer goes to."""
    required: bool
    only_for: tuple[str, ...]
    """Problem types or wrong-dibao types that bring the question up; empty means always."""
    stop_on: tuple[str, ...]
    """Answers after which the operator must stop writing."""
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Rule:
    """One routing rule. Rules are tried in the order of the file; the last one catches everyone."""

    number: str
    row: str
    """The row of the decision table it belongs to; several rules may share one."""
    when: Condition
    body: Body
    sealed: bool
    stub_only: bool
    ask_back: bool
    propose_supervision: bool
    eligibility_review: bool
    transfer: TransferKind
    via: Body | None
    copy_to: tuple[Body, ...]
    copy_stub: bool
    clock: str
    reason: Bilingual
    clause: str
    mark: Mark
    in_force: Validity

    @property
    def is_law(self) -> bool:
        return self.mark.is_law


@dataclass(frozen=True)
class ConflictRule:
    """Which bodies are in conflict when such a person is named."""

    when: Condition
    own: frozenset[Body]
    host: frozenset[Body]
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Raise:
    """The next higher body, when one may not handle a matter."""

    body: Body
    to: Body
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Note:
    """Something to bear in mind about a person whatever body it goes to."""

    key: str
    when: Condition
    name: Bilingual
    clause: str
    mark: Mark
    in_force: Validity


@dataclass(frozen=True)
class LeadLevel:
    """How the body that carries the whole lead is found."""

    joint_body: Body
    clause: str
    mark: Mark


@dataclass(frozen=True)
class MajorTest:
    """When a lead counts as major."""

    amount_fen: int
    officials: int
    managed_by: frozenset[ManagingAuthority]
    not_officials: frozenset[PersonKind]
    clause: str
    mark: Mark


class Warned(Labelled):
    """Who hears of an early-warning colour."""

    KEEPER = "keeper", "区局台账员"
    DEPUTY = "deputy", "分管领导"
    BODY = "body", "承办机关"


@dataclass(frozen=True)
class Colour:
    """One early-warning colour."""

    key: str
    name: Bilingual
    state: str
    months: int
    action: Bilingual
    to: Warned
    clause: str
    mark: Mark


@dataclass(frozen=True)
class OfficeHours:
    """When letters may be posted and calls are answered."""

    opens: time
    closes: time
    mark: Mark


@dataclass(frozen=True)
class Column:
    """One column of a table that is printed or exported."""

    key: str
    name: Bilingual
    mark: Mark


@dataclass(frozen=True)
class Sheet:
    """A table the notice asks for, and its columns in order."""

    key: str
    name: Bilingual
    columns: tuple[Column, ...]
    clause: str
    mark: Mark


@dataclass(frozen=True)
class Retention:
    """How long the papers of a concluded lead are kept. A condition that is None is not asked."""

    key: str
    name: Bilingual
    leader_instruction: bool | None
    result: bool | None
    clause: str
    mark: Mark

    def fits(self, *, leader_instruction: bool, result: bool) -> bool:
        """Whether a file with these two facts is kept so long."""
        asked = ((self.leader_instruction, leader_instruction), (self.result, result))
        return all(wanted in (None, fact) for wanted, fact in asked)
