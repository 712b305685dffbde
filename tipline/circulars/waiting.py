"""What of circulars waits for whom: to be written, looked over, issued, read; and towns that have not read."""

from datetime import date
from itertools import chain

from sqlalchemy import ScalarSelect, func

from tipline.circulars import queries
from tipline.circulars.lifecycle import CircularState
from tipline.circulars.models import Circular
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.waiting import Waiting
from tipline.typical_cases import queries as typical_cases

S = CircularState
STEPS = {
    S.DRAFT: (Act.SUBMIT_CIRCULAR, Sentence("写好典型案例通报并送复核")),
    S.IN_APPROVAL: (Act.APPROVE_CIRCULAR, Sentence("复核典型案例通报")),
    S.APPROVED: (Act.ISSUE_CIRCULAR, Sentence("印发典型案例通报")),
}


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Of the bureau the next step of each draft, and towns that are late; of a town what it has not read."""
    return list(chain(*editions.each(lambda: _waiting_for(officer, today))))


def _waiting_for(officer: Officer, today: date) -> list[Waiting]:
    found = _steps(officer)
    if officer.may(Act.ISSUE_CIRCULAR):
        found += _late(officer, today)
    if officer.may(Act.CONFIRM_READING) and officer.office in typical_cases.towns():
        unread = db.session.scalars(queries.unread_by(officer.office, [_key()]).limit(queries.ROWS))
        found += [_waiting(one, Act.CONFIRM_READING, Sentence("阅知典型案例通报并确认"), today) for one in unread]
    return found


def _steps(officer: Officer) -> list[Waiting]:
    doable = [state for state, (act, _) in STEPS.items() if officer.may(act)]
    if not doable:
        return []
    query = queries.with_words(queries.visible_to(officer)).where(Circular.state.in_(doable))
    drafts = list(db.session.scalars(query.limit(queries.ROWS)))
    first = first_hands(drafts) if drafts else {}
    return [
        _waiting(one, *STEPS[one.state])
        for one in drafts
        if not is_same_hand(STEPS[one.state][0], one, officer, first)
        and not (one.state is S.IN_APPROVAL and officer.id in queries.authors(one))
    ]


def _late(officer: Officer, today: date) -> list[Waiting]:
    """Circulars whose day has passed before every town had read."""
    overdue = queries.visible_to(officer).where(Circular.state == S.ISSUED, Circular.due_on < today)
    circulars = list(db.session.scalars(overdue.limit(queries.ROWS)))
    if not circulars:
        return []
    read, towns = queries.readings(circulars), typical_cases.towns()
    found = []
    for one in circulars:
        left = [town for town in towns if town.id not in {each.office_id for each in read.get(one.id, [])}]
        if left:
            what = Sentence("%(n)s个镇逾期未确认阅知通报", {"n": len(left)})
            found.append(_waiting(one, Act.READ_CIRCULARS, what, today))
    return found


def _waiting(circular: Circular, act: Act, what: Sentence, today: date | None = None) -> Waiting:
    due = circular.due_on if today else None
    return Waiting(
        what=what,
        number=circular.doc_no or "",
        act=act,
        endpoint="circulars.show",
        values={"key": circular.key} | editions.address(),
        due_on=due,
        tone=tone(due, today, calendars.calendar()) if due and today else Tone.QUIET,
    )


def _key() -> str:
    return editions.notice().key


def _addressed(officer: Officer) -> str | None:
    return _key() if officer.office.place_code in editions.notice().places else None


def due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many circulars the officer's own town has to read by that day, under every notice, for the bell."""
    notices = [key for key in editions.each(lambda: _addressed(officer)) if key]
    query = queries.unread_by(officer.office, notices).order_by(None).with_only_columns(func.count(Circular.id))
    return query.where(Circular.due_on <= on).scalar_subquery()
