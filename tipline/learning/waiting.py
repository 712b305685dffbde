"""What of all this waits for whom: summaries to write, proposals to decide, what a town must put right."""

from datetime import date
from itertools import chain

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.words import Labelled, Sentence
from tipline.law.campaign import due_day
from tipline.law.clocks import Tone, tone
from tipline.learning import queries
from tipline.learning.lifecycle import ActionState, ImprovementState, SummaryState
from tipline.learning.models import Improvement, IssueSummary, TownAction
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Of a town what it must put right; of the bureau what needs its hand; of every campaign."""
    waiting = []
    if officer.may(Act.ANSWER_ACTION):
        waiting += [_of_action(one, Act.ANSWER_ACTION, ANSWER, today, one.due_on) for one in _decided(officer)]
    if officer.may(Act.WRITE_SUMMARY):
        waiting += [*chain(*editions.each(lambda: _unwritten(today))), *_to_finish(today), *_late(officer, today)]
    if officer.may(Act.CONFIRM_SUMMARY):
        waiting += [*chain(*editions.each(lambda: _to_confirm(officer))), *_to_adopt(officer)]
        waiting += _to_decide(officer, today)
    if officer.may(Act.CLOSE_ACTION):
        answered = _actions(officer, ActionState.ANSWERED)
        waiting += [_of_action(one, Act.CLOSE_ACTION, CLOSE, today) for one in answered]
    return waiting


ANSWER, CLOSE = Sentence("整改问责指出的问题并报告"), Sentence("核实%(office)s的问责整改")
DECIDE, LATE = Sentence("决定是否对%(office)s问责"), Sentence("%(office)s逾期未报告问责整改")


def _unwritten(today: date) -> list[Waiting]:
    """Periods that are over and have no summary, or one that was sent back, R-25."""
    duty, calendar = editions.notice().learning.summary, calendars.calendar()
    over = [period for period in queries.periods(today) if queries.is_over(period, today)]
    if duty is None or not over:
        return []
    query = select(IssueSummary.period).where(IssueSummary.notice == editions.notice().key)
    written = set(db.session.scalars(query.where(IssueSummary.state != SummaryState.RETURNED)))
    due = {period.key: due_day(duty, period, calendar) for period in over}
    return [
        Waiting(
            what=Sentence("写%(period)s的%(name)s", {"period": period.name or period.key, "name": duty.name}),
            number=period.key,
            act=Act.WRITE_SUMMARY,
            endpoint="learning.summary",
            values={"period": period.key} | editions.address(),
            due_on=due[period.key],
            tone=tone(due[period.key], today, calendar),
        )
        for period in over
        if period.key not in written
    ]


def _to_confirm(officer: Officer) -> list[Waiting]:
    query = queries.summaries_visible_to(officer).where(IssueSummary.state == SummaryState.WRITTEN)
    return [
        Waiting(
            what=Sentence("确认%(period)s的问题小结", {"period": one.period}),
            number=one.period,
            act=Act.CONFIRM_SUMMARY,
            endpoint="learning.summary",
            values={"period": one.period} | editions.address(),
        )
        for one in db.session.scalars(query.limit(queries.ROWS))
    ]


def _to_adopt(officer: Officer) -> list[Waiting]:
    query = queries.improvements_visible_to(officer).where(Improvement.state == ImprovementState.PROPOSED)
    found = db.session.scalars(query.limit(queries.ROWS))
    return [_of_improvement(one, Act.ADOPT_IMPROVEMENT, Sentence("决定是否采纳%(sort)s的建议")) for one in found]


def _to_finish(today: date) -> list[Waiting]:
    what, calendar = Sentence("落实%(sort)s的建议"), calendars.calendar()
    return [
        _of_improvement(one, Act.FINISH_IMPROVEMENT, what, one.due_on, tone(one.due_on, today, calendar))
        for one in queries.adopted()
        if one.due_on
    ]


def _of_improvement(
    one: Improvement, act: Act, what: Sentence, due_on: date | None = None, burns: Tone = Tone.QUIET
) -> Waiting:
    return Waiting(
        what=Sentence(what.text, {"sort": one.sort}),
        number=one.number,
        act=act,
        endpoint="learning.improvement",
        values={"key": one.key},
        due_on=due_on,
        tone=burns,
    )


def _to_decide(officer: Officer, today: date) -> list[Waiting]:
    proposed = _actions(officer, ActionState.PROPOSED)
    return [_of_action(one, Act.DECIDE_ACTION, DECIDE, today) for one in proposed]


def _decided(officer: Officer) -> list[TownAction]:
    return _actions(officer, ActionState.DECIDED)


def _late(officer: Officer, today: date) -> list[Waiting]:
    """What a town has not put right in time is the bureau's to look after."""
    late = [one for one in _decided(officer) if one.due_on and one.due_on < today]
    return [_of_action(one, Act.READ_ACTIONS, LATE, today, one.due_on) for one in late]


def _actions(officer: Officer, state: Labelled) -> list[TownAction]:
    query = queries.actions_visible_to(officer).where(TownAction.state == state)
    return list(db.session.scalars(query.limit(queries.ROWS)))


def _of_action(one: TownAction, act: Act, what: Sentence, today: date, due_on: date | None = None) -> Waiting:
    return Waiting(
        what=Sentence(what.text, {"office": one.office.name}),
        number=one.number,
        act=act,
        endpoint="learning.action",
        values={"key": one.key},
        due_on=due_on,
        tone=tone(due_on, today, calendars.calendar()) if due_on else Tone.QUIET,
    )
