"""The notice as data: every entry has its clause, a slip of the pen is refused, another notice just works."""

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from tests.law.people import DISTRICT_LEADER, NOTICE, TOWN_HANDLER, TOWN_LEADER, VILLAGE_CADRE
from tipline.kit.dates import Month
from tipline.kit.errors import NotFound
from tipline.law.bodies import Body
from tipline.law.calendar import shipped
from tipline.law.campaign import due_day, ladder, month_period, months_asked, period_due, periods
from tipline.law.clocks import Clock
from tipline.law.entries import Rule
from tipline.law.notice import NOTICES, Notice, load, read
from tipline.law.routing import lead_body, route, route_lead
from tipline.law.table import MalformedNotice
from tipline.law.triggers import triggers

FILE = NOTICES / "jinnan-2018-17.toml"
TEXT = FILE.read_text(encoding="utf-8")
SECOND = Path(__file__).with_name("notices") / "second.toml"
SPRING_2030 = date(2030, 4, 2)


@pytest.fixture(scope="module")
def second() -> Notice:
    return load(SECOND)


def test_every_entry_names_its_clause() -> None:
    cited = list(NOTICE.cited())
    assert len(cited) > 300
    assert all(clause.strip() for clause in cited)


def test_what_is_only_agreed_is_never_called_law() -> None:
    entries: list[Rule | Clock] = [*NOTICE.rules, *NOTICE.clocks]
    assert not any(entry.is_law for entry in entries if entry.clause.startswith(("本局约定", "外地做法")))
    assert not any(entry.is_law for entry in entries if entry.mark in ("M", "P", "S2"))


def test_the_towns_addressed_and_the_office_hours() -> None:
    assert len(NOTICE.places) == 8
    assert (NOTICE.hours.opens, NOTICE.hours.closes) == (time(8, 30), time(17, 30))
    assert NOTICE.parent == "津民发〔2018〕21号"


@pytest.mark.parametrize(
    ("taxonomy", "keys"),
    [
        ("wrong_dibao_type", {"favour_dibao", "relation_dibao", "wrong_dibao", "missed_dibao"}),
        ("supervision_trigger", {"major", "media", "leader_instruction"}),
        ("channel", {"letter", "visit", "call", "web", "other"}),
        ("disposition", {"talk_or_inquiry", "preliminary_verification", "shelved", "closed_no_action"}),
        ("not_accepted_reason", {"court_matter", "other_authority", "no_substance"}),
    ],
)
def test_the_words_of_a_taxonomy(taxonomy: str, keys: set[str]) -> None:
    assert {term.key for term in NOTICE.terms(taxonomy)} == keys


def test_inspections_look_for_one_kind_more() -> None:
    more = {term.key for term in NOTICE.terms("finding_type")} - {term.key for term in NOTICE.terms("wrong_dibao_type")}
    assert more == {"administrative_inclusion"}


def test_five_problems_are_corruption_and_the_others_are_work_style() -> None:
    corruption = [term.key for term in NOTICE.terms("problem_type") if term.group == "corruption"]
    assert corruption == ["embezzlement", "false_claims", "interception", "extortion", "nepotism"]
    term = NOTICE.term("problem_type", "nepotism")
    assert (term.name.zh, term.name.en, term.clause) == (
        "优亲厚友",
        "Favouring relatives and friends",
        "津南民字〔2018〕17号 二（一）",
    )


def test_false_accusation_cannot_be_had_for_a_click() -> None:
    assert NOTICE.term("finding", "false_accusation").group == "needs_approval"


def test_every_clock_of_the_table_is_there() -> None:
    assert {f"C-{number}" for number in range(1, 42)} <= {clock.id for clock in NOTICE.clocks}


def test_whom_is_asked_before_what_and_the_operator_stops_at_a_city_managed_person() -> None:
    asked = [question.key for question in NOTICE.script]
    assert asked.index("whom") < asked.index("city_managed") < asked.index("what")
    assert next(question for question in NOTICE.script if question.key == "city_managed").stop_on == ("yes",)
    known = {term.key for name in ("problem_type", "wrong_dibao_type") for term in NOTICE.terms(name)}
    assert known.issuperset(word for question in NOTICE.script for word in question.only_for)


def test_a_word_that_is_not_there_is_not_found() -> None:
    for missing in (
        lambda: NOTICE.term("channel", "pigeon"),
        lambda: NOTICE.terms("pigeons"),
        lambda: NOTICE.clock("X"),
    ):
        with pytest.raises(NotFound):
            missing()


def test_the_digest_follows_the_content_and_not_the_layout() -> None:
    assert read("# 另一句说明\n\n" + TEXT, "x").digest == NOTICE.digest == load(FILE).digest
    assert read(TEXT.replace("amount_yuan = 10000", "amount_yuan = 20000"), "x").digest != NOTICE.digest


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('number = "R-12"\n', 'numer = "R-12"\n', "缺少“number”"),
        ('number = "R-7"\n', 'number = "R-7"\nurgent = true\n', "没有名为“urgent”的项"),
        ('body = "town_discipline_body"\n', 'body = "town_hall"\n', "不认识“town_hall”"),
        ('when = { kind = "village_cadre" }', 'when = { kynd = "village_cadre" }', "不认识“kynd”"),
        ('when = { kind = "village_cadre" }', 'when = { kind = "mayor" }', "不认识“mayor”"),
        ("crime_signs = true", 'crime_signs = "yes"', "只能是 true 或 false"),
        ("amount_yuan = 10000", 'amount_yuan = "10000"', "应是一个整数"),
        ("due_on = 2018-07-10", 'due_on = "2018-07-10"', "应是一个日期"),
        ("due_on = 2018-07-10\n", "", "缺少“due_on”"),
        ("final_on = 2018-08-31", "final_on = 2018-07-01", "“final_on”只用于一次性任务"),
        ("due_working_day = 5\n", "due_working_day = 5\ngrace_days = 3\n", "只写一个"),
        ("due_working_day = 5\n", "", "只写一个"),
        ("due_working_day = 5\n", "due_working_day = 0\n", "从1数起"),
        ('first = "2018-05"', 'first = "2018-05"\nlast = "2018-04"', "“last”不能早于“first”"),
        ('every = "quarter"', 'every = "week"', "不认识“week”"),
        ('owed_by = "village"', 'owed_by = "hamlet"', "不认识“hamlet”"),
        ('sums_up = ["screening_on_roll",', 'sums_up = ["screening",', "不认识“screening”"),
        ('first = "2018-05"', 'first = "May"', "应是一个月份"),
        ("opens = 08:30:00", 'opens = "8:30"', "应是钟点"),
        ('clock = "C-6.2"\n', 'clock = "C-99"\n', "时限“C-99”不存在"),
        ("when = {}\n", 'when = { kind = "unknown" }\n', "最后一条规则必须人人适用"),
        ('clause = "案件检查工作条例 第十九条"', 'clause = "案件条例 第十九条"', "不以任何已列来源开头"),
        ('number = "R-1"\n', 'number = "R-2"\n', "写了两次且有效期重叠"),
        ('to = "municipal_discipline_body"', 'to = "town_discipline_body"', "绕圈或降级"),
        ("valid_to = 2020-01-20\ntransfer", "valid_to = 2018-01-01\nvalid_from = 2019-01-01\ntransfer", "不早于"),
        ('clause = "信访条例 第二十二条"', 'clause = "信访工作条例 第二十三条"', "并不全部施行"),
        ("[notice]", "[notice", "写法有误"),
        ("places = [", "places = [ 1,", "应是一列文字"),
        ("[major]", "[[major]]", "这里应是一个表"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_place_and_remedy(was: str, becomes: str, says: str) -> None:
    assert was in TEXT
    with pytest.raises(MalformedNotice) as refusal:
        read(TEXT.replace(was, becomes), "通知.toml")
    assert says in str(refusal.value)
    assert str(refusal.value).startswith("通知.toml")


def test_a_rule_without_a_clause_does_not_load() -> None:
    block = re.search(r'\[\[rule\]\]\nnumber = "R-1"\n.*?\n\n', TEXT, re.DOTALL)
    assert block is not None
    without = re.sub(r"clause = .*\n", "", block.group())
    with pytest.raises(MalformedNotice, match="缺少"):
        read(TEXT.replace(block.group(), without), "x")


def test_every_rule_has_its_clock_for_as_long_as_it_is_in_force() -> None:
    for rule in NOTICE.rules:
        for day in (rule.in_force.valid_from or date(2018, 5, 1), rule.in_force.valid_to or date(2026, 12, 31)):
            assert NOTICE.clock(rule.clock, day)


@pytest.mark.parametrize(
    "day", [date(2018, 5, 1), date(2020, 1, 20), date(2020, 1, 21), date(2022, 5, 1), date(2025, 6, 1)]
)
def test_exactly_one_wording_of_each_rule_is_in_force(day: date) -> None:
    numbers = [rule.number for rule in NOTICE.rules_on(day)]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == {rule.number for rule in NOTICE.rules}


def test_another_district_routes_by_its_own_file(second: Notice) -> None:
    clerk = second.post("street_clerk").facts(town="990101001")
    assert route(clerk, second, SPRING_2030).body is Body.DISPATCHED_DISCIPLINE_GROUP
    assert route(DISTRICT_LEADER, second, SPRING_2030).stub_only
    assert route(VILLAGE_CADRE, second, SPRING_2030).rule == "丙"
    raised = replace(clerk, conflicts=frozenset({Body.DISPATCHED_DISCIPLINE_GROUP}))
    assert route(raised, second, SPRING_2030).body is Body.DISTRICT_DISCIPLINE_BODY
    both = route_lead((clerk, TOWN_LEADER), second, SPRING_2030)
    assert lead_body(both, second) is Body.DISTRICT_DISCIPLINE_BODY


def test_another_district_has_its_own_rhythm_words_limits_and_columns(second: Notice) -> None:
    china = shipped()
    march = Month(2030, 3)
    assert period_due(march, second, china) == date(2030, 4, 3)
    steps = ladder(second.typical_cases, month_period(march), second, china)
    assert [step.key for step in steps] == ["today", "late"]
    check, digest = second.duty("self_check"), second.duty("digest")
    end = date(2030, 12, 31)
    assert [(one.key, due_day(check, one, china)) for one in periods(check, end)] == [
        ("2030-Q2", date(2030, 7, 7)),
        ("2030-Q3", date(2030, 10, 7)),
    ]
    assert [one.key for one in periods(digest, end)] == ["2030-Q1", "2030-Q2", "2030-Q3", "2030-Q4"]
    assert list(months_asked(date(2031, 5, 1), second))[-1] == Month(2030, 11)
    assert second.clock("送").limit == 3
    assert {term.key for term in second.terms("problem_type")} == {"double_payment", "ghost", "deaf"}
    assert [column.name.zh for column in second.sheet("lead_ledger").columns] == ["编号", "类别", "内容"]
    assert triggers((TOWN_HANDLER, TOWN_HANDLER), second)
    assert not triggers((TOWN_HANDLER, TOWN_HANDLER), NOTICE)


def test_the_ledger_of_this_notice_has_its_columns_in_order() -> None:
    columns = [column.key for column in NOTICE.sheet("lead_ledger").columns]
    assert columns[:3] == ["serial", "lead_no", "received_at"]
    assert {sheet.key for sheet in NOTICE.sheets} == {"lead_ledger", "typical_cases"}


def test_hotspots_are_agreed_on_or_not_looked_for(second: Notice) -> None:
    assert NOTICE.hotspots is not None
    assert second.hotspots is None
    for wrong in ("percent = 0", "percent = 100", "months = 99", "fewest = 0"):
        key = wrong.partition(" ")[0]
        with pytest.raises(MalformedNotice, match="热点"):
            read(re.sub(rf"(\[hotspots\][^\[]*?\n){key} = \d+", rf"\g<1>{wrong}", TEXT), "slip")
