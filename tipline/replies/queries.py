"""Questions about word to and from reporters. A code opens a mailbox, never the lead."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.vault import vault
from tipline.law.calendar import Calendar
from tipline.law.clocks import Due, deadline
from tipline.law.notice import Notice
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Entry, Officer
from tipline.referrals import queries as referrals
from tipline.referrals.lifecycle import DONE, WITH_THE_BODY, ReferralState
from tipline.referrals.models import Referral
from tipline.replies.lifecycle import ObjectionState
from tipline.replies.models import Addition, CheckIn, Objection, ReporterNotice, Word

MOST = 50
CHECK_INS = "reporter_known_at_closing"
"""The event that starts the check-ins: a case of somebody who gave a name is closed."""


def of_code(code: str, officer: Officer) -> Lead | None:
    """The lead whose mailbox this spoken code opens.

    None for a wrong code and for an officer who may not know of the lead: the two look the same.
    """
    mark = vault.blind("code", code)
    return db.session.scalars(select(Lead).where(Lead.code_hash == mark, ledger.not_walled(officer))).one_or_none()


def of_mailbox(key: str, officer: Officer) -> Lead | None:
    """The lead whose mailbox is open already on this officer's screen."""
    return db.session.scalars(select(Lead).where(Lead.key == key, ledger.not_walled(officer))).one_or_none()


def words_for(lead: Lead) -> list[Word]:
    """All that was written for the reporter of the lead, oldest first."""
    return list(db.session.scalars(select(Word).where(Word.lead_id == lead.id).order_by(Word.id)))


def additions_to(lead: Lead) -> list[Addition]:
    """All that the reporter added later, oldest first."""
    query = select(Addition).where(Addition.lead_id == lead.id).options(joinedload(Addition.taken_by))
    return list(db.session.scalars(query.order_by(Addition.id)))


def notices_of(referral: Referral) -> list[ReporterNotice]:
    """What the named reporter was told about the referral."""
    query = select(ReporterNotice).where(ReporterNotice.referral_id == referral.id)
    return list(db.session.scalars(query.options(joinedload(ReporterNotice.by)).order_by(ReporterNotice.id)))


def objections_to(referral: Referral) -> list[Objection]:
    """What was held against its result, oldest first."""
    return list(
        db.session.scalars(select(Objection).where(Objection.referral_id == referral.id).order_by(Objection.id))
    )


def carries_mail(referral: Referral) -> bool:
    """Whether what the reporter says goes to this referral's body: it has the whole lead before it."""
    return referral.whole and referral.state in WITH_THE_BODY


def unread_of(officer: Officer) -> list[Referral]:
    """The referrals of the officer's body to whose lead the reporter added something that nobody there has seen."""
    if officer.role not in INSPECTORS:
        return []
    unread = select(Addition.id).where(Addition.lead_id == Referral.lead_id, Addition.seen_at.is_(None))
    query = referrals.visible_to(officer).where(Referral.whole, unread.exists())
    return list(db.session.scalars(query.limit(MOST)))


def open_objections(officer: Officer) -> list[Objection]:
    """The objections that the officer's body has to answer, by their days."""
    if not officer.may(Act.ANSWER_OBJECTION):
        return []
    query = select(Objection).join(Objection.referral).join(Referral.lead).options(contains_eager(Objection.referral))
    query = query.where(Objection.state == ObjectionState.NOTED, referrals.scope_of(officer))
    return list(db.session.scalars(query.order_by(Objection.due_on, Objection.id).limit(MOST)))


def concluded_by(referral: Referral) -> int | None:
    """Who concluded it last."""
    query = select(Entry.by_id).where(Entry.paper == referral.ref, Entry.act == Act.CONCLUDE)
    return db.session.scalar(query.order_by(Entry.seq.desc()).limit(1))


@dataclass(frozen=True)
class Owed:
    """A check-in that is due, and whose."""

    referral: Referral
    round: str
    due: Due


def check_ins_open_to(officer: Officer) -> ColumnElement[bool]:
    """Closed cases of named reporters whose check-ins this officer may make, on referrals joined with leads.

    The district's inspectors for cases of others. For their own body's, and for walled leads that only the
    body knows: its inspectors, but for whoever signed for it.
    """
    closed = and_(Referral.state.in_(DONE), Lead.named, ledger.not_walled(officer))
    own = Referral.to_id == officer.office_id
    not_the_hand = or_(Referral.signed_for_by_id.is_(None), Referral.signed_for_by_id != officer.id)
    if officer.role is Role.DISTRICT_INSPECTOR:
        return and_(closed, or_(~own, not_the_hand))
    return and_(closed, Lead.walled, own, not_the_hand)


def closed_cases(officer: Officer) -> Select[Referral]:
    """The referrals among which the officer's check-ins are."""
    query = select(Referral).join(Referral.lead).where(check_ins_open_to(officer))
    return query.options(contains_eager(Referral.lead), joinedload(Referral.to)).order_by(Referral.concluded_at)


def owed_to(officer: Officer, calendar: Calendar, today: date) -> list[Owed]:
    """The check-ins that are due by today and have not been made, the oldest first."""
    return [one for one in to_be_made(officer, calendar) if one.due.on <= today]


def to_be_made(officer: Officer, calendar: Calendar) -> list[Owed]:
    """The check-ins that have not been made, due or still to come, the oldest first."""
    if not officer.may(Act.RECORD_CHECK_IN):
        return []
    found = chain(*editions.each(lambda: _to_be_made(officer, editions.notice(), calendar)))
    return sorted(found, key=lambda owed: owed.due.on)


def _to_be_made(officer: Officer, notice: Notice, calendar: Calendar) -> list[Owed]:
    """Those that the notice of the lead asks for."""
    rounds = [clock for clock in notice.clocks if CHECK_INS in clock.starts_on]
    made = select(func.count()).where(CheckIn.referral_id == Referral.id).scalar_subquery()
    found = []
    cases = list(
        db.session.scalars(closed_cases(officer).where(Lead.notice == notice.key, made < len(rounds)).limit(MOST))
    )
    known = _made([case.id for case in cases])
    for case in cases:
        assert case.concluded_at is not None  # closed cases have a conclusion
        for clock in rounds:
            due = deadline(clock, day_of(case.concluded_at), calendar)
            if (case.id, clock.id) not in known:
                found.append(Owed(case, clock.id, due))
    return found


def _made(referral_ids: list[int]) -> set[tuple[int, str]]:
    query = select(CheckIn.referral_id, CheckIn.round).where(CheckIn.referral_id.in_(referral_ids))
    return {(referral_id, round_) for referral_id, round_ in db.session.execute(query)}


def check_ins_of(referral: Referral) -> list[CheckIn]:
    """The check-ins that were made about a case."""
    query = (
        select(CheckIn)
        .where(CheckIn.referral_id == referral.id)
        .options(joinedload(CheckIn.by), joinedload(CheckIn.lead))
    )
    return list(db.session.scalars(query.order_by(CheckIn.id)))


def standing(lead: Lead) -> ReferralState | None:
    """How far the lead is, as an operator may say it to the caller: the least advanced of its referrals."""
    states = set(db.session.scalars(select(Referral.state).where(Referral.lead_id == lead.id)))
    return next((state for state in ReferralState if state in states), None)
