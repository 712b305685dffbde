"""Questions about what stands beside a referral and inside its body. The only ways in are the two `…visible_to`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tipline.handling.lifecycle import OPEN_SLIPS, ExtensionState, SlipKind, SlipState
from tipline.handling.models import DispositionRecord, Extension, Milestone, Slip
from tipline.kit.db import db
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Entry, Office, Officer
from tipline.referrals.lifecycle import AT_WORK, ON_OUR_SIDE, WITH_THE_BODY, ReferralState
from tipline.referrals.models import Referral

PAGE = 25

KEEPERS = {Role.TOWN_CLERK, Role.LEDGER_KEEPER}


def slips_visible_to(officer: Officer) -> Select[Slip]:
    """The slips an officer may know of, newest first: what their office got or sent, and those beside what it handles.

    Nobody: those of a lead they are walled from.
    """
    query = select(Slip).join(Slip.referral).join(Referral.lead).where(_slips_of(officer), not_walled(officer))
    shown = (
        contains_eager(Slip.referral).contains_eager(Referral.lead),
        joinedload(Slip.to),
        joinedload(Slip.from_office),
    )
    return query.options(*shown).order_by(Slip.id.desc())


def _slips_of(officer: Officer) -> ColumnElement[bool]:
    if not officer.active or not officer.may(Act.READ_SLIPS):
        return false()
    handled = and_(Referral.to_id == officer.office_id, Referral.state.in_(WITH_THE_BODY))
    return or_(Slip.to_id == officer.office_id, Slip.from_id == officer.office_id, handled)


def extensions_visible_to(officer: Officer) -> Select[Extension]:
    """The requests for longer time that an officer may know of: those of their own office, and those it decides."""
    if not officer.active or not officer.may(Act.READ_REFERRALS):
        return select(Extension).where(false())
    query = select(Extension).join(Extension.referral).join(Referral.lead).where(not_walled(officer))
    query = query.where(or_(Extension.office_id == officer.office_id, Extension.decider_id == officer.office_id))
    shown = contains_eager(Extension.referral).contains_eager(Referral.lead)
    people = (joinedload(Extension.office), joinedload(Extension.decider))
    return query.options(shown, *people).order_by(Extension.id.desc())


@dataclass(frozen=True)
class Page:
    """One page of a list, and the key after which the next begins."""

    rows: list[Slip]
    next: str | None


def page(officer: Officer, after: str | None = None) -> Page:
    """The slips that came to the officer's office or left it, newest first."""
    query = slips_visible_to(officer)
    last = db.session.scalars(query.where(Slip.key == after)).one_or_none() if after else None
    if last is not None:
        query = query.where(Slip.id < last.id)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def slips_beside(officer: Officer, referral: Referral) -> list[Slip]:
    """The slips beside one referral that the officer may see."""
    return list(db.session.scalars(slips_visible_to(officer).where(Slip.referral_id == referral.id)))


def extensions_of(officer: Officer, referral: Referral) -> list[Extension]:
    """The requests for longer time on one referral that the officer may see."""
    return list(db.session.scalars(extensions_visible_to(officer).where(Extension.referral_id == referral.id)))


def dispositions_of(referral: Referral) -> list[DispositionRecord]:
    """What the body has chosen, oldest first; a body above inherits what those below it did."""
    query = select(DispositionRecord).where(DispositionRecord.referral_id == referral.id)
    query = query.order_by(DispositionRecord.id).options(joinedload(DispositionRecord.chosen_by))
    lower = _read_by(referral)
    return [record for record in db.session.scalars(query) if record.body_id in lower]


def milestones_of(referral: Referral) -> list[Milestone]:
    """The steps the body has reached, oldest first; a body above inherits those of the bodies below it."""
    query = select(Milestone).where(Milestone.referral_id == referral.id).order_by(Milestone.id)
    lower = _read_by(referral)
    return [
        step for step in db.session.scalars(query.options(joinedload(Milestone.recorded_by))) if step.body_id in lower
    ]


def _read_by(referral: Referral) -> set[int]:
    """The offices whose work the body may read: its own, and that of bodies below it."""
    return {referral.to_id} | {
        office.id for office in db.session.scalars(select(Office)) if office.body.level < referral.to.body.level
    }


def entries_of(paper: Slip | Extension) -> list[Entry]:
    """The deeds done to a slip or an extension, oldest first."""
    query = select(Entry).where(Entry.paper == paper.ref, Entry.act.in_(paper.life.acts)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))


def slips_waiting(officer: Officer) -> Select[Slip]:
    """The slips whose next deed is this officer's: to sign, to answer, or a paper receipt to enter."""
    theirs = and_(Slip.to_id == officer.office_id, _to_do())
    other = aliased(Office)
    on_paper = and_(
        Slip.state == SlipState.SENT,
        Slip.from_id == officer.office_id,
        select(other.id).where(other.id == Slip.to_id, ~other.signs_in).exists(),
    )
    waiting = theirs
    if officer.role in KEEPERS:
        waiting = or_(theirs, on_paper)
    elif officer.role not in INSPECTORS:
        waiting = false()
    return slips_visible_to(officer).where(waiting, Lead.state != LeadState.VOIDED)


def _to_do() -> ColumnElement[bool]:
    return or_(Slip.state == SlipState.SENT, and_(Slip.state == SlipState.SIGNED, Slip.slip_kind == SlipKind.HELP))


def extensions_waiting(officer: Officer) -> Select[Extension]:
    """The requests for longer time that this officer decides, as long as they can still matter."""
    body = and_(Extension.office_id == Referral.to_id, Referral.state.in_(AT_WORK | {ReferralState.HANDED_OVER}))
    sender = and_(Extension.office_id != Referral.to_id, Referral.state.in_(ON_OUR_SIDE))
    decides = Extension.decider_id == officer.office_id if officer.may(Act.GRANT_EXTENSION) else false()
    return extensions_visible_to(officer).where(
        Extension.state == ExtensionState.ASKED,
        decides,
        Extension.asked_by_id != officer.id,
        or_(body, sender),
        Lead.state != LeadState.VOIDED,
    )


def due_by(officer: Officer, today: date) -> ScalarSelect[int]:
    """How many slips and requests are due from an officer by that day, as a count to be asked."""
    slips = slips_waiting(officer).where(Slip.due_on <= today).options().order_by(None)
    longer = extensions_waiting(officer).where(Extension.before_on <= today).order_by(None)
    waiting = slips.with_only_columns(Slip.id).union_all(longer.with_only_columns(Extension.id))
    return select(func.count()).select_from(waiting.subquery()).scalar_subquery()


def open_slips_due(horizon: date) -> list[Slip]:
    """The slips that a body still owes something on, due by that day."""
    query = (
        select(Slip).join(Slip.referral).join(Referral.lead).where(Slip.state.in_(OPEN_SLIPS), Slip.due_on <= horizon)
    )
    query = query.where(Lead.state != LeadState.VOIDED).order_by(Slip.due_on, Slip.id)
    shown = (contains_eager(Slip.referral).contains_eager(Referral.lead), joinedload(Slip.to))
    return list(db.session.scalars(query.options(*shown)))


def extensions_to_tell() -> Select[Extension]:
    """The longer times that a body was given and its named reporter must hear of, newest first; asked of referrals."""
    mine = and_(Extension.referral_id == Referral.id, Extension.office_id == Referral.to_id)
    granted = and_(Extension.state == ExtensionState.GRANTED, Extension.tells_reporter)
    return select(Extension).where(mine, granted).order_by(Extension.id.desc())
