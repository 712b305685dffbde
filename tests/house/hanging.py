"""The papers of a town's postings: what hangs there, a picture of it, and something wrong with it."""

from datetime import datetime

from sqlalchemy import select

from tests.house.papers import Args, Papers
from tests.publicity.at_work import BAD, cell, hanging, picture
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office.models import Officer
from tipline.publicity import operations
from tipline.publicity.models import PostingFault, PostingPhoto

DUTY, PERIOD = "publicity_town", "2018-Q2"


def posting(clerk: Officer, at: datetime) -> Papers:
    """What a town's clerk recorded that should not hang there, with its picture and its fault."""
    here = cell(day_of(at), duty=DUTY, period=PERIOD, place=str(clerk.office.place_code))
    recorded = operations.record_wrong(here, hanging(BAD, day_of(at), picture()), by=clerk, at=at)
    db.session.flush()
    fault = db.session.scalars(select(PostingFault).filter_by(place_code=here.debtor.code)).one()
    photo = db.session.scalars(select(PostingPhoto).filter_by(version_id=recorded.latest.id)).one()
    key: Args = {"key": here.key}
    return {
        "posting": key,
        "posting of the town": key,
        "posting fault": {"key": fault.key},
        "posting photo": {"key": photo.key},
    }
