"""The call sheet: what is typed becomes a lead, a stub, or a page that says what is missing and keeps everything."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import make
from tipline.intake import operations
from tipline.kit.db import db
from tipline.leads.models import ImplicatedPerson, Lead, Reporter
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Place
from tipline.office.time import now

SHEET = {
    "token": "one-time-mark",
    "wants_secrecy": "yes",
    "wants_answer": "no",
    "named": "no",
    "people-0-post": "village_head",
    "people-0-post_words": "村委会主任",
    "people-0-name": "佘仁杰",
    "town": make.SHUANGGANG,
    "problems": "nepotism",
    "wrong_dibao": ["favour_dibao"],
    "happened_from": "２０１７年５月",
    "happened_until": "2018-6-1",
    "household": "鄂国栋",
    "amount": "１２，０００",
    "narrative": "村里有人不够条件却吃低保。",
    "channel": "call",
    "received_at": "2018-06-04T11:30",
    "told_duty": "y",
    "read_back": "y",
}


def leads() -> list[Lead]:
    return list(db.session.scalars(select(Lead).order_by(Lead.id)))


def test_a_whole_sheet_becomes_a_lead_with_its_number_code_and_way(browser):
    answer = browser.post("/intake/register", data=SHEET, follow_redirects=True)
    assert answer.status_code == 200
    (lead,) = leads()
    assert lead.number in answer.text
    assert answer.text.count("<span>") >= 4
    assert "双港镇纪委" in answer.text
    assert "R-7" in answer.text
    assert (lead.amount_fen, lead.household) == (1_200_000, "鄂国栋")
    assert (str(lead.happened_from), str(lead.happened_until)) == ("2017-05-01", "2018-06-01")
    assert lead.people[0].name == "佘仁杰"
    assert browser.get("/intake/registered").status_code == 302, "the code is shown once"


def test_the_sheet_opens_with_the_usual_answers(browser):
    page = browser.get("/intake/").text
    assert 'name="people-0-post_words"' in page
    assert page.index('id="script"') < page.index('id="whom"') < page.index('id="what"')


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wants_secrecy": ""}, "请问一句再选"),
        ({"narrative": ""}, "请写明反映的主要问题"),
        ({"happened_from": "2018-02-30"}, "没有这一天"),
        ({"happened_from": "2018-06-05", "happened_until": "2018-06-04"}, "结束早于开始"),
        ({"amount": "很多"}, "请写数目"),
        ({"received_at": "2999-01-01T00:00"}, "时间还没有到"),
        ({"received_at": "1918-06-04T11:30"}, "请核对年份"),
        ({"received_at": "昨天"}, "没有这个时间"),
        ({"major": "y"}, "认定为重大问题线索须写明理由"),
        ({"named": "yes"}, "实名须有真实姓名"),
        ({"identity": "129999190002299998"}, "出生日期不存在"),
        ({"identity": "129999199003078891"}, "校验码不符"),
        ({"told_duty": ""}, "请先告知来电人"),
        ({"read_back": ""}, "请把记录念给来电人听"),
        ({"people-0-post": "", "people-0-post_words": "", "people-0-name": ""}, "请先选职务"),
        ({"people-1-post": "bureau_clerk", "people-1-name": "某甲"}, "本件分送不同机关"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept(browser, change, sentence):
    answer = browser.post("/intake/register", data=SHEET | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="鄂国栋"' in answer.text
    assert 'name="token" type="hidden" value="one-time-mark"' in answer.text
    assert not leads()


def test_initials_that_nobody_chose_from_the_list_are_the_one_post_and_the_one_village_that_have_them(browser):
    typed = {"people-0-post": "", "people-0-post_words": "cwhzr", "town": "", "place_words": "sgcwh"}
    assert browser.post("/intake/register", data=SHEET | typed).status_code == 302
    (lead,) = leads()
    assert (lead.people[0].post, lead.place.name) == ("village_head", "双港村委会")


def test_without_script_enter_in_a_field_asks_where_the_sheet_would_go(browser):
    first_button = browser.get("/intake/").text.partition("data-main")[2].partition("<button")[2].partition(">")[0]
    assert 'name="look"' in first_button
    assert not leads()


def test_rare_characters_and_marks_nobody_sees(browser):
    data = SHEET | {
        "people-0-name": "𪚥\u202e三\x00",
        "identity": "120112900307889",
        "reporter_name": "王\u200b五",
        "phone": "１３８",
    }
    assert browser.post("/intake/register", data=data).status_code == 302
    (lead,) = leads()
    reporter = db.session.scalars(select(Reporter)).one()
    assert lead.people[0].name == "𪚥三"
    assert (reporter.name, len(reporter.identity)) == ("王五", 18)


def test_ten_megabytes_are_refused_with_a_clear_page(browser):
    answer = browser.post("/intake/register", data=SHEET | {"narrative": "长" * 3_500_000})
    assert answer.status_code == 413
    assert "内容太大" in answer.text


def test_the_same_sheet_twice_is_one_lead_and_one_code(browser):
    first = browser.post("/intake/register", data=SHEET, follow_redirects=True).text
    second = browser.post("/intake/register", data=SHEET, follow_redirects=True).text
    code = first[first.index("spoken-code") : first.index("</p>", first.index("spoken-code"))]
    assert code in second
    assert len(leads()) == 1


def test_the_same_sheet_from_many_hands_at_once_is_one_lead(app, operator):
    key, call, numbers, troubles = operator.id, make.call("village_head"), [], []

    def submit() -> None:
        with app.app_context():
            try:
                by = db.session.get(type(operator), key)
                numbers.append(operations.receive_once(call, "mark", by=by, at=make.NOON).number)
                db.session.commit()
            except Exception as trouble:
                troubles.append(trouble)
            finally:
                db.session.remove()

    db.session.commit()
    hands = [threading.Thread(target=submit) for _ in range(6)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not troubles
    assert len(set(numbers)) == 1
    assert db.session.scalar(select(func.count()).select_from(Lead)) == 1
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.act == Act.REGISTER_LEAD)) == 1


CANARIES = {
    "people-0-name": "龘靐齉",
    "people-0-allegation": "鱻犇骉",
    "narrative": "麤毳淼",
    "reporter_name": "焱垚森",
    "phone": "15400001111",
    "identity": "129999199003078899",
    "address": "磊晶品",
    "household": "鑫森淼",
    "major_reason": "猋飍驫",
}


def test_of_people_managed_above_the_district_nothing_typed_is_kept(app, browser):
    data = SHEET | CANARIES | {"people-0-post": "district_mayor", "people-0-post_words": "区长", "major": "y"}
    answer = browser.post("/intake/register", data=data, follow_redirects=True)
    assert answer.status_code == 200
    (lead,) = leads()
    assert lead.state == "stub"
    assert lead.number in answer.text
    assert db.session.scalar(select(func.count()).select_from(Reporter)) == 0
    (person,) = db.session.scalars(select(ImplicatedPerson))
    assert (person.name, person.allegation, person.post, person.town_code) == (None, None, None, None)
    assert (lead.narrative, lead.household, lead.town_code, lead.problems, lead.amount_fen) == (
        None,
        None,
        None,
        [],
        None,
    )
    (referral,) = make.referrals(lead)
    assert referral.to.body == "municipal_discipline_body"
    assert not [word for word in CANARIES.values() if word in everything_kept()]


def everything_kept() -> str:
    """Every value of every row of every table, opened where it is sealed."""
    found = []
    for table in db.metadata.sorted_tables:
        found += [repr(tuple(row)) for row in db.session.execute(table.select())]
    return "\n".join(found)


def test_one_of_several_being_city_managed_stops_it_all(browser):
    data = SHEET | {"people-1-post": "district_mayor", "people-1-name": "某某"}
    assert browser.post("/intake/register", data=data).status_code == 302
    (lead,) = leads()
    assert lead.state == "stub"
    assert make.referrals(lead)[0].to.body == "municipal_discipline_body"


def test_the_panel_says_where_it_goes_and_says_stop(browser):
    panel = browser.post("/intake/preview", data=SHEET).text
    assert "镇纪委" in panel
    assert "R-7" in panel
    assert "移送有权办理的机关" in panel
    assert (
        "请停笔"
        in browser.post(
            "/intake/preview", data=SHEET | {"people-0-post": "district_mayor", "people-0-post_words": "区长"}
        ).text
    )
    assert browser.post("/intake/register", data=SHEET | {"look": "yes"}).text.count("R-7")
    assert not leads()


def test_what_looks_like_it_is_shown_inside_what_the_operator_may_see(operator, browser):
    mine = make.lead("village_head", by=operator, names=("佘仁杰",), at=now())
    other = make.lead("village_head", by=make.officer(Role.OPERATOR), names=("佘仁杰",), at=now())
    db.session.commit()
    panel = browser.post("/intake/preview", data=SHEET).text
    assert mine.number in panel
    assert other.number not in panel
    assert "佘仁杰" not in panel


@pytest.mark.parametrize(
    ("typed", "found"), [("村委会主", "village_head"), ("cwhzr", "village_head"), ("cunkuaiji", "village_accountant")]
)
def test_posts_are_found_by_characters_pinyin_and_initials(browser, typed, found):
    assert f'data-value="{found}"' in browser.post("/intake/posts", data={"q": typed}).text


def test_villages_are_found_by_initials(browser):
    village = db.session.scalars(select(Place).filter_by(kind="village", parent_code=make.SHUANGGANG)).first()
    assert f'data-value="{village.code}"' in browser.post("/intake/places", data={"q": village.initials}).text


def test_rows_come_and_go_without_script(browser):
    two = browser.post("/intake/register", data=SHEET | {"add": "people"})
    assert two.status_code == 200
    assert 'name="people-1-name"' in two.text
    one = browser.post("/intake/register", data=SHEET | {"people-1-name": "某乙", "remove": "people-0"}).text
    assert "某乙" in one
    assert 'value="佘仁杰"' not in one


def test_who_is_walled_from_their_own_entry_gets_number_and_code_once(browser):
    data = SHEET | {"people-0-post": "bureau_clerk", "people-0-post_words": "区民政局科员"}
    page = browser.post("/intake/register", data=data, follow_redirects=True).text
    (lead,) = leads()
    assert lead.number in page
    assert "spoken-code" in page
    assert browser.get(f"/leads/{lead.key}").status_code == 404
    assert lead.number not in browser.get("/leads/").text


def test_only_who_registers_finds_the_sheet(sign_in):
    auditor = sign_in(make.officer(Role.AUDITOR))
    assert auditor.get("/intake/").status_code == 404
    assert auditor.post("/intake/register", data=SHEET).status_code == 404


def test_a_late_entry_keeps_the_true_time(browser):
    assert browser.post("/intake/register", data=SHEET | {"received_at": "2018年5月20日 9:05"}).status_code == 302
    (lead,) = leads()
    assert f"{lead.received_at:%Y-%m-%d %H:%M}" == "2018-05-20 01:05"
    assert now() - lead.registered_at < timedelta(minutes=1)
