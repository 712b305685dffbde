"""The pages of inspections: who reads what of a finding, how many questions they cost, what forms give back."""

from datetime import date

import pytest
from flask import g
from sqlalchemy import select

from tests import make
from tests.duties import second
from tests.inspections.at_work import WORDS, cast, found, photo, planned, screened, seen, under_way, villages
from tests.questions import questions
from tipline.inspections import jobs, operations, queries, waiting
from tipline.inspections.models import Finding, FindingFile, Inspection
from tipline.kit.db import db
from tipline.office import editions
from tipline.office.charter import Role
from tipline.office.models import Letter
from tipline.office.signals import signals
from tipline.reports.families import FINDINGS

TODAY = date(2018, 6, 4)
DEMAND = "复核该户资格，停发不符合的待遇。"


@pytest.fixture
def people(app, set_clock):
    set_clock(make.NOON)
    return cast()


def test_a_town_reads_what_it_must_put_right_and_not_what_was_seen(sign_in, people):
    finding = found(under_way(people), people.keeper)
    db.session.commit()
    address = f"/inspections/findings/{finding.key}"
    assert sign_in(people.clerk).get(address).status_code == 404
    assert WORDS in sign_in(people.leader).get(address).text
    operations.demand(finding, DEMAND, by=people.keeper, at=make.NOON)
    db.session.commit()
    page = sign_in(people.clerk).get(address).text
    assert DEMAND in page
    assert WORDS not in page
    assert people.keeper.name not in page
    assert finding.number in sign_in(people.deputy).get("/inspections/").text
    stranger = make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    assert sign_in(stranger).get(address).status_code == 404


def test_a_town_takes_away_its_own_proof_and_the_bureau_both(sign_in, people):
    finding = operations.record(under_way(people), seen(), photo(), by=people.keeper, at=make.NOON)
    operations.demand(finding, DEMAND, by=people.keeper, at=make.NOON)
    operations.report_rectified(finding, "已停发。", photo(), by=people.clerk, at=make.NOON)
    db.session.commit()
    before, after = db.session.scalars(select(FindingFile.key).order_by(FindingFile.id)).all()

    def taken(officer):
        browser = sign_in(officer)
        return [browser.post(f"/inspections/files/{key}/download").status_code for key in (before, after)]

    assert taken(people.clerk) == [404, 200]
    assert taken(people.leader) == [200, 200]


def test_pages_ask_as_much_for_many_as_for_few(sign_in, people):
    first, second, *_ = villages()
    screened(people.clerk, first)
    paper = under_way(people, first, second)
    found(paper, people.keeper)
    db.session.commit()
    browser = sign_in(people.keeper)
    doors = (
        "/inspections/",
        "/inspections/findings",
        f"/inspections/{paper.key}",
        f"/inspections/{paper.key}/households",
    )

    def cost(door):
        with questions() as asked:
            assert browser.get(door).status_code == 200
        return len(asked)

    few = [cost(door) for door in doors]
    screened(people.clerk, *[villages()[n % 2] for n in range(6)])
    for _ in range(5):
        operations.demand(found(paper, people.keeper), DEMAND, by=people.keeper, at=make.NOON)
        planned(people, second)
    db.session.commit()
    assert [cost(door) for door in doors] == few


def test_a_plan_with_a_gap_gives_the_words_back(sign_in, people):
    browser = sign_in(people.keeper)
    sheet = {"plan-sort": "third_party", "plan-since": "2018-06-04", "plan-until": "2018-06-08", "plan-by_lot": "1"}
    sheet |= {"plan-reason": "委托检查审核审批。", "plan-leader": people.leader.key, "plan-towns": make.SHUANGGANG}
    answer = browser.post("/inspections/plan", data=sheet)
    assert answer.status_code == 422
    assert "第三方检查要写明受托单位和合同编号。" in answer.text
    assert "委托检查审核审批。" in answer.text
    firm = {"plan-contractor": "明衡中心", "plan-contract_no": "津合7"}
    assert browser.post("/inspections/plan", data=sheet | firm).status_code == 302
    paper = db.session.scalars(select(Inspection)).one()
    assert sign_in(people.leader).post(f"/inspections/{paper.key}/start").status_code == 302
    assert len(paper.places) == 2


def test_a_finding_is_turned_into_a_lead_at_the_counter(sign_in, people):
    finding = found(under_way(people), people.keeper)
    db.session.commit()
    browser = sign_in(people.keeper)
    sheet = {
        "lead-post": "village_head",
        "lead-name": "佘仁杰",
        "lead-problem": "nepotism",
        "lead-words": "为亲属办低保。",
    }
    address = f"/inspections/findings/{finding.key}"
    assert browser.post(f"{address}/turn-into-lead", data=sheet).status_code == 302
    assert "/leads/" in browser.get(address).text
    assert db.session.scalars(select(Finding.state)).one().value == "recorded"


def test_another_notice_has_other_towns_kinds_and_days(people):
    second.in_force()
    second.work_by()
    street = second.office_of(second.STREETS[0])
    assert [one.town for one in queries.attention(TODAY, TODAY)] == list(second.STREETS)
    paper = under_way(people, *villages(second.STREETS[0])[:1], by_lot=1)
    finding = found(paper, people.keeper, term="ghost", place=villages(second.STREETS[0])[0])
    operations.demand(finding, DEMAND, by=people.keeper, at=make.NOON)
    assert (finding.office, finding.due_on) == (street, date(2018, 6, 7))
    assert len(paper.places) == 2


def test_two_campaigns_are_inspected_apart(people, sign_in):
    """Lists, addresses, waiting lines and letters name the campaign; neither's towns nor findings show in the other."""
    mine = found(under_way(people), people.keeper)
    second.in_force()
    street = make.officer(Role.TOWN_CLERK)
    street.office = second.office_of(second.STREETS[0])
    village = villages(second.STREETS[0])[0]
    second.work_by()
    theirs = found(under_way(people, village), people.keeper, term="ghost", place=village)
    operations.demand(theirs, DEMAND, by=people.keeper, at=make.NOON)
    g.pop("edition")
    operations.demand(mine, DEMAND, by=people.keeper, at=make.NOON)
    db.session.commit()
    counted = FINDINGS.under(editions.notice().key, Finding.number)
    assert list(db.session.scalars(counted)) == [mine.number], "nor in its figures"
    assert dict(signals["late_findings"].counts(TODAY, date(2018, 12, 31))) == {mine.office.place_code: 1}
    waits = {one.number: one.values for one in waiting.waiting_for(street, TODAY)}
    assert waits == {theirs.number: {"key": theirs.key, "campaign": "haitang-2030-3"}}
    late = {one.number: one.values.get("campaign") for one in waiting.waiting_for(people.keeper, date(2018, 7, 9))}
    assert late[theirs.number] == "haitang-2030-3"
    assert late[mine.number] is None
    assert jobs.remind(make.NOON.replace(day=7)) > 0
    letters = {
        one.about: one.body for one in db.session.scalars(select(Letter).where(Letter.about.contains("finding/")))
    }
    assert [body for about, body in letters.items() if theirs.ref in about and "?campaign=haitang-2030-3" in body]
    browser = sign_in(people.keeper)
    key = f"/inspections/findings/{theirs.key}"
    assert browser.get(key).status_code == 404
    page = browser.get(f"{key}?campaign=haitang-2030-3").text
    assert "虚构对象" in page
    lists = {key: browser.get(f"/inspections/findings{key}").text for key in ("", "?campaign=haitang-2030-3")}
    assert [theirs.number in text for text in lists.values()] == [False, True]
    assert [mine.number in text for text in lists.values()] == [True, False]


def test_a_towns_reports_draw_the_eye_in_their_own_campaign_only(people):
    second.in_force()
    make.lead("village_head", town=second.STREETS[0])
    second.work_by()
    assert signals["reports"].counts(TODAY, TODAY) == {}
    g.pop("edition")
    assert signals["reports"].counts(TODAY, TODAY) == {second.STREETS[0]: 1}
