"""Interventions (过问登记): who asked about a case or pleaded in it, as those who handle it wrote it down."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tipline.kit.db import BigId, Blind, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.leads.models import Lead
from tipline.office.models import Office, Officer
from tipline.referrals.models import Referral


class Intervention(Keyed, Model):
    """One asking or pleading. The trail names it by itself, so that the page of the lead tells nobody of it."""

    id: Mapped[BigId]
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), index=True)
    lead: Mapped[Lead] = relationship()
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True, comment="None: of the lead")
    referral: Mapped[Referral | None] = relationship()
    name_sealed: Mapped[Ciphertext]
    name_blind: Mapped[Blind]
    sound_blind: Mapped[Blind]
    post_sealed: Mapped[Ciphertext]
    words_sealed: Mapped[Ciphertext]
    manner: Mapped[str] = mapped_column(String(40), comment="key in the notice's manners of intervention")
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    recorded_by: Mapped[Officer] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), comment="where it was recorded")
    office: Mapped[Office] = relationship()

    name = Sealed()
    post = Sealed()
    words = Sealed()

    @property
    def ref(self) -> str:
        return f"intervention/{self.key}"

    @property
    def number(self) -> str:
        """The number of what it was about."""
        return self.referral.number if self.referral else self.lead.number
