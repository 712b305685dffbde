"""Bundles at the counter, asked by who may, who may not, and the stranger."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.bundles.cast import calls
from tests.questions import questions
from tipline.bundles import operations
from tipline.bundles.models import Bundle, LeadLink
from tipline.bundles.rules import LinkKind
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role
from tipline.office.models import Entry

NOW = make.NOON + timedelta(hours=2)
WHY = "同一人反映同一件事。"


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    """The counter's clock stands where the calls were made."""
    set_clock(NOW)


@pytest.fixture
def people(app):
    return {
        "clerk": make.officer(Role.TOWN_CLERK),
        "stranger": make.officer(Role.TOWN_CLERK, make.XIANSHUIGU),
        "keeper": make.officer(Role.LEDGER_KEEPER),
        "operator": make.officer(Role.OPERATOR),
        "auditor": make.officer(Role.AUDITOR),
    }


def nine(people):
    leads = calls(people["clerk"], 9)
    db.session.commit()
    return leads


def test_nine_are_picked_and_bundled_in_one_go(people, sign_in):
    leads = nine(people)
    first, keys = leads[0], [lead.key for lead in leads]
    browser = sign_in(people["clerk"])
    page = browser.get(f"/bundles/alike/{keys[3]}").text
    assert all(lead.number in page for lead in leads)
    assert "双港镇" in page
    data = {"picked": [key for key in keys if key != keys[3]], "primary": first.key, "reason": WHY}
    answer = browser.post(f"/bundles/alike/{keys[3]}/bundle", data=data)
    assert answer.status_code == 302, answer.text
    (bundle,) = db.session.scalars(select(Bundle))
    assert bundle.primary.key == keys[0]
    shown = browser.get(answer.location).text
    assert "1 件 9 人次" in shown
    assert WHY in shown
    assert "1 件 9 人次" in browser.get(f"/leads/{keys[0]}").text
    assert bundle.primary.number in browser.get(f"/leads/{keys[3]}").text
    assert bundle.number in browser.get("/bundles/").text
    undone = browser.post(f"/bundles/{bundle.key}/undo", data={"undo-reason": "细看是两件事。"})
    assert undone.status_code == 302
    assert bundle.number in browser.get("/bundles/?show=undone").text
    assert "重复件：" not in browser.get(f"/leads/{keys[3]}").text


def test_without_a_reason_or_a_first_report_the_picks_come_back(people, sign_in):
    leads = nine(people)
    browser = sign_in(people["clerk"])
    address = f"/bundles/alike/{leads[0].key}/bundle"
    for data in ({"picked": leads[1].key, "primary": leads[0].key}, {"picked": leads[1].key, "reason": WHY}):
        answer = browser.post(address, data=data)
        assert answer.status_code == 422
        assert f'value="{leads[1].key}" checked' in answer.text
    answer = browser.post(address, data={"primary": leads[0].key, "reason": WHY})
    assert answer.status_code == 422
    assert "请选取要并入的线索" in answer.text
    assert not list(db.session.scalars(select(Bundle)))


def test_every_door_is_closed_to_whoever_may_not_read(people, sign_in):
    one, other, third = nine(people)[:3]
    bundle = operations.bundle(one, [other], reason=WHY, by=people["clerk"], at=NOW)
    link = operations.link(one, third, LinkKind.RELATED, reason=WHY, by=people["clerk"], at=NOW)
    db.session.commit()
    pages = (f"/bundles/alike/{third.key}", f"/bundles/compare/{one.key}.{third.key}", f"/bundles/{bundle.key}")
    deeds = {
        f"/bundles/alike/{third.key}/bundle": {"picked": one.key, "primary": one.key, "reason": WHY},
        f"/bundles/alike/{third.key}/link": {"picked": one.key, "kind": "related", "reason": WHY},
        f"/bundles/alike/{third.key}/find": {"number": one.number},
        f"/bundles/alike/{third.key}/compare": {"picked": one.key},
        f"/bundles/{bundle.key}/undo": {"undo-reason": "不是一件事。"},
        f"/bundles/links/{link.key}/unlink": {},
    }
    for outsider in ("stranger", "operator", "auditor"):
        browser = sign_in(people[outsider])
        assert {browser.get(page).status_code for page in pages} == {404}, outsider
        assert {browser.post(url, data=data).status_code for url, data in deeds.items()} == {404}, outsider
    keeper = sign_in(people["keeper"])  # sees the shells of the whole ledger, reads its own words only
    assert [keeper.get(page).status_code for page in pages] == [403, 404, 200]
    assert keeper.post(f"/bundles/{bundle.key}/undo", data={"undo-reason": "不是一件事。"}).status_code == 403
    assert WHY not in keeper.get(f"/bundles/{bundle.key}").text
    assert keeper.post(f"/bundles/links/{link.key}/unlink").status_code == 403
    assert "/unlink" not in keeper.get(f"/leads/{one.key}").text
    db.session.refresh(bundle)
    assert bundle.undone_at is None
    assert link.undone_at is None


def test_two_to_four_stand_side_by_side_and_the_reading_is_written(people, sign_in):
    leads = nine(people)
    browser = sign_in(people["clerk"])
    address = f"/bundles/alike/{leads[0].key}/compare"
    for number in (0, 4):
        answer = browser.post(address, data={"picked": [lead.key for lead in leads[1 : 1 + number]]})
        assert answer.location.endswith(f"/bundles/alike/{leads[0].key}")
    answer = browser.post(address, data={"picked": [lead.key for lead in leads[1:4]]})
    page = browser.get(answer.location)
    assert page.status_code == 200
    assert all(lead.number in page.text for lead in leads[:4])
    assert page.text.count("佘仁杰") == 4
    read = select(Entry).where(Entry.act == Act.READ_LEAD, Entry.paper.in_([lead.ref for lead in leads]))
    assert len(list(db.session.scalars(read))) == 4
    browser.get(answer.location)
    assert len(list(db.session.scalars(read))) == 4
    keys = [lead.key for lead in leads]
    for wrong in (keys[0], ".".join(keys[:5]), f"{keys[0]}.nothing", f"{keys[0]}.{keys[0]}"):
        assert browser.get(f"/bundles/compare/{wrong}").status_code == 404


def test_what_is_picked_in_the_ledger_is_compared_if_it_may_be_read(people, sign_in):
    first, second, *others = calls(people["clerk"], 5)
    strange = make.lead("village_head", by=people["stranger"])
    db.session.commit()
    clerk, keeper = sign_in(people["clerk"]), sign_in(people["keeper"])
    assert clerk.get("/leads/").text.count('name="picked"') == 5
    assert 'name="picked"' not in sign_in(people["operator"]).get("/leads/").text

    def picked(*leads):
        return {"picked": [lead.key for lead in leads], "order": "oldest", "left": "no"}

    address = "/bundles/compare-picked"
    there = f"/bundles/compare/{first.key}.{second.key}"
    assert clerk.post(address, data=picked(second, strange, first)).location == there
    for too_few_or_many in ((first,), (first, second, *others), (strange, first)):
        answer = clerk.post(address, data=picked(*too_few_or_many))
        assert answer.location == "/leads/?left=no&order=oldest"
    assert "请选取二至四件" in clerk.get("/leads/").text
    assert keeper.post(address, data=picked(first, second)).location == "/leads/?left=no&order=oldest"
    assert f"{first.number}、{second.number}的内容未向您开放" in keeper.get("/leads/").text


def test_a_link_is_made_shown_and_taken_away(people, sign_in):
    one, other, third = nine(people)[:3]
    browser = sign_in(people["clerk"])
    data = {"picked": [other.key, third.key], "kind": "derived", "reason": "核问时带出的另一件事。"}
    assert browser.post(f"/bundles/alike/{one.key}/link", data=data).status_code == 302
    page = browser.get(f"/leads/{one.key}").text
    assert other.number in page
    assert third.number in page
    assert "/unlink" in page
    link = db.session.scalars(select(LeadLink)).first()
    assert browser.post(f"/bundles/links/{link.key}/unlink").status_code == 302
    assert browser.post(f"/bundles/links/{link.key}/unlink").status_code == 404


def test_a_lead_that_somebody_remembers_is_put_beside_it(people, sign_in):
    (one,) = calls(people["clerk"], 1)
    (far,) = calls(
        people["clerk"], 1, names=("旁人",), town=make.XINZHUANG, narrative="别的事", problems=("extortion",)
    )
    (closed,) = calls(people["stranger"], 1)
    db.session.commit()
    browser = sign_in(people["clerk"])
    found = browser.post(f"/bundles/alike/{one.key}/find", data={"number": f" {far.number} "})
    assert f'value="{far.key}" checked' in browser.get(found.location).text
    for number in (closed.number, "MZ2018-9999", one.number, ""):
        again = browser.post(f"/bundles/alike/{one.key}/find", data={"number": number})
        assert again.location.endswith(f"/bundles/alike/{one.key}")


def test_a_page_of_bundles_asks_no_more_for_many(people, sign_in):
    browser = sign_in(people["clerk"])
    counts = []
    for _ in range(2):
        for _ in range(4):
            first, second = calls(people["clerk"], 2)
            operations.bundle(first, [second], reason=WHY, by=people["clerk"], at=NOW)
        db.session.commit()
        with questions() as asked:
            assert browser.get("/bundles/").status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0], counts


def test_the_ledger_flags_a_repeat_and_exports_it(people, sign_in):
    one, other = nine(people)[:2]
    operations.bundle(one, [other], reason=WHY, by=people["clerk"], at=NOW)
    db.session.commit()
    browser = sign_in(people["clerk"])
    page = browser.get("/leads/?repeat=yes").text
    assert other.number in page
    assert one.number not in page
    with browser.post("/leads/export", data={"format": "csv", "repeat": "yes"}) as answer:
        file = answer.data.decode("utf-8-sig")
    assert "重复件" in file
    assert "初次件" not in file
    assert db.session.scalars(select(Lead).where(Lead.primary_id.is_not(None))).one().key == other.key
