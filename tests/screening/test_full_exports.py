"""A table with its numbers goes out by two hands, once and soon; a number is looked up exactly, and not for free."""

import hashlib
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests import make
from tests.screening.tables import GOOD, number, row, sheet
from tests.screening.test_importing import AT, clerk, enter, records, table  # noqa: F401 (a fixture)
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.office import time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.screening import full_exports, views_submitting
from tipline.screening.lifecycle import ExportState

ADDRESS = f"/screening/tables/on_roll/{make.SHUANGGANG}"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def june(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


def lines(act: Act) -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.act == act).order_by(Entry.seq)))


@pytest.mark.parametrize(
    ("asks", "allows"), [(Role.TOWN_CLERK, Role.TOWN_DEPUTY), (Role.LEDGER_KEEPER, Role.BUREAU_LEADER)]
)
def test_one_asks_another_allows_and_it_is_taken_once(sign_in, clerk, asks, allows):  # noqa: F811
    enter(sheet(GOOD, row(身份证号=number(12))), clerk)
    asker = clerk if asks is Role.TOWN_CLERK else make.officer(asks)
    first, second = sign_in(asker), sign_in(make.officer(allows))
    assert first.post(f"{ADDRESS}/ask-full-export", data={"full-reason": ""}).status_code == 422
    where = first.post(f"{ADDRESS}/ask-full-export", data={"full-reason": "装订存档"}).location
    assert first.post(f"{where}/fetch").status_code == 409
    assert first.post(f"{where}/allow").status_code == 404
    assert where in second.get("/desk/").text
    assert "装订存档" in second.get(where).text
    assert "办妥" in second.post(f"{where}/allow", follow_redirects=True).text
    answer = first.post(f"{where}/fetch")
    page = load_workbook(io.BytesIO(answer.data)).active
    assert [(page.cell(n, 2).value, page.cell(n, 3).value) for n in (4, 5)] == [
        ("佘仁杰", number(11)),
        ("佘仁杰", number(12)),
    ]
    assert [line.facts["digest"] for line in lines(Act.FETCH_FULL_EXPORT)] == [hashlib.sha256(answer.data).hexdigest()]
    assert first.post(f"{where}/fetch").status_code == 409
    strangers = (make.officer(Role.TOWN_CLERK, make.XIANSHUIGU), make.officer(Role.DISTRICT_INSPECTOR))
    assert [sign_in(one).get(where).status_code for one in strangers] == [404, 404]
    assert not list(trail.faults())
    if asks is Role.TOWN_CLERK:
        assert enter(answer.data, clerk) == {"wrong": 0, "new": 0, "changed": 0, "same": 2}


def test_time_runs_out_and_a_no_is_a_no(app, clerk):  # noqa: F811
    deputy = make.officer(Role.TOWN_DEPUTY)
    late = full_exports.ask(table(), reason="存档", by=clerk, at=AT)
    with pytest.raises(NotNow, match="已过期"):
        full_exports.allow(late, by=deputy, at=AT + 121 * HOUR)
    full_exports.allow(late, by=deputy, at=AT + HOUR)
    assert not full_exports.has_lapsed(late, AT + 3 * HOUR)
    with pytest.raises(NotNow, match="已过期"):
        full_exports.fetch(late, by=clerk, at=AT + 3 * HOUR + HOUR / 60)
    with pytest.raises(NotNow, match="本人"):
        full_exports.fetch(late, by=make.officer(Role.LEDGER_KEEPER), at=AT + HOUR)
    assert full_exports.open_to(deputy, AT + 2 * HOUR) == [late]
    assert full_exports.open_to(deputy, AT + 4 * HOUR) == []
    refused = full_exports.ask(table(), reason="存档", by=clerk, at=AT)
    full_exports.decline(refused, reason="用遮盖件即可。", by=deputy, at=AT)
    with pytest.raises(NotNow):
        full_exports.fetch(refused, by=clerk, at=AT)


def test_nobody_allows_what_they_asked_for_even_past_the_road_of_deeds(app, clerk, monkeypatch):  # noqa: F811
    asked = full_exports.ask(table(), reason="存档", by=clerk, at=AT)
    db.session.commit()
    with pytest.raises(NotPermitted):
        full_exports.allow(asked, by=clerk, at=AT)
    asked.state, asked.decided_by = ExportState.ALLOWED, clerk
    with pytest.raises(IntegrityError):
        db.session.flush()


def look_up(browser, said: str):
    return browser.post("/screening/look-up", data={"number": said})


def test_a_number_is_found_whole_or_not_at_all_and_who_asked_is_written_down(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD, row(身份证号=number(12))), clerk)
    town, keeper, stranger = map(
        sign_in, (clerk, make.officer(Role.LEDGER_KEEPER), make.officer(Role.TOWN_CLERK, make.XIANSHUIGU))
    )
    found = look_up(town, f" {number(11).lower()} ")
    (record,) = [one for one in records() if one.values["id_number"] == number(11)]
    assert f"/screening/records/{record.key}" in found.text
    assert number(11) not in found.text
    assert "佘仁杰" in found.text
    assert "佘**" in look_up(keeper, number(11)).text
    assert f"/screening/records/{record.key}" not in look_up(stranger, number(11)).text
    assert "没有这个号码" in look_up(stranger, number(11)).text
    for part in ("", number(11)[:17], number(11)[6:14], "%", "129999*"):
        assert look_up(town, part).status_code == 422
    assert sign_in(make.officer(Role.TOWN_DEPUTY)).get("/screening/look-up").status_code == 404
    told = lines(Act.LOOK_UP_IDENTITY)
    assert [line.facts["found"] for line in told] == ["1", "1", "0", "0"]
    assert [line.paper == record.ref for line in told] == [True, True, False, False]
    assert not any(number(11) in f"{line.paper}{line.facts}{line.note}" for line in told)
    assert "按身份证号查" in town.get(f"/screening/records/{record.key}").text


def test_numbers_cannot_be_tried_out(sign_in, clerk, monkeypatch):  # noqa: F811
    monkeypatch.setattr(views_submitting, "TRIES", 2)
    browser = sign_in(clerk)
    assert [look_up(browser, said).status_code for said in (number(11), "1", number(11))] == [200, 422, 409]
    assert look_up(sign_in(make.officer(Role.LEDGER_KEEPER)), number(11)).status_code == 200
