"""Questions about eligibility reviews. The only way to one is `visible_to`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.eligibility.lifecycle import APPEALED, AT_WORK, DONE, LIFE, NEW, SAID, ReviewState
from tipline.eligibility.models import EligibilityReview, Opinion
from tipline.eligibility.rules import Outcome
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.law.bodies import Body
from tipline.law.calendar import Calendar
from tipline.law.clocks import SOON_WORKING_DAYS
from tipline.leads import walls
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.office.powers import PERMITTED

PAGE = 25
FAR = date(9999, 12, 31)
"""Where a review without a running clock stands in the order of what burns."""

Review = EligibilityReview
_burns = func.coalesce(Review.due_on, FAR)

S = ReviewState


def visible_to(officer: Officer) -> Select[EligibilityReview]:
    """The reviews an officer may know of, newest first.

    A town: what it handles, forwarded, or registered itself; its deputy head: what it handles. The bureau:
    all of them. Nobody: those of a lead they are walled from.
    """
    query = select(Review).join(Review.lead).where(scope_of(officer))
    shown = (contains_eager(Review.lead), joinedload(Review.handler), joinedload(Review.from_office))
    return query.options(*shown).order_by(Review.id.desc())


def scope_of(officer: Officer) -> ColumnElement[bool]:
    """`visible_to` as a condition on reviews joined with their leads."""
    return and_(_place(officer), not_walled(officer))


def _place(officer: Officer) -> ColumnElement[bool]:
    if not officer.active:
        return false()
    handled = Review.handler_id == officer.office_id
    if officer.role is Role.TOWN_CLERK:
        return or_(handled, Review.from_id == officer.office_id, Lead.office_id == officer.office_id)
    if officer.role is Role.TOWN_DEPUTY:
        return handled
    return true() if officer.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER} else false()


READERS = {Role.TOWN_CLERK, Role.LEDGER_KEEPER, Role.BUREAU_LEADER}
"""Who reads the words of a petition, where they handle it; a deputy head grants time and sees the shell."""


def reads_words(officer: Officer, review: EligibilityReview) -> bool:
    """Whether the words are open: to the office that handles it, and to the bureau once it is asked to look again."""
    if officer.role not in READERS:
        return False
    above = officer.office.body is Body.CIVIL_AFFAIRS_BUREAU and review.second_asked_on is not None
    return above or officer.office_id == review.handler_id


def words_open_to(officer: Officer) -> ColumnElement[bool]:
    """The same, as a condition on reviews."""
    if officer.role not in READERS:
        return false()
    bureau = officer.office.body is Body.CIVIL_AFFAIRS_BUREAU
    above = Review.second_asked_on.is_not(None) if bureau else false()
    return or_(above, Review.handler_id == officer.office_id)


class Tab(Labelled):
    """The views of the list: what stands where, and what burns."""

    NEW = "new", "待受理"
    AT_WORK = "at-work", "核查中"
    SAID = "said", "执行与答复"
    APPEALED = "appealed", "复查复核"
    SOON = "soon", "将到期"
    OVERDUE = "overdue", "已超期"
    DONE = "done", "已办结"
    ALL = "all", "全部"


def first_look(counts: dict[Tab, int]) -> Tab:
    """The view an officer begins with: the first that has something in it."""
    return next((tab for tab in (Tab.OVERDUE, Tab.NEW, Tab.AT_WORK, Tab.SAID) if counts[tab]), Tab.ALL)


def _in_tab(tab: Tab, today: date, calendar: Calendar) -> ColumnElement[bool]:
    conditions: dict[Tab, ColumnElement[bool]] = {
        Tab.NEW: Review.state.in_(NEW),
        Tab.AT_WORK: Review.state.in_(AT_WORK),
        Tab.SAID: Review.state.in_(SAID),
        Tab.APPEALED: Review.state.in_(APPEALED),
        Tab.SOON: Review.due_on.between(today, calendar.add_working_days(today, SOON_WORKING_DAYS)),
        Tab.OVERDUE: Review.due_on < today,
        Tab.DONE: Review.state.in_(DONE),
        Tab.ALL: true(),
    }
    return conditions[tab]


def counts(officer: Officer, today: date, calendar: Calendar) -> dict[Tab, int]:
    """How many reviews the officer may see in each view; one question."""
    columns = [func.count().filter(_in_tab(tab, today, calendar)) for tab in Tab]
    row = db.session.execute(select(*columns).select_from(Review).join(Review.lead).where(scope_of(officer))).one()
    return dict(zip(Tab, row, strict=True))


@dataclass(frozen=True)
class Page:
    """One page of a list, and the key after which the next begins."""

    rows: list[EligibilityReview]
    next: str | None


def burning(query: Select[EligibilityReview]) -> Select[EligibilityReview]:
    """The same reviews in the order in which they burn, with what their clocks ask for."""
    return query.options(selectinload(Review.opinions)).order_by(None).order_by(_burns, Review.id.desc())


def page(officer: Officer, tab: Tab, today: date, calendar: Calendar, after: str | None = None) -> Page:
    """A page of one view, in the order in which it burns."""
    query = burning(visible_to(officer).where(_in_tab(tab, today, calendar)))
    last = db.session.scalars(visible_to(officer).where(Review.key == after)).one_or_none() if after else None
    if last is not None:
        day = last.due_on or FAR
        query = query.where(or_(_burns > day, and_(_burns == day, Review.id < last.id)))
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def with_everything(query: Select[EligibilityReview]) -> Select[EligibilityReview]:
    """The same reviews, with all that their own page shows."""
    return query.options(
        joinedload(Review.person),
        selectinload(Review.items),
        selectinload(Review.checks),
        selectinload(Review.opinions).selectinload(Opinion.on_items),
        selectinload(Review.opinions).joinedload(Opinion.office),
        contains_eager(Review.lead).selectinload(Lead.people),
    )


def of_lead(officer: Officer, lead: Lead) -> list[EligibilityReview]:
    """The reviews of one lead that the officer may see, oldest first."""
    query = burning(visible_to(officer).where(Review.lead_id == lead.id))
    return list(db.session.scalars(query.order_by(None).order_by(Review.id)))


def entries_of(review: EligibilityReview) -> list[Entry]:
    """The deeds done to it, oldest first."""
    query = select(Entry).where(Entry.paper == review.ref, Entry.act.in_(LIFE.acts)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))


def offices_with_hands(lead: Lead) -> set[int]:
    """The offices in which anybody may take a petition of this lead: has the role, and is not behind its wall."""
    roles = [role for role, acts in PERMITTED.items() if Act.ACCEPT_PETITION in acts]
    query = select(Officer.office_id).where(Officer.active, Officer.role.in_(roles))
    if lead.walled:
        query = query.where(Officer.id.not_in(walls.walled_officers(lead, lead.people, lead.rules)))
    return set(db.session.scalars(query))


def waits_for(officer: Officer) -> ColumnElement[bool]:
    """Reviews whose next deed is this officer's, on reviews joined with their leads."""
    return and_(Lead.state != LeadState.VOIDED, _next_deed_is_of(officer))


def _next_deed_is_of(officer: Officer) -> ColumnElement[bool]:
    here = Review.handler_id == officer.office_id
    said_above = Review.state.in_({S.SECOND_SAID, S.LAST_SAID})
    to_grant = and_(here, Review.state == S.CHECKING, Review.more_time_asked_at.is_not(None))
    if officer.role is Role.TOWN_DEPUTY:
        return to_grant
    if officer.role is Role.BUREAU_LEADER:
        return or_(to_grant, Review.state.in_({S.SECOND_LOOK, S.LAST_LOOK}))
    if officer.role not in {Role.TOWN_CLERK, Role.LEDGER_KEEPER}:
        return false()
    undelivered = and_(said_above, Lead.named, _undelivered())
    mine = and_(here, Review.state.in_({S.OPENED, S.FORWARDED} | AT_WORK | SAID))
    after = and_(here, said_above, or_(not_(undelivered), _undelivered(_owed())))
    sent = and_(Review.from_id == officer.office_id, Review.state == S.OBJECTED)
    delivers = undelivered if officer.role is Role.LEDGER_KEEPER else false()
    return or_(mine, after, sent, delivers)


def _undelivered(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the opinion that stands has not reached the petitioner: every earlier one has."""
    return exists().where(Opinion.review_id == Review.id, Opinion.delivered_on.is_(None), *conditions)


def _owed() -> ColumnElement[bool]:
    """`objections.owes_execution` as a condition on a review and the opinion that stands."""
    effective = [outcome for outcome in Outcome if outcome.effect]
    was = case((Review.executed.in_(effective), Review.executed))
    wanted = case((Opinion.outcome.in_(effective), Opinion.outcome))
    return wanted.is_distinct_from(was)


def due_by(officer: Officer, today: date) -> ScalarSelect[int]:
    """How many of an officer's reviews are due by that day, as a count to be asked."""
    query = select(func.count()).select_from(Review).join(Review.lead)
    return query.where(scope_of(officer), waits_for(officer), Review.due_on <= today).scalar_subquery()
