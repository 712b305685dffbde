"""The pages of the call-backs ask as much for many closures as for a few."""

from datetime import date

from tests import make
from tests.questions import questions
from tests.sampling.story import closed, players_of
from tipline.kit.db import db
from tipline.sampling import operations, queries


def test_no_page_asks_more_for_more_closures(app, sign_in):
    cast = players_of()
    browser, counts = sign_in(cast.keeper), []
    for month, number in ((6, 2), (7, 9)):
        later = make.NOON.replace(month=month + 1)
        closed(cast, number, since=make.NOON.replace(month=month))
        span = date(2018, month, 1), date(2018, month, 30)
        draw = operations.publish_seed(*span, number, "5eed", by=cast.keeper, at=later)
        db.session.flush()
        operations.draw_sample(draw, by=cast.leader, at=later)
        db.session.flush()
        found = queries.drawn_by(draw, cast.keeper)
        assert len(found) == number
        for one in found[::2]:
            operations.record(one, "satisfied", ["talk_record"], "表示满意。", by=cast.keeper, at=later)
        addresses = ["/sampling/", f"/sampling/draws/{draw.key}", f"/sampling/{found[0].key}", "/desk/"]
        db.session.commit()
        counts.append([asked_at(browser, address) for address in addresses])
    assert counts[0] == counts[1]


def asked_at(browser, address: str) -> int:
    browser.get(address)
    with questions() as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
