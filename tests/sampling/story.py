"""Closures to draw from, made by real deeds, and who asks after them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests import make
from tests.referrals import cast as referral_cast
from tipline.kit.db import db
from tipline.leads.call import ReporterSaid
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.models import Referral
from tipline.sampling import operations
from tipline.sampling.models import SampleDraw

UNTIL = date(2018, 6, 30)
CALLER = ReporterSaid(name="阚秋实", phone="15400001234")


@dataclass(frozen=True)
class Players:
    """The people of the referrals, and those who call back."""

    handling: referral_cast.Cast
    keeper: Officer
    leader: Officer
    district: Officer
    group: Officer
    period: tuple[date, date] = (date(2018, 6, 1), UNTIL)
    later: datetime = datetime(2018, 7, 2, 2, tzinfo=UTC)


def players_of() -> Players:
    handling = referral_cast.cast()
    district, group = make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.GROUP_INSPECTOR)
    return Players(handling, handling.keeper, handling.leader, district, group)


def closed(cast: Players, count: int, *posts: str, since: datetime = make.NOON) -> list[Referral]:
    """So many closures of one body, an hour after each other."""
    papers = []
    for number in range(count):
        at = since + timedelta(hours=number)
        paper = referral_cast.proposed(cast.handling, *posts, at=at, reporter=CALLER)
        papers.append(referral_cast.brought_to(ReferralState.CONCLUDED, cast.handling, paper, at=at))
    db.session.flush()
    return papers


def drawn(cast: Players, size: int) -> SampleDraw:
    """A draw over June, by two people."""
    draw = operations.publish_seed(*cast.period, size, "5eed", by=cast.keeper, at=cast.later)
    db.session.flush()
    operations.draw_sample(draw, by=cast.leader, at=cast.later)
    db.session.flush()
    return draw
