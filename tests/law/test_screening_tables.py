"""The screening tables are what the notice's file says, and a file that does not fit together is refused."""

import re

import pytest

from tests.law.test_notice import NOTICE, TEXT, second  # noqa: F401 (a fixture)
from tipline.kit.dates import Month
from tipline.law.notice import Notice, read
from tipline.law.screening import Kind
from tipline.law.table import MalformedNotice

TABLES = NOTICE.screening


def test_three_populations_and_the_columns_that_were_seen_come_first() -> None:
    assert [population.key for population in TABLES.populations] == ["on_roll", "exited", "rejected"]
    seen = [column.name.zh for column in TABLES.columns if not column.provisional]
    assert seen == ["序号", "申请人", "身份证号"]
    assert (TABLES.population("exited").first, TABLES.population("exited").last) == (Month(2017, 1), Month(2018, 5))
    assert TABLES.population("on_roll").window_column == ""
    assert next(term.key for term in NOTICE.terms(TABLES.steps)) == "application"


def test_the_tables_differ_where_the_populations_do() -> None:
    of = {
        population.key: {column.key for column in TABLES.columns_of(population.key)}
        for population in TABLES.populations
    }
    assert "exited_in" not in of["on_roll"] | of["rejected"]
    assert "amount" not in of["rejected"]
    assert {"applicant", "id_number", "conclusion", "remarks"} <= of["on_roll"] & of["exited"] & of["rejected"]


@pytest.mark.parametrize(
    ("facts", "gaps"),
    [
        ({"granted_in": "2018-04"}, ()),
        ({"granted_in": "2018-05"}, ("unchecked",)),
        ({"granted_in": "2018-05", "check_report_no": "核1"}, ()),
        ({"relative": True}, ("unfiled",)),
        ({"relative": False}, ()),
        ({"conclusion": "unfit"}, ("undone",)),
        ({"conclusion": "unfit", "acted_on": "2018-06-01"}, ()),
        ({"conclusion": "fits"}, ()),
        ({"wrong_dibao_type": "favour_dibao"}, ("undecided",)),
    ],
)
def test_what_a_row_lacks_is_told(facts, gaps) -> None:
    assert TABLES.gaps("on_roll", facts) == gaps


def test_a_gate_does_not_stop_a_table_that_has_not_its_columns() -> None:
    assert TABLES.gaps("rejected", {"granted_in": "2018-05"}) == ()


def test_another_notice_has_other_tables(second: Notice) -> None:  # noqa: F811
    tables = second.screening
    assert [column.key for column in tables.columns_of("helped")][:2] == ["recipient", "card"]
    assert tables.column_of_kind("helped", Kind.IDENTITY) is not None
    assert (tables.gates, tables.steps) == ((), "")
    assert [conclusion.key for conclusion in tables.population("helped").conclusions] == ["right", "twice"]


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ('key = "on_roll"\nannex_zh', 'key = "nobody"\nannex_zh', "不认识“nobody”"),
        ('kind = "identity"', 'kind = "text"', "应有且只有一列“身份证号”"),
        ('kind = "conclusion"', 'kind = "text"', "应有且只有一列“结论”"),
        (
            'kind = "identity"\npopulations = ["on_roll", "exited", "rejected"]\nrequired = ["on_roll", "exited"',
            'kind = "identity"\npopulations = ["on_roll", "exited", "rejected"]\nrequired = ["on_roll"',
            "身份证号须为必填",
        ),
        ('also = ["住址",', 'also = ["备注",', "都叫“备注”"),
        ('needs = "filing_no"', 'needs = "filing"', "没有名为“filing”的列"),
        ('terms = "review_class"', 'terms = "review"', "没有名为“review”的分类"),
        ('screening_steps = "key_step"', 'screening_steps = "steps"', "没有名为“steps”的分类"),
        ('followup_action = ["keep", "stop", "adjust"]', 'followup_action = ["keep", "halt"]', "“halt”不在分类"),
        ('kind = "phone"', 'kind = "fax"', "不认识“fax”"),
        ('since = "2018-05"\nneeds', 'since = "May"\nneeds', "一个月份"),
        ("granted = true", 'granted = "yes"', "true 或 false"),
        ('populations = ["on_roll"]\nmark = "P"', 'populations = ["nowhere"]\nmark = "P"', "不认识“nowhere”"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(wrong: str, right: str, sentence: str) -> None:
    assert wrong in TEXT
    with pytest.raises(MalformedNotice) as refusal:
        read(TEXT.replace(wrong, right, 1), "x")
    assert re.search(re.escape(sentence), str(refusal.value)), str(refusal.value)
