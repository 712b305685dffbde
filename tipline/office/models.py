"""What any bureau has on any day: places, offices, officers, papers, and the lines of the trail."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tipline.kit.db import BigId, Blind, Ciphertext, Keyed, Model
from tipline.kit.vault import Sealed
from tipline.kit.words import Labelled
from tipline.law.bodies import Body
from tipline.law.calendar import DayKind
from tipline.office.charter import Act, Role
from tipline.office.lifecycle import LEAVING_LIFE, LeavingState
from tipline.office.powers import PERMITTED
from tipline.office.workflow import Workflow


class PlaceKind(Labelled):
    """The level of a place in the statistical division codes."""

    DISTRICT = "district", "区"
    TOWN = "town", "镇"
    STREET = "street", "街道"
    OTHER_TOWN_LEVEL = "other_town_level", "其他镇级单位"
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    OTHER = "other", "其他"


class Place(Model):
    """A district, town, street, village or community, under its statistical code."""

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[PlaceKind]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), index=True)
    initials: Mapped[str] = mapped_column(String(30), default="")


class Office(Model):
    """A body in one place: the bureau, a town government, a discipline body."""

    id: Mapped[BigId]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    body: Mapped[Body]
    name: Mapped[str] = mapped_column(String(60))
    series: Mapped[str] = mapped_column(String(10), unique=True, comment="letters before its lead numbers")
    doc_code: Mapped[str | None] = mapped_column(
        String(12), index=True, unique=True, comment="before the year of its document numbers (发文字号)"
    )
    place_code: Mapped[str | None] = mapped_column(ForeignKey("place.code"), index=True)
    place: Mapped[Place | None] = relationship()
    email: Mapped[str | None] = mapped_column(String(120))
    signs_in: Mapped[bool] = mapped_column(default=True, comment="has officers here; otherwise receives on paper")


class Officer(UserMixin, Keyed, Model):
    """A person who signs in. Name, post and office are as of now; `Post` keeps the past."""

    id: Mapped[BigId]
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    name_blind: Mapped[Blind]
    sound_blind: Mapped[Blind]
    role: Mapped[Role]
    title: Mapped[str] = mapped_column(String(60), default="")
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    office: Mapped[Office] = relationship(lazy="joined", innerjoin=True)
    email: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2), default="zh")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    heads: Mapped[bool] = mapped_column(default=False, comment="is the principal of the office")
    toured: Mapped[bool] = mapped_column(default=False, comment="has put the first words on the desk away")

    def may(self, act: Act) -> bool:
        """Whether the role includes the deed; which papers it may touch is asked of the rooms."""
        return self.active and act in PERMITTED[self.role]

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def ref(self) -> str:
        return f"officer/{self.key}"


class Post(Model):
    """Where an officer sat, from when until when; walls also ask about the past."""

    id: Mapped[BigId]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    officer: Mapped[Officer] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    role: Mapped[Role]
    since: Mapped[date]
    until: Mapped[date | None]


class KinState(Labelled):
    """A declaration draws walls once a second person has vouched for it."""

    DECLARED = "declared", "待核实"
    CONFIRMED = "confirmed", "已核实"
    DECLINED = "declined", "不予采用"


class Kin(Keyed, Model):
    """A close relative whom an officer has declared; walls ask it once somebody else has confirmed it."""

    id: Mapped[BigId]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    name_sealed: Mapped[Ciphertext]
    name_blind: Mapped[Blind]
    relation: Mapped[str] = mapped_column(String(20))
    state: Mapped[KinState] = mapped_column(default=KinState.DECLARED)
    declared_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="the second person")

    name = Sealed()
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])


class Leave(Keyed, Model):
    """An officer is away from a day to a day, and who stands in: of the same office and role (A/B 岗)."""

    id: Mapped[BigId]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])
    since: Mapped[date]
    until: Mapped[date]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), comment="None when there is nobody")
    substitute: Mapped[Officer | None] = relationship(foreign_keys=[substitute_id])


class Session(Model):
    """One signed-in browser. The cookie holds the token, this row only its hash."""

    id: Mapped[BigId]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    officer: Mapped[Officer] = relationship(lazy="joined", innerjoin=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime] = mapped_column(comment="when the password was last given")


class Throttle(Model):
    """How often something was tried in one window of time."""

    bucket: Mapped[str] = mapped_column(String(80), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    tries: Mapped[int]


class CalendarDay(Model):
    """A day that is not what its weekday says, and the notice that says so."""

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[DayKind]
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))


class CalendarYear(Model):
    """A year whose holiday notice has been entered; a year without one is only guessed."""

    year: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(200))


class Edition(Model):
    """One published edition of a notice's rules; referrals name the one that chose their body."""

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    notice: Mapped[str] = mapped_column(String(60), index=True)
    text: Mapped[str]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))


class Entry(Model):
    """A line of the trail: who did what to which paper, chained to the line before."""

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    act: Mapped[Act]
    paper: Mapped[str] = mapped_column(String(60))
    by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    by: Mapped[Officer] = relationship()
    role: Mapped[Role]
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    office: Mapped[Office] = relationship()
    facts: Mapped[dict[str, str]]
    note_sealed: Mapped[Ciphertext | None]
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))

    note = Sealed()

    __table_args__ = (Index("ix_entry_paper", "paper", "seq"),)

    @property
    def key(self) -> str:
        """The place a sealed note is bound to."""
        return str(self.seq)


class TrailHead(Model):
    """The end of the chain; locked by whoever writes the next line."""

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("id = 1", name="one_head"),)


class Paper(Keyed):
    """Anything that lives through a workflow and leaves a trail."""

    life: ClassVar[Workflow]
    kind: ClassVar[str]
    if TYPE_CHECKING:
        state: Mapped[Any]

    version: Mapped[int] = mapped_column(default=1)
    last_seq: Mapped[int] = mapped_column(comment="its latest line in the trail")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    @property
    def ref(self) -> str:
        return f"{self.kind}/{self.key}"

    def undergo(self, act: Act) -> None:
        """Move along the life. Raises NotNow when the act is impossible from here."""
        self.state = self.life.after(self.state, act, self.stood_before())

    def stood_before(self) -> Labelled | None:
        """Where it stood before a move that can be taken back; most papers have none."""
        return None


class Traceable(Protocol):
    """Anything the trail can name."""

    @property
    def ref(self) -> str: ...


class LetterState(Labelled):
    """Where a letter is between being written and being delivered."""

    DUE = "due", "待发"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发"
    HELD = "held", "待人工处理"


class Letter(Keyed, Model):
    """One mail to one address, written in the transaction of the deed that it tells of."""

    id: Mapped[BigId]
    about: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(120))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    office: Mapped[Office] = relationship()
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str]
    enclosure: Mapped[bytes | None] = mapped_column(LargeBinary)
    enclosure_name: Mapped[str | None] = mapped_column(String(120))
    urgent: Mapped[bool] = mapped_column(default=False, comment="may be posted outside office hours")
    written_at: Mapped[datetime]
    state: Mapped[LetterState] = mapped_column(default=LetterState.DUE)
    next_try_at: Mapped[datetime]
    claim: Mapped[str | None] = mapped_column(String(32))
    tries: Mapped[int] = mapped_column(default=0)
    uncertain: Mapped[bool] = mapped_column(default=False, comment="a try may have been accepted unseen")
    sent_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        UniqueConstraint("about", "address"),
        Index("ix_letter_waiting", "state", "next_try_at"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_when_it_says_so"),
    )


class RehearsalDate(Model):
    """The date of a rehearsal: where it stands and how far the clock still has to walk."""

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[datetime]
    moved_at: Mapped[datetime] = mapped_column(comment="machine time at which `moment` was set")
    target: Mapped[datetime]

    __table_args__ = (CheckConstraint("id = 1", name="one_date"),)


class Leaving(Paper, Model):
    """Somebody leaves an office: what they held there is handed on by those who stay."""

    life = LEAVING_LIFE
    kind = "leaving"

    id: Mapped[BigId]
    state: Mapped[LeavingState]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    officer: Mapped[Officer] = relationship()
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True, comment="the office that is left")
    office: Mapped[Office] = relationship()
    started_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
