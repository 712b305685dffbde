"""The ledger: what was said, of whom; the reporter in a vault of their own."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Blind, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.law.bodies import (
    ManagingAuthority,
    Membership,
    OrganisationLevel,
    PersonKind,
    RankClass,
    SupervisionObject,
    Unit,
)
from tipline.law.notice import Notice
from tipline.leads.lifecycle import LIFE, LIFT_LIFE, RECUSAL_LIFE, LeadState, LiftState, RecusalState
from tipline.office import editions
from tipline.office.models import Office, Officer, Paper, Place

MARKED = "leader_instruction IS {0} OR major IS {0} OR media IS {0}"
"""Written as the ledger's filters ask; `true` is another word in every database."""


class Lead(Paper, Model):
    """One report as it was given: a container; routing, clocks and outcome hang on its persons."""

    life = LIFE
    kind = "lead"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(30), unique=True)
    state: Mapped[LeadState]
    notice: Mapped[str] = mapped_column(String(40), comment="key of the notice under which it was registered")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship(foreign_keys=[office_id])
    registered_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    registered_by: Mapped[Officer] = relationship()
    received_at: Mapped[datetime] = mapped_column(comment="when the call ended or the letter came")
    registered_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(40), comment="key in the notice's list of channels")
    named: Mapped[bool] = mapped_column(comment="true name and a reachable contact")
    wants_secrecy: Mapped[bool]
    wants_answer: Mapped[bool]
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"))
    place: Mapped[Place | None] = relationship()
    town_code: Mapped[str | None] = mapped_column(String(12))
    problems: Mapped[list[str]] = mapped_column(comment="keys of the notice's problem types")
    wrong_dibao: Mapped[list[str]] = mapped_column(comment="keys of the notice's wrong-dibao types")
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    happened_from: Mapped[date | None]
    happened_until: Mapped[date | None]
    media: Mapped[bool] = mapped_column(default=False)
    leader_instruction: Mapped[bool] = mapped_column(default=False)
    major: Mapped[bool] = mapped_column(default=False)
    major_reason_sealed: Mapped[Ciphertext | None]
    narrative_sealed: Mapped[Ciphertext | None]
    household_sealed: Mapped[Ciphertext | None]
    household_blind: Mapped[Blind | None]
    told_duty: Mapped[bool] = mapped_column(default=False, comment="the caller was told to keep to the truth")
    read_back: Mapped[bool] = mapped_column(default=False, comment="the record was read back to the caller")
    code_hash: Mapped[str | None] = mapped_column(String(100), comment="of the spoken follow-up code")
    walled: Mapped[bool] = mapped_column(default=False, comment="only officers with an `Access` row")
    sealed: Mapped[bool] = mapped_column(default=False, comment="only officers of the handling office are on the list")
    handling_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), comment="the body that carries the whole")
    handling: Mapped[Office | None] = relationship(foreign_keys=[handling_id])
    handed_over: Mapped[bool] = mapped_column(default=False, comment="all its persons are with their bodies")
    away_from: Mapped[list[str]] = mapped_column(
        default=list, comment="bodies that shall not handle it: the one whose case brought it about"
    )
    submitted_as: Mapped[str | None] = mapped_column(String(64), unique=True, comment="one form, one lead")
    primary_id: Mapped[int | None] = mapped_column(
        ForeignKey("lead.id"), index=True, comment="the first report (初次件) of which this one is a repeat (重复件)"
    )

    major_reason = Sealed()
    narrative = Sealed()
    household = Sealed()

    primary: Mapped["Lead | None"] = relationship(remote_side="Lead.id")
    people: Mapped[list["ImplicatedPerson"]] = relationship(
        back_populates="lead", order_by="ImplicatedPerson.position", cascade="all"
    )
    reporter: Mapped["Reporter | None"] = relationship(back_populates="lead")
    versions: Mapped[list["LeadVersion"]] = relationship(back_populates="lead", order_by="LeadVersion.id")

    __table_args__ = (
        CheckConstraint("state != 'stub' OR narrative_sealed IS NULL", name="a_stub_has_no_content"),
        Index("ix_lead_ledger", "office_id", "id"),
        Index("ix_lead_town", "town_code", "id"),
        Index("ix_lead_registered_at", "registered_at"),
        Index("ix_lead_state", "state", "handed_over", "primary_id"),
        Index(
            "ix_lead_marked", "id", sqlite_where=text(MARKED.format(1)), postgresql_where=text(MARKED.format("true"))
        ),
    )

    @property
    def rules(self) -> Notice:
        """The notice under which it was registered; whatever stands on the lead lives by it."""
        return editions.of(self.notice)


class LeadVersion(Keyed, Model):
    """The words of a lead as they were before an amendment: the first version is what was said on the phone."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship(back_populates="versions")
    narrative_sealed: Mapped[Ciphertext]
    replaced_at: Mapped[datetime]
    replaced_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    replaced_by: Mapped[Officer] = relationship()

    narrative = Sealed()


class Facts:
    """Somebody whom a lead names, as the caller told: sealed words, the hashes by which walls find them, and the
    facts by which the law chooses a body.
    """

    name_sealed: Mapped[Ciphertext | None]
    name_blind: Mapped[Blind | None]
    sound_blind: Mapped[Blind | None]
    post_text_sealed: Mapped[Ciphertext | None]
    allegation_sealed: Mapped[Ciphertext | None]
    post: Mapped[str | None] = mapped_column(String(60), comment="key in the notice's register of posts")
    kind: Mapped[PersonKind]
    managed_by: Mapped[ManagingAuthority]
    supervision_object: Mapped[SupervisionObject]
    party_member: Mapped[Membership]
    rank_class: Mapped[RankClass]
    unit: Mapped[Unit]
    organisation_level: Mapped[OrganisationLevel] = mapped_column(default=OrganisationLevel.NONE)
    town_code: Mapped[str | None] = mapped_column(String(12))
    village_code: Mapped[str | None] = mapped_column(String(12))
    crime_signs: Mapped[bool] = mapped_column(default=False)
    former: Mapped[bool] = mapped_column(default=False)
    deputy: Mapped[bool] = mapped_column(default=False)
    entrusted: Mapped[bool] = mapped_column(default=False)
    collusion: Mapped[bool] = mapped_column(default=False)
    namesake_cleared: Mapped[bool] = mapped_column(default=False)


class ImplicatedPerson(Facts, Keyed, Model):
    """Somebody whom a lead names, as they stand in the ledger now."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship(back_populates="people")
    position: Mapped[int]
    versions: Mapped[list["PersonVersion"]] = relationship(back_populates="person", order_by="PersonVersion.id")

    name = Sealed()
    post_text = Sealed()
    allegation = Sealed()


class PersonVersion(Facts, Keyed, Model):
    """Somebody as they stood in the ledger before a correction. What walls their facts drew still stand."""

    id: Mapped[BigId]
    person_id: Mapped[int] = mapped_column(ForeignKey("implicated_person.id"), index=True)
    person: Mapped[ImplicatedPerson] = relationship(back_populates="versions")
    replaced_at: Mapped[datetime]
    replaced_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    replaced_by: Mapped[Officer] = relationship()
    reason_sealed: Mapped[Ciphertext]
    matter_town_code: Mapped[str | None] = mapped_column(String(12), comment="where the lead said that it happened")
    matter_place_code: Mapped[str | None] = mapped_column(String(12))

    name = Sealed()
    post_text = Sealed()
    allegation = Sealed()
    reason = Sealed()


class Reporter(Keyed, Model):
    """Who reported. Never loaded with the lead; opened by an act of its own, with a reason."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), unique=True)
    lead: Mapped[Lead] = relationship(back_populates="reporter")
    name_sealed: Mapped[Ciphertext | None]
    phone_sealed: Mapped[Ciphertext | None]
    identity_sealed: Mapped[Ciphertext | None]
    address_sealed: Mapped[Ciphertext | None]
    relation_sealed: Mapped[Ciphertext | None]
    name_blind: Mapped[Blind | None]
    phone_blind: Mapped[Blind | None]
    identity_blind: Mapped[Blind | None]

    name = Sealed()
    phone = Sealed()
    identity = Sealed()
    address = Sealed()
    relation = Sealed()


class Access(Model):
    """An officer who may read a walled lead. Nothing anywhere says who may not."""

    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True, index=True)


class AccessOffice(Model):
    """A body whose officers are let in to a sealed lead: it handles the lead, or a part of it."""

    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)


class Opening(Model):
    """A reasoned, time-boxed opening of a lead's content by somebody who only sees its shell."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    until: Mapped[datetime]

    __table_args__ = (
        Index("ix_opening_who", "officer_id", "lead_id"),
        UniqueConstraint("lead_id", "officer_id", "until"),
    )


class Recusal(Paper, Model):
    """An officer stands aside from a lead. Who, and on which ground, only the key can tell."""

    life = RECUSAL_LIFE
    kind = "recusal"

    id: Mapped[BigId]
    state: Mapped[RecusalState]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    officer_sealed: Mapped[Ciphertext]
    officer_blind: Mapped[Blind]
    ground_sealed: Mapped[Ciphertext] = mapped_column(comment="key in the notice's grounds of recusal")
    reason_sealed: Mapped[Ciphertext]
    for_reporter: Mapped[bool] = mapped_column(default=False, comment="asked on behalf of the reporter")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_by: Mapped[Officer] = relationship()
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    officer = Sealed()
    ground = Sealed()
    reason = Sealed()


class RecusalHand(Model):
    """An officer who may decide a request. Nothing anywhere says who may not."""

    recusal_id: Mapped[int] = mapped_column(ForeignKey("recusal.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True, index=True)


class Lift(Paper, Model):
    """A wall opened to one officer by two persons of the discipline side, until a day."""

    life = LIFT_LIFE
    kind = "lift"

    id: Mapped[BigId]
    state: Mapped[LiftState]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    officer_sealed: Mapped[Ciphertext]
    officer_blind: Mapped[Blind]
    reason_sealed: Mapped[Ciphertext]
    until: Mapped[date]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="of the two who decide")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    asked_by: Mapped[Officer] = relationship()
    asked_at: Mapped[datetime]

    officer = Sealed()
    reason = Sealed()


class LedgerView(Keyed, Model):
    """The ledger as its owner wants to find it again: an address, never what stands in its rows.

    With a name it is a view (保存的视图); the one without tells which columns its owner sees otherwise.
    """

    kind = "ledger-view"

    id: Mapped[BigId]
    owner_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    owner: Mapped[Officer] = relationship()
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True, comment="shared with it")
    name_sealed: Mapped[Ciphertext | None]
    address: Mapped[dict[str, str]] = mapped_column(comment="filters, order and columns: words of fixed lists")

    name = Sealed()

    @property
    def ref(self) -> str:
        return f"{self.kind}/{self.key}"
