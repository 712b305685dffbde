"""A call sheet is kept while it is written; nothing typed is lost, and nothing is kept that may not be."""

import threading

import pytest
from sqlalchemy import func, select

from tests import make
from tests.duties import second
from tests.intake.test_call_sheet import SHEET
from tipline.desk.queries import desk_of
from tipline.intake import holding, keeping, operations
from tipline.intake.models import UnfinishedCall
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.leads.models import Lead
from tipline.office import holdings, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer

MAYOR = SHEET | {"people-0-post": "district_mayor", "people-0-post_words": "区长"}
OTHER = "haitang-2030-3"
WHY = "来电人说打错了，没有要反映的事。"


@pytest.fixture(autouse=True)
def _on_a_monday(set_clock):
    set_clock(make.NOON)


def kept() -> list[UnfinishedCall]:
    return list(db.session.scalars(select(UnfinishedCall).order_by(UnfinishedCall.id)))


def test_what_was_typed_comes_back_after_the_page_is_gone(browser, operator):
    first = browser.post("/intake/keep", data=SHEET | {"narrative": "村里有人"})
    assert 'name="saves" value="1"' in first.text
    browser.post("/intake/keep", data=SHEET | {"people-1-name": "鄂国栋", "saves": "1"})
    (call,) = kept()
    assert f"/intake/unfinished/{call.key}" in browser.get("/intake/").text
    page = browser.get(f"/intake/unfinished/{call.key}").text
    for words in (SHEET["narrative"], "佘仁杰", 'name="people-1-name"', "１２，０００", SHEET["token"], "镇纪委"):
        assert words in page, words
    waits = desk_of(operator, day_of(make.NOON))
    (line,) = [thing for group in waits.groups.values() for thing in group if thing.endpoint == "intake.unfinished"]
    assert line.day == day_of(make.NOON)


@pytest.mark.parametrize(
    "odd", [{"people-²-name": "王"}, {f"people-{'9' * 5000}-name": "王"}, {"window": "\0", "saves": "²", "place": "\0"}]
)
def test_a_page_that_nobody_drew_breaks_nothing(browser, odd):
    for door in ("preview", "keep", "register"):
        assert browser.post(f"/intake/{door}", data=SHEET | odd).status_code in (200, 302), door
    assert db.session.scalar(select(func.count(Lead.id))) == 1


def test_several_calls_are_open_at_once_and_each_becomes_its_own_lead(browser):
    for token, words in (("a", "第一个来电。"), ("b", "第二个来电。")):
        browser.post("/intake/keep", data=SHEET | {"token": token, "narrative": words})
    assert len(kept()) == 2
    assert browser.post("/intake/register", data=SHEET | {"token": "b", "narrative": "第二个来电。"}).status_code == 302
    (left,) = kept()
    assert "第一个来电" in left.content
    assert db.session.scalar(select(func.count(Lead.id))) == 1
    late = browser.post("/intake/keep", data=SHEET | {"token": "b", "narrative": "第二个来电。"})
    assert 'value="0"' in late.text
    assert kept() == [left], "a pause that arrives late keeps nothing of what is a lead"


def test_nothing_is_kept_of_an_empty_sheet_nor_where_the_operator_must_stop(browser):
    browser.post("/intake/keep", data={"token": "t", "channel": "call", "received_at": "2018-06-04T11:30"})
    browser.post("/intake/keep", data=SHEET | {"token": ""})
    assert kept() == []
    browser.post("/intake/keep", data=SHEET)
    assert len(kept()) == 1
    browser.post("/intake/keep", data=MAYOR | {"saves": "1"})
    assert kept() == [], "somebody managed by the city was named: what was kept before goes too"
    assert browser.post("/intake/register", data=MAYOR | {"keep": "yes"}).status_code == 200
    assert kept() == []


@pytest.mark.parametrize("button", [{"look": "yes"}, {"keep": "yes"}, {"received_at": ""}])
def test_without_a_script_too_nothing_stays_where_the_operator_must_stop(browser, button):
    browser.post("/intake/keep", data=SHEET)
    page = browser.post("/intake/register", data=MAYOR | {"saves": "1"} | button)
    assert kept() == []
    assert 'name="saves" value="0"' in page.text
    browser.post("/intake/register", data=SHEET | {"saves": "0", "keep": "yes"})
    assert len(kept()) == 1, "it was the wrong mayor: what is written now is kept again"


def test_what_was_put_aside_does_not_come_back_from_another_window(browser):
    browser.post("/intake/keep", data=SHEET)
    (call,) = kept()
    browser.post(f"/intake/unfinished/{call.key}/put-aside", data={"aside-reason": WHY})
    late = browser.post("/intake/keep", data=SHEET | {"saves": "1"})
    assert "不再登记" in late.text
    assert kept() == []


def test_a_list_of_calls_that_nobody_finishes_comes_to_an_end(browser, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    for token in "abc":
        answer = browser.post("/intake/keep", data=SHEET | {"token": token})
    assert "2件来电没有登记完" in answer.text
    assert len(kept()) == 2
    assert 'value="2"' in browser.post("/intake/keep", data=SHEET | {"token": "b", "saves": "1"}).text


def test_a_sheet_is_opened_by_the_notice_under_which_it_was_written(browser):
    second.in_force()
    db.session.commit()
    browser.post(f"/intake/keep?campaign={OTHER}", data=SHEET)
    (call,) = kept()
    door = f"/intake/unfinished/{call.key}"
    assert browser.get(door).location == f"{door}?campaign={OTHER}"
    assert browser.get(f"{door}?campaign={OTHER}").status_code == 200
    call.notice = "gone"
    db.session.commit()
    assert browser.get(door).status_code == 200, "a notice that is no longer in force leaves the first"


def test_two_windows_on_one_sheet_notice_each_other_and_lose_nothing(browser):
    one, other = {"window": "one"}, {"window": "other"}
    browser.post("/intake/keep", data=SHEET | one)
    browser.post("/intake/keep", data=SHEET | other | {"narrative": "另一个窗口写的。", "saves": "1"})
    answer = browser.post("/intake/keep", data=SHEET | one | {"narrative": "这个窗口写的。", "saves": "1"})
    assert answer.status_code == 200
    assert "另一个窗口" in answer.text
    late = SHEET | one | {"narrative": "这个窗口写的。", "saves": "1", "keep": "yes"}
    by_hand = browser.post("/intake/register", data=late)
    assert by_hand.status_code == 409
    assert "这个窗口写的。" in by_hand.text
    assert "另一个窗口写的。" in kept()[0].content
    again = browser.post("/intake/keep", data=SHEET | other | {"narrative": "接着写。", "saves": "1"})
    assert 'value="3"' in again.text, "a window never comes before itself, though it has not heard of its last keeping"


def test_a_sheet_that_comes_back_is_kept_on(browser):
    browser.post("/intake/keep", data=SHEET | {"window": "one"})
    page = browser.post("/intake/register", data=SHEET | {"narrative": "", "window": "one", "saves": "1"})
    assert page.status_code == 422
    assert 'name="window" value="one"' in page.text
    assert 'name="saves" value="1"' in page.text


def test_without_a_script_its_writer_keeps_it(browser):
    answer = browser.post("/intake/register", data=SHEET | {"keep": "yes"})
    assert answer.status_code == 302
    assert answer.location == f"/intake/unfinished/{kept()[0].key}"
    assert SHEET["narrative"] in browser.get(answer.location).text


def test_a_call_is_put_aside_with_a_reason_and_the_words_are_gone(browser):
    browser.post("/intake/keep", data=SHEET)
    (call,) = kept()
    door = f"/intake/unfinished/{call.key}"
    assert browser.post(f"{door}/put-aside", data={"aside-reason": ""}).status_code == 422
    assert browser.post(f"{door}/put-aside", data={"aside-reason": WHY}).status_code == 302
    assert kept() == []
    entry = db.session.scalars(select(Entry).where(Entry.act == Act.PUT_CALL_ASIDE)).one()
    assert entry.note == WHY
    assert browser.get(door).status_code == 404


def test_nobody_else_opens_it_and_a_move_to_another_office_closes_it(browser, operator, sign_in):
    browser.post("/intake/keep", data=SHEET)
    door = f"/intake/unfinished/{kept()[0].key}"
    others = (Role.OPERATOR, Role.LEDGER_KEEPER, Role.BUREAU_LEADER, Role.TOWN_CLERK, Role.AUDITOR, Role.SYSTEM_ADMIN)
    for role in others:
        other = sign_in(make.officer(role))
        assert other.get(door).status_code == 404, role
        assert other.post(f"{door}/put-aside", data={"aside-reason": WHY}).status_code == 404, role
    assert browser.get(door).status_code == 200


def test_who_leaves_leaves_the_sheet_to_a_colleague_whom_it_does_not_name(browser, operator):
    named = make.officer(Role.OPERATOR, name=SHEET["people-0-name"])
    mate = make.officer(Role.OPERATOR)
    db.session.commit()
    browser.post("/intake/keep", data=SHEET)
    (call,) = kept()
    heirs = holding.told(call).hands
    assert mate in heirs
    assert not {named, operator} & set(heirs)
    room = next(room for room in holdings.rooms if room.kind == holding.KIND)
    room.settle(operator, operator.office, roster.clock_officer(), make.NOON)
    db.session.commit()
    assert keeping.unfinished(operator) == []
    assert keeping.unfinished(heirs[0]) == [call]
    operations.receive_once(make.call("village_head"), SHEET["token"], by=heirs[0], at=make.NOON)
    db.session.flush()
    assert room.held(heirs[0], heirs[0].office, heirs[0]) == [], "a leftover of a lead is nobody's work"
    keeping.register(make.call("village_head"), SHEET["token"], by=heirs[0], at=make.NOON)
    db.session.commit()
    assert kept() == []
    browser.post("/intake/keep", data=SHEET | {"token": "other"})
    (call,) = kept()
    for heir in heirs:
        heir.active = False
    assert holding.told(call).hands == []
    room.settle(operator, operator.office, roster.clock_officer(), make.NOON)
    operator.active = False
    db.session.flush()
    assert holdings.orphans() == 1, "nobody can take it: the alarm rings"


def handed_on(browser, to):
    """A sheet that was kept and then passed to a colleague, while the window of its writer stays open."""
    browser.post("/intake/keep", data=SHEET)
    (call,) = kept()
    keeping.pass_to(call, to)
    db.session.commit()


def test_a_sheet_that_was_handed_on_is_not_registered_from_the_window_left_open(browser, sign_in):
    mate, keeper = make.officer(Role.OPERATOR, name="某同事"), make.officer(Role.LEDGER_KEEPER, name="某台账")
    db.session.commit()
    for heir in (mate, keeper):
        handed_on(browser, heir)
        late = browser.post("/intake/register", data=SHEET | {"saves": "1"})
        assert late.status_code == 409
        assert f"已交给{heir.name}" in late.text
        assert SHEET["narrative"] in late.text
        assert f"已交给{heir.name}" in browser.post("/intake/keep", data=SHEET | {"saves": "1"}).text
        assert db.session.scalar(select(func.count(Lead.id))) == 0
        assert len(kept()) == 1
        db.session.delete(kept()[0])
        db.session.commit()
    handed_on(browser, mate)
    assert sign_in(mate).post("/intake/register", data=SHEET).status_code == 302
    late = browser.post("/intake/register", data=SHEET | {"saves": "1"})
    (lead,) = db.session.scalars(select(Lead))
    assert late.status_code == 409
    assert "已由某同事登记" in late.text
    assert lead.key not in late.text  # an operator sees their own leads only
    keeping_it = sign_in(keeper).post("/intake/register", data=SHEET)
    assert f'href="/leads/{lead.key}"' in keeping_it.text


@pytest.mark.parametrize("blind", [False, True], ids=["as it is", "planted: nobody asks where it is"])
def test_two_who_register_one_sheet_at_once_make_one_lead(app, browser, operator, monkeypatch, blind):
    if blind:
        monkeypatch.setattr(keeping, "elsewhere", lambda token, by: None)
    mate = make.officer(Role.OPERATOR)
    db.session.commit()
    handed_on(browser, mate)
    call, troubles, refused = make.call("village_head"), [], []
    both, start = (operator.id, mate.id), threading.Barrier(2)
    db.session.commit()

    def register(officer_id: int) -> None:
        with app.app_context():
            try:
                start.wait(timeout=20)
                by = db.session.get(Officer, officer_id)
                keeping.register(call, SHEET["token"], by=by, at=make.NOON)
                db.session.commit()
            except NotNow as refusal:
                db.session.rollback()
                refused.append(refusal)
            except BaseException as trouble:
                troubles.append(trouble)
            finally:
                db.session.remove()

    hands = [threading.Thread(target=register, args=(one,)) for one in both]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not troubles
    assert (db.session.scalar(select(func.count(Lead.id))), len(refused)) == ((2, 0) if blind else (1, 1))


def test_a_sheet_that_is_handed_on_while_it_is_registered_becomes_one_lead(app, browser, operator):
    """The hand-over has begun and not ended; whoever registers meanwhile waits for it and hears who has the sheet."""
    mate = make.officer(Role.OPERATOR, name="某同事")
    db.session.commit()
    browser.post("/intake/keep", data=SHEET)
    heard: list[str] = []

    def register(officer_id: int) -> None:
        with app.app_context():
            try:
                by = db.session.get(Officer, officer_id)
                keeping.register(make.call("village_head"), SHEET["token"], by=by, at=make.NOON)
                db.session.commit()
            except NotNow as refusal:
                heard.append(str(refusal.sentence))
                db.session.rollback()
            finally:
                db.session.remove()

    first, second = operator.id, mate.id
    keeping.pass_to(kept()[0], mate)
    db.session.flush()
    hand = threading.Thread(target=register, args=(first,))
    hand.start()
    hand.join(timeout=1)
    assert hand.is_alive()
    db.session.commit()
    hand.join()
    assert "某同事" in heard[0]
    register(second)
    assert db.session.scalar(select(func.count(Lead.id))) == 1
