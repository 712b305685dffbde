"""What of inspections waits for whom: to be approved, decided, put right, confirmed; and towns nobody has visited."""

from datetime import date, timedelta
from itertools import chain

from tipline.inspections import queries
from tipline.inspections.lifecycle import FindingState, InspectionState
from tipline.inspections.models import Finding, Inspection
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Of a town what it must put right; of the bureau all that needs its hand; of every campaign."""
    return list(chain(*editions.each(lambda: _waiting_for(officer, today))))


def _waiting_for(officer: Officer, today: date) -> list[Waiting]:
    waiting = []
    if officer.may(Act.REPORT_RECTIFIED):
        waiting += [_to_put_right(one, today) for one in _standing(officer, FindingState.DEMANDED, today)]
    if officer.may(Act.START_INSPECTION):
        waiting += _to_approve(officer, today)
    if officer.may(Act.CONFIRM_RECTIFIED):
        waiting += _to_confirm(officer, today) + _late(today) + _idle(today)
    if officer.may(Act.PLAN_INSPECTION):
        waiting += _unvisited(today)
    return waiting


def _standing(officer: Officer, state: FindingState, today: date) -> list[Finding]:
    query = queries.findings_visible_to(officer, today).where(Finding.state == state)
    return list(db.session.scalars(query.limit(queries.ROWS)))


def _of_finding(finding: Finding, act: Act, what: Sentence, today: date, due_on: date | None = None) -> Waiting:
    return Waiting(
        what=Sentence(what.text, {"office": finding.office.name}),
        number=finding.number,
        act=act,
        endpoint="inspections.show_finding",
        values={"key": finding.key} | editions.address(),
        due_on=due_on,
        tone=tone(due_on, today, calendars.calendar()) if due_on else Tone.QUIET,
    )


def _to_put_right(finding: Finding, today: date) -> Waiting:
    return _of_finding(finding, Act.REPORT_RECTIFIED, Sentence("整改督查发现的问题并报告"), today, finding.due_on)


def _to_confirm(officer: Officer, today: date) -> list[Waiting]:
    done = _standing(officer, FindingState.DONE, today)
    first = first_hands(done) if done else {}
    mine = [one for one in done if not is_same_hand(Act.CONFIRM_RECTIFIED, one, officer, first)]
    return [
        _of_finding(one, Act.CONFIRM_RECTIFIED, Sentence("核实%(office)s的整改"), today)
        for one in mine
        if one.done_by_id != officer.id
    ]


def _late(today: date) -> list[Waiting]:
    """What a town has not put right in time is the bureau's to look after."""
    late = queries.demanded_until(today - timedelta(days=1))[: queries.ROWS]
    return [_of_finding(one, Act.READ_FINDING, Sentence("%(office)s逾期未整改"), today, one.due_on) for one in late]


def _idle(today: date) -> list[Waiting]:
    """What nobody has decided about within the notice's days, R-24."""
    days, calendar = editions.notice().inspection.idle_days, calendars.calendar()
    asked = [(one, calendar.add_working_days(one.found_on, days)) for one in queries.recorded()]
    what = Sentence("决定%(office)s的督查问题怎样整改")
    return [_of_finding(one, Act.DEMAND_RECTIFICATION, what, today, on) for one, on in asked if on <= today]


def _to_approve(officer: Officer, today: date) -> list[Waiting]:
    query = queries.visible_to(officer, today).where(Inspection.state == InspectionState.PLANNED)
    planned = list(db.session.scalars(query.order_by(None).order_by(Inspection.id).limit(queries.ROWS)))
    first = first_hands(planned) if planned else {}
    return [
        Waiting(
            what=Sentence("批准%(sort)s的督查", {"sort": one.sort}),
            number=one.number,
            act=Act.START_INSPECTION,
            endpoint="inspections.show",
            values={"key": one.key} | editions.address(),
            due_on=one.since,
        )
        for one in planned
        if not is_same_hand(Act.START_INSPECTION, one, officer, first)
    ]


def _unvisited(today: date) -> list[Waiting]:
    """Towns nobody has visited, once the campaign nears its end, R-21."""
    rules = editions.notice().inspection
    if rules.ends_on is None or today < rules.ends_on - timedelta(days=rules.last_call_days):
        return []
    visited = queries.visited()
    left = [place.name for place in queries.towns() if place.code not in visited]
    if not left:
        return []
    return [
        Waiting(
            what=Sentence("还有%(n)s个镇没有督查过：%(towns)s", {"n": len(left), "towns": "、".join(left)}),
            number="",
            act=Act.PLAN_INSPECTION,
            endpoint="inspections.index",
            values=editions.address(),
            due_on=rules.ends_on,
            tone=tone(rules.ends_on, today, calendars.calendar()),
        )
    ]
