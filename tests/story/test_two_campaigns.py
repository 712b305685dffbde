"""Two leads of one June, each under its own notice: every day and every word comes from the notice of the lead."""

from datetime import UTC, date, datetime

import pytest
from flask import g
from sqlalchemy import select

from tests import make
from tests.duties import second
from tipline.checklists import operations as checking
from tipline.checklists import queries as checklists
from tipline.checklists.models import Verdict
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.law.bodies import Body
from tipline.leads.call import ReporterSaid
from tipline.leads.models import Lead
from tipline.letters.fields import gather
from tipline.letters.kinds import LetterKind
from tipline.office import calendars, editions
from tipline.office.charter import Role
from tipline.office.models import Letter
from tipline.referrals import jobs, operations, reckoning, returns
from tipline.replies import operations as replies
from tipline.replies import queries as reply_queries
from tipline.reports import queries as reports
from tipline.reports.rules import Asked, Span
from tipline.sampling import operations as sampling
from tipline.sampling import queries as lots
from tipline.supervision import colours, interims
from tipline.supervision import operations as supervision
from tipline.supervision.models import SupervisedCase
from tipline.triage import operations as triage
from tipline.triage import queries as triage_queries

FIRST, OTHER = "jinnan-2018-17", "haitang-2030-3"
ELSEWHERE = f"/intake/register?campaign={OTHER}"
SHEET = {
    "token": "one-time-mark",
    "wants_secrecy": "yes",
    "wants_answer": "yes",
    "named": "yes",
    "reporter_name": "阚秋实",
    "phone": "15400001234",
    "people-0-post": "street_clerk",
    "people-0-post_words": "街道救助专干",
    "people-0-name": "逯长贵",
    "town": second.STREETS[0],
    "problems": "double_payment",
    "amount": "6000",
    "narrative": "同一户领了两份救助。",
    "channel": "phone",
    "received_at": "2018-06-04T12:00",
    "told_duty": "y",
    "read_back": "y",
}


def day(number, month=6):
    return datetime(2018, month, number, 4, tzinfo=UTC)


def due(referral):
    """The clocks that run, by their ids, with the days of the month."""
    return {one.clock.id: (one.on.month, one.on.day) for one in reckoning.clocks(referral) if not one.stopped}


@pytest.fixture
def people(app):
    second.in_force()
    found = {role: make.officer(role) for role in (Role.OPERATOR, Role.LEDGER_KEEPER, Role.BUREAU_LEADER)}
    for role in (Role.GROUP_INSPECTOR, Role.TOWN_INSPECTOR, Role.DISTRICT_INSPECTOR):
        found[role] = make.officer(role)
    db.session.commit()
    return found


@pytest.fixture
def pair(people, sign_in, set_clock):
    """A lead of either notice, with the words of the call sheet on the way."""
    set_clock(make.NOON)
    browser = sign_in(people[Role.OPERATOR])
    sheet = browser.get("/intake/").text
    assert "关于开展临时救助专项检查的通知" in sheet, "the other campaign is offered"
    assert "重复发放" not in sheet
    turned = browser.post(ELSEWHERE, data=SHEET | {"look": "yes"}).text
    for word in ("重复发放", "热线电话", "同一户领了两份救助", "救助经办人员由派驻组办理", "当天登记", "达到5000元"):
        assert word in turned, word
    for word in ("优亲厚友", "错误低保类型", "来电登记为线索"):
        assert word not in turned, word
    assert browser.post(ELSEWHERE, data=SHEET | {"read_back": ""}).status_code == 422
    answer = browser.post(ELSEWHERE, data=SHEET)
    assert answer.location.endswith(f"/intake/registered?campaign={OTHER}")
    assert f"/intake/?campaign={OTHER}" in browser.get(answer.location).text, "the next call is of the same campaign"
    browser.open("/sign-in")
    other = db.session.scalars(select(Lead)).one()
    caller = ReporterSaid(name="阚秋实", phone="15400001234")
    first = make.lead("village_head", by=people[Role.OPERATOR], named=True, reporter=caller, media=True)
    db.session.commit()
    return first, other


def test_each_lead_lives_by_its_own_notice_to_the_end(people, pair, sign_in, set_clock):
    """Registered, supervised, handed over, signed, disposed of, concluded, told, asked after: side by side."""
    first, other = pair
    keeper, leader = people[Role.LEDGER_KEEPER], people[Role.BUREAU_LEADER]
    assert (first.notice, other.notice) == (FIRST, OTHER)
    assert [lead.number for lead in (other, first)] == ["MZ2018-0001", "MZ2018-0002"], "one series of the office"
    (here,), (there,) = make.referrals(first), make.referrals(other)
    hands = {here: people[Role.TOWN_INSPECTOR], there: people[Role.GROUP_INSPECTOR]}
    assert there.to.body is Body.DISPATCHED_DISCIPLINE_GROUP
    assert (due(there), due(here)) == ({"送": (6, 7)}, {"C-6": (6, 11)})

    cases = {case.lead: case for case in db.session.scalars(select(SupervisedCase))}
    assert (cases[other].triggers, cases[first].triggers) == (["major"], ["media"])
    for case in cases.values():
        supervision.open_supervision(case, "查清资金去向。", [], by=leader, at=day(5))
    assert (cases[other].due_on, cases[first].due_on) == (date(2018, 6, 27), date(2018, 9, 5))
    assert (len(cases[other].interims), len(cases[first].interims)) == (0, 3)
    longer = [supervision.longer_day(cases[lead], date(2018, 6, 6)) for lead in (other, first)]
    assert longer == [date(2018, 7, 4), date(2018, 12, 5)]
    reached = {one.case.lead: one.colour.key for one in colours.reached_by(cases.values(), date(2018, 7, 10))}
    assert reached == {other: "red", first: "blue"}

    for referral in hands:
        operations.approve(referral, by=leader, at=day(5))
        operations.hand_over(referral, by=keeper, at=day(5))
    assert (due(there)["签"], due(here)["C-6.4"]) == ((6, 7), (6, 12))
    db.session.commit()
    assert jobs.remind(day(5)) > 0
    subjects = [one.subject for one in db.session.scalars(select(Letter).where(Letter.about.contains("/签/")))]
    assert subjects
    with pytest.raises(NotFound):
        returns.send_back(there, cause="papers_missing", reason="材料缺页。", by=hands[there], at=day(6))
    for referral, inspector in hands.items():
        operations.sign_for(referral, by=inspector, at=day(6))
    assert (due(there)["处"], due(here)["C-19"]) == ((6, 15), (7, 6))
    assert (due(there)["受"], due(here)["C-17"]) == ((6, 13), (6, 27))
    assert ("C-19" in due(there), "处" in due(here)) == (False, False)
    db.session.commit()

    page = sign_in(hands[there]).get(f"/referrals/{there.key}").text
    g.pop("edition", None)
    for word in ("提出处置", "情节轻微", "不归本组管", "街道救助专干", "两份发放表逐笔核对"):
        assert word in page, word
    for word in ("提出线索处置意见", "不构成违纪违法", "没有实质内容"):
        assert word not in page, word
    set_clock(day(8))
    chosen = {"close-cause": "petty", "close-on": "2018-06-08", "close-approver": "组长"}
    for key, paper, inspector in (("petty", there, hands[there]), ("no_breach", here, hands[here])):
        answer = sign_in(inspector).post(f"/handling/{paper.key}/set-disposition", data=chosen | {"close-cause": key})
        g.pop("edition", None)
        assert answer.status_code == 302, answer.text

    assert not checklists.items_of(here)
    words = {"finding": "proven", "form": 2, "result": "查实，已停发。"}
    with pytest.raises(NotFound):
        make.sheet(here, by=hands[here], at=day(20), **words)
    interims.file(cases[first], "已核对。", by=hands[here], at=day(19))
    interims.acknowledge(cases[first], last=True, by=keeper, at=day(19))
    with pytest.raises(Incomplete, match="核查清单"):
        make.concluded(there, by=hands[there], at=day(20), **words)
    checking.check(there, "both_lists", Verdict.DONE, "已核对。", by=hands[there], at=day(20))
    make.concluded(there, by=hands[there], at=day(20), **words)
    make.concluded(here, by=hands[here], at=day(20), result="属实，已退回。")
    assert (due(there)["果"], due(here)["C-18"]) == ((6, 25), (7, 11))
    db.session.commit()
    values = gather(LetterKind.RESULT, there, hands[there], day(20)).values
    assert "查有实据" in values["finding"]
    assert "属实" in gather(LetterKind.RESULT, here, hands[here], day(20)).values["finding"]

    told = {
        paper: replies.note_objection(paper, "不服。", new_evidence=False, by=hand, at=day(20))
        for paper, hand in hands.items()
    }
    assert (told[there].due_on, told[here].due_on) == (date(2018, 6, 28), date(2018, 7, 11))
    calls = reply_queries.to_be_made(people[Role.DISTRICT_INSPECTOR], calendars.calendar())
    assert [(one.referral, one.round, one.due.on.month) for one in calls] == [
        (here, "C-18.2", 7),
        (there, "访", 8),
        (here, "C-18.3", 9),
    ]

    draw = sampling.publish_seed(date(2018, 6, 1), date(2018, 6, 30), 2, "5eed", by=keeper, at=day(2, 7))
    db.session.flush()
    sampling.draw_sample(draw, by=leader, at=day(3, 7))
    drawn = {one.referral: one for one in lots.drawn_by(draw, keeper)}
    with pytest.raises(NotFound):
        sampling.record(drawn[there], "satisfied", [], "满意。", by=keeper, at=day(4, 7))
    sampling.record(drawn[there], "content", ["pay_list"], "认可。", by=keeper, at=day(4, 7))
    sampling.record(drawn[here], "satisfied", ["talk_record"], "满意。", by=keeper, at=day(4, 7))
    asked = {one.office.id: one.papers_asked for one in lots.standings(keeper)}
    assert asked[there.to_id] == 2
    assert asked[here.to_id] == len(editions.of(FIRST).terms("closure_paper"))


def read(browser, address, **posted):
    """A page, and the request forgotten, so that the test does not go on under the notice that its door chose."""
    with browser.post(address, data=posted) if posted else browser.get(address) as answer:
        page = answer.text
    g.pop("edition", None)
    return page


def test_pages_lists_files_and_figures_keep_the_two_apart(people, pair, sign_in, set_clock, monkeypatch):
    """Each page says the words of its lead; lists offer the campaign; a month counts its own."""
    first, other = pair
    keeper, leader = people[Role.LEDGER_KEEPER], people[Role.BUREAU_LEADER]
    (case,) = db.session.scalars(select(SupervisedCase).filter_by(lead_id=other.id))
    supervision.open_supervision(case, "查清资金去向。", [], by=leader, at=day(5))
    db.session.commit()
    set_clock(day(5))
    browser = sign_in(keeper)
    page = read(browser, f"/leads/{other.key}")
    for word in ("重复发放", "热线电话", "街道救助专干", "归别处管", "关于开展临时救助专项检查的通知"):
        assert word in page, word
    assert "情况不属" not in page
    assert "归别处管" not in read(browser, f"/leads/{first.key}")
    assert "上门" in read(browser, f"/supervision/{case.key}")

    assert f'href="/rules?campaign={OTHER}"' in read(browser, "/rules")
    assert "救助经办人员由派驻组办理" in read(browser, f"/rules?campaign={OTHER}")
    both = read(browser, "/leads/")
    assert all(words in both for words in ("重复发放", "优亲厚友", "热线电话", first.number, other.number, "所有专项"))
    narrow = read(browser, f"/leads/?campaign={OTHER}")
    assert other.number in narrow
    assert first.number not in narrow
    assert "虚构对象" in narrow, "its own problems are offered"
    assert first.number in read(browser, "/leads/?campaign=nothing"), "an address that makes no sense is passed over"
    hits = [read(browser, "/leads/search", q="MZ2018", campaign=key).count('class="date"><a') for key in ("", OTHER)]
    assert hits == [2, 1]
    sheet = read(browser, "/leads/export", format="csv", campaign=OTHER)
    assert sheet.count("MZ2018") == 1
    assert "编号,类别" in sheet, "in the columns of its own notice"
    assert "重复发放" in read(browser, "/leads/export", format="csv")

    triage.propose_refusal(first, "no_substance", "没有内容。", by=keeper, at=day(5))
    with pytest.raises(NotFound):
        triage.propose_refusal(other, "no_substance", "没有内容。", by=keeper, at=day(5))
    triage.ask_back(other, "哪一户？", by=keeper, at=day(5))
    assert triage_queries.call_back_of(other).due_on == date(2018, 6, 11)
    for key in (FIRST, OTHER):
        with editions.under(editions.of(key).digest):
            counted = reports.report(Month(2018, 6), date(2018, 7, 2))
            assert counted.line(Asked.LEADS).number(Span.MONTH) == 1
    (there,) = make.referrals(other)
    with monkeypatch.context() as planted:
        planted.setattr(Lead, "rules", property(lambda _: editions.notice()))
        assert "送" not in due(there), "a paper that asks for the first notice would be seen"
    assert "送" in due(there)


def test_with_one_notice_the_sheet_and_the_ledger_ask_for_no_campaign(app, sign_in):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    assert "哪个专项" not in keeper.get("/intake/").text
    assert "所有专项" not in keeper.get("/leads/").text
    assert "专项" not in keeper.post("/leads/search", data={"q": "MZ2018"}).text
    assert "campaign=" not in keeper.get("/intake/").text + keeper.get("/leads/").text
