"""What hangs where, for the room of duties: met once it hangs in order with a picture to prove it."""

from sqlalchemy import ColumnElement, and_, func, or_, select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office import answering, editions
from tipline.office.answering import Answer, Asked, Owed
from tipline.office.charter import Act
from tipline.office.models import Place
from tipline.publicity.lifecycle import PostingState
from tipline.publicity.models import Posting
from tipline.publicity.queries import HERE


def _answers(asked: Asked) -> dict[Owed, Answer]:
    keys = {(duty.key, period.key) for duty, period in asked}
    query = select(Posting).where(
        Posting.notice == editions.notice().key,
        Posting.duty.in_({duty for duty, _ in keys}),
        Posting.period.in_({period for _, period in keys}),
    )
    return {
        (one.duty, one.period, one.place_code): _answer(one)
        for one in db.session.scalars(query)
        if (one.duty, one.period) in keys
    }


def _answer(one: Posting) -> Answer:
    return Answer(
        word=one.state,
        owed=one.state is not PostingState.POSTED,
        done=one.state is PostingState.POSTED,
        first_on=one.first_on,
        returned_on=None,
        endpoint="publicity.show",
        values={"key": f"{one.duty}.{one.period}.{one.place_code}"},
        reading=Act.READ_POSTINGS,
    )


def _settled(asked: Asked, town_code: str) -> ColumnElement[int]:
    theirs = or_(Place.code == town_code, Place.parent_code == town_code)
    of = or_(*(and_(Posting.duty == duty.key, Posting.period == period.key) for duty, period in asked))
    hanging = (Posting.notice == editions.notice().key, Posting.state == PostingState.POSTED)
    return select(func.count(Posting.id)).join(Posting.place).where(theirs, of, *hanging).scalar_subquery()


answering.rooms[HERE] = answering.Room(
    answers=_answers,
    settled=_settled,
    way_in=("publicity.show", lambda owed: {"key": ".".join(owed)}),
    act=Act.RECORD_POSTING,
    advice=Sentence("登记张贴日期、名单和照片；名单里不能有身份证号、电话、住址和病情。"),
)
