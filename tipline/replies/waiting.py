"""What waits for an officer between the house and its reporters."""

from datetime import date

from tipline.kit.words import Sentence
from tipline.law.clocks import tone
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.replies import queries


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Additions nobody has read, objections to answer, reporters to call."""
    calendar = calendars.calendar()
    additions = [
        Waiting(
            what=Sentence("举报人有补充，待阅"),
            number=referral.number,
            act=Act.SEE_ADDITION,
            endpoint="referrals.show",
            values={"key": referral.key, "_anchor": "replies"},
        )
        for referral in queries.unread_of(officer)
    ]
    objections = [
        Waiting(
            what=Sentence("答复举报人的异议"),
            number=objection.number,
            act=Act.ANSWER_OBJECTION,
            endpoint="referrals.show",
            values={"key": objection.referral.key, "_anchor": "replies"},
            due_on=objection.due_on,
            tone=tone(objection.due_on, today, calendar),
        )
        for objection in queries.open_objections(officer)
    ]
    calls = [
        Waiting(
            what=Sentence("回访实名举报人"),
            number=owed.referral.number,
            act=Act.RECORD_CHECK_IN,
            endpoint="replies.check_in",
            values={"key": owed.referral.key},
            due=owed.due,
            tone=tone(owed.due.on, today, calendar),
        )
        for owed in queries.owed_to(officer, calendar, today)
    ]
    return [*additions, *objections, *calls]
