"""What of the duties waits for whom: to be handed in, to be taken, to be decided."""

from datetime import date
from itertools import chain

from tipline.duties import queries
from tipline.duties.lifecycle import SubmissionState
from tipline.duties.models import Submission
from tipline.duties.queries import Fold
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.campaign import Duty, called, clashes
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """What an office owes, what the bureau has to look at, and undecided contradictions, under every notice."""
    return list(chain(*editions.each(lambda: _waiting_for(officer, today))))


def _waiting_for(officer: Officer, today: date) -> list[Waiting]:
    waiting = []
    if officer.may(Act.HAND_IN):
        here = [(duty, period) for duty, period in queries.asked(today) if duty.answered_by == queries.HERE]
        mine = [cell for cell in queries.cells(here, today, officer) if cell.debtor.office.id == officer.office_id]
        waiting += [_to_hand_in(fold) for fold in queries.folded(c for c in mine if c.stand.owed).values()]
    if officer.may(Act.ACCEPT_SUBMISSION):
        waiting += _to_accept(officer)
    if officer.may(Act.RULE_ON_CLASH):
        notice, ruled = editions.notice(), queries.ruled()
        waiting += [_to_rule(notice.duty(key)) for key in clashes(notice.duties) if key not in ruled]
    return waiting


def _to_hand_in(fold: Fold) -> Waiting:
    cell = fold[0]
    words: dict[str, object] = {"what": called(cell.duty, cell.period)}
    again = Sentence("%(what)s被退回，请改正后重新报送", words)
    return Waiting(
        what=again if cell.answer else Sentence("报送%(what)s", words),
        number=cell.period.key if cell.duty.due_on is None else "",
        act=Act.HAND_IN,
        endpoint="duties.show",
        values={"key": queries.key_of(fold)} | editions.address(),
        due_on=cell.stand.due_on,
        tone=cell.stand.tone,
    )


def _to_accept(officer: Officer) -> list[Waiting]:
    notice = editions.notice()
    filed = queries.visible_to(officer).where(
        Submission.notice == notice.key, Submission.state == SubmissionState.FILED
    )
    return [_filed(paper, notice.duty(paper.duty)) for paper in db.session.scalars(filed)]


def _filed(paper: Submission, duty: Duty) -> Waiting:
    words: dict[str, object] = {"office": paper.office.name, "duty": duty.name}
    return Waiting(
        what=Sentence("%(office)s报来%(duty)s", words),
        number="",
        act=Act.ACCEPT_SUBMISSION,
        endpoint="duties.show",
        values={"key": f"{paper.duty}.{paper.period}.{paper.place_code}"} | editions.address(),
    )


def _to_rule(duty: Duty) -> Waiting:
    return Waiting(
        what=Sentence("通知要求%(duty)s在所汇总的工作完成前报送，请裁定", {"duty": duty.name}),
        number="",
        act=Act.RULE_ON_CLASH,
        endpoint="duties.clash",
        values={"duty": duty.key} | editions.address(),
    )
