"""What waits for an officer in triage: an answer, a decision, a notice, a receipt."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Select, exists, select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.triage import queries
from tipline.triage.models import CallBack, PassedOn

MOST = 50


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The leads whose next deed of triage is this officer's, each with its day where one is promised."""
    return list(_waiting(officer, today))


def _waiting(officer: Officer, today: date) -> Iterator[Waiting]:
    if officer.may(Act.NOTE_ANSWER):
        for call_back in db.session.scalars(_unanswered(officer).limit(MOST)):
            yield _thing(call_back.lead, Act.NOTE_ANSWER, Sentence("记录举报人的答复"), call_back.due_on, today)
        for refusal in db.session.scalars(queries.notices_owed().where(queries.own(officer)).limit(MOST)):
            yield _thing(
                refusal.lead, Act.TELL_REFUSAL, Sentence("告知实名举报人不予受理"), refusal.notice_due_on, today
            )
        for lead in db.session.scalars(_without_receipt(officer).limit(MOST)):
            yield _thing(lead, Act.RECORD_PASS_RECEIPT, Sentence("登记外地机关的回执"), None, today)
    if officer.may(Act.REFUSE_LEAD):
        for refusal in db.session.scalars(queries.to_decide(officer).limit(MOST)):
            yield _thing(refusal.lead, Act.REFUSE_LEAD, Sentence("决定是否受理"), None, today)


def _unanswered(officer: Officer) -> Select[CallBack]:
    query = select(CallBack).join(CallBack.lead).where(Lead.state == LeadState.AWAITING_INFO, queries.own(officer))
    return query.order_by(CallBack.due_on, CallBack.id)


def _without_receipt(officer: Officer) -> Select[Lead]:
    given = exists().where(PassedOn.lead_id == Lead.id, PassedOn.receipt_at.is_(None))
    return select(Lead).where(Lead.state == LeadState.PASSED_ON, queries.own(officer), given).order_by(Lead.id)


def _thing(lead: Lead, act: Act, what: Sentence, due_on: date | None, today: date) -> Waiting:
    return Waiting(
        what=what,
        number=lead.number,
        act=act,
        endpoint="leads.show",
        values={"key": lead.key},
        due_on=due_on,
        tone=tone(due_on, today, calendars.calendar()) if due_on else Tone.QUIET,
    )
