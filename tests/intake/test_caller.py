"""Who has called before: told to whoever took the call then, and to nobody who only tries numbers."""

from datetime import timedelta

import pytest
from sqlalchemy import true

from tests import make
from tests.intake.test_call_sheet import SHEET
from tipline.kit.db import db
from tipline.leads import queries
from tipline.leads.call import ReporterSaid
from tipline.office.charter import Role
from tipline.referrals import operations as referrals

PHONE = "022-2839 0017"
DAY = timedelta(days=1)


def lead(by, *posts, secrecy=False, **said):
    made = make.lead(
        *(posts or ("village_head",)), by=by, reporter=ReporterSaid(phone=PHONE), wants_secrecy=secrecy, **said
    )
    db.session.flush()
    return made


def known(officer, at=make.NOON, phone="０２２ 28390017"):
    return queries.of_caller(officer, phone, at)


def test_whoever_took_the_call_is_reminded_and_nobody_else_learns_it_by_trying_numbers(app):
    operator, colleague, keeper = (
        make.officer(Role.OPERATOR),
        make.officer(Role.OPERATOR),
        make.officer(Role.LEDGER_KEEPER),
    )
    stranger = make.officer(Role.TOWN_CLERK)
    hidden, plain = lead(operator, secrecy=True), lead(operator)
    assert known(operator) == [plain, hidden]
    assert known(operator, make.NOON + 2 * DAY) == [plain], "whose words have closed, of somebody who wished secrecy"
    assert known(keeper) == known(colleague) == known(stranger) == []
    assert known(operator, phone="2839") == known(operator, phone="") == known(operator, phone="15400001234") == []
    (referral,) = make.referrals(plain)
    referrals.approve(referral, by=keeper, at=make.NOON)
    referrals.hand_over(referral, by=keeper, at=make.NOON)
    assert known(operator) == [plain, hidden]


@pytest.mark.parametrize("fault", [False, True])
def test_nothing_behind_a_wall_is_told_by_its_callers_number(app, sign_in, monkeypatch, fault):
    keeper = make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    walled = lead(keeper, "bureau_clerk", names=(keeper.name,))
    assert walled.walled
    db.session.commit()
    if fault:
        monkeypatch.setattr(queries, "not_walled", lambda officer: true())
    page = sign_in(keeper).post("/intake/preview", data=SHEET | {"named": "yes", "phone": PHONE}).text
    assert ("此人以前" in page) == fault


def test_the_panel_speaks_before_anybody_is_named_and_not_where_one_must_stop(app, sign_in, set_clock):
    set_clock(make.NOON)
    operator = make.officer(Role.OPERATOR)
    earlier = lead(operator)
    number = earlier.number
    db.session.commit()
    browser = sign_in(operator)
    assert number in browser.post("/intake/preview", data={"phone": PHONE}).text
    mayor = {"people-0-post": "district_mayor", "people-0-post_words": "区长"}
    assert number not in browser.post("/intake/preview", data=SHEET | mayor | {"phone": PHONE}).text
    told = {"named": "no", "rang": PHONE, "phone": PHONE}
    assert number not in browser.post("/intake/preview", data=told).text, "who is anonymous is not looked up"
