"""One story: filed, listed, compared, looked at by two, raised; remembered when it was not so; visited, not accused."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.questions import questions
from tests.relatives.lists import AT, book, enter, filed, handed_in, household, of, on_the_roll, read
from tests.screening.tables import number
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.law.registers import Registers
from tipline.leads import access
from tipline.leads.models import Lead
from tipline.office import editions, time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.relatives import hits, jobs, matching, missed, queries
from tipline.relatives.lifecycle import HitState
from tipline.relatives.models import FilingCheck, HelpVisit, RegisterEntry, RegisterHit, RegisterUpload
from tipline.relatives.rules import Level

FILINGS = f"/relatives/registers/filing/{make.SHUANGGANG}"
KIN = ["郇宝山", "村委会主任", "兄弟姐妹"]


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def inspectors(app):
    return make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.GROUP_INSPECTOR)


@pytest.fixture
def compared(clerk, inspectors):
    """Five households; one belongs to a paid person, one to a filed relative, one to a relative who is not filed,
    one is known by its head's name alone, one is a namesake's."""
    on_the_roll(
        clerk,
        household("佘仁杰", 11),
        household("鄂国栋", 12),
        household("逯长贵", 13),
        household("撒振邦", 14),
        household("靳玉堂", 15),
    )
    enter("filing", book("filing", filed("郇宝山", 101, "鄂国栋", 12)), clerk)
    old = number(13)[:6] + number(13)[8:17]  # as it was written before 1999
    kin = book(
        "kin",
        [*KIN, "鄂国栋", number(12), "", "李楼村"],
        [*KIN, "逯长贵", old, "", "李楼村"],
        [*KIN, "撒小梅", "", "撒振邦", "李楼村"],
        [*KIN, "靳玉堂", number(99), "", "李楼村"],
    )
    enter("kin", kin, inspectors[0])
    enter("fiscal", book("fiscal", ["佘仁杰", number(11), "区水务局", "科员"]), inspectors[0])
    assert hits.compare(by=inspectors[0], at=AT) == 4
    db.session.commit()
    return {hit.level: hit for hit in found()}


def found() -> list[RegisterHit]:
    return list(db.session.scalars(select(RegisterHit).order_by(RegisterHit.id)))


def test_every_level_is_found_once_and_a_namesake_with_another_number_never(compared, inspectors):
    names = {hits.accused(hit): hit.level for hit in found() if hit.level is not Level.LENGTHENED}
    assert [hit.level for hit in found()].count(Level.IDENTITY) == 2  # the paid person, and the relative who is filed
    assert {Level.IDENTITY, Level.LENGTHENED, Level.HOUSEHOLD} == set(compared)
    assert names["佘仁杰"] is Level.IDENTITY
    for _ in range(2):
        assert jobs.compare(AT) == 0
    assert not list(trail.faults())


def test_the_comparison_asks_as_much_of_many_as_of_few(compared, clerk, inspectors):
    def statements() -> int:
        with questions() as seen:
            matching.new_pairs()
        return len(seen)

    few = statements()
    on_the_roll(clerk, *(household(f"户主{n}", n) for n in range(200, 260)))
    listed = [["人员", number(n), "区水务局", "科员"] for n in range(200, 260)]
    enter("handlers", book("handlers", *listed), inspectors[0])
    assert len(matching.new_pairs()) == 60
    assert statements() == few <= 6


def test_two_people_and_one_step_to_a_lead(compared, inspectors, sign_in):
    first, second = inspectors
    paid = next(hit for hit in found() if hits.accused(hit) == "佘仁杰")
    key = paid.key
    browser = sign_in(first)
    page = browser.get(f"/relatives/hits/{key}").text
    assert "完全相同" in page
    assert number(11) not in page
    assert browser.post(f"/relatives/hits/{key}/hold-true", data={"true-reason": "看"}).status_code == 422
    said = {"true-reason": "与工资表、低保系统核对，是同一人。"}
    assert browser.post(f"/relatives/hits/{key}/hold-true", data=said).status_code == 302
    assert browser.post(f"/relatives/hits/{key}/confirm").status_code == 403
    assert "复核属实</button>" not in browser.get(f"/relatives/hits/{key}").text
    other = sign_in(second)
    assert "复核比对结果" in other.get("/desk/").text
    assert "复核比对结果" not in browser.get("/desk/").text
    assert other.post(f"/relatives/hits/{key}/raise", data={"raise-post": "recipient"}).status_code in (409, 422)
    assert other.post(f"/relatives/hits/{key}/confirm").status_code == 302
    page = other.get(f"/relatives/hits/{key}").text
    assert "比对财政供养人员名单发现：佘仁杰在名单上" in page
    lead = {"raise-post": "other_bureau_official", "raise-narrative": "佘仁杰是财政供养人员，在李楼村吃低保。"}
    assert other.post(f"/relatives/hits/{key}/raise", data=lead).status_code == 302
    assert other.post(f"/relatives/hits/{key}/raise", data=lead).status_code == 409
    db.session.expire_all()
    (raised,) = db.session.scalars(select(Lead))
    hit = db.session.scalars(select(RegisterHit).filter_by(key=key)).one()
    assert (hit.state, hit.lead_id, raised.people[0].name) == (HitState.RAISED, raised.id, "佘仁杰")
    assert not list(trail.faults())


def test_what_two_called_false_is_never_raised_again(compared, clerk, inspectors):
    first, second = inspectors
    hit = compared[Level.HOUSEHOLD]
    hits.hold(hit, "户口簿上没有此人。", true=False, by=first, at=AT)
    with pytest.raises(NotPermitted):
        hits.clear(hit, by=first, at=AT)
    hits.send_back(hit, by=second, at=AT)
    assert (hit.state, hit.reason) == (HitState.FOUND, None)
    hits.hold(hit, "户口簿上没有此人，村里另有一人。", true=False, by=second, at=AT)
    hits.clear(hit, by=first, at=AT)
    db.session.commit()
    with pytest.raises(NotNow):
        hits.raise_lead(hit, "village_head", "有问题。", by=first, at=AT)
    kin = book("kin", [*KIN, "撒小梅", "", "撒振邦", "李楼村"])
    enter("kin", kin, first)  # the others lapse, this one stands
    on_the_roll(clerk, household("撒振邦", 14, 家庭人口=2))
    assert hits.compare(by=first, at=AT) == 0
    assert db.session.get_one(RegisterHit, hit.id).state is HitState.CLEARED


def test_a_filed_relative_is_shown_as_filed_and_is_nothing_to_look_at(compared, inspectors, sign_in):
    tally = hits.tally(inspectors[0])
    assert (tally["open"], tally["filed"]) == (3, 1)
    page = sign_in(inspectors[0]).get("/relatives/hits?show=filed").text
    assert "鄂国栋" in page
    assert "本身不是问题" in page


def test_nobody_sees_a_hit_that_names_them_or_a_relative(compared, app):
    named = make.officer(Role.DISTRICT_INSPECTOR, name="郇宝山")
    related = make.officer(Role.GROUP_INSPECTOR)
    make.kin(related, "佘仁杰")
    db.session.flush()
    assert [hits.accused(hit) for hit in db.session.scalars(hits.visible_to(named))] == ["佘仁杰"]
    assert "佘仁杰" not in [hits.accused(hit) for hit in db.session.scalars(hits.visible_to(related))]
    elsewhere = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    assert not list(db.session.scalars(hits.visible_to(elsewhere)))
    assert len(list(db.session.scalars(hits.visible_to(make.officer(Role.TOWN_INSPECTOR))))) == 4
    assert not list(db.session.scalars(hits.visible_to(make.officer(Role.TOWN_CLERK))))


def test_a_raised_hit_is_as_closed_as_its_lead(compared, inspectors, sign_in):
    """The town's inspector is near to its party secretary: what became of the hit is not theirs to know."""
    first, second = inspectors
    near = make.officer(Role.TOWN_INSPECTOR)
    hit = compared[Level.HOUSEHOLD]
    hits.hold(hit, "户口簿、低保系统已核对。", true=True, by=first, at=AT)
    hits.confirm(hit, by=second, at=AT)
    db.session.commit()
    page = f"/relatives/hits/{hit.key}"
    browser = sign_in(near)
    assert browser.get(page).status_code == 200
    walled = hits.raise_lead(hit, "town_party_secretary", "其亲属违规享受低保。", by=second, at=AT)
    db.session.commit()
    assert walled.walled
    assert near.id not in access.listed_for(walled)
    assert browser.get(page).status_code == 404
    assert hits.tally(near)["raised"] == 0
    assert hits.tally(first)["raised"] == 1


def test_who_raises_a_hit_and_is_walled_from_its_lead_comes_to_the_list(compared, inspectors, sign_in):
    near, hit = make.officer(Role.TOWN_INSPECTOR), compared[Level.HOUSEHOLD]
    hits.hold(hit, "户口簿、低保系统已核对。", true=True, by=inspectors[0], at=AT)
    hits.confirm(hit, by=inspectors[1], at=AT)
    db.session.commit()
    said = {"raise-post": "town_party_secretary", "raise-narrative": "其亲属违规享受低保。"}
    answer = sign_in(near).post(f"/relatives/hits/{hit.key}/raise", data=said)
    assert (answer.status_code, answer.location) == (302, "/relatives/hits")


def test_a_filing_is_handed_in_looked_at_typed_verified_and_given_back(clerk, sign_in, app):
    browser = sign_in(clerk)
    content = book(
        "filing",
        filed("郇宝山", 101, "鄂国栋", 12, on="2017-03-01"),
        filed("郇宝山", 101, "逯长贵", 13, 与对象关系="邻居"),
    )
    upload = {"workbook": (io.BytesIO(content), "备案.xlsx"), "source": "双港镇", "dated": "2018-06-30"}
    answer = browser.post(f"{FILINGS}/upload", data=upload)
    assert answer.status_code == 302, answer.text
    page = browser.get(answer.location).text
    assert "“与对象关系”里没有“邻居”" in page
    assert "新增 1" in page
    assert browser.get(f"{answer.location}/commented").data.startswith(b"PK")
    assert "新增1行" in browser.post(f"{answer.location}/import", follow_redirects=True).text
    listed = browser.get(FILINGS).text
    assert "逾期未核实" in listed
    assert number(12) not in listed
    entry = db.session.scalars(select(RegisterEntry.key)).one()
    where = f"/relatives/entries/{entry}"
    assert "请作年度核实" in browser.get(where).text
    verified = {"verify-on": "2018-07-02", "verify-result": "unchanged", "verify-note": "入户看过。"}
    assert browser.post(f"{where}/verify", data=verified | {"verify-on": "2018-07-03"}).status_code == 422
    assert browser.post(f"{where}/verify", data=verified).status_code == 302
    assert "入户看过。" in browser.get(where).text
    assert "请作年度核实" not in browser.get(where).text
    assert db.session.scalars(select(FilingCheck)).one().result == "unchanged"
    shown = browser.post(f"{where}/reveal", data={"reveal-reason": "与证件核对"}).text
    assert number(101) in shown
    assert number(12) in shown
    assert number(12) not in browser.get(where).text
    typed = {
        "household-knew": "0", "household-cadre_name": "靳玉堂", "household-cadre_id": number(102),
        "household-category": "village_cadre", "household-relation": "child", "household-head_name": "亓福来",
        "household-head_id": number(16), "household-village": "120112103205", "household-filed_on": "2018-07-01",
    }  # fmt: skip
    assert browser.post(f"{FILINGS}/add", data=typed | {"household-head_id": ""}).status_code == 422
    assert browser.post(f"{FILINGS}/add", data=typed).status_code == 302
    assert browser.post(f"{FILINGS}/add", data=typed).status_code == 409
    given = browser.post(f"{FILINGS}/export").data
    tally = enter("filing", given, clerk)
    assert tally == {"wrong": 0, "new": 0, "changed": 0, "same": 2}
    assert not list(trail.faults())


def test_the_bureau_reads_filings_covered_and_counts_what_is_late(clerk, sign_in, app):
    enter("filing", book("filing", filed("郇宝山", 101, "鄂国栋", 12, on="2017-03-01")), clerk)
    keeper = make.officer(Role.LEDGER_KEEPER)
    browser = sign_in(keeper)
    page = browser.get(FILINGS).text
    assert "鄂国栋" not in page
    assert "郇宝山" not in page
    assert 'show=late">1<' in browser.get("/relatives/").text
    assert browser.get(f"{FILINGS}/upload").status_code == 404
    assert "鄂国栋".encode() not in browser.post(f"{FILINGS}/export").data
    assert not queries.keeps(db.session.merge(keeper), of("filing").register, of("filing").office)


def test_a_household_called_a_relative_and_filed_by_nobody_is_named(clerk, sign_in):
    heads = ["申请人", "身份证号", "家庭人口", "月保障金额", "纳入时间", "是否干部近亲属"]
    rows = [["佘仁杰", number(11), 2, 500, "2016年3月", "是"], ["鄂国栋", number(12), 2, 500, "2016年3月", "是"]]
    on_the_roll(clerk, *rows, heads=heads)
    enter("filing", book("filing", filed("郇宝山", 101, "鄂国栋", 12)), clerk)
    page = sign_in(clerk).get("/relatives/unfiled").text
    assert "佘仁杰" in page
    assert "鄂国栋" not in page


def test_who_is_on_a_list_no_longer_lapses_but_not_for_a_row_that_cannot_be_read(inspectors):
    by = inspectors[0]
    both = [["佘仁杰", number(11), "区水务局", "科员"], ["鄂国栋", number(12), "区水务局", "科员"]]
    enter("fiscal", book("fiscal", *both), by)
    enter("fiscal", book("fiscal", both[0], ["鄂国栋", "1", "区水务局", "科员"]), by)

    def ended() -> list[bool]:
        rows = db.session.scalars(select(RegisterEntry).order_by(RegisterEntry.id))
        return [row.ended_on is not None for row in rows]

    assert ended() == [False, False]
    enter("fiscal", book("fiscal", both[0]), by)
    assert ended() == [False, True]
    enter("fiscal", book("fiscal", *both), by)
    assert ended() == [False, False]


def test_the_missed_are_visited_and_nobody_is_accused(clerk, sign_in, app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    on_the_roll(clerk, household("佘仁杰", 11))
    out = ["申请人", "身份证号", "家庭人口", "未通过时间", "未通过原因", "排查结论"]
    on_the_roll(clerk, ["亓福来", number(20), 1, "2018-03-01", "收入超标", "应纳入"], population="rejected", heads=out)
    enter(
        "vulnerable",
        book(
            "vulnerable",
            ["佘小明", number(21), "佘仁杰", number(11), "李楼村", "重度残疾"],  # in a household on the roll
            ["撒振邦", number(22), "", "", "双港镇李楼村", "重度残疾"],
            ["佘仁杰", number(11), "", "", "双港镇李楼村", "低收入"],
        ),
        keeper,
    )
    assert missed.tally(clerk) == {"listed": 1, "screened": 1}
    browser = sign_in(clerk)
    page = browser.get("/relatives/missed").text
    assert "撒振邦" in page
    assert "佘小明" not in page
    assert "亓福来" in browser.get("/relatives/missed?source=screened").text
    key = db.session.scalars(missed.of_source(clerk, "listed")).one().key
    where = f"/relatives/missed/listed/{key}"
    visit = {"visited_on": "2018-07-01", "outcome": "absent", "note": "门锁着。"}
    assert browser.post(f"{where}/visit", data=visit).status_code == 302
    assert missed.tally(clerk)["listed"] == 1  # met nobody: to be visited again
    assert browser.post(f"{where}/visit", data=visit | {"outcome": "applying"}).status_code == 302
    assert missed.tally(clerk)["listed"] == 0
    assert "门锁着。" in browser.get(where).text
    assert "已帮助申请" in browser.get("/relatives/missed?source=listed&show=visited").text
    on_the_roll(clerk, household("亓福来", 20))
    assert missed.tally(clerk)["screened"] == 0
    assert len(db.session.scalars(select(HelpVisit)).all()) == 2
    assert not db.session.scalars(select(Lead)).all()
    inspector = make.officer(Role.TOWN_INSPECTOR)
    assert not inspector.may(Act.READ_MISSED)
    elsewhere = make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    assert missed.tally(elsewhere) == {"listed": 0, "screened": 0}


def test_the_same_list_again_changes_nothing_and_a_list_waits_a_day(inspectors, app):
    content = book("fiscal", ["佘仁杰", number(11), "区水务局", "科员"])
    assert enter("fiscal", content, inspectors[0])["new"] == 1
    lines = db.session.query(Entry).filter_by(act=Act.IMPORT_REGISTER).count()
    assert enter("fiscal", content, inspectors[0]) == {"wrong": 0, "new": 0, "changed": 0, "same": 1}
    assert db.session.query(Entry).filter_by(act=Act.IMPORT_REGISTER).count() == lines + 1
    handed_in("fiscal", content, inspectors[0], at=AT - timedelta(days=2))
    db.session.commit()
    assert [jobs.forget(AT), jobs.forget(AT)] == [1, 0]
    assert not db.session.scalars(select(RegisterUpload).where(RegisterUpload.file.is_not(None))).all()
    assert queries.latest_list(of("fiscal").register, of("fiscal").office).source == "区财政局"


def test_words_and_numbers_are_sealed_and_only_keyed_marks_stand_beside_them(compared, app):
    rows = db.session.execute(db.text("SELECT * FROM register_entry")).all()
    spelled = " ".join(str(value) for row in rows for value in row)
    assert not [word for word in ("佘仁杰", "郇宝山", number(11), "区水务局") if word in spelled]
    assert read(book("fiscal", ["佘仁杰", number(11), "", ""]), of("fiscal")).rows


def test_a_notice_that_asks_for_no_registers_has_an_empty_room(app, sign_in, monkeypatch):
    bare = replace(editions.notice(), registers=Registers((), (), None))
    monkeypatch.setattr(editions, "notice", lambda: bare)
    assert "没有要求近亲属备案" in sign_in(make.officer(Role.TOWN_INSPECTOR)).get("/relatives/").text
    browser = sign_in(make.officer(Role.LEDGER_KEEPER))
    assert [browser.get(f"/relatives/{place}").status_code for place in ("", "missed", "unfiled")] == [200] * 3
    assert jobs.compare(AT) == 0
