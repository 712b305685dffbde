"""A table in full (完整导出): asked for with a reason, allowed by another of the same office, taken away once."""

import hashlib
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Select, false, select
from sqlalchemy.orm import joinedload

from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.screening import exporting
from tipline.screening.lifecycle import ExportState
from tipline.screening.models import FullExport
from tipline.screening.operations import Table, table_of

ANSWERED_WITHIN = timedelta(days=5)
"""How long an asking waits for its answer."""
OPEN = (ExportState.ASKED, ExportState.ALLOWED)


def visible_to(officer: Officer) -> Select[FullExport]:
    """What was asked for in the officer's own office, latest first."""
    asked = select(FullExport).where(FullExport.notice == editions.notice().key)
    if not officer.may(Act.READ_FULL_EXPORT):
        return asked.where(false())
    return asked.where(FullExport.asked_from_id == officer.office_id).order_by(FullExport.id.desc())


def open_to(officer: Officer, at: datetime) -> list[FullExport]:
    """What may still be allowed or taken away."""
    running = visible_to(officer).where(FullExport.state.in_(OPEN), FullExport.until >= at)
    return list(db.session.scalars(running.options(joinedload(FullExport.office), joinedload(FullExport.asked_by))))


def ask(table: Table, *, reason: str, by: Officer, at: datetime) -> FullExport:
    """Ask for a table with its numbers."""
    paper = FullExport(
        notice=table.notice.key,
        population=table.population.key,
        office=table.town,
        asked_at=at,
        asked_by=by,
        asked_from_id=by.office_id,
        until=at + ANSWERED_WITHIN,
    )
    paper.reason = reason
    enact(Act.ASK_FULL_EXPORT, paper, by=by, at=at, note=reason, table=table.ref)
    db.session.add(paper)
    db.session.flush()
    return paper


def allow(paper: FullExport, *, by: Officer, at: datetime) -> None:
    """From now on it may be taken away once, for as long as the installation says."""
    _must_be_in_time(paper, at)
    enact(Act.ALLOW_FULL_EXPORT, paper, by=by, at=at)
    paper.decided_by, paper.until = by, at + timedelta(hours=current_app.config["FULL_EXPORT_HOURS"])


def decline(paper: FullExport, *, reason: str, by: Officer, at: datetime) -> None:
    """It stays as it is."""
    enact(Act.DECLINE_FULL_EXPORT, paper, by=by, at=at, note=reason)
    paper.decided_by = by


def fetch(paper: FullExport, *, by: Officer, at: datetime) -> bytes:
    """The workbook as the table stands now; the line commits to the file. Raises NotNow for anybody but who asked."""
    if by.id != paper.asked_by_id:
        raise NotNow("由申请人本人取走。")
    _must_be_in_time(paper, at)
    content = exporting.workbook(table_of(paper), by=by, at=at, full=True)
    paper.digest = hashlib.sha256(content).hexdigest()
    enact(Act.FETCH_FULL_EXPORT, paper, by=by, at=at, digest=paper.digest)
    return content


def has_lapsed(paper: FullExport, at: datetime) -> bool:
    """Whether its time is over before it came to an end."""
    return paper.state in OPEN and at > paper.until


def _must_be_in_time(paper: FullExport, at: datetime) -> None:
    if has_lapsed(paper, at):
        raise NotNow("已过期，请重新申请。")
