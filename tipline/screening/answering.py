"""How far the towns are with screening, for the room of duties: a table is done once every household is concluded."""

from sqlalchemy import ColumnElement, Select, func, select

from tipline.kit.db import db
from tipline.kit.words import Labelled, Sentence
from tipline.office import answering, editions
from tipline.office.answering import Answer, Asked, Owed
from tipline.office.charter import Act
from tipline.office.models import Office
from tipline.screening.models import ScreeningRecord


class Progress(Labelled):
    """How far a town's table has come, 三（一）."""

    UNDER_WAY = "under-way", "排查中"
    CONCLUDED = "concluded", "已作结论"


def _tables() -> Select[str, str | None, int, int]:
    """Every table that has begun: its population, its town, its households, and how many have a conclusion."""
    counts = (func.count(), func.count(ScreeningRecord.conclusion))
    query = select(ScreeningRecord.population, Office.place_code, *counts).join(ScreeningRecord.office)
    return query.where(ScreeningRecord.notice == editions.notice().key).group_by(
        ScreeningRecord.population, Office.place_code
    )


def _answers(asked: Asked) -> dict[Owed, Answer]:
    owed = {duty.key: period.key for duty, period in asked}
    duties = {one.key: one.duty for one in editions.notice().screening.populations if one.duty in owed}
    begun = db.session.execute(_tables().where(ScreeningRecord.population.in_(duties)))
    return {
        (duties[table], owed[duties[table]], town): _answer(table, town, done=concluded == households)
        for table, town, households, concluded in begun
        if town
    }


def _answer(population: str, town: str, *, done: bool) -> Answer:
    return Answer(
        word=Progress.CONCLUDED if done else Progress.UNDER_WAY,
        owed=not done,
        done=done,
        first_on=None,
        returned_on=None,
        endpoint="screening.table",
        values={"population": population, "town": town},
        reading=Act.READ_SCREENING,
    )


def _settled(asked: Asked, town_code: str) -> ColumnElement[int]:
    keys = {duty.key for duty, _ in asked}
    mine = [one.key for one in editions.notice().screening.populations if one.duty in keys]
    tables = _tables().where(Office.place_code == town_code, ScreeningRecord.population.in_(mine))
    done = tables.having(func.count() == func.count(ScreeningRecord.conclusion)).subquery()
    return select(func.count()).select_from(done).scalar_subquery()


answering.rooms["screening"] = answering.Room(
    answers=_answers,
    settled=_settled,
    way_in=("screening.index", lambda _: {}),
    act=Act.UPLOAD_SCREENING,
    advice=Sentence("每户都要有排查结论。"),
)
