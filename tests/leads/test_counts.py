"""What a role finds over the ledger without having made it, and how many leads stand behind every view."""

import re
from html import unescape

import pytest

from tests import make
from tests.questions import questions
from tipline.kit.db import db
from tipline.leads import ledger, ready, saved
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role
from tipline.office.powers import PERMITTED

CHIP = re.compile(
    r'<li><a class="button" href="([^"]*)"[^>]*>([^<]+?)'
    r'(?: <span class="figure" aria-hidden="true">([^<]*)</span>|\s*<)'
)


def chips(page):
    """What stands over the list: the name of each view, where it leads, and the number that it says."""
    row = page.partition('<nav aria-label="视图"')[2] or page.partition('<nav aria-label="Views"')[2]
    found = CHIP.findall(row.partition("</nav>")[0])
    return {name: (unescape(there), said) for there, name, said in found}


def said(page):
    return {name: number for name, (_, number) in chips(page).items()}


def put(lead, **columns):
    for name, value in columns.items():
        setattr(lead, name, value)


@pytest.fixture
def people(app):
    """A clerk and the bureau's people, with eight leads of every kind; the last is walled from the mate."""
    who = {
        "clerk": make.officer(Role.TOWN_CLERK),
        "keeper": make.officer(Role.LEDGER_KEEPER),
        "mate": make.officer(Role.LEDGER_KEEPER),
        "leader": make.officer(Role.BUREAU_LEADER),
        "operator": make.officer(Role.OPERATOR),
        "inspector": make.officer(Role.TOWN_INSPECTOR),
    }
    first, again, gone, asked_back, refused, reopened = (make.lead("village_head", by=who["clerk"]) for _ in range(6))
    call = make.lead("village_head", by=who["operator"])
    walled = make.lead("village_head", by=who["clerk"], names=(who["mate"].name,))
    put(call, major=True, media=True)
    put(walled, major=True)
    put(again, primary_id=first.id)
    put(gone, handed_over=True)
    put(asked_back, state=LeadState.AWAITING_INFO)
    put(refused, state=LeadState.REFUSAL_PROPOSED)
    put(reopened, state=LeadState.REOPENED)
    db.session.commit()
    return who


def test_every_role_finds_its_views_and_how_much_is_in_each(people, sign_in):
    pages = {kind: sign_in(officer).get("/leads/").text for kind, officer in people.items()}
    triage = {"待补充": "1", "拟不予受理": "1", "已重启": "1"}
    assert {kind: said(page) for kind, page in pages.items()} == {
        "clerk": {"全部线索": "7", "未移送": "2", "待补充": "1", "已重启": "1"},
        "keeper": {"全部线索": "8", "未移送": "3"} | triage,
        "mate": {"全部线索": "7", "未移送": "2"} | triage,
        "leader": {"全部线索": "8", "拟不予受理": "1", "领导批示": "0", "重大": "2", "媒体关注": "1"},
        "operator": {"全部线索": "1", "未移送": "1", "待补充": "0"},
        "inspector": {"全部线索": "0", "未移送": "0"} | dict.fromkeys(triage, "0"),
    }
    for kind, page in pages.items():
        browser = sign_in(people[kind])
        for name, (there, number) in chips(page).items():
            opened = browser.get(there).text
            assert opened.count('class="row-link"') == int(number), (kind, name)
            assert re.search(rf'aria-current="page">{name} ', opened), (kind, name)


def test_a_number_is_read_aloud_in_both_languages(people, sign_in):
    browser = sign_in(people["keeper"])
    assert '<span class="aloud">共1件</span>' in browser.get("/leads/?state=awaiting_info").text
    browser.post("/language", data={"language": "en"})
    page = browser.get("/leads/").text
    assert said(page)["Awaiting information"] == "1"
    assert '<span class="aloud">1 in all</span>' in page


def test_a_saved_view_says_what_its_reader_finds_there(people, sign_in):
    for name, address in {"重大的": {"flag": "major"}, "有并案的": {"bundled": "yes", "order": "oldest"}}.items():
        one = saved.save(name, address, by=people["keeper"], at=make.NOON)
        saved.share(one, by=people["keeper"], at=make.NOON)
    db.session.commit()
    told = {kind: said(sign_in(people[kind]).get("/leads/").text) for kind in ("keeper", "mate")}
    assert [told[kind]["重大的"] for kind in told] == ["2", "1"]
    assert [told[kind]["有并案的"] for kind in told] == ["", ""]


def test_a_large_number_is_not_told_and_one_that_would_need_all_leads_is_left_out(people, monkeypatch):
    keeper = people["keeper"]
    everything, many, few = {}, {"channel": "call"}, {"flag": "major"}
    monkeypatch.setattr(ledger, "FIGURE", 3)
    assert ledger.counts(keeper, [everything, few]) == [4, 2]
    assert ledger.counts_of_newest(keeper, [many, few]) == [4, 2]
    monkeypatch.setattr(ledger, "FAR_BACK", 7)
    assert ledger.counts_of_newest(keeper, [many, few]) == [4, None]
    monkeypatch.setattr(ledger, "FAR_BACK", 8)
    assert ledger.counts_of_newest(keeper, [many, few]) == [4, 2]


def test_no_view_and_no_lead_makes_another_question(people, sign_in):
    browser = sign_in(people["keeper"])

    def shown():
        with questions() as asked:
            page = browser.get("/leads/").text
        return len(said(page)), len(asked)

    saved.save("第一个", {"flag": "media"}, by=people["keeper"], at=make.NOON)
    db.session.commit()
    views, once = shown()
    for n in range(saved.MOST - 1):
        saved.save(f"又{n}个", {"flag": "media"}, by=people["keeper"], at=make.NOON)
    for _ in range(30):
        make.lead("village_head", by=people["clerk"])
    db.session.commit()
    more, again = shown()
    assert (more - views, again - once) == (saved.MOST - 1, 0)


def test_every_ready_view_is_an_address_that_the_ledger_understands_and_that_names_no_sealed_word(app):
    assert set(ready.VIEWS) == {role for role, acts in PERMITTED.items() if Act.READ_LEDGER in acts}
    for role in ready.VIEWS:
        for name, address in ready.of(make.officer(role)):
            assert ledger.asked(address) | ledger.order_of(address) == address, (role, name)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # a small table is read through by PostgreSQL
def test_an_index_leads_to_what_is_behind_a_ready_view(app):
    """Without one, a ledger of years would be walked for every number on every page."""
    keeper = make.officer(Role.LEDGER_KEEPER)

    def walked(address):
        query = ledger.narrowed(keeper, ledger.asked(address)).order_by(None).with_only_columns(Lead.id)
        words = query.compile(db.engine, compile_kwargs={"literal_binds": True})
        return "USING INDEX ix_lead_" not in str(db.session.execute(db.text(f"EXPLAIN QUERY PLAN {words}")).all())

    assert walked({"channel": "letter"})
    assert [name for views in ready.VIEWS.values() for name, address in views if walked(address)] == []
