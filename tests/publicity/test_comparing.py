"""A list is read as people write it, and every household is held against its own on the roster."""

from dataclasses import replace
from datetime import date

import pytest

from tests.law.people import NOTICE
from tests.law.test_notice import second  # noqa: F401 (a fixture)
from tests.law.test_screening_tables import TEXT
from tests.publicity.walls import GOOD, HEAD, RULES, wall
from tests.screening.tables import known, sheet
from tipline.kit.errors import Incomplete
from tipline.law.campaign import periods
from tipline.law.notice import read
from tipline.law.table import MalformedNotice
from tipline.publicity import lint, lists, rules
from tipline.publicity.rules import FaultKind, Household
from tipline.screening import cells

COLUMNS = {column.key: column for column in RULES.columns}


def reading(key: str, cell: str):
    column = next(one for one in known().columns if one.key == COLUMNS[key].of)
    try:
        return cells.read(cell, column, known()).value
    except Incomplete:
        return None


def household(name: str, size: int = 3, amount: int = 86050, cause: str = "illness") -> Household:
    return Household(name, {"family_size": size, "amount": amount, "poverty_cause": cause})


def compare(*lines: str, roster: list[Household], head: str = HEAD):
    posted = wall(*lines, head=head)
    return rules.compared(rules.lines_of(posted, RULES, reading), roster, posted, RULES)


def told(comparison) -> dict[str, list[object]]:
    return {
        "missing": [one.name for one in comparison.missing],
        "extra": [one.name for one in comparison.extra],
        "stale": [(one.line.name, one.keys) for one in comparison.stale],
    }


SAME: dict[str, list[object]] = {"missing": [], "extra": [], "stale": []}


@pytest.mark.parametrize(
    ("lines", "roster", "expected"),
    [
        ([GOOD], [household("佘仁杰")], {}),
        ([GOOD.replace("佘仁杰", "佘 仁　杰")], [household("佘仁杰")], {}),
        ([GOOD.replace("3", "３人").replace("860.50", "860.5元")], [household("佘仁杰")], {}),
        ([GOOD], [household("佘仁杰"), household("鄂国栋")], {"missing": ["鄂国栋"]}),
        ([GOOD, GOOD.replace("佘仁杰", "鄂国栋")], [household("佘仁杰")], {"extra": ["鄂国栋"]}),
        ([GOOD], [household("佘仁杰", amount=90000)], {"stale": [("佘仁杰", ("amount",))]}),
        ([GOOD], [household("佘仁杰", 2, 90000)], {"stale": [("佘仁杰", ("family_size", "amount"))]}),
        ([GOOD.replace("疾病", "肺癌")], [household("佘仁杰")], {"stale": [("佘仁杰", ("poverty_cause",))]}),
        ([GOOD], [Household("佘仁杰", {"family_size": 3})], {}),
        # namesakes: each beside the one that fits
        ([GOOD.replace("3", "5"), GOOD], [household("佘仁杰"), household("佘仁杰", 5)], {}),
        (
            [GOOD.replace("3", "4"), GOOD],
            [household("佘仁杰"), household("佘仁杰", 5)],
            {"stale": [("佘仁杰", ("family_size",))]},
        ),
        ([GOOD, GOOD], [household("佘仁杰")], {"extra": ["佘仁杰"]}),
        # names that were covered on the wall
        ([GOOD.replace("佘仁杰", "佘某")], [household("鄂国栋"), household("佘仁杰")], {"missing": ["鄂国栋"]}),
        ([GOOD.replace("佘仁杰", "佘*杰")], [household("佘仁杰")], {}),
        ([GOOD.replace("佘仁杰", "佘*英")], [household("佘仁杰")], {"missing": ["佘仁杰"], "extra": ["佘*英"]}),
        ([GOOD.replace("佘仁杰", "佘某某"), GOOD], [household("佘仁杰"), household("佘小英")], {}),
    ],
)
def test_the_wall_beside_the_roster(lines, roster, expected):
    assert told(compare(*lines, roster=roster)) == SAME | expected


def test_a_column_that_does_not_hang_there_is_not_compared():
    roster = [Household("佘仁杰", household("佘仁杰").facts | {"covered_persons": 2})]
    assert not compare(GOOD, roster=roster).differences
    with_it = compare(f"{GOOD}\t3", roster=roster, head=f"{HEAD}\t保障人口")
    assert told(with_it)["stale"] == [("佘仁杰", ("covered_persons",))]


def test_a_comparison_that_forgets_sums_is_caught():
    """A planted fault: rules that compare nothing find nothing wrong."""
    old = [household("佘仁杰", amount=90000)]
    assert compare(GOOD, roster=old).differences == 1
    posted, blind = wall(GOOD), replace(RULES, columns=tuple(c for c in RULES.columns if c.key != "amount"))
    assert not rules.compared(rules.lines_of(posted, blind, reading), old, posted, blind).differences


@pytest.mark.parametrize("between", ["\t", ",", "，", "  ", "\u3000", " "])
def test_columns_are_told_apart_by_tabs_commas_or_blanks(between):
    (line,) = wall(GOOD.replace("\t", between), head=HEAD.replace("\t", between)).rows
    assert line.said == {"head": "佘仁杰", "family_size": "3", "poverty_cause": "疾病", "amount": "860.50"}


def test_titles_sums_and_feet_are_no_households():
    text = f"李楼村公示单\n公示日期：2018年5月31日\n{HEAD}\n{GOOD}\n合计\t3\t\t860.50\n监督电话：022-00000000"
    posted = lists.posted(lists.typed(text), RULES)
    assert [row.line for row in posted.rows] == [4]
    assert [line for line, _ in posted.around] == [1, 2, 5, 6]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "没有找到表头"),
        (GOOD, "没有找到表头"),
        (HEAD, "没有一户"),
        (f"{HEAD}\n合计\t3", "没有一户"),
        ("户主姓名\t家庭人口\t致贫原因\n佘仁杰\t3\t疾病", "“低保金额（元/月）”"),
        (f"{HEAD}\t户主\n{GOOD}\t佘仁杰", "“户主姓名”"),
        ("\n".join([HEAD, *[GOOD] * 2_100]), "超过2000行"),
    ],
)
def test_what_is_no_list_is_refused(text, sentence):
    with pytest.raises(Incomplete) as refusal:
        lists.posted(lists.typed(text), RULES)
    assert sentence in str(refusal.value)


def test_a_workbook_says_the_same_as_typed():
    book = sheet(["佘仁杰", 3, "疾病", 860.5], heads=HEAD.split("\t"), above=[["李楼村公示单"]])
    posted = lists.posted(lists.from_workbook(book), RULES)
    assert [(row.line, row.said["amount"]) for row in posted.rows] == [(3, "860.5")]
    with pytest.raises(Incomplete):
        lists.from_workbook(b"a,b")
    with pytest.raises(Incomplete, match="没有一张"):
        lists.from_workbook(sheet(heads=None))


def test_a_period_begins_with_its_month_or_with_its_quarter():
    first = {
        period.key: rules.first_day(period)
        for key in ("publicity_town", "publicity_village")
        for period in periods(NOTICE.duty(key), date(2018, 7, 1))
    }
    assert first["2018-05"] == date(2018, 5, 1)
    assert first["2018-Q2"] == date(2018, 4, 1)
    (june,) = [one for one in periods(NOTICE.duty("publicity_village"), date(2018, 6, 1)) if one.key == "2018-06"]
    assert rules.wrongs([], date(2018, 5, 31), june) == [FaultKind.STALE]
    assert rules.wrongs([], date(2018, 6, 1), june) == []


def test_what_a_posting_shows():
    old = compare(GOOD, roster=[household("佘仁杰", amount=1)])
    unread = compare(GOOD.replace("疾病", "肺癌"), roster=[household("佘仁杰")])
    other = compare(GOOD, roster=[household("鄂国栋")])
    seen = rules.seen_faults
    assert seen(None, None, [], late=True, old=False) == [FaultKind.NOT_POSTED]
    assert seen(rules.PostingState.POSTED, old, [], late=False, old=False) == [FaultKind.STALE]
    assert seen(rules.PostingState.POSTED, unread, [], late=False, old=False) == []
    assert seen(rules.PostingState.POSTED, other, [], late=False, old=False) == [FaultKind.LIST_WRONG]
    assert seen(rules.PostingState.POSTED, None, [], late=False, old=True) == [FaultKind.STALE]


def test_a_minor_hangs_there_without_a_given_name():
    assert Household("郇小宝", {}, is_minor=True).posted_name == "郇某"
    assert Household("郇小宝", {}).posted_name == "郇小宝"


def test_another_notice_posts_other_columns(second):  # noqa: F811
    other = second.publicity
    assert [column.key for column in other.compared] == ["manner", "sum"]
    text = "领取人\t救助方式\t救助金额\t证件号\n佘仁杰\t现金\t500\t"
    hits = lint.hits(lists.posted(lists.typed(text), other), other)
    assert [(hit.ban.key, hit.column) for hit in hits] == [("card", 4)]


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ('population = "on_roll"\ntitle', 'population = "nobody"\ntitle', "不认识“nobody”"),
        ('of = "amount"', 'of = "sum"', "不认识“sum”"),
        ('kind = "money"\nof', 'kind = "integer"\nof', "不认识“amount”"),
        ('sort = "minor"', 'sort = "children"', "不认识“children”"),
        ('patterns = ["(银行', 'patterns = ["((银行', "写法有误"),
        ('when = "acted_on"', 'when = "acted"', "不认识“acted”"),
        ('kind = "name"\nof = "applicant"', 'kind = "serial"', "只有一列姓名"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(wrong, right, sentence):
    assert wrong in TEXT
    with pytest.raises(MalformedNotice) as refusal:
        read(TEXT.replace(wrong, right, 1), "x")
    assert sentence in str(refusal.value)
