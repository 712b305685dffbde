"""Who writes a letter (拟稿人), and how it passes to a colleague when they leave."""

from datetime import datetime

from sqlalchemy import select

from tipline.leads.access import who_may
from tipline.letters import queries
from tipline.letters.lifecycle import BEING_WRITTEN, NEXT_STEP
from tipline.letters.models import OfficialLetter
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.holdings import Holding, Room, rooms
from tipline.office.models import Officer

KIND = "letter"


def told(letter: OfficialLetter) -> Holding:
    """The draft as the hand-over lists it."""
    able = who_may(Act.SUBMIT_LETTER, letter.lead, letter.office)
    return Holding(
        kind=KIND,
        key=letter.key,
        number=letter.number,
        what=NEXT_STEP[letter.state],
        endpoint="letters.show",
        values={"key": letter.key},
        hands=[one for one in able if one.id != letter.held_by_id],
    )


def give(letter: OfficialLetter, to: Officer | None, by: Officer, at: datetime) -> None:
    """Pass the draft to a colleague; who wrote it so far stays its author. Let go, it is anybody's in the office."""
    if to is not None:
        witness(Act.HAND_ON, letter, by=by, at=at, note=to.name)
    letter.held_by = to


rooms.append(
    Room(
        kind=KIND,
        things=select(OfficialLetter).join(OfficialLetter.lead).order_by(OfficialLetter.id),
        key=OfficialLetter.key,
        holder=OfficialLetter.held_by_id,
        office=OfficialLetter.office_id,
        is_open=OfficialLetter.state.in_(BEING_WRITTEN),
        seen=queries.scope_of,
        told=told,
        give=give,
    )
)
