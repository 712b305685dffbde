"""What the clock remembers: every run of every job, and its own heartbeat."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tipline.kit.db import Model
from tipline.kit.words import Labelled


class RunState(Labelled):
    """How a run of a job stands."""

    RUNNING = "running", "正在运行"
    DONE = "done", "已完成"
    FAILED = "failed", "失败"


class JobRun(Model):
    """One firing of one job; the pair can exist once, so two clocks cannot both run it."""

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[RunState]
    owner: Mapped[str] = mapped_column(String(32))
    lease_until: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=1)
    made: Mapped[int | None] = mapped_column(comment="how many things the run did")
    trouble: Mapped[str | None] = mapped_column(String(200), comment="kind of error, never its text")


class Heartbeat(Model):
    """When a clock process last beat, by the machine's own time."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(32))
    beat_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("id = 1", name="one_heart"),)
