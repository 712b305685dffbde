"""What waits for an officer at the counter: calls that were begun and are not yet leads."""

from datetime import date

from tipline.intake import keeping, looking
from tipline.intake.models import UnfinishedCall
from tipline.kit.dates import day_of, local
from tipline.kit.words import Sentence
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The officer's unfinished calls, each due when its notice wants a call registered (C-5)."""
    return [_waiting(call) for call in keeping.unfinished(officer)] if officer.may(Act.REGISTER_LEAD) else []


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
