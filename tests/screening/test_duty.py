"""The duty to screen is answered by the table as it was submitted: owed before it, and again when it came back."""

from datetime import date

import pytest
from sqlalchemy import select

from tests import make
from tests.duties.at_work import cell
from tests.questions import questions
from tests.screening.tables import number, row, sheet
from tests.screening.test_importing import AT, enter, handed_in, read, records, table
from tipline.desk import queries as desk
from tipline.duties import queries
from tipline.duties.rules import Standing
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.office import time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.screening import operations, submitting
from tipline.screening import queries as tables
from tipline.screening.answering import Progress
from tipline.screening.lifecycle import TableState
from tipline.screening.models import TableSubmission

DUTY = "screening_on_roll"
END = date(2018, 9, 3)
"""The Monday after the last day, 31 August."""
ADDRESS = f"/screening/tables/on_roll/{make.SHUANGGANG}"


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def owed(officer) -> int:
    return db.session.scalar(select(queries.due_by(officer, END)))


def stand():
    return cell(DUTY, on=END).stand


def waits(officer) -> list[Act]:
    things = [thing for group in desk.desk_of(officer, END).groups.values() for thing in group]
    return [thing.act for thing in things if thing.endpoint == "screening.table"]


def test_a_duty_is_answered_by_what_was_submitted_and_the_rows_stay_as_they_were(clerk):
    keeper = make.officer(Role.LEDGER_KEEPER)
    assert stand().word is Standing.LATE
    before = owed(clerk)
    enter(sheet(row(), row(身份证号=number(2), 排查结论="")), clerk)
    assert (stand().word, stand().owed) == (Progress.UNDER_WAY, True)
    with pytest.raises(Incomplete, match="还有1户"):
        submitting.submit(table(), by=clerk, at=AT)
    enter(sheet(row(身份证号=number(2))), clerk)
    assert (stand().word, stand().owed) == (Progress.CONCLUDED, True)
    with pytest.raises(NotPermitted):
        submitting.submit(table(), by=make.officer(Role.TOWN_CLERK, make.XIANSHUIGU), at=AT)

    paper = submitting.submit(table(), by=clerk, at=AT)
    db.session.commit()
    assert (stand().word, stand().owed, stand().done, stand().late) == (TableState.SUBMITTED, False, False, False)
    assert (owed(clerk), waits(keeper)) == (before - 1, [Act.ACCEPT_TABLE])
    assert cell(DUTY, on=END, place=make.XIANSHUIGU).stand.word is Standing.LATE
    locked(clerk)

    submitting.accept(paper, by=keeper, at=AT)
    with pytest.raises(NotNow):
        submitting.take_back(paper, by=clerk, at=AT)
    db.session.commit()
    assert (stand().done, waits(keeper)) == (True, [])
    locked(clerk)

    submitting.send_back(paper, reason="第二户的金额不对。", by=keeper, at=AT)
    db.session.commit()
    assert (stand().word, stand().owed, owed(clerk)) == (TableState.RETURNED, True, before)
    assert waits(clerk) == [Act.SUBMIT_TABLE]
    assert db.session.scalar(select(Letter.id).where(Letter.about == f"{paper.ref}/returned/1"))
    was = paper.digest
    enter(sheet(row(月保障金额=1)), clerk)
    late = at_clock(END, AT.time())
    submitting.submit(table(), by=clerk, at=late)
    db.session.commit()
    assert (paper.number, stand().late, stand().owed) == (2, False, False)
    assert paper.digest != was
    with pytest.raises(NotNow, match="以后不再收回"):
        submitting.take_back(paper, by=clerk, at=late)
    db.session.rollback()
    digests = [line.facts["digest"] for line in lines(Act.SUBMIT_TABLE)]
    assert digests == [was, submitting.digest_of(table(), keeper)]
    assert not list(trail.faults())


def locked(clerk) -> None:
    """Nothing can be written, by whatever way; nothing was."""
    (record, _), before = records(), [one.version for one in records()]
    values = record.values | {"family_size": 9}
    ways = (
        lambda: operations.amend(record, values, knew=record.version, by=clerk, at=AT),
        lambda: operations.check_step(
            record, "home_visit", done_on=date(2018, 6, 5), handler="赵某", reference="卷三", by=clerk, at=AT
        ),
        lambda: handed_in(sheet(row()), clerk),
    )
    for way in ways:
        with pytest.raises(NotNow, match="已报送"):
            way()
        db.session.rollback()
    assert [one.version for one in records()] == before


def lines(act: Act) -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.act == act).order_by(Entry.seq)))


def test_a_town_takes_back_what_the_bureau_has_not_accepted_and_a_table_may_be_empty(clerk):
    paper = submitting.submit(table(), by=clerk, at=AT)
    assert paper.households == 0
    submitting.take_back(paper, by=clerk, at=AT)
    db.session.commit()
    assert stand().owed
    assert enter(sheet(row()), clerk)["new"] == 1


def test_a_workbook_that_waited_is_not_entered_into_a_submitted_table(clerk):
    enter(sheet(row()), clerk)
    waiting = handed_in(sheet(row(家庭人口=9)), clerk)
    submitting.submit(table(), by=clerk, at=AT)
    db.session.commit()
    with pytest.raises(NotNow, match="已报送"):
        operations.enter(waiting, read(sheet(row(家庭人口=9))), by=clerk, at=AT)


def test_rows_that_change_while_they_are_submitted_are_seen(clerk, monkeypatch):
    """Whoever writes between the counting and the line in the trail is met by the second look."""
    enter(sheet(row()), clerk)
    counts = iter([(1, 0, 1), (1, 0, 2)])
    monkeypatch.setattr(submitting, "_counted", lambda _: next(counts))
    with pytest.raises(NotNow, match="刚才有人改过"):
        submitting.submit(table(), by=clerk, at=AT)


def test_a_planted_lock_that_does_not_hold_is_noticed(clerk, monkeypatch):
    enter(sheet(row(), row(身份证号=number(2))), clerk)
    submitting.submit(table(), by=clerk, at=AT)
    db.session.commit()
    monkeypatch.setattr(tables, "is_locked", lambda *_: False)
    with pytest.raises(pytest.fail.Exception):
        locked(clerk)


def test_who_writes_when_another_submits_is_refused_after_the_line(clerk):
    """The lock is asked for again once the line stands, which is where hands come one after the other."""
    enter(sheet(row()), clerk)
    (record,) = records()
    with questions() as seen:
        operations.amend(record, record.values | {"family_size": 9}, knew=record.version, by=clerk, at=AT)
    line = next(at for at, statement in enumerate(seen) if "trail_head" in statement)
    assert any("FROM table_submission" in statement for statement in seen[line:])


def test_the_story_at_the_counter(clerk, sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)
    enter(sheet(row()), clerk)
    town, keeper = sign_in(clerk), sign_in(make.officer(Role.LEDGER_KEEPER))
    assert f"{ADDRESS}/submit" in town.get(ADDRESS).text
    assert f"{ADDRESS}/submit" not in keeper.get(ADDRESS).text
    assert keeper.post(f"{ADDRESS}/accept").status_code == 409
    assert "已报送1户" in town.post(f"{ADDRESS}/submit", follow_redirects=True).text
    text = town.get(ADDRESS).text
    assert [f"{ADDRESS}/{way}" in text for way in ("upload", "sheet", "take-back")] == [False, False, True]
    assert "/amend" not in town.get(f"/screening/records/{records()[0].key}").text
    assert keeper.post(f"{ADDRESS}/return", data={"return-reason": ""}).status_code == 422
    assert (
        "已退回" in keeper.post(f"{ADDRESS}/return", data={"return-reason": "请核对金额"}, follow_redirects=True).text
    )
    assert "退回原因：请核对金额" in town.get(ADDRESS).text
    town.post(f"{ADDRESS}/submit")
    assert "已收回" in town.post(f"{ADDRESS}/take-back", follow_redirects=True).text
    town.post(f"{ADDRESS}/submit")
    assert "已接收" in keeper.post(f"{ADDRESS}/accept", follow_redirects=True).text
    assert town.post(f"{ADDRESS}/take-back").status_code == 409
    assert "已接收" in town.get("/screening/").text
    stranger = sign_in(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU))
    assert [stranger.post(f"{ADDRESS}/{way}").status_code for way in ("submit", "take-back")] == [404, 404]
    assert db.session.scalars(select(TableSubmission.number)).one() == 3


def test_the_duty_leads_to_the_tables(clerk, sign_in):
    browser = sign_in(clerk)
    assert '/screening/"' in browser.get(f"/duties/{DUTY}.once.{make.SHUANGGANG}").text.partition("<main")[2]
    posting = f"/duties/publicity_town.2018-Q2.{make.SHUANGGANG}"
    assert '/screening/"' not in browser.get(posting).text.partition("<main")[2]


def test_who_reads_duties_but_no_tables_is_shown_no_way_to_them(clerk, sign_in):
    enter(sheet(row()), clerk)
    page = f"/duties/{DUTY}.once.{make.SHUANGGANG}"
    assert ADDRESS in sign_in(clerk).get(page).text
    assert "/screening/tables" not in sign_in(make.officer(Role.DISTRICT_INSPECTOR)).get(page).text
