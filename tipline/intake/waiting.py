"""What waits for an officer at the counter: calls that are not yet leads, and sheets of paper that are missing."""

from datetime import date

from tipline.intake import keeping, looking, paper, phrases
from tipline.intake.models import UnfinishedCall
from tipline.kit.dates import day_of, local
from tipline.kit.words import Sentence
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The officer's unfinished calls, each due when its notice wants it registered (C-5); sheets that are missing."""
    if not officer.may(Act.REGISTER_LEAD):
        return []
    stale = phrases.stale(today) if officer.may(Act.RENEW_PHRASE) else 0
    unfinished = [_waiting(call) for call in keeping.unfinished(officer)]
    return [*unfinished, *_missing(paper.missing_of(officer)), *_stale(stale)]


def _stale(number: int) -> list[Waiting]:
    what = Sentence("%(n)s条知识已过有效期，核实或停用", {"n": number})
    asked = Waiting(what=what, number="", act=Act.RENEW_PHRASE, endpoint="intake.phrase_list")
    return [asked] if number else []


def _missing(sheets: int) -> list[Waiting]:
    what = Sentence("%(n)s张纸质登记单缺号，补录或写明去向", {"n": sheets})
    values = {"standing": paper.Standing.MISSING.value}
    asked = Waiting(what=what, number="", act=Act.ENTER_SHEET, endpoint="intake.paper_register", values=values)
    return [asked] if sheets else []


def _waiting(call: UnfinishedCall) -> Waiting:
    notice, calendar = editions.of(call.notice), calendars.calendar()
    clocks = looking.to_be_registered(notice, day_of(call.begun_at), calendar)
    return Waiting(
        what=Sentence("把没有登记完的来电登记完"),
        number=f"{local(call.begun_at):%Y-%m-%d %H:%M}",
        act=Act.REGISTER_LEAD,
        endpoint="intake.unfinished",
        values={"key": call.key},
        due=next((clock.due for clock in clocks), None),
    )
