"""Why the eye is drawn to a town: every number of the score leads to as many rows, and no wall is seen through."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests import make
from tests.house.hanging import posting
from tests.house.numbers import published
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.leads import signals as of_leads
from tipline.office import time
from tipline.office.charter import Role
from tipline.office.signals import signals
from tipline.typical_cases import operations as typical_cases

LATER = make.NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: LATER)


@pytest.fixture
def lived(app):
    """Something of every signal in one town."""
    clerk, keeper, operator = (make.officer(role) for role in (Role.TOWN_CLERK, Role.LEDGER_KEEPER, Role.OPERATOR))
    for media in (False, True):
        make.lead("village_head", by=keeper, problems=("nepotism",), media=media)
    make.lead("recipient", by=keeper)
    assert make.lead("bureau_head", by=keeper, problems=("nepotism",), media=True).walled
    typical_cases.file_nil(Month(2018, 5), signatory="吴某", by=clerk, at=make.NOON)
    posting(clerk, make.NOON)
    published(clerk.office, keeper, clerk, operator, make.NOON)
    db.session.commit()
    return keeper


def numbers(page: str) -> dict[str, tuple[int, str]]:
    """The numbers of the town, each with the way to its rows, by signal."""
    found = re.findall(r'<a href="(/inspections/attention/(\w+)\?[^"]+)">(\d+)</a>', page)
    mine = [(unescape(address), signal, n) for address, signal, n in found if make.SHUANGGANG in address]
    return {signal: (int(n), address) for address, signal, n in mine}


def listed(page: str) -> list[str]:
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'class="row-link" href="([^"]+)"', body)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "tomorrow"])
def test_a_day_that_no_office_can_mean_is_no_day(sign_in, lived, day):
    for signal in (key for key, one in signals.items() if one.behind):
        address = f"/inspections/attention/{signal}?town={make.SHUANGGANG}&since={day}&until={day}"
        assert sign_in(lived).get(address).status_code == 200, signal


def test_every_number_of_the_score_leads_to_as_many_rows_and_each_row_opens(sign_in, lived, monkeypatch):
    browser = sign_in(lived)
    told = numbers(browser.get("/inspections/").text)
    assert set(told) == {"petitions", "reports", "media", "nil_streak", "late_duties", "posting_faults", "dead_lines"}
    assert (told["reports"][0], told["media"][0], told["nil_streak"][0]) == (3, 1, 1)
    for signal, (number, address) in told.items():
        rows = listed(browser.get(address).text)
        assert len(rows) == number, signal
        assert browser.get(rows[0]).status_code == 200, signal
    monkeypatch.setattr(of_leads, "MOST", 1)
    assert "共计3件，其中您可以查看的1件" in browser.get(told["reports"][1]).text


def test_who_plans_no_inspections_finds_no_reasons_and_nothing_else_is_there(sign_in, lived):
    address = f"/inspections/attention/reports?town={make.SHUANGGANG}"
    browser = sign_in(lived)
    assert browser.get(address).status_code == 200
    for wrong in ("/inspections/attention/reports", "/inspections/attention/no?town=120000000"):
        assert browser.get(wrong).status_code == 404
    assert signals["late_findings"].behind is None
    assert browser.get(address.replace("reports", "late_findings")).status_code == 404
    for role in (Role.TOWN_CLERK, Role.GROUP_INSPECTOR, Role.OPERATOR):
        assert sign_in(make.officer(role)).get(address).status_code == 404
