"""The room's pages: registered, proved, dialled, mended at the counter; a town sees its own, and no test to come."""

import io

import pytest
from sqlalchemy import select

from tests import make
from tests.evidence.files import jpg
from tests.hotline.dial import DAY, dialled, line, town
from tests.questions import questions
from tipline.hotline import jobs, operations, queries
from tipline.hotline.models import DialTest, HotlineLine, LineFault, LineProof, TestRound
from tipline.kit.db import db
from tipline.office import time, trail
from tipline.office.charter import Role

AT = make.NOON
SAID = {
    "line-number": "022-00000001",
    "line-office": "",
    "line-owner": "宋海涛",
    "line-hours": "working",
    "line-where": "公开栏",
    "line-since": "2018-05-02",
}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


def one(kind):
    return db.session.scalars(select(kind)).one()


def test_a_number_from_the_register_to_a_fault_that_is_confirmed(sign_in, keeper):
    desk, counter = sign_in(keeper), sign_in(make.officer(Role.TOWN_CLERK))
    said = SAID | {"line-office": town().code}
    assert "不是电话号码" in desk.post("/hotline/lines/add", data=said | {"line-number": "无"}).text
    assert desk.post("/hotline/lines/add", data=said).status_code == 302
    assert desk.post("/hotline/lines/add", data=said).status_code == 409
    there = f"/hotline/lines/{one(HotlineLine).key}"
    assert "登记举报电话的公开凭证" in counter.get("/desk/").text
    assert counter.post(f"{there}/note-proof", data={"proof-published_on": "2018-06-01"}).status_code == 422
    proof = {"proof-published_on": "2018-06-01", "proof-file": (io.BytesIO(jpg()), "公开栏.jpg")}
    assert counter.post(f"{there}/note-proof", data=proof).status_code == 302
    assert counter.post(f"/hotline/proofs/{one(LineProof).key}/download").data == jpg()
    assert desk.post(f"{there}/order-test").status_code == 302
    test = f"/hotline/tests/{one(DialTest).key}"
    assert 'value="2018-06-04T12:00"' in desk.get(test).text, "the form begins with the present moment"
    result = {"result-result": "no_answer", "result-dialled_at": "2018-06-04T11:50", "result-seconds": "40"}
    assert desk.post(f"{test}/record", data=result | {"result-result": "maybe"}).status_code == 422
    assert desk.post(f"{test}/record", data=result).status_code == 302
    assert desk.post(f"{test}/record", data=result).status_code == 409
    again = next(test for test in db.session.scalars(select(DialTest)) if test.state == "test-due")
    assert desk.post(f"/hotline/tests/{again.key}/record", data=result).status_code == 302
    fault = f"/hotline/faults/{one(LineFault).key}"
    assert "整改：举报电话开而不通" in counter.get("/desk/").text
    assert "无人接听" in counter.get(there).text
    assert desk.post(f"{fault}/confirm", data={"confirm-words": "再拨接通。"}).status_code == 409
    assert counter.post(f"{fault}/correct", data={"correct-words": "已更换话机。"}).status_code == 302
    assert "确认双港镇人民政府的整改" in desk.get("/desk/").text
    assert desk.post(f"{fault}/return", data={"return-reason": "再拨仍无人接听。"}).status_code == 302
    assert "再拨仍无人接听" in counter.get(fault).text
    assert counter.post(f"{fault}/correct", data={"correct-words": "已安排专人。"}).status_code == 302
    assert desk.post(f"{fault}/confirm", data={"confirm-words": "再拨接通。"}).status_code == 302
    assert "已整改" in counter.get("/hotline/faults").text
    amended = {name.replace("line-", "amend-"): value for name, value in said.items()}
    assert desk.post(f"{there}/amend", data=amended).status_code == 422
    assert desk.post(f"{there}/amend", data=amended | {"amend-owner": "曹志刚"}).status_code == 302
    assert "宋海涛 → 曹志刚" in desk.get(there).text
    ending = {"end-until": "2018-06-04", "end-reason": "并入镇监督电话。"}
    assert desk.post(f"{there}/end", data=ending).status_code == 302
    assert "已停用" in desk.get("/hotline/?ended=1").text
    assert not list(trail.faults())


def test_a_town_sees_its_own_numbers_and_no_test_that_is_to_come(sign_in, keeper, monkeypatch):
    mine, other = line(keeper), line(keeper, 2, town(make.XINZHUANG))
    fault = operations.note_fault(other, "hotline_unused", found="没人知道。", by=keeper, at=AT)
    jobs.propose_round(AT)
    db.session.flush()
    operations.draw_round(one(TestRound), by=keeper, at=AT)
    db.session.commit()
    clerk, leader = sign_in(make.officer(Role.TOWN_CLERK)), sign_in(make.officer(Role.BUREAU_LEADER))
    others = f"/hotline/lines/{other.key}", f"/hotline/faults/{fault.key}"
    assert [clerk.get(where).status_code for where in others] == [404, 404]
    assert [leader.get(where).status_code for where in others] == [200, 200]
    pages = "".join(clerk.get(f"/hotline/{page}").text for page in ("", "faults", "reach"))
    assert mine.number in pages
    assert other.number not in pages
    assert "辛庄镇人民政府" not in pages
    assert clerk.get("/hotline/tests").status_code == 404
    assert clerk.get(f"/hotline/rounds/{one(TestRound).key}").status_code == 404
    assert "已安排" in leader.get(f"/hotline/lines/{mine.key}").text
    assert "已安排" not in clerk.get(f"/hotline/lines/{mine.key}").text
    monkeypatch.setattr(queries, "TOWN_ROLES", set())  # a planted fault
    assert other.number in clerk.get("/hotline/").text


def test_pages_ask_no_more_for_many_numbers_than_for_few(app, sign_in, keeper):
    browser = sign_in(keeper)

    def asked() -> list[int]:
        counts = []
        for page in ("", "faults", "tests", "reach", "?ended=1"):
            with questions() as found:
                assert browser.get(f"/hotline/{page}").status_code == 200
            counts.append(len(found))
        return counts

    def furnish(first: int, number: int) -> None:
        for at in range(first, first + number):
            new = line(keeper, at, town((make.SHUANGGANG, make.XINZHUANG, make.XIANSHUIGU)[at % 3]))
            for _ in range(2):
                dialled(new, "no_answer", keeper, AT - DAY)
            operations.order_test(new, by=keeper, at=AT)
        db.session.commit()

    furnish(1, 3)
    few = asked()
    furnish(10, 52)
    assert asked() == few
    page = browser.get("/hotline/")
    assert page.text.count('class="row-link"') == queries.ROWS
    (after,) = [part.split('"')[0] for part in page.text.split("/hotline/?after=")[1:]]
    assert browser.get(f"/hotline/?after={after}").text.count('class="row-link"') == 5


def test_a_month_that_is_none_is_this_one(sign_in, keeper):
    browser = sign_in(keeper)
    for month in ("2018-06", "2019-01", "", "x", "2018-13"):
        assert "<b>2018-06</b>" in browser.get(f"/hotline/reach?month={month}").text
    assert "<b>2018-05</b>" in browser.get("/hotline/reach?month=2018-05").text
