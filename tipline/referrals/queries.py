"""Questions about referrals. The only way to one is `visible_to`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.kit.db import db
from tipline.kit.typed import plain
from tipline.kit.words import Labelled
from tipline.law.bodies import Body
from tipline.law.calendar import Calendar
from tipline.law.clocks import SOON_WORKING_DAYS
from tipline.leads.lifecycle import ON_HOLD, LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import known_through, not_walled
from tipline.office.charter import INSPECTORS, Role
from tipline.office.models import Entry, Office, Officer
from tipline.referrals.lifecycle import (
    AT_WORK,
    DONE,
    INSIDE_THE_BODY,
    LIFE,
    ON_OUR_SIDE,
    WITH_THE_BODY,
    Pending,
    ReferralState,
)
from tipline.referrals.models import Asking, Referral

PAGE = 25
FAR = date(9999, 12, 31)
"""Where a referral without a running clock stands in the order of what burns."""

_burns = func.coalesce(Referral.due_on, FAR)

S = ReferralState


def visible_to(officer: Officer) -> Select[Referral]:
    """The referrals an officer may know of, newest first.

    Discipline bodies: what was handed to them, and what they have to arbitrate. Whoever keeps the ledger:
    those of leads their office registered; the bureau all of them. Nobody: those of a lead they are walled from.
    """
    query = select(Referral).join(Referral.lead).where(scope_of(officer))
    shown = (contains_eager(Referral.lead), joinedload(Referral.to), joinedload(Referral.from_office))
    return query.options(*shown).order_by(Referral.id.desc())


def scope_of(officer: Officer) -> ColumnElement[bool]:
    """`visible_to` as a condition on referrals joined with their leads."""
    return and_(_place(officer), not_walled(officer))


def _place(officer: Officer) -> ColumnElement[bool]:
    if not officer.active:
        return false()
    if officer.role in INSPECTORS:
        return or_(_with_body(officer), _to_arbitrate(officer))
    if officer.role is Role.TOWN_CLERK:
        return Referral.from_id == officer.office_id
    if officer.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}:
        return true()
    if officer.role is Role.OPERATOR:
        return Lead.registered_by_id == officer.id
    return false()


def _with_body(officer: Officer) -> ColumnElement[bool]:
    return and_(Referral.to_id == officer.office_id, Referral.state.in_(WITH_THE_BODY))


def known_by_referral(officer: Officer) -> ColumnElement[bool]:
    """Whether a referral lets the officer know of the lead it stands on; on leads."""
    return select(Referral.id).where(Referral.lead_id == Lead.id, _place(officer)).correlate(Lead).exists()


known_through.append(known_by_referral)


def _to_arbitrate(officer: Officer) -> ColumnElement[bool]:
    """Twice returned, and the officer's office decides."""
    return and_(Referral.arbiter_id == officer.office_id, Referral.state == S.RETURNED)


def may_see(officer: Officer, referral: Referral) -> bool:
    """Whether the officer may know of this one referral."""
    return db.session.scalar(visible_to(officer).where(Referral.id == referral.id).limit(1)) is not None


def is_handled_by(officer: Officer, referral: Referral) -> bool:
    """Whether the officer sits in the body that has it: the only readers of its words inside."""
    return officer.role in INSPECTORS and referral.to_id == officer.office_id and referral.state in WITH_THE_BODY


def whole_words_open_to(officer: Officer) -> ColumnElement[bool]:
    """`is_handled_by` as a condition, where the body got the whole narrative: on referrals joined with their leads."""
    if officer.role not in INSPECTORS:
        return false()
    return and_(_with_body(officer), Referral.whole, Lead.state != LeadState.STUB)


class Tab(Labelled):
    """The views of the list: what stands where, and what burns."""

    APPROVE = "approve", "待批办"
    HAND_OVER = "hand-over", "待移送"
    SIGN_FOR = "sign-for", "待签收"
    AT_WORK = "at-work", "承办中"
    RETURNED = "returned", "退回撤回"
    SOON = "soon", "将到期"
    OVERDUE = "overdue", "已超期"
    DONE = "done", "已办结"
    ALL = "all", "全部"


SENDERS_TABS = tuple(Tab)
BODYS_TABS = (Tab.SIGN_FOR, Tab.AT_WORK, Tab.SOON, Tab.OVERDUE, Tab.DONE, Tab.ALL)
FIRST_LOOK: dict[Role, tuple[Tab, ...]] = {
    Role.BUREAU_LEADER: (Tab.APPROVE, Tab.RETURNED, Tab.OVERDUE),
    Role.LEDGER_KEEPER: (Tab.RETURNED, Tab.HAND_OVER, Tab.APPROVE, Tab.SIGN_FOR),
    Role.TOWN_CLERK: (Tab.RETURNED, Tab.HAND_OVER, Tab.APPROVE, Tab.SIGN_FOR),
}
"""The view a role begins with: the first of these that has something in it."""


def tabs_of(officer: Officer) -> tuple[Tab, ...]:
    """The views that can hold anything for the officer."""
    return BODYS_TABS if officer.role in INSPECTORS else SENDERS_TABS


def first_look(officer: Officer, counts: dict[Tab, int]) -> Tab:
    """The view the officer begins with."""
    wanted = FIRST_LOOK.get(officer.role, (Tab.SIGN_FOR, Tab.AT_WORK))
    return next((tab for tab in wanted if counts[tab]), Tab.ALL)


def _in_tab(tab: Tab, today: date, calendar: Calendar) -> ColumnElement[bool]:
    conditions: dict[Tab, ColumnElement[bool]] = {
        Tab.APPROVE: Referral.state.in_({S.PROPOSED, S.REDIRECTING}),
        Tab.HAND_OVER: Referral.state == S.APPROVED,
        Tab.SIGN_FOR: Referral.state == S.HANDED_OVER,
        Tab.AT_WORK: Referral.state.in_(AT_WORK),
        Tab.RETURNED: or_(Referral.state.in_({S.RETURNED, S.RECALLED}), Referral.pending == Pending.RETURN_SENT),
        Tab.SOON: Referral.due_on.between(today, calendar.add_working_days(today, SOON_WORKING_DAYS)),
        Tab.OVERDUE: Referral.due_on < today,
        Tab.DONE: Referral.state.in_(DONE),
        Tab.ALL: true(),
    }
    return conditions[tab]


def counts(officer: Officer, today: date, calendar: Calendar) -> dict[Tab, int]:
    """How many referrals the officer may see in each view; one question."""
    tabs = tabs_of(officer)
    columns = [func.count().filter(_in_tab(tab, today, calendar)) for tab in tabs]
    row = db.session.execute(select(*columns).select_from(Referral).join(Referral.lead).where(scope_of(officer))).one()
    return dict(zip(tabs, row, strict=True))


@dataclass(frozen=True)
class Page:
    """One page of a list, and the key after which the next begins."""

    rows: list[Referral]
    next: str | None


def burning(query: Select[Referral]) -> Select[Referral]:
    """The same referrals in the order in which they burn."""
    return query.order_by(None).order_by(_burns, Referral.id.desc())


def page(officer: Officer, tab: Tab, today: date, calendar: Calendar, after: str | None = None) -> Page:
    """A page of one view, in the order in which it burns."""
    query = burning(visible_to(officer).where(_in_tab(tab, today, calendar)))
    last = db.session.scalars(visible_to(officer).where(Referral.key == after)).one_or_none() if after else None
    if last is not None:
        day = last.due_on or FAR
        query = query.where(or_(_burns > day, and_(_burns == day, Referral.id < last.id)))
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def numbered(officer: Officer, typed: str) -> list[Referral]:
    """The referral of exactly this number, if the officer may know of it."""
    return list(db.session.scalars(visible_to(officer).where(Referral.number == plain(typed).upper())))


def below(officer: Officer, number: str) -> Referral | None:
    """A referral that a lower body has, by the number a superior knows it by; nothing of one walled from them.

    Nothing is listed: a superior steps into a matter it has heard of, and learns of no other.
    """
    query = select(Referral).join(Referral.lead).where(not_walled(officer), Lead.state != LeadState.VOIDED)
    query = query.where(Referral.number == number, Referral.state.in_(WITH_THE_BODY - DONE))
    found = db.session.scalars(query.options(contains_eager(Referral.lead), joinedload(Referral.to))).one_or_none()
    lower = found is not None and found.to.body.investigates_discipline
    return found if found and lower and found.to.body.level < officer.office.body.level else None


def with_everything(query: Select[Referral]) -> Select[Referral]:
    """The same referrals, with all that their own page shows."""
    return query.options(
        joinedload(Referral.redirect_to),
        joinedload(Referral.signed_for_by),
        joinedload(Referral.held_by),
        joinedload(Referral.person),
        selectinload(Referral.askings).joinedload(Asking.body),
        joinedload(Referral.arbiter),
        contains_eager(Referral.lead).selectinload(Lead.people),
    )


def of_lead(officer: Officer, lead: Lead) -> list[Referral]:
    """The referrals of one lead that the officer may see, in the order of its persons."""
    query = visible_to(officer).where(Referral.lead_id == lead.id).options(joinedload(Referral.person))
    return list(db.session.scalars(query.order_by(None).order_by(Referral.number)))


def told_of(referral: Referral, *, inside: bool) -> ColumnElement[bool]:
    """Which lines of the trail its page tells: those of deeds inside the handling body only to that body."""
    acts = LIFE.acts if inside else LIFE.acts - INSIDE_THE_BODY
    return and_(Entry.paper == referral.ref, Entry.act.in_(acts))


def entries_of(referral: Referral, *, inside: bool) -> list[Entry]:
    """The deeds done to it, oldest first; those inside the handling body only for that body."""
    query = select(Entry).where(told_of(referral, inside=inside)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))


def waits_for(officer: Officer) -> ColumnElement[bool]:
    """Referrals whose next deed is this officer's, on referrals joined with their leads."""
    return and_(Lead.state != LeadState.VOIDED, ~held(), _next_deed_is_of(officer))


def held() -> ColumnElement[bool]:
    """Referrals that have not left and may not, because their lead is on hold or only a repeat."""
    stays = or_(Lead.state.in_(ON_HOLD), Lead.primary_id.is_not(None))
    return and_(Referral.state.in_(ON_OUR_SIDE), stays)


def _next_deed_is_of(officer: Officer) -> ColumnElement[bool]:
    if officer.role in INSPECTORS:
        return or_(_to_arbitrate(officer), and_(_with_body(officer), _next_inside(officer)))
    proposed = and_(Referral.state == S.PROPOSED, Lead.registered_by_id != officer.id)
    asked = and_(Referral.state == S.REDIRECTING, Referral.redirect_by_id != officer.id)
    to_decide = or_(proposed, asked)
    if officer.role is Role.BUREAU_LEADER:
        return or_(to_decide, _to_arbitrate(officer))
    if officer.role not in {Role.LEDGER_KEEPER, Role.TOWN_CLERK}:
        return false()
    on_paper = and_(Referral.state == S.HANDED_OVER, ~Referral.to.has(Office.signs_in))
    returned = and_(Referral.state == S.RETURNED, Referral.arbiter_id.is_(None))
    to_answer = Referral.pending == Pending.RETURN_SENT
    theirs = or_(to_decide, Referral.state.in_({S.APPROVED, S.RECALLED}), returned, on_paper, to_answer)
    if officer.role is Role.TOWN_CLERK:
        return and_(Referral.from_id == officer.office_id, theirs)
    own = Referral.from_office.has(Office.body != Body.TOWN_GOVERNMENT)  # whoever keeps no ledger is kept by the bureau
    registrar_alone = and_(proposed, Lead.registered_by.has(role=Role.TOWN_CLERK))
    return or_(and_(own, theirs), registrar_alone)


def _next_inside(officer: Officer) -> ColumnElement[bool]:
    """What waits inside the body: work, word to the reporter, an answer; not while the sender owes one."""
    to_tell = and_(Referral.state == S.CONCLUDED, Lead.named)
    work = or_(Referral.state == S.HANDED_OVER, Referral.state.in_(AT_WORK), to_tell)
    another = select(Officer.id).where(
        Officer.office_id == officer.office_id, Officer.active, Officer.role.in_(INSPECTORS), Officer.id != officer.id
    )
    mine = or_(Referral.pending_by_id != officer.id, ~another.exists())
    to_endorse = and_(Referral.pending == Pending.RETURN_ASKED, mine)
    return or_(and_(Referral.pending.is_(None), work), to_endorse, Referral.pending == Pending.RECALL_ASKED)


def due_by(officer: Officer, today: date) -> ScalarSelect[int]:
    """How many of an officer's referrals are due by that day, as a count to be asked."""
    query = select(func.count()).select_from(Referral).join(Referral.lead)
    return query.where(scope_of(officer), waits_for(officer), Referral.due_on <= today).scalar_subquery()
