"""Bundles (并案): leads taken as one matter, each where it was; and leads that hang together otherwise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.bundles.lifecycle import LIFE, BundleState
from tipline.bundles.rules import Evidence, LinkKind
from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer, Paper

OPEN = text("undone_at IS NULL")


class Bundle(Paper, Model):
    """One matter: the first report (初次件) and its repeats (重复件). The leads themselves stay what they are."""

    life = LIFE
    kind = "bundle"

    id: Mapped[BigId]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[BundleState]
    primary_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    primary: Mapped[Lead] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    reason_sealed: Mapped[Ciphertext]
    bundled_at: Mapped[datetime]
    bundled_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    bundled_by: Mapped[Officer] = relationship(foreign_keys=[bundled_by_id])
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    undone_by: Mapped[Officer | None] = relationship(foreign_keys=[undone_by_id])
    undo_reason_sealed: Mapped[Ciphertext | None]

    reason = Sealed()
    undo_reason = Sealed()

    members: Mapped[list["BundleMember"]] = relationship(back_populates="bundle", order_by="BundleMember.id")

    __table_args__ = (
        CheckConstraint("(state = 'undone') = (undone_at IS NOT NULL)", name="undone_when_it_says_so"),
        Index("uq_bundle_one_at_a_time", "primary_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )


class BundleMember(Model):
    """One repeat in a bundle: with what it was compared, by whom it was found so, and what was taken back for it."""

    id: Mapped[BigId]
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.id"), index=True)
    bundle: Mapped[Bundle] = relationship(back_populates="members")
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    lead: Mapped[Lead] = relationship()
    joined_at: Mapped[datetime]
    joined_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    joined_by: Mapped[Officer] = relationship()
    evidence: Mapped[list[str]] = mapped_column(comment="what it had in common with the first report")
    withdrawn: Mapped[list[str]] = mapped_column(comment="keys of the referrals that were taken back")
    undone_at: Mapped[datetime | None]

    @property
    def points(self) -> list[Evidence]:
        """The evidence in words, the strongest first."""
        return [point for point in Evidence if point.value in self.evidence]

    __table_args__ = (
        Index("uq_bundle_member_one_at_a_time", "lead_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )


class LeadLink(Keyed, Model):
    """Two leads that hang together, without one being a repeat of the other."""

    id: Mapped[BigId]
    one_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    one: Mapped[Lead] = relationship(foreign_keys=[one_id])
    other_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    other: Mapped[Lead] = relationship(foreign_keys=[other_id])
    kind: Mapped[LinkKind] = mapped_column(comment="of `one`, seen from it")
    reason_sealed: Mapped[Ciphertext]
    linked_at: Mapped[datetime]
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    linked_by: Mapped[Officer] = relationship(foreign_keys=[linked_by_id])
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    undone_by: Mapped[Officer | None] = relationship(foreign_keys=[undone_by_id])

    reason = Sealed()

    __table_args__ = (CheckConstraint("one_id != other_id", name="not_with_itself"),)
