"""One household in one view: what each may see of it, on what ground, and what nobody learns by looking."""

import re

import pytest
from sqlalchemy import select

from tests import make
from tests.conftest import timeless
from tests.duties import second
from tests.publicity import at_work
from tests.questions import questions
from tests.relatives import lists
from tests.relatives.lists import AT, book, enter, filed, household, on_the_roll
from tests.screening.tables import number
from tipline.eligibility.models import EligibilityReview
from tipline.households import queries
from tipline.households.rules import Ground
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import editions, roster, time
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.referrals import operations as referrals
from tipline.relatives import hits
from tipline.relatives.models import RegisterEntry
from tipline.screening.models import ScreeningRecord

NAME = "鄂国栋"
ROW = re.compile(r'<a class="row-link" href="/([^"]+)/[^/"]+"[^\n]*<td>([^<]*)</td>\n')
OTHER = "haitang-2030-3"
STRONG, WEAK = "关于这一户", "可能是这一户，请先核实"


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


@pytest.fixture
def who(app):
    roles = {"clerk": Role.TOWN_CLERK, "inspector": Role.TOWN_INSPECTOR, "keeper": Role.LEDGER_KEEPER}
    return {name: make.officer(role) for name, role in (roles | {"district": Role.DISTRICT_INSPECTOR}).items()}


@pytest.fixture
def village(app):
    return next(one.code for one in roster.villages(make.SHUANGGANG) if one.name.startswith("李楼"))


@pytest.fixture
def registers(who):
    """Two households on the roll; one is a cadre's brother, who is filed and stands on a list."""
    on_the_roll(who["clerk"], household(NAME, 12), household("逯长贵", 13))
    enter("filing", book("filing", filed("郇宝山", 101, NAME, 12)), who["clerk"])
    kin = ["郇宝山", "村委会主任", "兄弟姐妹", NAME, number(12), "", "李楼村"]
    enter("kin", book("kin", kin), who["district"])
    assert hits.compare(by=who["district"], at=AT) == 1
    db.session.commit()


def told(by: Officer, village: str | None, name: str = f"{NAME}家", *posts: str, **said) -> Lead:
    said = {"names": ("郇宝山",), "place_code": village, "household": name, "at": AT, "received_at": AT} | said
    lead = make.lead(*(posts or ("village_head",)), by=by, **said)
    db.session.commit()
    return lead


def petition(by: Officer, village: str, name: str = NAME) -> EligibilityReview:
    lead = told(by, village, "", "recipient", names=(name,), problems=())
    return db.session.scalars(select(EligibilityReview).filter_by(lead_id=lead.id)).one()


def parts(page: str) -> dict[str, list[tuple[str, str]]]:
    """By section the rows: their address without its key, and their ground."""
    found = {}
    for section in re.findall(r"<section>\n<h2>(.*?)</section>", page, re.DOTALL):
        found[section.partition("</h2>")[0]] = ROW.findall(section)
    return found


def test_a_town_sees_from_a_lead_what_its_rooms_know(who, village, registers, sign_in):
    lead, other = told(who["clerk"], village), told(who["clerk"], village, NAME)
    elsewhere = told(who["clerk"], None, NAME)
    review = petition(who["clerk"], village)
    browser = sign_in(who["clerk"])
    place = f"/leads/{lead.key}/household"
    assert place in browser.get(f"/leads/{lead.key}").text
    page = browser.get(place).text
    found = parts(page)
    assert set(found[STRONG]) == {
        ("screening/records", "同村（居）、户主同名"),
        ("relatives/entries", "与同村同名的那一户身份证号一致"),
        ("eligibility", "同村（居）、户主同名"),
        ("leads", "同村（居）、户主同名"),
        ("referrals", "同村（居）、户主同名"),
    }
    assert keys_of("leads", page) == {lead.key, other.key, elsewhere.key, review.lead.key}
    assert set(found[WEAK]) == {(room, "同镇、户主同名，没有写明村（居）") for room in ("leads", "referrals")}
    assert "逯长贵" not in page
    assert number(12) not in page


def test_whoever_screens_or_answers_a_petition_in_a_town_is_not_told_of_complaints(who, village, registers, sign_in):
    told(who["clerk"], village)
    review = petition(who["clerk"], village)
    row, _ = db.session.scalars(select(ScreeningRecord).order_by(ScreeningRecord.id))
    browser = sign_in(who["clerk"])
    of_row = parts(browser.get(f"/screening/records/{row.key}/household").text)[STRONG]
    assert set(of_row) == {
        ("relatives/entries", "身份证号一致"),
        ("eligibility", "同村（居）、户主同名"),
    }
    of_review = parts(browser.get(f"/eligibility/{review.key}/household").text)[STRONG]
    assert {room for room, _ in of_review} == {"screening/records", "relatives/entries"}
    mine = told(who["keeper"], village)
    place = f"/eligibility/{review.key}/household"
    assert sign_in(who["keeper"]).get(place).status_code == 404
    review.second_asked_on = day_of(AT)  # the bureau looks again, and weighs what it was told
    db.session.commit()
    assert keys_of("leads", sign_in(who["keeper"]).get(place).text) == {mine.key}


def test_an_inspector_sees_hits_and_the_complaints_of_their_own_body_alone(who, village, registers, sign_in):
    mine = told(who["inspector"], village)
    told(who["clerk"], village)
    petition(who["clerk"], village)
    handled, second, part = (referral for _ in range(3) for referral in make.referrals(told(who["clerk"], village)))
    for referral in (handled, second, part):
        send(referral, who)
    part.whole = False
    db.session.commit()
    browser = sign_in(who["inspector"])
    place = f"/referrals/{handled.key}/household"
    assert place in browser.get(f"/referrals/{handled.key}").text
    page = browser.get(place).text
    assert set(parts(page)[STRONG]) == {
        ("leads", "同村（居）、户主同名"),
        ("referrals", "同村（居）、户主同名"),
        ("relatives/hits", "同村（居）、户主同名"),
        ("relatives/entries", "与同村同名的那一户身份证号一致"),
    }
    assert keys_of("leads", page) == {mine.key}
    assert keys_of("referrals", page) == {handled.key, second.key}  # its own is the way back
    assert browser.get(f"/referrals/{part.key}/household").status_code == 403
    assert sign_in(who["keeper"]).get(place).status_code == 403


def send(referral, who) -> None:
    referrals.approve(referral, by=who["keeper"], at=AT)
    referrals.hand_over(referral, by=who["clerk"], at=AT)
    referrals.sign_for(referral, by=who["inspector"], at=AT)
    db.session.commit()


def test_of_a_name_that_is_covered_nobody_is_told_whose_it_is(who, village, registers, sign_in):
    lead = told(who["keeper"], village)
    row, _ = db.session.scalars(select(ScreeningRecord).order_by(ScreeningRecord.id))
    browser = sign_in(who["keeper"])
    page = browser.get(f"/screening/records/{row.key}/household").text
    assert {ground for _, ground in parts(page)[STRONG]} == {"身份证号一致"}
    assert NAME not in page
    assert lead.key not in page
    page = browser.get(f"/leads/{lead.key}/household").text
    assert "screening/records" in {room for room, _ in parts(page)[STRONG]}
    assert f"{NAME}</a>" not in page


def test_two_households_of_one_name_in_a_village_are_listed_apart(who, village, registers, sign_in):
    on_the_roll(who["clerk"], household(NAME, 12), household("逯长贵", 13), household(NAME, 14))
    lead = told(who["clerk"], village)
    found = parts(sign_in(who["clerk"]).get(f"/leads/{lead.key}/household").text)
    assert [one for one in found[WEAK] if one[0] == "screening/records"] == [
        ("screening/records", "同村（居）有几户户主同名"),
    ] * 2
    assert "relatives/entries" not in {room for room, _ in found.get(STRONG, [])}
    rows = {record.identity_blind: record for record in db.session.scalars(select(ScreeningRecord))}
    numbered = db.session.scalars(select(RegisterEntry).filter_by(register="filing")).one().identity_blind
    found = parts(sign_in(who["clerk"]).get(f"/screening/records/{rows[numbered].key}/household").text)
    assert found[STRONG] == [("relatives/entries", "身份证号一致")]


def test_a_name_alone_is_looked_for_nowhere(who, village, sign_in):
    told(who["clerk"], village)
    nameless, placeless = told(who["clerk"], village, ""), told(who["clerk"], None, NAME, town=None)
    browser = sign_in(who["clerk"])
    for lead in (nameless, placeless):
        page = browser.get(f"/leads/{lead.key}/household")
        assert page.status_code == 200
        assert "没有写明是哪一户" in page.text
        assert not parts(page.text)


def keys_of(room: str, page: str) -> set[str]:
    return set(re.findall(rf'href="/{room}/([2-9a-z]{{17}})"', page))


def test_its_village_board_is_read_for_whoever_reads_the_names(who, village, sign_in):
    at_work.screened(who["clerk"])
    hung = at_work.posted(who["clerk"])
    db.session.commit()
    (row,) = db.session.scalars(select(ScreeningRecord))
    lead = told(who["clerk"], village, "佘仁杰")
    browser = sign_in(who["clerk"])
    for place in (f"/screening/records/{row.key}/household", f"/leads/{lead.key}/household"):
        page = browser.get(place).text
        assert f"/publicity/{hung.duty}.{hung.period}.{village}" in page
        assert browser.get(f"/publicity/{hung.duty}.{hung.period}.{village}").status_code == 200
    other = told(who["clerk"], village, "亓福来")
    assert "/publicity/publicity" not in browser.get(f"/leads/{other.key}/household").text
    keepers = told(who["keeper"], village, "佘仁杰")
    page = sign_in(who["keeper"]).get(f"/leads/{keepers.key}/household").text
    assert "screening/records" in page
    assert "/publicity/publicity" not in page


def test_tables_of_another_notice_are_searched_and_opened_under_it(who, village, registers, sign_in, monkeypatch):
    monkeypatch.setattr(lists, "AT", AT.replace(year=2030))
    lead = told(who["clerk"], village)
    second.in_force()
    with editions.under(editions.of(OTHER).digest):
        helped = [NAME, number(12), "2030-02-01"]
        on_the_roll(who["clerk"], helped, population="helped", heads=["领取人", "证件号", "救助日期"])
    browser = sign_in(who["clerk"])
    page = browser.get(f"/leads/{lead.key}/household").text
    assert ("screening/records", Ground.THROUGH.label) in parts(page)[STRONG]
    (place,) = (found for found in re.findall(r'href="(/screening/records/[^"]+)"', page) if OTHER in found)
    assert browser.get(place).status_code == 200
    page = browser.get(f"{place.partition('?')[0]}/household").text
    assert f'href="{place}"' in page  # the way back
    assert set(parts(page)[STRONG]) == {
        ("screening/records", Ground.IDENTITY.label),
        ("relatives/entries", Ground.IDENTITY.label),
    }


# --- what looking gives away


def test_it_is_written_once_a_day_on_the_paper_it_was_opened_from(who, village, registers, sign_in):
    lead = told(who["clerk"], village)
    browser = sign_in(who["clerk"])
    for _ in range(2):
        assert browser.get(f"/leads/{lead.key}/household").status_code == 200
    lines = db.session.scalars(select(Entry).where(Entry.act == Act.READ_HOUSEHOLD)).all()
    assert [(line.paper, line.by_id) for line in lines] == [(lead.ref, who["clerk"].id)]
    assert NAME not in f"{lines[0].facts} {lines[0].note_sealed}"


def asked(browser, place: str) -> tuple[str, list[str]]:
    """The page, and the questions that it took."""
    with questions() as seen:
        return timeless(browser.get(place).text), seen


def test_a_hidden_lead_changes_no_byte_and_no_question(who, village, registers, sign_in, monkeypatch):
    """Not even for its namesake in the same office, of whose wall no page tells."""
    named = make.officer(Role.TOWN_CLERK, name="佘仁杰")
    lead = told(who["clerk"], village)
    browser = sign_in(named)
    place = f"/leads/{lead.key}/household"
    browser.get(place)  # the line of today
    before = asked(browser, place)
    hidden = told(who["clerk"], village, names=("佘仁杰",))
    assert hidden.walled
    after = asked(browser, place)
    assert after == before
    assert hidden.key in sign_in(who["clerk"]).get(place).text
    assert sign_in(named).get(f"/leads/{hidden.key}/household").status_code == 404
    monkeypatch.setattr(ledger, "not_walled", lambda officer: Lead.id.is_not(None))
    assert hidden.key in sign_in(named).get(place).text  # a planted fault is caught


def test_it_asks_as_much_of_many_as_of_few(who, village, registers, sign_in):
    lead = told(who["clerk"], village)
    browser = sign_in(who["clerk"])
    place = f"/leads/{lead.key}/household"
    browser.get(place)
    told(who["clerk"], village), petition(who["clerk"], village)
    few, questions = asked(browser, place)
    for _ in range(queries.MOST + 2):
        told(who["clerk"], village)
    many, more = asked(browser, place)
    assert len(more) == len(questions) < 45
    assert len(keys_of("leads", many)) == queries.MOST + 1 > len(keys_of("leads", few))
