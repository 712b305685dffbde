"""What goes out in full comes in again the same, to the cent; a workbook handed back says where it is wrong."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests import make
from tests.law.people import NOTICE
from tests.screening.tables import GOOD, HEADS, TITLE, number, row, sheet
from tests.screening.test_importing import AT, clerk, enter, read, records, table  # noqa: F401 (a fixture)
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.screening import commenting, exporting

ALL = {
    "on_roll": {
        "序号": 1,
        "申请人": "佘仁杰·阿卜杜拉",
        "身份证号": number(11),
        "村（居）": "朝阳社区居委会",
        "家庭住址": "-3号楼",
        "联系电话": "022-23082517",
        "家庭人口": 4,
        "保障人口": 3,
        "类别": "B类",
        "致贫原因": "疾病",
        "月保障金额": 1234.56,
        "纳入时间": "2018年5月",
        "是否干部近亲属": "是",
        "近亲属备案号": "备〔2018〕3号",
        "核对报告号": "000123",
        "核对结果": "无疑点",
        "入户核查时间": "2018年6月4日",
        "入户核查人": "甲、乙",
        "民主评议时间": "2018-06-05",
        "公示时间": "2018.6.12",
        "排查结论": "需调整",
        "问题类型": "关系保",
        "处理结果": "调整",
        "处理时间": "2018年6月20日",
        "生效月份": "2018年6月",
        "处理文号": "津南民字〔2018〕20号",
        "应追缴金额": 0.01,
        "转线索编号": "SG2018-0001",
        "备注": "第一行\n第二行",
        "填表人": "丙",
        "审核人": "丁",
        "填表日期": "2018年6月20日",
    },
    "exited": {
        "序号": 1,
        "申请人": "佘仁杰",
        "身份证号": number(11),
        "家庭人口": 4,
        "退出时间": "2017年1月",
        "退出原因": "收入超过标准",
        "月保障金额": 860,
        "排查结论": "应恢复",
        "问题类型": "漏保",
        "处理结果": "纳入",
    },
    "rejected": {
        "序号": 1,
        "申请人": "佘仁杰",
        "身份证号": number(11),
        "家庭人口": 4,
        "未通过时间": "2018年5月31日",
        "未通过原因": "车辆",
        "书面告知时间": "2018年6月4日",
        "排查结论": "未通过正确",
        "是否干部近亲属": "否",
    },
}


@pytest.mark.parametrize("population", list(ALL))
def test_an_export_imports_again_to_the_same_rows(clerk, population):  # noqa: F811
    of = table(population=population)
    cells = ALL[population]
    other = {**cells, "序号": 2, "身份证号": number(12), "备注": ""}
    enter(sheet([*cells.values()], [other[head] for head in cells], heads=list(cells)), clerk, of=of)
    before = [record.values for record in records()]
    assert len(before) == 2
    content = exporting.workbook(of, by=clerk, at=AT, full=True)
    handed = read(content, of)
    assert [one.values for one in handed.rows] == before
    assert [str(why) for _, why in handed.passed] == ["合计行，没有读；合计由系统计算。"]
    assert enter(content, clerk, of=of) == {"wrong": 0, "new": 0, "changed": 0, "same": 2}


def test_every_column_of_the_first_annex_makes_the_trip():
    columns = table_columns()
    assert list(ALL["on_roll"]) == columns


def table_columns() -> list[str]:
    return [column.name.zh for column in NOTICE.screening.columns_of("on_roll")]


def test_the_annex_is_titled_with_the_town_and_summed_to_the_cent(clerk):  # noqa: F811
    rows = [row(身份证号=number(20 + n), 月保障金额=yuan) for n, yuan in enumerate([0.1, 0.2, 1234.56])]
    enter(sheet(*rows), clerk)
    page = load_workbook(io.BytesIO(exporting.workbook(table(), by=clerk, at=AT, full=True))).active
    lines = [list(line) for line in page.iter_rows(values_only=True)]
    assert lines[0][0] == TITLE
    assert "填报单位：双港镇人民政府" in lines[1][0]
    amount = lines[2].index("月保障金额")
    assert lines[-1][0] == "合计"
    assert (lines[-1][amount], lines[-1][lines[2].index("家庭人口")]) == (1234.86, 9)
    assert page.page_setup.orientation == "landscape"
    identity = page.cell(4, lines[2].index("身份证号") + 1)
    assert (identity.value, identity.data_type) == (number(20), "s")


def test_an_empty_table_has_its_heads_and_no_total(clerk):  # noqa: F811
    page = load_workbook(io.BytesIO(exporting.export(table(), by=clerk, at=AT))).active
    assert page.max_row == 3


def test_the_bureau_takes_away_a_covered_table_and_both_leave_a_line(clerk):  # noqa: F811
    enter(sheet(row(备注="家住三号")), clerk)
    content = exporting.export(table(), by=make.officer(Role.LEDGER_KEEPER), at=AT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        words = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "ignore")
    assert "佘**" in words
    assert not any(word in words for word in ("佘仁杰", number(11), "家住三号"))
    own = read(exporting.export(table(), by=clerk, at=AT))
    assert ["遮盖" in str(fault.what) for row in own.rows for fault in row.faults] == [True]
    lines = db.session.scalars(select(Entry.facts).where(Entry.act == Act.EXPORT_SCREENING).order_by(Entry.seq))
    assert [line["covered"] for line in lines] == ["yes", "numbers"]


def test_the_workbook_goes_back_with_comments_where_it_is_wrong(app):
    def marked(book, page):
        page.cell(3, 2).number_format = "0.00"
        page.cell(5, 5, "=1+2")
        page.column_dimensions["B"].width = 33
        page.merge_cells("G4:H4")

    bad = row(申请人="", 身份证号="1", 月保障金额="")
    content = sheet(GOOD, bad, row(身份证号=number(12)), above=[[TITLE]], also=marked)
    handed = read(content)
    book = load_workbook(io.BytesIO(commenting.commented(content, handed, str)))
    page = book["Sheet1"]
    comments = {cell.coordinate: cell.comment.text for line in page.iter_rows() for cell in line if cell.comment}
    assert set(comments) == {"B4", "C4", "G4", "E5"}
    assert "“申请人”空着" in comments["B4"]
    assert "应为18位" in comments["C4"]
    assert comments["G4"].count("\n") == 1
    assert page["E5"].value == "=1+2"
    assert page.column_dimensions["B"].width == 33
    assert page["B3"].number_format == "0.00"
    again = commenting.commented(commenting.commented(content, handed, str), handed, str)
    assert load_workbook(io.BytesIO(again))["Sheet1"]["B4"].comment.text.count("空着") == 2


def test_a_very_long_workbook_is_not_commented(app, monkeypatch):
    monkeypatch.setattr(commenting, "MOST_LINES", 1)
    content = sheet(row(申请人=""))
    with pytest.raises(Incomplete, match="表太长"):
        commenting.commented(content, read(content), str)


def test_a_workbook_that_the_other_library_cannot_read_is_not_commented(app):
    content = sheet(row(申请人=""))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'val="minor"', b'val="no such"')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    with pytest.raises(Incomplete, match="不能逐格批注"):
        commenting.commented(out.getvalue(), read(out.getvalue()), str)


def test_heads_of_the_tests_are_heads_of_the_annex():
    assert set(HEADS) <= set(table_columns())
