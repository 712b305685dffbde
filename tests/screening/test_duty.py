"""The duty to screen is done when every household of a table has its conclusion, and not before."""

from datetime import date

import pytest
from sqlalchemy import select

from tests import make
from tests.duties.at_work import cell
from tests.screening.tables import number, row, sheet
from tests.screening.test_importing import enter
from tipline.duties import queries
from tipline.duties.rules import Standing
from tipline.kit.db import db
from tipline.office.charter import Role
from tipline.screening.answering import Progress

DUTY = "screening_on_roll"
END = date(2018, 9, 3)
"""The Monday after the last day, 31 August."""


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def owed(officer) -> int:
    return db.session.scalar(select(queries.due_by(officer, END)))


def test_a_table_is_owed_until_every_household_has_its_conclusion(clerk):
    assert cell(DUTY, on=END).stand.word is Standing.LATE
    before = owed(clerk)
    enter(sheet(row(), row(身份证号=number(2), 排查结论="")), clerk)
    assert (cell(DUTY, on=END).stand.word, cell(DUTY, on=END).stand.owed) == (Progress.UNDER_WAY, True)
    assert owed(clerk) == before
    enter(sheet(row(身份证号=number(2))), clerk)
    done = cell(DUTY, on=END)
    assert (done.stand.word, done.stand.owed, done.stand.done) == (Progress.CONCLUDED, False, True)
    assert owed(clerk) == before - 1
    assert cell(DUTY, on=END, place=make.XIANSHUIGU).stand.word is Standing.LATE


def test_the_duty_leads_to_the_tables(clerk, sign_in):
    browser = sign_in(clerk)
    assert '/screening/"' in browser.get(f"/duties/{DUTY}.once.{make.SHUANGGANG}").text.partition("<main")[2]
    posting = f"/duties/publicity_town.2018-Q2.{make.SHUANGGANG}"
    assert '/screening/"' not in browser.get(posting).text.partition("<main")[2]


def test_who_reads_duties_but_no_tables_is_shown_no_way_to_them(clerk, sign_in):
    enter(sheet(row()), clerk)
    page = f"/duties/{DUTY}.once.{make.SHUANGGANG}"
    assert f"/screening/tables/on_roll/{make.SHUANGGANG}" in sign_in(clerk).get(page).text
    assert "/screening/tables" not in sign_in(make.officer(Role.DISTRICT_INSPECTOR)).get(page).text
