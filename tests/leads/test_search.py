"""Search finds what the officer may read and nothing else, on both databases, as a plain reading would."""

import random
from datetime import timedelta

import pytest

from tests import make
from tests.questions import questions
from tipline.kit.db import db
from tipline.kit.grams import folded, runs
from tipline.leads import operations, queries
from tipline.leads.search import find, words_to_read
from tipline.office.charter import Role
from tipline.referrals import operations as referrals

WORDS = "低保错漏人情关系村干部收钱不批王李赵佘鄂国栋０1a"


def sentence(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(WORDS + "，。 ") for _ in range(length))


@pytest.fixture
def ledger(app):
    """Forty leads of four hands, some walled, some gone, some voided."""
    chance = random.Random(17)
    people = {
        "operator": make.officer(Role.OPERATOR),
        "clerk": make.officer(Role.TOWN_CLERK),
        "keeper": make.officer(Role.LEDGER_KEEPER),
        "namesake": make.officer(Role.LEDGER_KEEPER, name="佘仁杰"),
        "leader": make.officer(Role.BUREAU_LEADER),
        "inspector": make.officer(Role.TOWN_INSPECTOR),
    }
    writers = [people[name] for name in ("operator", "clerk", "keeper", "inspector")]
    for at in range(40):
        by = chance.choice(writers)
        lead = make.lead(
            chance.choice(["village_head", "village_accountant", "bureau_clerk"]),
            by=by,
            names=(chance.choice(make.NAMES),),
            narrative=sentence(chance, 30) or "空",
            household=sentence(chance, 3),
            town=chance.choice([make.SHUANGGANG, make.XINZHUANG]),
            at=make.NOON + timedelta(minutes=at),
        )
        if chance.random() < 0.2 and not lead.handed_over:
            for referral in make.referrals(lead):
                referrals.approve(referral, by=people["leader"], at=make.NOON)
                referrals.hand_over(referral, by=people["keeper"], at=make.NOON)
        elif chance.random() < 0.2 and lead.office_id == people["keeper"].office_id:
            operations.open_content(lead, reason="核对来信内容用。", by=people["keeper"], at=make.NOON)
    db.session.commit()
    return people


def by_reading(query, officer, now):
    """What somebody would find who read every word they may read."""
    found = []
    for lead in db.session.scalars(queries.visible_to(officer)):
        opened = queries.may_read_content(officer, lead, now)
        words, asked = folded(" ".join(words_to_read(lead, opened=opened))), list(runs(query))
        if asked and all(run in words for run in asked):
            found.append(lead.number)
    return found


def test_it_finds_what_a_plain_reading_finds(ledger):
    chance = random.Random(5)
    now = make.NOON + timedelta(minutes=10)
    asked = [sentence(chance, chance.choice([1, 1, 2, 2, 3])) for _ in range(25)]
    asked += [
        "佘",
        "佘仁杰",
        "srj",
        "MZ2018-0001",
        "MZ20180001",
        "0001",
        "双港",
        "辛庄镇 低",
        "不存在的词",
        "，",
        "%",
        '" OR "',
    ]
    for officer in ledger.values():
        for query in asked:
            found = [hit.lead.number for hit in find(query, officer, now, limit=100)]
            assert found == by_reading(query, officer, now), (officer.role, query)


def test_a_page_ends_where_the_next_begins(ledger):
    keeper, now = ledger["keeper"], make.NOON
    whole = [hit.lead.number for hit in find("2018", keeper, now, limit=100)]
    first = find("2018", keeper, now, limit=7)
    second = find("2018", keeper, now, limit=7, before=first[-1].lead)
    assert [hit.lead.number for hit in first + second] == whole[:14]


def test_hidden_rows_move_nothing(ledger):
    namesake, now = ledger["namesake"], make.NOON
    before = [hit.lead.number for hit in find("镇", namesake, now, limit=25)]
    for _ in range(5):
        make.lead("bureau_clerk", by=ledger["clerk"], names=("佘仁杰",))
    assert [hit.lead.number for hit in find("镇", namesake, now, limit=25)] == before


def test_amended_words_are_found_and_the_former_are_not(app):
    clerk = make.officer(Role.TOWN_CLERK)
    lead = make.lead("village_head", by=clerk, narrative="从前的话")
    operations.amend(lead, "后来的话", reason="来电人更正。", by=clerk, at=make.NOON)
    db.session.commit()
    assert [hit.lead for hit in find("后来", clerk, make.NOON, limit=5)] == [lead]
    assert not find("从前", clerk, make.NOON, limit=5)


def test_words_go_by_post_and_the_page_shows_only_number_place_and_state(ledger, sign_in):
    browser = sign_in(ledger["clerk"])
    page = browser.post("/leads/search", data={"q": "佘仁杰"})
    assert page.status_code == 200
    assert browser.get("/leads/search?q=x").status_code in {404, 405}
    assert page.text.count("佘仁杰") == 1, "only the words that were asked"


def test_a_search_asks_a_handful_of_questions(ledger):
    clerk = ledger["clerk"]
    assert clerk.office
    with questions() as asked:
        find("低", clerk, make.NOON, limit=25)
    assert len(asked) <= 4, asked


def test_part_of_a_name_is_found_by_its_sound_where_the_words_are_open(app):
    clerk, keeper = make.officer(Role.TOWN_CLERK), make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head", by=clerk, names=("欧阳翠柏",), narrative="林景家园的事。")
    make.lead("village_head", by=clerk, names=("翁白翠",))
    db.session.commit()

    def hits(query, officer=clerk):
        return [(hit.lead.id, hit.alike) for hit in find(query, officer, make.NOON, limit=9)]

    for query, alike in (("翠柏", False), ("脆百", True), ("欧阳脆百", True), ("双港 脆百", True), ("cuibai", False)):
        assert hits(query) == [(lead.id, alike)], query
        assert hits(query, keeper) == []
    for query in ("百", "林警", "双岗", "脆百 双岗", "柏翠柏"):
        assert hits(query) == [], query
