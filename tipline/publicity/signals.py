"""Postings that are wrong or missing and not yet put right, as a signal."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.models import Office, Officer
from tipline.office.signals import MOST, Reason, Signal, signals
from tipline.publicity import queries
from tipline.publicity.lifecycle import FaultState
from tipline.publicity.models import PostingFault


def _open_faults(first: date, last: date) -> Mapping[str, int]:
    """What is open today of each town and its villages, since when ever."""
    query = select(Office.place_code, func.count()).join(PostingFault, PostingFault.office_id == Office.id)
    query = query.where(PostingFault.notice == editions.notice().key, PostingFault.state != FaultState.CONFIRMED)
    return {str(town): number for town, number in db.session.execute(query.group_by(Office.place_code))}


def _behind(officer: Officer, town: str, first: date, last: date) -> Sequence[Reason]:
    open_there = (
        PostingFault.state != FaultState.CONFIRMED,
        PostingFault.office_id.in_(select(Office.id).where(Office.place_code == town)),
    )
    return [
        Reason(
            Sentence("%(place)s：%(fault)s", {"place": one.place.name, "fault": one.fault}),
            day_of(one.noted_at),
            one.state,
            "publicity.fault",
            one.key,
        )
        for one in db.session.scalars(queries.faults_visible_to(officer).where(*open_there).limit(MOST))
    ]


signals["posting_faults"] = Signal(name=Sentence("未改正的公示问题"), counts=_open_faults, behind=_behind)
