"""The ledger as a list and as a file: filters in the address, pages by key, words only where they are open."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests import make
from tests.questions import questions
from tipline.kit.db import db
from tipline.leads import queries
from tipline.leads.models import Lead
from tipline.office.charter import Act, Role
from tipline.office.models import Entry


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


def test_pages_walk_forth_and_back_by_key(clerk, sign_in):
    leads = [make.lead("village_head", by=clerk) for _ in range(60)]
    browser = sign_in(clerk)
    numbers = [lead.number for lead in reversed(leads)]
    first = browser.get("/leads/").text
    assert all(number in first for number in numbers[:25])
    assert numbers[25] not in first
    second = browser.get(f"/leads/?after={leads[-25].key}").text
    assert all(number in second for number in numbers[25:50])
    assert numbers[24] not in second
    back = browser.get(f"/leads/?before={leads[-26].key}").text
    assert all(number in back for number in numbers[:25])
    assert numbers[25] not in back


def test_a_call_of_the_small_hours_stands_under_its_own_day(clerk, sign_in):
    at_dawn = datetime(2018, 6, 3, 16, 30, tzinfo=UTC)  # half past midnight on the 4th, in Tianjin
    lead = make.lead("village_head", by=clerk, received_at=at_dawn)
    page = sign_in(clerk).get("/leads/").text
    assert lead.number in page
    assert "2018年6月4日" in page.partition(lead.number)[2][:400]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"town={make.XINZHUANG}", False),
        (f"town={make.SHUANGGANG}", True),
        ("channel=call", True),
        ("channel=letter", False),
        ("problem=nepotism", True),
        ("problem=extortion", False),
        ("wrong=favour_dibao", True),
        ("flag=media", True),
        ("flag=major", False),
        ("month=2018-06", True),
        ("month=2018-05", False),
        ("state=registered", True),
        ("state=voided", False),
        ("left=no", True),
        ("left=yes", False),
        ("state=nonsense&flag=nonsense&month=2018-13", True),
        ("month=0001-01", True),
        ("month=9999-12", True),
    ],
)
def test_filters_stand_in_the_address(clerk, sign_in, address, shown):
    lead = make.lead("village_head", by=clerk, media=True, wrong_dibao=("favour_dibao",))
    page = sign_in(clerk).get(f"/leads/?{address}")
    assert page.status_code == 200
    assert (lead.number in page.text) is shown


def test_a_filter_is_a_chip_that_can_be_taken_off(clerk, sign_in):
    page = sign_in(clerk).get(f"/leads/?town={make.SHUANGGANG}&channel=call").text
    assert f'class="chip" href="/leads/?town={make.SHUANGGANG}"' in page


def test_a_page_of_the_ledger_asks_eight_questions_at_most(clerk, sign_in):
    for at in range(30):
        make.lead("village_head", "village_accountant", by=clerk, at=make.NOON + timedelta(minutes=at))
    browser = sign_in(clerk)
    with questions() as asked:
        browser.get("/leads/")
    own = [statement for statement in asked if not statement.startswith("BEGIN") and not of_the_frame(statement)]
    assert len(own) <= 8, "\n".join(own)


def of_the_frame(statement: str) -> bool:
    """The strip over every page asks about the machine, not about the ledger."""
    return any(f"FROM {table}" in statement for table in ("heartbeat", "letter", "calendar_year", "job_run"))


def test_no_sealed_word_is_fetched_for_a_list(clerk, sign_in):
    make.lead("village_head", by=clerk)
    browser = sign_in(clerk)
    with questions() as asked:
        browser.get("/leads/")
    assert not [statement for statement in asked if "_sealed" in statement.replace("ledger_view.name_sealed", "")]


def rows_of(answer, kind):
    content = answer.data
    answer.close()
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return [[cell.value or "" for cell in line] for line in load_workbook(io.BytesIO(content)).active.iter_rows()]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_carries_no_word_of_people_or_of_what_they_did(clerk, sign_in, kind):
    said = {"names": ("佘仁杰",), "narrative": "内情", "household": "鄂国栋", "amount_fen": 123456}
    make.lead("village_head", by=clerk, happened_from=date(2018, 1, 31), **said)
    clerk.name = "=某登记"
    browser = sign_in(clerk)
    assert "佘仁杰" in browser.get(f"/leads/{db.session.scalar(select(Lead.key))}").text, "they are open to the clerk"
    heads, row = rows_of(browser.post("/leads/export", data={"format": kind}), kind)
    cells = dict(zip(heads, row, strict=True))
    assert cells["线索编号"] == "SG2018-0001"
    assert cells["镇"] == "双港镇"
    assert cells["登记人"] == ("'=某登记" if kind == "csv" else "=某登记")
    told = "|".join(str(cell) for cell in (*heads, *row))
    for closed in ("佘仁杰", "内情", "鄂国栋", "1234", "2018-01-31", "村", "被反映人", "金额"):
        assert closed not in told.replace("村（居）", "")
    (act,) = db.session.scalars(select(Entry).where(Entry.act == Act.EXPORT_LEDGER))
    assert act.facts["format"] == kind


def test_a_file_has_every_lead_within_the_filters_and_nobody_elses(clerk, sign_in):
    for _ in range(230):
        make.lead("village_head", by=clerk)
    make.lead("village_head", by=make.officer(Role.TOWN_CLERK, make.XIANSHUIGU))
    make.officer(Role.TOWN_CLERK, name="佘仁杰")
    answer = sign_in(clerk).post("/leads/export", data={"format": "csv", "town": make.SHUANGGANG})
    assert len(rows_of(answer, "csv")) == 1 + len(list(db.session.scalars(queries.visible_to(clerk))))


def test_who_may_not_export_has_no_door(sign_in):
    leader = sign_in(make.officer(Role.BUREAU_LEADER))
    assert leader.get("/leads/").status_code == 200
    assert leader.post("/leads/export", data={}).status_code == 404


def test_another_towns_clerk_sees_an_empty_ledger(clerk, sign_in):
    lead = make.lead("village_head", by=clerk)
    stranger = sign_in(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU))
    assert lead.number not in stranger.get("/leads/").text
    assert stranger.get(f"/leads/?after={lead.key}").text.count("row-link") == 0
    assert db.session.get(Lead, lead.id) is not None
