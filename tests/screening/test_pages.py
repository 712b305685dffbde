"""The room's pages: handed in, looked at, confirmed; corrected on the page; masked for the bureau; shut to others."""

import io
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests import make
from tests.questions import questions
from tests.screening.tables import GOOD, number, row, sheet
from tests.screening.test_importing import AT, GEGU, clerk, enter, others, records  # noqa: F401 (a fixture)
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.office import time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.screening import pages
from tipline.screening.models import ScreeningUpload

TABLE = f"/screening/tables/on_roll/{make.SHUANGGANG}"


@pytest.fixture(autouse=True)
def june(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


def hand_in(browser, content: bytes, name: str = "在保.xlsx"):
    return browser.post(f"{TABLE}/upload", data={"workbook": (io.BytesIO(content), name)})


def address_of_upload() -> str:
    return f"/screening/uploads/{db.session.scalars(select(ScreeningUpload.key)).one()}"


def address() -> str:
    return f"/screening/records/{records()[0].key}"


def test_a_table_is_looked_at_before_it_is_entered(sign_in, clerk):  # noqa: F811
    browser = sign_in(clerk)
    answer = hand_in(browser, sheet(GOOD, row(身份证号="1"), *others(12)))
    assert answer.status_code == 302
    assert not records()
    text = browser.get(answer.location).text
    assert "有错 1" in text
    assert "新增 2" in text
    assert "身份证号应为18位" in text
    assert "导入这2户" in text
    done = browser.post(f"{address_of_upload()}/import", follow_redirects=True)
    assert "新增2户，变动0户，无变动0户，有错未导入1行" in done.text
    assert len(records()) == 2
    back = browser.get(f"{address_of_upload()}/commented")
    page = load_workbook(io.BytesIO(back.data)).active
    assert "应为18位" in page["C3"].comment.text
    assert browser.post(f"{address_of_upload()}/import").status_code == 409
    assert not list(trail.faults())


def test_a_table_that_is_entered_whole_is_let_go(sign_in, clerk):  # noqa: F811
    browser = sign_in(clerk)
    hand_in(browser, sheet(GOOD))
    where = address_of_upload()
    assert browser.post(f"{where}/import").location == TABLE
    assert browser.get(where).status_code == 404


def test_a_table_without_anything_to_enter_does_not_ask_to_be_confirmed(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    browser = sign_in(clerk)
    for rows, sentence in (([GOOD], "与已登记的完全一样"), ([row(身份证号="1")], "没有可导入的户")):
        text = browser.get(hand_in(browser, sheet(*rows)).location).text
        assert sentence in text
        assert "请看过后确认" not in text


def test_a_table_may_be_dropped(sign_in, clerk):  # noqa: F811
    browser = sign_in(clerk)
    hand_in(browser, sheet(GOOD))
    assert browser.get(TABLE).text.count("去看") == 1
    assert "已放弃" in browser.post(f"{address_of_upload()}/drop", follow_redirects=True).text
    assert not records()
    assert browser.get(address_of_upload()).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "文件是空的"), (b"a,b", "CSV"), (sheet(heads=["一", "二", "三"]), "没有找到表头")]
)
def test_what_is_no_table_is_not_kept(sign_in, clerk, content, sentence):  # noqa: F811
    answer = hand_in(sign_in(clerk), content)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert not db.session.scalars(select(ScreeningUpload)).all()
    assert not cabinet.names()


def test_no_file_at_all_is_asked_for(sign_in, clerk):  # noqa: F811
    answer = sign_in(clerk).post(f"{TABLE}/upload", data={})
    assert (answer.status_code, "请选择表格文件" in answer.text) == (422, True)


def test_one_household_is_amended_and_its_past_shown(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    browser = sign_in(clerk)
    form = {
        "household-knew": "1",
        "household-applicant": "佘仁杰",
        "household-village": "120112103205",
        "household-family_size": "3",
        "household-covered_persons": "2",
        "household-amount": "900.01",
        "household-granted_in": "2016-03",
        "household-conclusion": "unfit",
        "household-relative": "yes",
    }
    answer = browser.post(f"{address()}/amend", data=form | {"household-amount": "很多", "household-family_size": ""})
    assert answer.status_code == 422
    assert "“月保障金额”看不懂：很多" in answer.text
    assert "请补上" in answer.text
    assert 'value="很多"' in answer.text
    assert "№1：“修改排查记录”办妥" in browser.post(f"{address()}/amend", data=form, follow_redirects=True).text
    (record,) = records()
    assert (record.values["amount"], record.values["relative"], record.values["id_number"]) == (90001, True, number(11))
    text = browser.get(address()).text
    assert [act for act in ("确认导入", "修改排查记录") if act in text.partition(">留痕</label></h2>")[2]] == [
        "确认导入",
        "修改排查记录",
    ]
    assert "结论尚未执行" in text
    assert "是近亲属而无备案号" in text
    assert "860.50" in text
    again = browser.post(f"{address()}/amend", data=form)
    assert (again.status_code, "有人改过" in again.text) == (409, True)


def test_what_is_too_long_is_said_once(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    browser = sign_in(clerk)
    text = browser.post(f"{address()}/amend", data={"household-knew": "1", "household-remarks": "字" * 501}).text
    assert text.count("不能超过 500 个字符") == 2  # above the form, and at its field
    assert "超过500字" not in text
    text = browser.post(f"{address()}/reveal", data={"reveal-reason": "字" * 501}).text
    assert "不能超过 500 个字符" in text
    assert "至少4个字" not in text


def test_the_form_of_a_household_sends_back_what_it_shows(sign_in, clerk):  # noqa: F811
    enter(sheet(row(备注="住院\n两次", 纳入时间="2018年5月")), clerk)
    browser, sent = sign_in(clerk), {}

    class Fields(HTMLParser):
        select = area = ""

        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "input" and given.get("name", "").startswith("household-"):
                sent[given["name"]] = given.get("value", "")
            if tag == "textarea":
                self.area = given["name"]
            if tag == "select":
                self.select = given.get("name", "")
            if tag == "option" and "selected" in given and self.select.startswith("household-"):
                sent[self.select] = given["value"]

        def handle_data(self, data):
            if self.area.startswith("household-"):
                sent[self.area] = data.lstrip("\r\n").replace("\n", "\r\n")

        def handle_endtag(self, tag):
            self.area = "" if tag == "textarea" else self.area

    Fields().feed(browser.get(address()).text)
    assert (sent["household-village"], sent["household-granted_in"]) == ("120112103205", "2018-05")
    assert sent["household-remarks"] == "住院\r\n两次"
    answer = browser.post(f"{address()}/amend", data=sent)
    assert (answer.status_code, "没有改动" in answer.text) == (422, True)


def test_papers_of_steps_are_noted(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    browser = sign_in(clerk)
    step = {"step-step": "home_visit", "step-done_on": "2018-06-05", "step-handler": "赵某", "step-reference": "卷三"}
    assert browser.post(f"{address()}/check-step", data=step | {"step-done_on": "2018-07-05"}).status_code == 422
    assert browser.post(f"{address()}/check-step", data=step | {"step-step": "nothing"}).status_code == 422
    assert browser.post(f"{address()}/check-step", data=step).status_code == 302
    text = browser.get(address()).text
    assert "卷三" in text
    assert "1/6" in browser.get(TABLE).text
    assert browser.post(f"{address()}/check-step", data=step | {"step-reference": "卷四"}).status_code == 302
    text = browser.get(address()).text
    assert "卷四" in text
    assert "卷三" not in text
    assert len(records()[0].steps) == 2


def test_an_identity_number_is_shown_only_for_a_reason_and_once(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    whole = number(11)
    for officer in (clerk, make.officer(Role.LEDGER_KEEPER)):
        browser = sign_in(officer)
        assert whole not in browser.get(TABLE).text + browser.get(address()).text
        assert browser.post(f"{address()}/reveal", data={}).status_code == 422
        assert whole in browser.post(f"{address()}/reveal", data={"reveal-reason": "核对户籍"}).text
        assert whole not in browser.get(address()).text
    lines = db.session.scalars(select(Entry).where(Entry.act == Act.REVEAL_IDENTITY)).all()
    assert [line.note for line in lines] == ["核对户籍", "核对户籍"]
    deputy = sign_in(make.officer(Role.TOWN_DEPUTY))
    assert deputy.get(address()).status_code == 200
    assert deputy.post(f"{address()}/reveal", data={"reveal-reason": "核对户籍"}).status_code == 404


def test_the_bureau_reads_words_about_people_covered(sign_in, clerk):  # noqa: F811
    enter(sheet(row(备注="家里两人住院")), clerk)
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    for text in (keeper.get(TABLE).text, keeper.get(address()).text):
        assert "佘**" in text
        assert "佘仁杰" not in text
        assert "家里两人住院" not in text
        assert "符合" in text
    assert keeper.post(f"{address()}/amend", data={}).status_code == 404
    assert keeper.get(f"{TABLE}/upload").status_code == 404
    covered = keeper.post(f"{TABLE}/export")
    assert load_workbook(io.BytesIO(covered.data)).active["B4"].value == "佘**"
    own = sign_in(clerk).post(f"{TABLE}/export")
    page = load_workbook(io.BytesIO(own.data)).active
    assert (page["B4"].value, page["C4"].value) == ("佘仁杰", "129********0113")


def test_another_town_finds_nothing(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    hand_in(sign_in(clerk), sheet(GOOD))
    where = address()
    keys = list(db.session.scalars(select(ScreeningUpload.key)))
    stranger = sign_in(make.officer(Role.TOWN_CLERK, GEGU))
    assert [stranger.get(path).status_code for path in (TABLE, where, f"{TABLE}/upload")] == [404] * 3
    assert [stranger.get(f"/screening/uploads/{key}").status_code for key in keys] == [404] * len(keys)
    assert [stranger.post(f"/screening/uploads/{key}/import").status_code for key in keys] == [404] * len(keys)
    for deed in ("amend", "check-step", "reveal"):
        assert stranger.post(f"{where}/{deed}", data={}).status_code == 404
    assert hand_in(stranger, sheet(GOOD)).status_code == 404
    assert stranger.get("/screening/tables/nothing/" + GEGU).status_code == 404
    assert "双港镇" not in stranger.get("/screening/").text


def test_totals_lead_to_their_rows_for_whoever_may_read_them(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD, *others(12)), clerk)
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    text = keeper.get("/screening/").text
    assert f"{TABLE}?conclusion=fits" in text
    assert "1,721.00" in text or "1721.00" in text
    leader = sign_in(make.officer(Role.BUREAU_LEADER))
    text = leader.get("/screening/").text
    assert TABLE not in text
    assert leader.get(TABLE).status_code == 404


def test_pages_ask_no_more_for_many_rows_than_for_few(sign_in, clerk):  # noqa: F811
    browser = sign_in(clerk)

    def statements(path: str) -> int:
        with questions() as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    enter(sheet(GOOD), clerk)
    few = [statements(path) for path in ("/screening/", TABLE)]
    enter(sheet(*others(*range(20, 60))), clerk)
    assert [statements(path) for path in ("/screening/", TABLE)] == few


def test_a_long_preview_is_read_a_part_at_a_time(sign_in, clerk, monkeypatch):  # noqa: F811
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    browser = sign_in(clerk)
    hand_in(browser, sheet(*[row(身份证号=str(n)) for n in range(5)]))
    where = address_of_upload()

    def lines(path: str) -> list[int]:
        text = browser.get(path).text
        return [line for line in range(2, 7) if f'<td class="num">{line}</td>' in text]

    assert lines(where) == [2, 3]
    assert "show=wrong&amp;after=3" in browser.get(where).text
    assert lines(f"{where}?show=wrong&after=3") == [4, 5]
    assert lines(f"{where}?show=wrong&after=5") == [6]
    assert "导入这" not in browser.get(where).text


def test_words_are_shown_in_the_readers_language(sign_in, clerk):  # noqa: F811
    enter(sheet(GOOD), clerk)
    clerk.language = "en"
    browser = sign_in(clerk)
    text = browser.get(TABLE).text + browser.get("/screening/").text + browser.get(address()).text
    assert "Fits" in text
    assert "Household visit" in text
    assert "符合" not in text
