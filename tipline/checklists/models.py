"""Checklists (核查清单): what must be looked into for each kind of problem before a referral is concluded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.office.models import Officer
from tipline.referrals.models import Referral


class Verdict(Labelled):
    """What the handling body says of one item."""

    DONE = "done", "已核查"
    NOT_APPLICABLE = "not_applicable", "不适用"
    AGAIN = "again", "须重查"


class CheckedItem(Keyed, Model):
    """One word on one item of a referral's list; the latest counts, the earlier ones stay."""

    id: Mapped[BigId]
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    referral: Mapped[Referral] = relationship()
    item: Mapped[str] = mapped_column(String(40), comment="key in the notice's checklist")
    verdict: Mapped[Verdict]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    by: Mapped[Officer] = relationship()
    remark_sealed: Mapped[Ciphertext | None]

    remark = Sealed()

    __table_args__ = (
        CheckConstraint("verdict = 'done' OR remark_sealed IS NOT NULL", name="passed_over_with_a_reason"),
        Index("ix_checked_item_referral", "referral_id", "id"),
    )
