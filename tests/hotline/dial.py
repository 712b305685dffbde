"""Numbers that cannot exist, and what is done about them, for the tests of this room."""

from datetime import date, timedelta

from tests import make
from tipline.hotline import operations
from tipline.hotline.models import DialTest, HotlineLine
from tipline.hotline.operations import Said
from tipline.hotline.rules import Hours
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office.models import Office, Officer

DAY = timedelta(days=1)
SINCE = date(2018, 5, 2)
FIRST = "022-0000{:04}"


def said(office: Office, number: str, **other) -> Said:
    """What is registered of a number."""
    usual = {"owner": "宋海涛", "hours": Hours.WORKING, "where": "镇政府公开栏", "since": SINCE}
    return Said(office=office, number=number, **(usual | other))


def town(code: str = make.SHUANGGANG) -> Office:
    return make.office(Body.TOWN_GOVERNMENT, code)


def line(keeper: Officer, number: int = 1, office: Office | None = None, at=make.NOON, **other) -> HotlineLine:
    """A registered number of a town."""
    return operations.add(said(office or town(), FIRST.format(number), **other), by=keeper, at=at)


def dialled(one: HotlineLine, result: str, keeper: Officer, at=make.NOON):
    """A test of the number: the one that waits, or an extra one; gives the fault if it made one."""
    test = db.session.query(DialTest).filter_by(line_id=one.id, state="test-due").one_or_none()
    test = test or operations.order_test(one, by=keeper, at=at)
    fault = operations.record_test(test, result, at, seconds=None, words="", by=keeper, at=at)
    db.session.flush()
    return fault
