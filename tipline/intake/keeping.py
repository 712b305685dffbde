"""A call sheet while it is being written: kept at every pause, until it is a lead or put aside with a reason (R-33)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, select
from werkzeug.datastructures import MultiDict

from tipline.intake.models import UnfinishedCall
from tipline.intake.operations import mark_of, receive_once
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.leads import queries as leads
from tipline.leads.call import Call
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer

ENVELOPE = {"token", "channel", "received_at", "paper", "taken_by"}
"""What every sheet has from the beginning: with nothing beside it, nothing was written yet."""
NOT_KEPT = {"csrf_token", "add", "remove", "look", "keep", "saves", "window"}
"""What a page sends along that does not stand on the sheet."""
MOST = 50
"""So many calls one hand may leave unfinished."""

Pairs = Iterable[tuple[str, str]]


def is_no_lead() -> ColumnElement[bool]:
    """Whether a sheet has not been registered: one kept in the very moment it became a lead is only a leftover."""
    return ~exists().where(Lead.submitted_as == UnfinishedCall.mark, Lead.registered_by_id == UnfinishedCall.by_id)


def visible_to(officer: Officer) -> Select[UnfinishedCall]:
    """The calls that the officer began in this office and that are no leads yet, in their order."""
    mine = select(UnfinishedCall).where(
        UnfinishedCall.by_id == officer.id, UnfinishedCall.office_id == officer.office_id, is_no_lead()
    )
    return mine.order_by(UnfinishedCall.begun_at, UnfinishedCall.id)


def unfinished(officer: Officer) -> list[UnfinishedCall]:
    return list(db.session.scalars(visible_to(officer)))


@dataclass(frozen=True)
class Window:
    """The page on which a sheet is written: its own mark, and how often the sheet had been kept when it last heard."""

    mark: str
    knew: int


def keep(sheet: Pairs, token: str, window: Window, *, stop: bool, by: Officer, at: datetime) -> UnfinishedCall | None:
    """Keep what stands on the sheet now; None where there is nothing to keep.

    Where the operator must `stop` writing, nothing of the content may stay: what was kept is forgotten. A sheet that
    is a lead already is not kept again. Raises NotNow when another window has kept it since this one heard of it, and
    when what this window knew of is gone, or when too many are unfinished.
    """
    mark = mark_of(token, by)
    known = _of(mark)
    if stop or leads.of_submission(by, mark) is not None:
        _forget(known)
        return None
    said = [(name, value) for name, value in sheet if name not in NOT_KEPT]
    if known is None:
        if there := elsewhere(token, by):
            raise there.refusal
        if window.knew:
            raise NotNow("这张登记单已写明理由不再登记；这里写的没有存。")
        if not any(value.strip() for name, value in said if name not in ENVELOPE):
            return None
        if len(unfinished(by)) >= MOST:
            raise NotNow("您已有%(n)s件来电没有登记完，这里写的没有存。请先登记完，或写明理由不再登记。", n=MOST)
        known = UnfinishedCall(notice=editions.notice().key, office=by.office, by=by, mark=mark, begun_at=at, saves=0)
        db.session.add(known)
    elif known.saves != window.knew and known.window != window.mark:
        raise NotNow("这张登记单在另一个窗口里又写过，这里的没有存。请先看那一份，再决定用哪一份登记。")
    known.notice = editions.notice().key
    known.content = json.dumps(said, ensure_ascii=False)
    known.saves += 1
    known.window = window.mark
    known.saved_at = at
    return known


def sheet_of(call: UnfinishedCall) -> MultiDict[str, str]:
    """What stood on the sheet when it was last kept."""
    return MultiDict(json.loads(call.content))


def register(call: Call, token: str, *, by: Officer, at: datetime) -> Lead:
    """The sheet becomes a lead, and what was kept of it goes.

    Raises NotNow when it is in other hands by now: one sheet becomes one lead, whoever still has it open.
    """
    if there := elsewhere(token, by):
        raise there.refusal
    lead = receive_once(call, token, by=by, at=at)
    _forget(_of(mark_of(token, by)))
    return lead


@dataclass(frozen=True)
class Elsewhere:
    """A sheet that passed to a colleague: who has it, and the lead if they have registered it."""

    who: Officer
    lead: Lead | None

    @property
    def refusal(self) -> NotNow:
        if self.lead is not None:
            return NotNow("这张登记单已由%(who)s登记；这里写的还在，没有另外登记。", who=self.who.name)
        return NotNow("这张登记单已交给%(who)s，由其登记；这里写的还在，没有存上。", who=self.who.name)


def elsewhere(token: str, by: Officer) -> Elsewhere | None:
    """Where the sheet is, if not in this officer's hands. Held fast until the end of the transaction, so that of two
    who register it at once, or while it is handed on, the second finds what the first has done.
    """
    hands = {mark_of(token, one): one for one in db.session.scalars(select(Officer))}
    marks = [mark for mark, one in hands.items() if one.id != by.id]
    held = select(UnfinishedCall).where(UnfinishedCall.mark.in_(hands)).with_for_update()
    call = db.session.scalars(held.execution_options(populate_existing=True)).first()
    if call is not None and call.by_id != by.id:
        return Elsewhere(call.by, None)
    lead = db.session.scalars(select(Lead).where(Lead.submitted_as.in_(marks))).first()
    return Elsewhere(hands[lead.submitted_as or ""], lead) if lead is not None else None


def pass_to(call: UnfinishedCall, to: Officer) -> None:
    """From now on it is a colleague's sheet, and will be that colleague's lead."""
    call.by, call.mark = to, mark_of(sheet_of(call)["token"], to)


def put_aside(call: UnfinishedCall, *, reason: str, by: Officer, at: datetime) -> None:
    """A call that will be no lead: why stays in the trail, what was typed does not stay anywhere."""
    witness(Act.PUT_CALL_ASIDE, call, by=by, at=at, note=reason)
    _forget(call)


def _of(mark: str) -> UnfinishedCall | None:
    return db.session.scalars(select(UnfinishedCall).where(UnfinishedCall.mark == mark)).one_or_none()


def _forget(call: UnfinishedCall | None) -> None:
    if call is not None:
        db.session.delete(call)
