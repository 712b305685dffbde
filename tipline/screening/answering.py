"""How far the towns are with screening, for the room of duties: what a town submitted is its answer."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Labelled, Sentence
from tipline.office import answering, editions
from tipline.office.answering import Answer, Asked, Owed
from tipline.office.charter import Act
from tipline.office.models import Office
from tipline.screening.lifecycle import LOCKED, TableState
from tipline.screening.models import ScreeningRecord, TableSubmission


class Progress(Labelled):
    """How far a town's table has come that was never submitted, 三（一）."""

    UNDER_WAY = "under-way", "排查中"
    CONCLUDED = "concluded", "已作结论，待报送"


def _tables() -> Select[str, str | None, int, int]:
    """Every table that has begun: its population, its town, its households, and how many have a conclusion."""
    counts = (func.count(), func.count(ScreeningRecord.conclusion))
    query = select(ScreeningRecord.population, Office.place_code, *counts).join(ScreeningRecord.office)
    return query.where(ScreeningRecord.notice == editions.notice().key).group_by(
        ScreeningRecord.population, Office.place_code
    )


def _submitted() -> Select[TableSubmission, str | None]:
    """Every table that was submitted, with its town."""
    query = select(TableSubmission, Office.place_code).join(TableSubmission.office)
    return query.where(TableSubmission.notice == editions.notice().key)


def _answers(asked: Asked) -> dict[Owed, Answer]:
    owed = {duty.key: period.key for duty, period in asked}
    duties = {one.key: one.duty for one in editions.notice().screening.populations if one.duty in owed}
    begun = db.session.execute(_tables().where(ScreeningRecord.population.in_(duties)))
    known = {(table, town): _begun(table, town, done == all_) for table, town, all_, done in begun if town}
    handed_in = db.session.execute(_submitted().where(TableSubmission.population.in_(duties)))
    known |= {(paper.population, town): _of(paper, town) for paper, town in handed_in if town}
    return {(duties[table], owed[duties[table]], town): answer for (table, town), answer in known.items()}


def _begun(population: str, town: str, concluded: bool) -> Answer:
    word = Progress.CONCLUDED if concluded else Progress.UNDER_WAY
    return Answer(word=word, owed=True, done=False, first_on=None, returned_on=None, **_way(population, town))


def _of(paper: TableSubmission, town: str) -> Answer:
    returned = paper.returned_at if paper.state is TableState.RETURNED else None
    return Answer(
        word=paper.state,
        owed=not paper.is_locked,
        done=paper.state is TableState.ACCEPTED,
        first_on=day_of(paper.first_at),
        returned_on=day_of(returned) if returned else None,
        **_way(paper.population, town),
    )


def _way(population: str, town: str) -> dict[str, Any]:
    return {
        "endpoint": "screening.table",
        "values": {"population": population, "town": town},
        "reading": Act.READ_SCREENING,
    }


def _settled(asked: Asked, town_code: str) -> ColumnElement[int]:
    keys = {duty.key for duty, _ in asked}
    mine = [one.key for one in editions.notice().screening.populations if one.duty in keys]
    done = (
        _submitted()
        .with_only_columns(TableSubmission.id)
        .where(Office.place_code == town_code, TableSubmission.population.in_(mine), TableSubmission.state.in_(LOCKED))
    )
    return select(func.count()).select_from(done.subquery()).scalar_subquery()


answering.rooms["screening"] = answering.Room(
    answers=_answers,
    settled=_settled,
    way_in=("screening.index", lambda _: {}),
    act=Act.SUBMIT_TABLE,
    advice=Sentence("每户都要有排查结论，做完请报送。"),
)
