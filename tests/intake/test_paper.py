"""Sheets of paper with numbers of their own: handed out, entered with the true time, void, missing; never twice."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from tests import make
from tests.conftest import timeless
from tests.intake.test_call_sheet import SHEET
from tipline.desk.queries import desk_of
from tipline.intake import paper
from tipline.intake.lifecycle import SheetState
from tipline.intake.models import PaperSheet, UnfinishedCall
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office.charter import Role
from tipline.referrals import reckoning

DAY = timedelta(days=1)
PRINTED = make.NOON - timedelta(hours=3)
MAYOR = {"people-0-post": "district_mayor", "people-0-post_words": "区长"}
LOST = "纸被水浸湿，看不清了。"


@pytest.fixture(autouse=True)
def _on_a_monday(set_clock):
    set_clock(make.NOON)


def printed(operator, number=4, at=PRINTED):
    sheets = paper.hand_out(number, operator, by=operator, at=at)
    db.session.commit()
    return sheets


def copied(sheet, **said):
    return SHEET | {"paper": sheet.key, "taken_by": sheet.handed_to.key, "late_reason": ""} | said


def leads():
    return list(db.session.scalars(select(Lead).order_by(Lead.id)))


def test_sheets_are_printed_with_numbers_that_are_no_leads(operator, sign_in):
    browser = sign_in(operator)
    answer = browser.post("/intake/paper/hand-out", data={"out-number": "3", "out-to": operator.key})
    page = browser.get(answer.headers["Location"]).text
    sheets = list(db.session.scalars(select(PaperSheet).order_by(PaperSheet.id)))
    letters = operator.office.series
    assert [sheet.number for sheet in sheets] == [f"Z-{letters}2018-{n:04d}" for n in (1, 2, 3)]
    assert page.count('<article class="paper-sheet">') == 3
    assert all(page.count(sheet.number) == 2 for sheet in sheets), "once above, once on the part that is cut off"
    assert make.lead("village_head", by=operator).number == f"{letters}2018-0001", "the leads' series has no gap"
    for wrong in ("0", "51", "²", ""):
        refused = browser.post("/intake/paper/hand-out", data={"out-number": wrong, "out-to": operator.key})
        assert refused.status_code == 422, wrong
    with pytest.raises(Incomplete):
        paper.hand_out(51, operator, by=operator, at=make.NOON)


def test_a_sheet_is_entered_once_with_the_true_time_and_hand(operator, sign_in):
    sheet, other, *_ = printed(operator)
    colleague = make.officer(Role.OPERATOR)
    db.session.commit()
    browser = sign_in(colleague)
    page = browser.get(f"/intake/paper/{sheet.key}").text
    assert sheet.number in page
    said = copied(sheet, received_at="2018-06-04T09:30", told_duty="", read_back="")
    assert browser.post("/intake/register", data=said).status_code == 302
    told = browser.get("/intake/registered").text
    assert sheet.number in told
    assert "回电时念两遍" in told
    (lead,) = leads()
    sheet = db.session.get(PaperSheet, sheet.id)
    assert (sheet.lead, sheet.state, sheet.taken_by) == (lead, SheetState.ENTERED, operator)
    assert lead.received_at == sheet.taken_at == make.NOON - timedelta(hours=2, minutes=30)
    assert lead.registered_by == colleague
    assert not lead.read_back, "what the paper does not say was not said"
    assert browser.post("/intake/register", data=said).status_code == 302, "an impatient hand"
    replayed = browser.post("/intake/register", data=said | {"paper": other.key})
    assert (replayed.status_code, "已交回" in replayed.text) == (422, True), "one call sheet settles one paper"
    again = browser.post("/intake/register", data=said | {"token": "another"})
    assert again.status_code == 422
    assert f"{sheet.number}已交回" in again.text
    assert len(leads()) == 1


@pytest.mark.parametrize(
    ("now", "change", "sentence"),
    [
        (0, {"received_at": "2018-06-04T08:58"}, "早于这张登记单印制的时间"),
        (0, {"received_at": "2018-06-04T12:30"}, "时间还没有到"),
        (0, {"received_at": ""}, "请填写来电来信的时间"),
        (0, {"taken_by": "nobody"}, 'href="#taken_by"'),
        (1, {}, "补录晚于应登记的那一天"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(operator, sign_in, set_clock, now, change, sentence):
    sheet, *_ = printed(operator)
    set_clock(make.NOON + now * DAY)
    browser = sign_in(operator)
    answer = browser.post("/intake/register", data=copied(sheet) | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert leads() == []
    assert browser.post("/intake/register", data=copied(sheet, late_reason="停电一日")).status_code == 302
    assert db.session.get(PaperSheet, sheet.id).reason == "停电一日"
    (referral,) = make.referrals(*leads())
    days = reckoning.events_of(referral)
    assert days["call_ended"] == day_of(make.NOON), "the clocks run from when it was said"
    assert days["lead_registered"] == day_of(make.NOON + now * DAY)


def test_what_is_copied_is_kept_with_its_paper(operator, sign_in):
    sheet, other, *_ = printed(operator)
    browser = sign_in(operator)
    untouched = {"token": "t", "paper": sheet.key, "taken_by": operator.key, "channel": "call", "received_at": ""}
    browser.post("/intake/keep", data=untouched)
    assert db.session.scalars(select(UnfinishedCall)).all() == []
    browser.post("/intake/keep", data=copied(sheet))
    (call,) = db.session.scalars(select(UnfinishedCall))
    page = browser.get(f"/intake/unfinished/{call.key}").text
    assert sheet.number in page
    assert f'name="paper" type="hidden" value="{sheet.key}"' in page
    assert other.number not in page


def test_of_a_person_managed_by_the_city_nothing_is_kept_but_the_time(operator, sign_in):
    sheet, *_ = printed(operator)
    browser = sign_in(operator)
    assert browser.post("/intake/register", data=copied(sheet, late_reason="某某说的", **MAYOR)).status_code == 302
    sheet = db.session.get(PaperSheet, sheet.id)
    assert sheet.lead.state is LeadState.STUB
    assert sheet.reason is None


def test_a_number_that_was_passed_over_is_missing_and_asked_for(operator, sign_in):
    first, second, third, last = printed(operator)
    browser = sign_in(operator)
    standing = {row.sheet.number: row.standing.value for row in paper.register(operator, "", "").rows}
    assert set(standing.values()) == {"blank"}
    assert browser.post(f"/intake/paper/{third.key}/void", data={"aside-reason": "写坏"}).status_code == 422
    assert browser.post(f"/intake/paper/{third.key}/void", data={"aside-reason": LOST}).status_code == 302
    page = paper.register(operator, "", "")
    standing = [row.standing.value for row in page.rows]
    assert standing == ["blank", "back", "missing", "missing"]
    assert page.tally == {"blank": 1, "missing": 2, "back": 1}
    assert [row.sheet for row in paper.register(operator, "missing", "").rows] == [second, first]
    waits = [w for group in desk_of(operator, day_of(make.NOON)).groups.values() for w in group]
    (asked,) = [w for w in waits if w.endpoint == "intake.paper_register"]
    assert asked.what.values["n"] == 2
    assert LOST in browser.get(f"/intake/paper/{third.key}").text
    assert browser.post(f"/intake/paper/{third.key}/void", data={"aside-reason": LOST}).status_code == 409
    for sheet in (first, second):
        browser.post(f"/intake/paper/{sheet.key}/void", data={"aside-reason": LOST})
    assert paper.missing_of(operator) == 0
    assert paper.register(operator, "missing", "").rows == []
    assert last.number in browser.get(f"/intake/paper/batches/{last.batch}").text


def test_whose_holder_is_gone_is_asked_of_the_others(operator):
    colleague = make.officer(Role.OPERATOR)
    _, second, *_ = printed(operator)
    paper.void(second, reason=LOST, by=colleague, at=make.NOON)
    db.session.flush()
    assert (paper.missing_of(operator), paper.missing_of(colleague)) == (1, 0)
    operator.active = False
    db.session.flush()
    assert paper.missing_of(colleague) == 1


def world(entered: bool, sign_in, operator, keeper):
    """A sheet that became a lead about the keeper, or one that was spoilt."""
    (sheet,) = printed(operator, number=1)
    if entered:
        lead = make.lead("bureau_clerk", by=operator, names=(keeper.name,))
        paper.enter(sheet, lead, taken_by=operator, reason=None, by=operator, at=make.NOON)
        assert lead.walled
    else:
        paper.void(sheet, reason=LOST, by=operator, at=make.NOON)
    db.session.commit()
    browser = sign_in(keeper)
    addresses = ("/intake/paper", "/intake/paper?standing=back", f"/intake/paper/{sheet.key}", "/desk/")
    pages = [timeless(browser.get(address).text).replace(sheet.key, "…") for address in addresses]
    assert sheet.number in pages[0]
    pages = [page.replace(sheet.number, "…") for page in pages]
    assert LOST not in "".join(pages)
    return pages


def tell_everybody(monkeypatch):
    monkeypatch.setattr(paper, "Row", lambda sheet, standing, mine: Row(sheet, standing, True))


Row = paper.Row


@pytest.mark.parametrize("fault", [None, tell_everybody])
def test_the_register_does_not_tell_whether_a_sheet_became_a_lead(operator, sign_in, monkeypatch, fault):
    keeper = make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    db.session.commit()
    if fault:
        fault(monkeypatch)
    void = world(False, sign_in, operator, keeper)
    db.session.execute(delete(PaperSheet))
    db.session.commit()
    entered = world(True, sign_in, operator, keeper)
    assert (void != entered) == bool(fault)
