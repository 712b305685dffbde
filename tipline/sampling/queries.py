"""Questions about call-backs. The only way to one is `visible_to`."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.law.bodies import Body
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Office, Officer
from tipline.referrals.lifecycle import DONE, THEIRS
from tipline.referrals.models import Referral
from tipline.sampling.lifecycle import CLOSURE, FOUND_FALSE, RECHECKED, ClosureState
from tipline.sampling.models import SampledClosure, SampleDraw
from tipline.triage import gates

PAPERS, OUTCOMES, DOUBT = "closure_paper", "call_back_outcome", "doubt"
FEW = 5
"""Below so many closures a share is not given: it would say more than it knows."""


def visible_to(officer: Officer) -> Select[SampledClosure]:
    """The call-backs an officer may know of, in the order of the draw.

    Whoever supervises: all but those on their own body's closures. The dispatched group: those on the district
    body's closures, which nobody else can call back, and what it was asked to look at again. Nobody: behind a wall.
    """
    query = (
        select(SampledClosure)
        .join(SampledClosure.referral)
        .join(Referral.lead)
        .join(Office, Office.id == Referral.to_id)
    )
    shown = (
        contains_eager(SampledClosure.referral).contains_eager(Referral.lead),
        contains_eager(SampledClosure.referral).contains_eager(Referral.to),
        joinedload(SampledClosure.recheck),
        joinedload(SampledClosure.called_by),
        joinedload(SampledClosure.draw),
    )
    return query.where(_place(officer), not_walled(officer)).options(*shown).order_by(SampledClosure.id)


def _place(officer: Officer) -> ColumnElement[bool]:
    if not officer.active or not officer.may(Act.READ_CALL_BACKS):
        return false()
    elsewhere = Referral.to_id != officer.office_id
    if officer.role is Role.GROUP_INSPECTOR:
        return and_(
            elsewhere, or_(SampledClosure.recheck_id == officer.office_id, Office.body == Body.DISTRICT_DISCIPLINE_BODY)
        )
    return elsewhere


def draws(officer: Officer) -> list[SampleDraw]:
    """Every draw, newest first: seeds are published to whoever reads call-backs at all."""
    if not officer.may(Act.READ_CALL_BACKS):
        return []
    return list(db.session.scalars(select(SampleDraw).order_by(SampleDraw.id.desc())))


def drawn_by(draw: SampleDraw, officer: Officer) -> list[SampledClosure]:
    """What a draw brought, as far as the officer may know."""
    return list(db.session.scalars(visible_to(officer).where(SampledClosure.draw_id == draw.id)))


def closures(since: date, until: date) -> list[Referral]:
    """What can be drawn: referrals concluded in the period by a body that works here.

    None of a lead that is walled or sealed: those are looked at again by the next higher body alone.
    """
    query = select(Referral).join(Referral.lead).join(Referral.to).where(Referral.state.in_(DONE))
    query = query.where(Lead.walled.is_(False), Lead.sealed.is_(False), Office.signs_in)
    found = db.session.scalars(query.order_by(Referral.id))
    return [referral for referral in found if concluded_within(referral, since, until)]


def concluded_within(referral: Referral, since: date, until: date) -> bool:
    """Whether the office's day on which it was concluded lies in the period."""
    return referral.concluded_at is not None and since <= day_of(referral.concluded_at) <= until


def has_handled(referral: Referral, officer: Officer) -> bool:
    """Whether the officer sits in the body that concluded it, or did any of that body's deeds on it."""
    if referral.to_id == officer.office_id:
        return True
    query = select(Entry.seq).where(Entry.paper == referral.ref, Entry.by_id == officer.id, Entry.act.in_(THEIRS))
    return db.session.scalar(query.limit(1)) is not None


def waits_for(officer: Officer) -> list[SampledClosure]:
    """Closures to call back, those that the officer's body looks at again, and false ones that await a decision.

    A false closure that its body has itself taken up again awaits none.
    """
    query = visible_to(officer)
    mine = [SampledClosure.state == ClosureState.TO_CALL] if officer.may(Act.RECORD_CALL_BACK) else []
    if officer.may(Act.UPHOLD_CLOSURE):
        mine.append(
            and_(SampledClosure.state == ClosureState.RECHECKING, SampledClosure.recheck_id == officer.office_id)
        )
    if officer.may(Act.ORDER_REOPENING):
        mine.append(and_(SampledClosure.state == ClosureState.FALSE, Referral.state.in_(DONE)))
    return list(db.session.scalars(query.where(or_(*mine)))) if mine else []


def undecided(lead: Lead) -> Refused | None:
    """Why the papers of a lead cannot be filed away yet: a false closure of it awaits a decision."""
    false_one = select(SampledClosure.id).join(SampledClosure.referral).where(Referral.lead_id == lead.id)
    if db.session.scalar(false_one.where(SampledClosure.state == ClosureState.FALSE).limit(1)) is None:
        return None
    return NotNow("虚假办结件尚未决定是否重新办理，不能归档。")


gates.before_archiving.append(undecided)


def entries_of(paper: SampledClosure) -> list[Entry]:
    """The deeds done to it, oldest first."""
    query = select(Entry).where(Entry.paper == paper.ref, Entry.act.in_(CLOSURE.acts)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))


@dataclass(frozen=True)
class Standing:
    """What call-backs found about the closures of one body."""

    office: Office
    called: int
    reopened: int
    false: int
    papers: int
    papers_asked: int

    @property
    def is_few(self) -> bool:
        return self.called < FEW

    @property
    def complete(self) -> int | None:
        """How many of a hundred papers were in the files; None where nothing or too little was looked at."""
        return None if self.is_few or not self.papers_asked else round(100 * self.papers / self.papers_asked)

    @property
    def reopen_rate(self) -> int | None:
        return None if self.is_few else round(100 * self.reopened / self.called)


def standings(officer: Officer) -> list[Standing]:
    """By body, in the order of the roster and never of the result: reasons differ, and few closures say little."""
    query = visible_to(officer).where(SampledClosure.state != ClosureState.TO_CALL)
    by_office: dict[int, list[SampledClosure]] = {}
    for one in db.session.scalars(query):
        by_office.setdefault(one.referral.to_id, []).append(one)
    return [
        Standing(
            office=found[0].referral.to,
            called=len(found),
            reopened=sum(one.state in RECHECKED for one in found),
            false=sum(one.state in FOUND_FALSE for one in found),
            papers=sum(len(one.papers) for one in found),
            papers_asked=sum(len(one.referral.lead.rules.terms(PAPERS)) for one in found),
        )
        for _, found in sorted(by_office.items())
    ]
