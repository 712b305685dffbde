"""One household in one view: what each may see of it, on what ground, and what nobody learns by looking."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from tests import make
from tests.relatives.lists import AT, book, enter, filed, household, on_the_roll
from tests.screening.tables import number
from tipline.eligibility.models import EligibilityReview
from tipline.households import queries
from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import roster, time
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.referrals import operations as referrals
from tipline.relatives import hits
from tipline.relatives.models import RegisterEntry, RegisterHit
from tipline.screening.models import ScreeningRecord

NAME = "鄂国栋"
STRONG, WEAK = "关于这一户", "可能是这一户，请先核实"
TEN = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: AT)


@pytest.fixture
def who(app):
    roles = {"clerk": Role.TOWN_CLERK, "inspector": Role.TOWN_INSPECTOR, "keeper": Role.LEDGER_KEEPER}
    return {name: make.officer(role) for name, role in (roles | {"district": Role.DISTRICT_INSPECTOR}).items()}


@pytest.fixture
def village(app):
    return next(one.code for one in roster.villages(make.SHUANGGANG) if one.name == "李楼村")


@pytest.fixture
def registers(who):
    """On the roll and, the same number, among those who left; a cadre's brother who is filed, and found again on a list."""
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
        rows = re.findall(r'<a class="row-link" href="/([^"]+)/[^/"]+".*?<td class="date">.*?<td>(.*?)</td></tr>', section, re.DOTALL)
        found[section.partition("</h2>")[0]] = rows
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
        ("relatives/rows", "同村（居）、户主同名"),
        ("eligibility", "同村（居）、户主同名"),
        ("leads", "同村（居）、户主同名"),
    }
    assert {key for key in re.findall(r"/leads/(\w+)", page)} >= {other.key, review.lead.key}
    assert found[WEAK] == [("leads", "同镇、户主同名，没有写明村（居）")]
    assert elsewhere.key in page
    assert "逯长贵" not in page
