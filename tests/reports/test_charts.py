"""The drawings: every number drawn is the number of the table behind it, of the report, and of its rows."""

import re
from dataclasses import replace
from html import unescape

import pytest

from tests import make
from tests.reports import seeding
from tests.reports.seeding import JUNE, JUNE_20, MAY
from tests.reports.test_pages import listed
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import time
from tipline.office.charter import Role
from tipline.reports import charts, queries, sealing
from tipline.reports.rules import Asked, Span

CHARTS = {"months", "outcomes", "ages"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: JUNE_20)


@pytest.fixture
def lived(app):
    seeding.lived()


def drawn(page: str) -> dict[str, str]:
    """The drawings of a page, by their key."""
    return dict(re.findall(r'<figure class="drawn" id="([^"]+)">(.*?)</figure>', page, re.DOTALL))


def numbers(figure: str) -> dict[str, list[int]]:
    """What one drawing says: beside its bars, aloud, and in its table."""
    svg, _, table = figure.partition("<table>")
    beside = [int(n) for text in re.findall(r'class="figure"[^>]*>([^<]+)<', svg) for n in text.split(" / ")]
    aloud = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)[1]
    said = [int(n) for n in re.findall(r"(?<![\d年至])(\d+)(?=[，；]|$)", aloud)]
    cells = re.findall(r'<td class="num">(?:<a href="([^"]+)">)?(\d+)', table)
    return {"beside": beside, "aloud": said, "table": [int(n) for _, n in cells]}


def faults(browser, page: str) -> list[str]:
    """Where a drawing says something else than its table, or a number something else than its rows."""
    found = []
    for key, figure in drawn(page).items():
        told = numbers(figure)
        if not told["beside"] == told["aloud"] == told["table"] != []:
            found.append(f"{key}: {told}")
        for address, n in re.findall(r'<td class="num"><a href="([^"]+)">(\d+)', figure):
            if listed(browser, unescape(address)) != int(n):
                found.append(f"{key}: {address}")
    return found


def test_every_number_drawn_is_that_of_its_table_and_of_its_rows(sign_in, lived, monkeypatch):
    browser = sign_in(make.officer(Role.BUREAU_LEADER))
    page = browser.get("/reports/?month=2018-06").text
    assert set(drawn(page)) == CHARTS
    assert faults(browser, page) == []
    honest = charts._bar

    def one_more(*asked):
        bar = honest(*asked)
        return replace(bar, number=bar.number + 1)

    monkeypatch.setattr(charts, "_bar", one_more)
    assert len(faults(browser, browser.get("/reports/?month=2018-06").text)) > 5


def test_the_numbers_drawn_are_those_of_the_report(sign_in, lived):
    leader = make.officer(Role.BUREAU_LEADER)
    found = {
        key: numbers(one)["table"] for key, one in drawn(sign_in(leader).get("/reports/?month=2018-06").text).items()
    }
    report = queries.report(JUNE, day_of(JUNE_20), leader)
    may = queries.report(MAY, day_of(JUNE_20), leader)
    assert found["months"] == [one.line(Asked.LEADS).number(Span.MONTH) for one in (may, report)] == [4, 3]
    assert found["outcomes"] == [
        report.line(key).number(Span.ALL, code) for code, _ in report.towns[:-1] for key in charts.OUTCOMES
    ]
    ages = zip(charts.WORK, charts.AGES, strict=True)
    assert found["ages"] == [report.line(key).number(Span.MONTH) for pair in ages for key in pair] == [1, 1, 0, 0, 0, 0]


def test_a_sealed_month_is_drawn_as_it_was_sealed(sign_in, lived):
    leader, keeper = make.officer(Role.BUREAU_LEADER), make.officer(Role.LEDGER_KEEPER)
    seal = sealing.propose(MAY, by=leader, at=JUNE_20)
    sealing.confirm(seal, by=keeper, at=JUNE_20)
    make.lead("village_head", by=keeper, at=make.NOON - 20 * seeding.DAY)
    db.session.commit()
    live = queries.report(MAY, day_of(JUNE_20)).line(Asked.LEADS).number(Span.MONTH)
    page = sign_in(make.officer(Role.BUREAU_LEADER)).get("/reports/?month=2018-06").text
    assert (numbers(drawn(page)["months"])["table"], live) == ([4, 3], 5)


def test_a_town_is_drawn_only_itself_and_a_walled_lead_nowhere(sign_in, lived):
    clerk = make.officer(Role.TOWN_CLERK)
    browser = sign_in(clerk)
    before = drawn(browser.get("/reports/?month=2018-06").text)
    assert "辛庄镇" not in before["outcomes"]
    assert numbers(before["months"])["table"] == [2, 1]
    assert make.lead("bureau_head", at=make.NOON).walled
    db.session.commit()
    assert drawn(browser.get("/reports/?month=2018-06").text) == before


def test_no_bar_is_told_by_its_colour_alone_nor_styled_in_place(sign_in, lived):
    page = sign_in(make.officer(Role.BUREAU_LEADER)).get("/reports/?month=2018-06").text
    shades = {re.sub(r"[^a-z ]", "", one) for one in re.findall(r'<(?:rect|line)[^>]*class="([^"]+)"', page)}
    assert shades == {"full", "edged", "hatched", "axis"}
    assert " style=" not in page
