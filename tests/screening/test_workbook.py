"""What towns really hand in: read as it stands where it can be, and otherwise one clear sentence at the cell."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter

from tests.law.test_notice import second  # noqa: F401 (a fixture)
from tests.screening.tables import GOOD, HEADS, TITLE, known, number, row, sheet, zipped
from tipline.kit.identity import masked
from tipline.screening import workbook
from tipline.screening.workbook import Handed

LONG = number(11)
SHORT = LONG[:6] + LONG[8:17]


def read(content: bytes, population: str = "on_roll") -> Handed:
    return workbook.read(content, known(population))


def faults(handed: Handed) -> list[str]:
    return [str(fault.what) for one in handed.rows for fault in one.faults]


def notes(handed: Handed) -> str:
    return " ".join([*map(str, handed.notes), *(str(note) for one in handed.rows for note in one.notes)])


def test_a_good_row_is_what_stands_in_it() -> None:
    (one,) = read(sheet(GOOD)).rows
    assert one.good
    assert one.line == 2
    assert one.values == {
        "applicant": "佘仁杰",
        "id_number": LONG,
        "village": "120112103205",
        "family_size": 3,
        "covered_persons": 2,
        "amount": 86050,
        "granted_in": "2016-03",
        "conclusion": "fits",
    }


BAD_CELLS = [
    ({"身份证号": int(LONG.replace("X", "0"))}, "末几位已丢失，不能补回"),
    ({"身份证号": float(LONG.replace("X", "0"))}, "末几位已丢失"),
    ({"身份证号": "1.20112E+17"}, "末几位已丢失"),
    ({"身份证号": LONG[:17] + ("1" if LONG[17] != "1" else "2")}, "末位校验码不符"),
    ({"身份证号": "129999190002299998"}, "出生日期不存在"),
    ({"身份证号": "129999201902290013"}, "出生日期不存在"),
    ({"身份证号": number(12, "20180801")}, "晚于今天"),
    ({"身份证号": masked(LONG)}, "是遮盖过的"),
    ({"身份证号": "12011219560317"}, "应为18位"),
    ({"身份证号": "见户口本"}, "应为18位"),
    ({"身份证号": LONG + " " + LONG}, "应为18位"),
    ({"身份证号": ""}, "“身份证号”空着"),
    ({"申请人": ""}, "“申请人”空着"),
    ({"申请人": "长" * 501}, "超过500字"),
    ({"村（居）": "殷庄村"}, "在葛沽镇，不是本镇的村（居）"),
    ({"村（居）": "不存在村"}, "双港镇没有“不存在村”"),
    ({"家庭人口": ""}, "“家庭人口”空着"),
    ({"家庭人口": "三口"}, "“家庭人口”看不懂：三口"),
    ({"家庭人口": 2.5}, "“家庭人口”看不懂：2.5"),
    ({"家庭人口": -1}, "“家庭人口”看不懂"),
    ({"家庭人口": 300}, "“家庭人口”太大"),
    ({"月保障金额": ""}, "“月保障金额”空着"),
    ({"月保障金额": "八百"}, "“月保障金额”看不懂"),
    ({"月保障金额": -860}, "“月保障金额”看不懂"),
    ({"月保障金额": 860.555}, "不能有分以下的零头"),
    ({"月保障金额": "860.555元"}, "不能有分以下的零头"),
    ({"月保障金额": 8_605_000}, "“月保障金额”太大"),
    ({"纳入时间": ""}, "“纳入时间”空着"),
    ({"纳入时间": "去年"}, "“纳入时间”看不懂"),
    ({"纳入时间": "2018年13月"}, "“纳入时间”看不懂"),
    ({"纳入时间": 2018.1}, "是1月还是10月分不清"),
    ({"纳入时间": "2019年1月"}, "还没有到"),
    ({"纳入时间": "1900-01"}, "太早"),
    ({"纳入时间": "16.3"}, "“纳入时间”看不懂"),
    ({"排查结论": "退出正确"}, "没有“退出正确”，可填：符合、不符合、需调整"),
    ({"排查结论": "好"}, "没有“好”"),
    ({"备注": 1.2e17}, "末几位已丢失，请设为文本"),
    ({"备注": "=1/0"}, "没有存下算出的值"),
    ({"月保障金额": "=430*2"}, "没有存下算出的值"),
    ({"月保障金额": "#REF!"}, "公式出错，没有值"),
    ({"身份证号": "#N/A"}, "公式出错，没有值"),
    ({"纳入时间": timedelta(hours=3)}, "“纳入时间”看不懂"),
    ({"纳入时间": True}, "“纳入时间”看不懂"),
]


@pytest.mark.parametrize(("cells", "sentence"), BAD_CELLS)
def test_a_cell_that_cannot_be_read_is_blamed_with_one_sentence(cells, sentence) -> None:
    handed = read(sheet([*GOOD[:2], number(99), *GOOD[3:]], row(**cells)))
    assert handed.rows[0].good
    (fault,) = handed.rows[1].faults
    assert sentence in str(fault.what)
    assert fault.column == HEADS.index(next(iter(cells)))


EXITED = ["序号", "申请人", "身份证号", "家庭人口", "退出时间", "退出原因", "问题类型", "是否干部近亲属"]
LEFT = [1, "佘仁杰", LONG, 3, "2017.12", "收入超过", "漏保", "否"]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"退出时间": "2016年12月"}, "不在2017-01至2018-05内"),
        ({"退出时间": date(2018, 6, 1)}, "不在2017-01至2018-05内"),
        ({"退出时间": ""}, "“退出时间”空着"),
        ({"退出原因": ""}, "“退出原因”空着"),
        ({"问题类型": "人情保"}, "没有“人情保”，可填：漏保"),
        ({"是否干部近亲属": "可能"}, "请填是或否"),
    ],
)
def test_a_table_of_those_who_left_is_held_to_its_window(cells, sentence) -> None:
    line = [cells.get(head, value) for head, value in zip(EXITED, LEFT, strict=True)]
    assert faults(read(sheet(LEFT, heads=EXITED), "exited")) == []
    (fault,) = faults(read(sheet(line, heads=EXITED), "exited"))
    assert sentence in fault


def test_several_faults_of_a_row_are_all_told() -> None:
    assert len(faults(read(sheet(row(申请人="", 家庭人口="许多", 排查结论="好"))))) == 3


def test_the_same_household_twice_is_blamed_at_the_second() -> None:
    handed = read(sheet(GOOD, row(申请人="另一人"), row(身份证号=number(12))))
    assert [one.good for one in handed.rows] == [True, False, True]
    assert "与第2行是同一个身份证号" in faults(handed)[0]


def test_an_old_number_and_its_new_form_are_one_household() -> None:
    handed = read(sheet(row(身份证号=SHORT), GOOD))
    assert handed.rows[0].values["id_number"] == LONG
    assert "已补成18位" in notes(handed)
    assert "同一个身份证号" in faults(handed)[0]


def values(content: bytes, key: str, population: str = "on_roll") -> list[object]:
    handed = read(content, population)
    assert faults(handed) == []
    return [one.values.get(key) for one in handed.rows]


@pytest.mark.parametrize(
    "said",
    [
        "2018年5月",
        "2018.5",
        "2018.05",
        2018.5,
        "2018-5",
        "2018/05",
        "201805",
        "2018年5月1日",
        "２０１８年５月",
        date(2018, 5, 1),
        datetime(2018, 5, 3, 8, 0),
        20180501,
        43221,
    ],
)
def test_a_month_may_be_written_in_many_ways(said) -> None:
    assert values(sheet(row(纳入时间=said)), "granted_in") == ["2018-05"]


@pytest.mark.parametrize("epoch", [datetime(1899, 12, 30), datetime(1904, 1, 1)], ids=["1900", "1904"])
def test_days_are_right_in_both_reckonings(epoch) -> None:
    assert values(sheet(row(纳入时间=date(2018, 5, 1)), epoch=epoch), "granted_in") == ["2018-05"]


def test_a_day_shown_as_a_number_is_read_in_the_reckoning_of_its_book_and_told() -> None:
    days = (date(2018, 5, 1) - date(1904, 1, 1)).days
    handed = read(sheet(row(纳入时间=days), epoch=datetime(1904, 1, 1)))
    assert handed.rows[0].values["granted_in"] == "2018-05"
    assert "已读作2018-05-01" in notes(handed)
    assert "1904年的日期系统" in notes(handed)


@pytest.mark.parametrize(
    ("said", "fen"), [(860.5, 86050), ("860.5", 86050), ("1,860.50元", 186050), ("￥860", 86000), (0.1 + 0.2, 30)]
)
def test_money_is_read_to_the_cent(said, fen) -> None:
    assert values(sheet(row(月保障金额=said)), "amount") == [fen]


@pytest.mark.parametrize("said", ["李楼村委会", "李楼村", "李楼", "双港镇李楼村", "李 楼 村"])
def test_a_village_may_be_written_as_people_do(said) -> None:
    assert values(sheet(row(**{"村（居）": said})), "village") == ["120112103205"]


@pytest.mark.parametrize("said", [LONG, LONG.lower(), f" {LONG[:6]} {LONG[6:14]} {LONG[14:]} ", f"‭{LONG}‬"])
def test_an_identity_number_may_be_set_in_groups(said) -> None:
    assert values(sheet(row(身份证号=said)), "id_number") == [LONG]


def test_titles_two_line_heads_and_other_names_of_columns() -> None:
    over = ["序号", "户主", "身份证号码", "村(居)", "人口", "", "低保金额（元）", "批准时间", "入户核查", "", "星座"]
    below = ["", "", "", "", "家庭人口", "保障人口", "", "", "时间", "人", ""]
    line = [1, "佘仁杰", LONG, "李楼村", 3, 2, 860, "2016.3", "2018年6月4日", "甲、乙", "天蝎"]
    content = sheet(
        line,
        heads=below,
        above=[[TITLE], ["填报单位：双港镇人民政府", "", "", "填表日期：2018年7月1日"], over],
        merged=["A1:K1", "E3:F3", "I3:J3", "A3:A4"],
    )
    handed = read(content)
    assert faults(handed) == []
    (one,) = handed.rows
    assert one.line == 5
    assert (one.values["family_size"], one.values["covered_persons"]) == (3, 2)
    assert (one.values["visited_on"], one.values["visitors"]) == ("2018-06-04", "甲、乙")
    assert "不认识的列没有读：星座" in notes(handed)
    assert "联系电话" in notes(handed)


def test_a_table_that_begins_further_right_and_down_blames_the_right_cell() -> None:
    handed = read(sheet(row(排查结论="好"), at=(4, 3)))
    (one,) = handed.rows
    assert (one.line, one.faults[0].column) == (6, 3 + HEADS.index("排查结论"))


def test_hidden_rows_are_read_and_told() -> None:
    def hide(book, page):
        page.row_dimensions[3].hidden = True

    handed = read(sheet(GOOD, row(身份证号=number(12)), also=hide))
    assert len(handed.rows) == 2
    assert [len(one.notes) for one in handed.rows] == [0, 1]
    assert "有1行是隐藏的" in notes(handed)


def test_totals_feet_counted_and_repeated_heads_are_passed_over_and_told() -> None:
    counted = ["甲", "乙", *range(1, 9)]
    handed = read(
        sheet(
            counted,
            GOOD,
            ["合 计", "", "", "", 3, 2, 860.5],
            HEADS,
            row(身份证号=number(12)),
            ["", "小计"],
            ["填表人：甲", "", "", "审核人：乙"],
        )
    )
    assert faults(handed) == []
    assert [one.line for one in handed.rows] == [3, 6]
    assert [(line, str(why)[:3]) for line, why in handed.passed] == [
        (2, "栏次行"),
        (4, "合计行"),
        (5, "重复的"),
        (7, "合计行"),
        (8, "表尾，"),
    ]


def test_somebody_called_total_is_still_a_household() -> None:
    assert values(sheet(row(申请人="合计")), "applicant") == ["合计"]


def test_saved_values_of_formulas_are_read_and_nothing_is_computed() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADS)
        page.write_row(1, 0, GOOD)
        page.write_formula(1, HEADS.index("月保障金额"), "=430.25*2", None, 860.5)
        page.write_formula(1, HEADS.index("备注"), '=IF(1=1,"","x")', None, "")
        page.write_formula(1, 0, "=ROW()-1", None, "")
    (blamed,) = faults(read(out.getvalue()))
    assert blamed.startswith("“备注”是公式而没有存下算出的值")
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b'r="J2"', b'r="J2" t="str"')
    handed = read(zipped(parts))  # an empty text is what the formula gave
    assert faults(handed) == []
    assert handed.rows[0].values["amount"] == 86050


def test_empty_lines_between_are_nothing() -> None:
    assert [one.line for one in read(sheet(GOOD, [], row(身份证号=number(12)))).rows] == [2, 4]


def test_another_notice_reads_its_own_table(second) -> None:  # noqa: F811
    heads = ["领取人", "证件号", "救助方式", "救助日期", "救助金额", "检查结论"]
    content = sheet(["佘仁杰", LONG, "实物", "2029年3月4日", 300, "重复"], heads=heads)
    (one,) = workbook.read(content, known("helped", second, date(2030, 4, 2))).rows
    assert one.good
    assert one.values == {
        "recipient": "佘仁杰",
        "card": LONG,
        "kind": "goods",
        "helped_on": "2029-03-04",
        "sum": 30000,
        "verdict": "twice",
    }
    early = sheet(["佘仁杰", LONG, "实物", "2028年3月4日", 300, "重复"], heads=heads)
    (fault,) = workbook.read(early, known("helped", second, date(2030, 4, 2))).rows[0].faults
    assert "不在2029-01至—内" in str(fault.what)
