"""Postings that are wrong or missing and not yet put right, as a signal."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.models import Office
from tipline.office.signals import Signal, signals
from tipline.publicity.lifecycle import FaultState
from tipline.publicity.models import PostingFault


def _open_faults(first: date, last: date) -> Mapping[str, int]:
    """What is open today of each town and its villages, since when ever."""
    query = select(Office.place_code, func.count()).join(PostingFault, PostingFault.office_id == Office.id)
    query = query.where(PostingFault.notice == editions.notice().key, PostingFault.state != FaultState.CONFIRMED)
    return {str(town): number for town, number in db.session.execute(query.group_by(Office.place_code))}


signals["posting_faults"] = Signal(name=Sentence("未改正的公示问题"), counts=_open_faults)
