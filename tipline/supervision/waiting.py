"""What waits for an officer among the supervised cases."""

from datetime import date

from sqlalchemy.orm import selectinload

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.waiting import Waiting
from tipline.supervision import queries
from tipline.supervision.lifecycle import CaseState
from tipline.supervision.models import SupervisedCase

MOST = 50

WAITS = {
    CaseState.PROPOSED: (Act.OPEN_SUPERVISION, Sentence("决定是否专案督办")),
    CaseState.UNDER_SUPERVISION: (Act.REPORT_RESULT, Sentence("办理督办事项并报送结果")),
    CaseState.RESULT_REPORTED: (Act.ACCEPT_RESULT, Sentence("审核%(office)s报来的督办结果")),
    CaseState.RESULT_ACCEPTED: (Act.RELEASE, Sentence("解除督办")),
}


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The cases whose next deed is this officer's; not those where somebody else's hand is needed."""
    query = queries.visible_to(officer).where(queries.waits_for(officer)).limit(MOST)
    steps = (selectinload(SupervisedCase.milestones), selectinload(SupervisedCase.interims))
    cases = list(db.session.scalars(query.options(*steps)))
    first = first_hands(cases) if cases else {}
    mine = [case for case in cases if not is_same_hand(WAITS[case.state][0], case, officer, first)]
    return [_waiting(case, today) for case in mine] + _of_watching(officer, today)


def _waiting(case: SupervisedCase, today: date) -> Waiting:
    act, what = WAITS[case.state]
    return _thing(case, act, what, queries.next_due(case), today)


def _of_watching(officer: Officer, today: date) -> list[Waiting]:
    """What whoever supervises has to answer, and where they promised to look again."""
    answers, looks = queries.to_answer(officer), queries.to_look_at(officer)
    return [
        *(
            _thing(case, Act.ACKNOWLEDGE_INTERIM, Sentence("审核%(office)s报送的阶段情况"), None, today)
            for case in answers
        ),
        *(_thing(case, Act.RECORD_PROGRESS, Sentence("按约定再次督办%(office)s"), on, today) for case, on in looks),
    ]


def _thing(case: SupervisedCase, act: Act, what: Sentence, due_on: date | None, today: date) -> Waiting:
    return Waiting(
        what=Sentence(what.text, {"office": case.lead_office.name}),
        number=case.number,
        act=act,
        endpoint="supervision.show",
        values={"key": case.key},
        due_on=due_on,
        tone=tone(due_on, today, calendars.calendar()) if due_on else Tone.QUIET,
    )
