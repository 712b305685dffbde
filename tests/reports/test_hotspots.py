"""Hotspots: a planted cluster is found, flat noise is not, small numbers are said to be small, walls move nothing."""

import itertools
import math
import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from html import unescape

import pytest

from tests import make
from tests.law.people import NOTICE
from tests.reports.test_charts import drawn, faults, numbers
from tests.reports.test_pages import listed, statements
from tipline.bundles import operations as bundles
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office import editions, time
from tipline.office.charter import Role
from tipline.reports import hotspots
from tipline.reports.baseline import chance, is_hot
from tipline.reports.families import LEADS

RULES = NOTICE.hotspots
SEPTEMBER_28 = datetime(2018, 9, 28, 2, tzinfo=UTC)
PAGE = "/reports/hotspots?month=2018-09"


# --- the judgement, pure


@pytest.mark.parametrize(
    ("now", "before", "days", "days_before"), [(2, 1, 1, 3), (3, 0, 2, 3), (0, 4, 1, 1), (4, 2, 1, 2)]
)
def test_the_chance_is_that_of_every_way_the_reports_could_fall(now, before, days, days_before):
    ways = list(itertools.product(range(days + days_before), repeat=now + before))
    as_many = sum(sum(day < days for day in way) >= now for way in ways)
    assert chance(now, before, days, days_before) == Fraction(as_many, len(ways))


def poisson(draw: random.Random, mean: float) -> int:
    number, left = 0, draw.random()
    while left > math.exp(-mean):
        number, left = number + 1, left * draw.random()
    return number


def alarms(draw: random.Random, means: list[float], months: int, planted: dict[int, int]) -> set[int]:
    """The cells of one page that are called hot; each has lived `months` months at its own mean."""
    days = [30] * (months + 1)
    found = set()
    for cell, mean in enumerate(means):
        before = sum(poisson(draw, mean) for _ in range(months))
        now = poisson(draw, mean) + planted.get(cell, 0)
        if is_hot(now, before, days[0], sum(days[1:]), RULES, len(means)):
            found.add(cell)
    return found


def test_a_planted_cluster_is_found_and_flat_noise_is_silent():
    """A thousand pages of 104 cells, most of them nearly empty; one of ten has a cluster of ten in one cell."""
    draw = random.Random(20180501)
    means = [draw.choice((0.05, 0.2, 0.5, 1.0, 3.0)) for _ in range(104)]
    quiet = loud = found = wrong = 0
    for page in range(1000):
        planted = {draw.randrange(len(means)): 10} if page % 10 == 0 else {}
        called = alarms(draw, means, 6, planted)
        found += len(called & planted.keys())
        wrong += len(called - planted.keys())
        quiet += not planted
        loud += bool(called) and not planted
    recall, precision = found / 100, found / (found + wrong)
    print(f"recall {recall:.2f} precision {precision:.2f}; {loud} of {quiet} quiet pages alarmed ({loud / quiet:.1%})")
    assert loud / quiet <= RULES.percent / 100
    assert recall >= 0.9
    assert precision >= 0.9


def test_without_dividing_by_the_cells_noise_would_alarm():
    """The planted fault: every cell judged as if it stood alone."""
    draw = random.Random(7)
    loud = 0
    for _ in range(200):
        cells = [(poisson(draw, 3), sum(poisson(draw, 3) for _ in range(6))) for _ in range(104)]
        loud += any(is_hot(now, before, 30, 180, RULES, 1) for now, before in cells)
    assert loud > 100


def test_fewer_than_the_agreed_number_is_nothing_however_unlikely():
    assert chance(4, 0, 1, 400) < Fraction(1, 10**9)
    assert not is_hot(4, 0, 1, 400, RULES, 104)
    assert is_hot(4, 0, 1, 400, replace(RULES, fewest=4), 104)


# --- the page


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: SEPTEMBER_28)


def tell(month: int, times: int, town: str = make.SHUANGGANG, post: str = "village_head") -> list[Lead]:
    at = datetime(2018, month, 15, 2, tzinfo=UTC)
    keeper = make.officer(Role.LEDGER_KEEPER)
    said = {"town": town, "problems": ("nepotism",)}
    return [make.lead(post, by=keeper, names=(f"某{month}月{n}",), at=at, **said) for n in range(times)]


@pytest.fixture
def planted(app):
    """One report a month in two towns, and in September ten in the one; in the other eight that are walled."""
    for month in (5, 6, 7, 8):
        tell(month, 1)
        tell(month, 1, make.XINZHUANG)
    leads = tell(9, 10)
    assert all(lead.walled for lead in tell(9, 8, make.XINZHUANG, "bureau_head"))
    db.session.commit()
    return leads


def grid(page: str) -> list[str]:
    """The cells of the row of nepotism, as words."""
    row = page.partition('<tr><th scope="row">优亲厚友')[2].partition("</tr>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]


def test_a_cluster_stands_out_with_its_rows_its_months_and_its_doubt(sign_in, planted):
    browser = sign_in(make.officer(Role.BUREAU_LEADER))
    page = browser.get(PAGE).text
    assert sorted(cell for cell in grid(page) if cell != "0 0.0") == ["0 1.0", "热点 10 1.0"]
    assert numbers(drawn(page)["hot-0"])["table"] == [1, 1, 1, 1, 10]
    assert faults(browser, page) == []
    assert "平均每月1.0件" in page
    assert f"同时比较{8 * len(NOTICE.terms('problem_type'))}格" in page
    rows = re.search(r'badge today" href="([^"]+)"', page)[1]
    assert listed(browser, unescape(rows)) == 10


def test_a_month_that_is_over_is_still_told_later(sign_in, planted, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: datetime(2018, 11, 5, 2, tzinfo=UTC))
    page = sign_in(make.officer(Role.BUREAU_LEADER)).get("/reports/hotspots").text
    assert "这个月没有热点" in page
    assert "2018年9月" in page.partition("以前各月的热点")[2]


def test_too_few_months_are_said_to_be_too_few(sign_in, planted):
    page = sign_in(make.officer(Role.BUREAU_LEADER)).get("/reports/hotspots?month=2018-07").text
    assert "样本不足：可比的月份只有2个，至少要3个" in page
    assert grid(page).count("1") == 2


def test_one_caller_who_calls_again_and_again_is_no_hotspot(sign_in, planted):
    keeper = make.officer(Role.LEDGER_KEEPER, name="某并案")
    bundles.bundle(planted[0], planted[1:4], reason="同一件事。", by=keeper, at=SEPTEMBER_28)
    db.session.commit()
    page = sign_in(make.officer(Role.BUREAU_LEADER)).get(PAGE).text
    assert "7 1.0" in grid(page)
    assert "hot-0" not in page


def test_who_may_not_see_the_rows_is_not_told_a_small_number(sign_in, planted):
    browser = sign_in(make.officer(Role.GROUP_INSPECTOR))
    page = browser.get(PAGE).text
    assert sorted(cell for cell in grid(page) if cell != "0 0.0") == ["0 —", "热点 10 —"]
    assert numbers(drawn(page)["hot-0"].replace("＜5", "0"))["table"] == [0, 0, 0, 0, 10]
    small = f"/reports/rows/first.nepotism?month=2018-08&span=month&town={make.SHUANGGANG}"
    assert small not in unescape(page)
    assert browser.get(small).status_code == 404
    assert sign_in(make.officer(Role.BUREAU_LEADER)).get(small).status_code == 200


def test_a_walled_lead_moves_no_number_and_a_count_that_forgets_the_wall_is_found(sign_in, planted, monkeypatch):
    browser = sign_in(make.officer(Role.BUREAU_LEADER))
    before = grid(browser.get(PAGE).text)
    tell(8, 5, make.XINZHUANG, "bureau_head")
    db.session.commit()
    assert grid(browser.get(PAGE).text) == before
    monkeypatch.setattr(hotspots, "FIRST", replace(hotspots.FIRST, family=replace(LEADS, always=())))
    assert grid(browser.get(PAGE).text) != before


def test_a_town_sees_its_own_column_and_asks_as_often_for_many_as_for_few(sign_in, planted):
    browser = sign_in(make.officer(Role.TOWN_CLERK))
    page = browser.get(PAGE).text
    assert "辛庄镇" not in page
    assert grid(page) == ["热点 10 —"]
    few = statements(browser, PAGE)
    tell(7, 4)
    db.session.commit()
    assert statements(browser, PAGE) == few


def test_a_notice_that_says_nothing_of_it_has_no_hotspots(sign_in, planted, monkeypatch):
    silent = replace(editions.notice(), hotspots=None)
    monkeypatch.setattr(hotspots.editions, "notice", lambda: silent)
    assert "没有约定热点的标准" in sign_in(make.officer(Role.BUREAU_LEADER)).get(PAGE).text
