"""Calls that nobody answered: entered once, read in from a carrier's list, rung back; who called is shown to nobody."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from tests import make
from tests.hotline.dial import DAY, line
from tipline.hotline import calls, importing, queries
from tipline.hotline.calls import Rang
from tipline.hotline.importing import CALLER, LINE, STATUS, TIME, Verdict
from tipline.hotline.lifecycle import CallState
from tipline.hotline.models import MissedCall
from tipline.hotline.rules import Missed
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.office import time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry

CALLERS = "022-00020001", "022-00020002"
AT = make.NOON


@pytest.fixture
def operator(app):
    return make.officer(Role.OPERATOR)


@pytest.fixture
def number(app):
    return line(make.officer(Role.LEDGER_KEEPER))


def rang(one, minute=0, caller=CALLERS[0]) -> Rang:
    return Rang(one, AT.replace(hour=2, minute=minute), Missed.MISSED, caller)


def all_calls() -> list[MissedCall]:
    return list(db.session.scalars(select(MissedCall).order_by(MissedCall.id)))


def test_a_call_is_entered_once_and_rung_back(operator, number):
    first = calls.enter(rang(number), by=operator, at=AT)
    with pytest.raises(NotNow, match="已经登记"):
        calls.enter(rang(number, caller="８６ ２２ ０００２０００１"), by=operator, at=AT)
    again = calls.enter(rang(number, 5), by=operator, at=AT)
    other = calls.enter(rang(number, 5, CALLERS[1]), by=operator, at=AT)
    hidden = calls.enter(rang(number, 6, "匿名"), by=operator, at=AT)
    db.session.flush()
    assert (first.due_on, first.state, hidden.state) == (date(2018, 6, 5), CallState.TO_RING_BACK, CallState.LEFT)
    assert queries.same_caller([first, other]) == {first.id: 1, other.id: 0}
    with pytest.raises(NotNow, match="还没有回拨过"):
        calls.leave(other, reason="打不通。", by=operator, at=AT)
    calls.try_again(other, by=operator, at=AT + 2 * DAY)
    calls.leave(other, reason="打不通。", by=operator, at=AT + 2 * DAY)
    assert calls.see_caller(first, by=operator, at=AT) == CALLERS[0]
    assert calls.ring_back(first, "nothing", by=operator, at=AT + DAY) == [first, again]
    db.session.commit()
    assert [one.state for one in all_calls()] == ["rung-back", "rung-back", "left", "left"]
    assert [one.in_time for one in all_calls()] == [True, True, False, None]
    reach = queries.reachability_by_town(date(2018, 6, 1), date(2018, 6, 30))[make.SHUANGGANG]
    assert (reach.missed, reach.owed, reach.in_time) == (4, 3, 2), "nobody can ring back who hid their number"
    seen = select(Entry.by_id).where(Entry.act == Act.SEE_CALLER, Entry.paper == first.ref)
    assert db.session.scalars(seen).all() == [operator.id]
    assert not list(trail.faults())


def test_two_hands_enter_one_call_and_the_later_is_told_so(operator, number, monkeypatch):
    content = sheet(GOOD)
    importing.read_in(content, "清单.xlsx", by=operator, at=AT, dry=False)
    db.session.commit()
    monkeypatch.setattr(calls, "known", lambda marks: set())  # asked before the other hand was done
    with pytest.raises(NotNow, match="已经登记"):
        importing.read_in(content, "清单.xlsx", by=operator, at=AT, dry=False)
    db.session.rollback()
    assert len(all_calls()) == 1


HEAD = [LINE, CALLER, TIME, STATUS, "话费"]
GOOD = ["022-00000001", CALLERS[0], "2018-06-04 09:30:12", "未接", 0.1]
NASTY = [
    (GOOD, Verdict.GOOD, ""),
    (["02200000001", "02200020001", datetime(2018, 6, 4, 9, 30), "无人接听", ""], Verdict.KNOWN, ""),
    (["00000001", CALLERS[1], "2018年6月4日 9:31", "呼损", ""], Verdict.GOOD, ""),
    (["8602200000001", "", "2018/6/4 09:32", "主叫挂断", ""], Verdict.GOOD, ""),
    (["022-00000001", CALLERS[0], "2018-06-04 09:33", "接通", ""], Verdict.ANSWERED, ""),
    (["022-00000009", CALLERS[0], "2018-06-04 09:34", "未接", ""], Verdict.REFUSED, "登记簿里没有“022-00000009”"),
    (["022-00000001", CALLERS[0], "2018-06-04", "未接", ""], Verdict.REFUSED, "要有年月日和时分"),
    (["022-00000001", CALLERS[0], "2018-06-31 09:30", "未接", ""], Verdict.REFUSED, "要有年月日和时分"),
    (["022-00000001", CALLERS[0], "2018-06-04 23:00", "未接", ""], Verdict.REFUSED, "“呼叫时间”还没有到"),
    (["022-00000001", CALLERS[0], "", "未接", ""], Verdict.REFUSED, "“呼叫时间”空着"),
    (["", CALLERS[0], "2018-06-04 09:35", "未接", ""], Verdict.REFUSED, "“被叫号码”空着"),
    (["022-00000001", CALLERS[0], "2018-06-04 09:36", "什么", ""], Verdict.REFUSED, "“通话状态”看不懂：什么"),
    (["022-00000001", "1.39E+10", "2018-06-04 09:37", "未接", ""], Verdict.REFUSED, "“主叫号码”被表格软件"),
    (["2.2E+10", CALLERS[0], "2018-06-04 09:38", "未接", ""], Verdict.REFUSED, "“被叫号码”被表格软件"),
    (["022-00000001", 2200020001.0, "2018-06-04 09:39", "未 接", ""], Verdict.GOOD, ""),
    (["=1+1", "<script>", "2018-06-04 09:40", "未接", ""], Verdict.REFUSED, "登记簿里没有"),
]


def sheet(*rows, head=HEAD) -> bytes:
    book = Workbook()
    page = book.active
    page.append(["某通信公司来电清单"])
    page.append(head)
    for row in rows:
        page.append([f"'{cell}" if str(cell).startswith("=") else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_row_has_its_verdict_and_enters_once(operator, number):
    content = sheet(*(row for row, _, _ in NASTY))
    seen = importing.read_in(content, "清单.xlsx", by=operator, at=AT, dry=True)
    assert [(one.line, one.verdict) for one in seen.rows] == [
        (at, verdict) for at, (_, verdict, _) in enumerate(NASTY, start=3)
    ]
    for one, (_, _, words) in zip(seen.rows, NASTY, strict=True):
        assert words in str(one.trouble or "")
    assert not all_calls(), "looking enters nothing"
    done = importing.read_in(content, "清单.xlsx", by=operator, at=AT, dry=False)
    db.session.commit()
    assert done.tally[Verdict.ENTERED] == len(all_calls()) == 4
    again = importing.read_in(content, "清单.xlsx", by=operator, at=AT, dry=False)
    db.session.commit()
    assert again.tally[Verdict.KNOWN] == 5
    assert len(all_calls()) == 4
    assert [one.missed for one in all_calls()] == ["missed", "abandoned", "abandoned", "missed"]
    half_past = datetime(2018, 6, 4, 1, 30, tzinfo=UTC)
    with pytest.raises(NotNow, match="已经登记"):
        calls.enter(Rang(number, half_past, Missed.MISSED, "(022)00020001"), by=operator, at=AT)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_from_the_carrier_is_read_too(operator, number, encoding):
    lines = [["热线号码", "主叫", "呼入时间", "呼叫结果"], ["022-00000001", CALLERS[0], "2018-06-04 09:30:12", "未接"]]
    content = "\r\n".join(",".join(one) for one in lines).encode(encoding)
    report = importing.read_in(content, "list.CSV", by=operator, at=AT, dry=False)
    assert report.tally[Verdict.ENTERED] == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "文件是空的"),
        (b"PK\x03\x04 half", "a.xlsx", "文件不完整"),
        (b"%PDF-1.4", "a.xlsx", "这是 PDF"),
        (sheet(head=["甲", "乙", "丙", "丁"]), "a.xlsx", "没有找到表头"),
        (sheet(head=[LINE, "被叫", TIME, STATUS]), "a.xlsx", "出现了两次"),
        (b"\xff\xfe\x00", "a.csv", "不是可以读取的文本"),
    ],
)
def test_what_is_no_list_is_refused_whole(operator, content, name, words):
    with pytest.raises(Incomplete, match=words):
        importing.read_in(content, name, by=operator, at=AT, dry=True)


@pytest.fixture
def noon(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


def shown(browser) -> dict[str, str]:
    """Every page on which a call stands."""
    key = all_calls()[0].key
    return {
        where: browser.get(where).text
        for where in ("/hotline/calls", f"/hotline/calls/{key}", "/hotline/reach", "/desk/")
    }


def test_nobody_reads_who_called_but_on_the_answer_that_is_asked_for(sign_in, operator, number, noon, monkeypatch):
    browser = sign_in(operator)
    told = {"call-line": number.key, "call-rang_at": "2018-06-04T10:00", "call-missed": "missed"}
    assert browser.post("/hotline/calls/enter", data=told | {"call-caller": CALLERS[0]}).status_code == 302
    assert browser.post("/hotline/calls/enter", data=told | {"call-caller": CALLERS[0]}).status_code == 409
    assert browser.post("/hotline/calls/enter", data=told | {"call-rang_at": ""}).status_code == 422
    assert not [where for where, page in shown(browser).items() if "00020001" in page]
    address = f"/hotline/calls/{all_calls()[0].key}"
    answer = browser.post(f"{address}/see-caller")
    assert CALLERS[0] in answer.text
    assert 'href="/intake/"' in answer.text, "the way to the call sheet carries no number"
    assert CALLERS[0] not in browser.get(address).text
    assert browser.post(f"{address}/ring-back", data={"back-result": "reported"}).status_code == 302
    assert browser.post(f"{address}/ring-back", data={"back-result": "reported"}).status_code == 409
    assert browser.post(f"{address}/see-caller").status_code == 409, "whoever has rung back needs the number no more"
    entries = db.session.scalars(select(Entry).where(Entry.paper == all_calls()[0].ref))
    assert not [entry for entry in entries if "0002" in f"{entry.facts}{entry.note}"]
    monkeypatch.setattr(MissedCall, "number", property(lambda call: call.caller))  # a planted fault
    assert [where for where, page in shown(browser).items() if "00020001" in page]


def test_a_list_is_looked_at_before_it_is_entered(sign_in, operator, number, noon):
    browser = sign_in(operator)
    handed = {"sheet": (io.BytesIO(sheet(GOOD, NASTY[5][0])), "清单.xlsx")}
    page = browser.post("/hotline/calls/import", data=handed).text
    assert "可以登记 1" in page
    assert "登记簿里没有" in page
    assert "00020001" not in page
    assert not all_calls()
    (content,) = [part.split('"')[0] for part in page.split('name="content" type="hidden" value="')[1:]]
    again = {"content": content, "filename": "清单.xlsx", "enter": "yes"}
    assert "已登记 1" in browser.post("/hotline/calls/import", data=again).text
    assert len(all_calls()) == 1
    assert browser.post("/hotline/calls/import", data=again | {"content": "?"}).status_code == 422
    assert browser.post("/hotline/calls/import").status_code == 422


def test_who_rings_nobody_back_sees_no_calls(sign_in, operator, number, noon):
    calls.enter(rang(number), by=operator, at=AT)
    db.session.commit()
    for role in (Role.LEDGER_KEEPER, Role.TOWN_CLERK, Role.BUREAU_LEADER):
        browser = sign_in(make.officer(role))
        assert browser.get("/hotline/calls").status_code == 404
        assert browser.post(f"/hotline/calls/{all_calls()[0].key}/see-caller").status_code == 404
