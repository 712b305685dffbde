"""What of the postings waits for whom: to be recorded, to be put right, to be confirmed."""

from datetime import date
from itertools import chain

from tipline.duties import queries as duties
from tipline.duties.queries import Fold
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.campaign import called
from tipline.law.clocks import tone
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.waiting import Waiting
from tipline.publicity import queries
from tipline.publicity.lifecycle import FaultState
from tipline.publicity.models import PostingFault


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """A town's postings, one line for all its villages; faults to be put right or confirmed; under every notice."""
    return list(chain(*editions.each(lambda: _waiting_for(officer, today))))


def _waiting_for(officer: Officer, today: date) -> list[Waiting]:
    waiting = []
    if officer.may(Act.RECORD_POSTING):
        mine = [cell for cell in duties.cells(queries.asked(today), today, officer) if cell.stand.owed]
        mine = [cell for cell in mine if cell.debtor.office.id == officer.office_id]
        waiting += [_to_record(fold) for fold in duties.folded(mine).values()]
        waiting += [_to_correct(fault, today) for fault in _faults(officer, FaultState.NOTED)]
    if officer.may(Act.CONFIRM_CORRECTION):
        corrected = _faults(officer, FaultState.CORRECTED)
        first = first_hands(corrected)
        open_to = [one for one in corrected if not is_same_hand(Act.CONFIRM_CORRECTION, one, officer, first)]
        waiting += [_to_confirm(fault) for fault in open_to]
    return waiting


def _to_record(fold: Fold) -> Waiting:
    cell = fold[0]
    words: dict[str, object] = {"what": called(cell.duty, cell.period), "n": len(fold), "name": cell.debtor.name}
    alone = len(fold) == 1
    what = Sentence("登记%(what)s，还差%(n)s个村（居）", words)
    if alone:
        what = Sentence("登记%(name)s%(what)s", words)
    if cell.debtor.code == cell.debtor.office.place_code:
        what = Sentence("登记%(what)s", words)
    return Waiting(
        what=what,
        number=cell.period.key,
        act=Act.RECORD_POSTING,
        endpoint="publicity.show" if alone else "publicity.index",
        values=({"key": cell.key} if alone else {"town": str(cell.debtor.office.place_code)}) | editions.address(),
        due_on=cell.stand.due_on,
        tone=cell.stand.tone,
    )


def _faults(officer: Officer, state: FaultState) -> list[PostingFault]:
    query = queries.faults_visible_to(officer).where(PostingFault.state == state)
    return list(db.session.scalars(query.limit(queries.FAULTS_SHOWN)))


def _to_correct(fault: PostingFault, today: date) -> Waiting:
    return Waiting(
        what=Sentence("改正%(place)s的公示问题：%(fault)s", {"place": fault.place.name, "fault": fault.fault}),
        number=fault.period,
        act=Act.CORRECT_POSTING_FAULT,
        endpoint="publicity.fault",
        values={"key": fault.key} | editions.address(),
        due_on=fault.due_on,
        tone=tone(fault.due_on, today, calendars.calendar()),
    )


def _to_confirm(fault: PostingFault) -> Waiting:
    words: dict[str, object] = {"town": fault.office.name, "place": fault.place.name, "fault": fault.fault}
    return Waiting(
        what=Sentence("%(town)s报告%(place)s的公示问题已改正：%(fault)s", words),
        number=fault.period,
        act=Act.CONFIRM_CORRECTION,
        endpoint="publicity.fault",
        values={"key": fault.key} | editions.address(),
    )
