"""A page that lies open: what others have done to its paper since, and how many colleagues have it before them too.

Both stay inside the walls: the door asks as the page does who may know of the paper, a note tells of nothing but the
lines of the trail that the page itself shows, and only people of one office hear of each other. Who looks is kept for
seconds, is no reading and stands in no trail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, request, url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, ForeignKey, String, bindparam, delete, func, select, text
from sqlalchemy.orm import Mapped, mapped_column

from tipline.kit.dates import local
from tipline.kit.db import Instant, Model, db
from tipline.office import sessions, time
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.models import Entry, Officer

LASTS = timedelta(seconds=60)
"""So long a glance counts; an open page takes one every 25 seconds."""

READINGS = frozenset(
    {
        Act.READ_LEAD,
        Act.READ_HOUSEHOLD,
        Act.OPEN_CONTENT,
        Act.READ_REPORTER,
        Act.WATCH,
        Act.UNWATCH,
        Act.ASK_TO_WATCH,
    }
)
"""Lines of a paper's trail that change nothing on its page."""


class Glance(Model):
    """Who has which paper before them at this moment."""

    paper: Mapped[str] = mapped_column(String(60), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Lines:
    """The deeds of others that a page tells of: how many, and when the latest was done."""

    number: int
    latest: datetime | None


Told = ColumnElement[bool]
"""Which lines of the trail the page of a paper tells this reader."""


def hang(doors: Doors, act: Act, known: Callable[[str], tuple[str, Told]]) -> None:
    """Hang the door at which an open page asks; `known` gives the paper's name and lines, or a 404."""

    def glance(key: str) -> str:
        ref, told = known(key)
        colleagues = _look(ref, current_user, time.machine_now())
        db.session.commit()
        sessions.stay_unseen()
        lines = of_others(told, current_user)
        fresh = lines.latest if lines.number > request.form.get("since", 0, int) else None
        place = url_for(f"{doors.name}.show", key=key)
        at = local(fresh) if fresh else None
        return render_template("office/_glance.html", colleagues=colleagues, fresh=at, place=place)

    doors.post("/<key>/glance", act=act)(glance)


def of_others(told: Told, officer: Officer) -> Lines:
    """What the page tells of the deeds of others, as it stands now."""
    query = select(func.count(), func.max(Entry.at)).where(told, Entry.by_id != officer.id, Entry.act.not_in(READINGS))
    number, latest = db.session.execute(query).one()
    return Lines(number, latest)


_AGAIN = text(
    "INSERT INTO glance (paper, officer_id, at) VALUES (:paper, :officer, :at)"
    " ON CONFLICT (paper, officer_id) DO UPDATE SET at = excluded.at"
).bindparams(bindparam("at", type_=Instant))


def _look(ref: str, officer: Officer, at: datetime) -> int:
    """Note that the officer has the paper before them, forget who had theirs, and count the colleagues who have too."""
    db.session.execute(delete(Glance).where(Glance.at <= at - LASTS))
    db.session.execute(_AGAIN, {"paper": ref, "officer": officer.id, "at": at})
    beside = select(func.count()).select_from(Glance).join(Officer, Officer.id == Glance.officer_id)
    beside = beside.where(Glance.paper == ref, Officer.office_id == officer.office_id, Officer.id != officer.id)
    return db.session.scalar(beside) or 0
