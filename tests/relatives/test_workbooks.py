"""Workbooks of filings and lists as they come, each wrong cell with its sentence; the registers of a notice fit."""

import pytest

from tests.law.people import NOTICE
from tests.relatives.lists import FILING, HELP, KIN, PAID, book, filed
from tests.screening import tables
from tests.screening.tables import number, sheet
from tipline.kit.errors import Incomplete
from tipline.law import notice as law
from tipline.law.notice import NOTICES
from tipline.law.registers import Side
from tipline.law.table import MalformedNotice
from tipline.screening import workbook
from tipline.screening.cells import Known
from tipline.screening.queries import choices_in

FILE = (NOTICES / "jinnan-2018-17.toml").read_text(encoding="utf-8")


def known(key: str) -> Known:
    register = NOTICE.registers.register(key)
    columns = NOTICE.registers.columns_of(key)
    usual = tables.known()
    return Known(
        population=register,
        columns=columns,
        choices=choices_in(register, columns, NOTICE),
        town=usual.town,
        towns=usual.towns,
        villages=usual.villages,
        elsewhere=usual.elsewhere,
        today=usual.today,
        unique=register.unique,
    )


def faults(register: str, content: bytes) -> list[str]:
    return [str(fault.what) for row in workbook.read(content, known(register)).rows for fault in row.faults]


@pytest.mark.parametrize(
    ("register", "content", "sentence"),
    [
        ("filing", book("filing", filed("郇宝山", 101, "鄂国栋", 12, 与对象关系="邻居")), "里没有“邻居”"),
        ("filing", book("filing", filed("郇宝山", 101, "鄂国栋", 12, 户主身份证号="")), "“户主身份证号”空着"),
        (
            "filing",
            book("filing", filed("郇宝山", 101, "鄂国栋", 12, 干部身份证号=129999195603170115.0)),
            "末几位已丢失",
        ),
        ("filing", book("filing", filed("郇宝山", 101, "鄂国栋", 12, on="2018-12-01")), "还没有到"),
        ("filing", book("filing", *[filed("郇宝山", 101, "鄂国栋", 12)] * 2), "重复：干部身份证号、户主身份证号都相同"),
        ("kin", book("kin", *[["郇宝山", "", "子女", "佘仁杰"]] * 2), "重复：干部姓名、与对象关系、姓名都相同"),
        ("fiscal", book("fiscal", ["佘仁杰", number(11)[:17], "", ""]), "身份证号应为18位"),
        ("vulnerable", book("vulnerable", ["佘仁杰", number(11), "", "", "殷庄村", "重病"]), "不是本镇的村"),
    ],
)
def test_a_wrong_cell_is_blamed(register, content, sentence):
    said = faults(register, content)
    assert len(said) == 1, said
    assert sentence in said[0]


@pytest.mark.parametrize(
    ("register", "content", "sentence"),
    [
        ("filing", sheet(["甲", "乙"], heads=["一", "二", "三"]), "没有找到表头"),
        ("filing", sheet(heads=list(FILING)), "没有一户"),
        ("fiscal", sheet(["佘仁杰", "水务局", "科员"], heads=["姓名", "单位", "职务"]), "没有“身份证号”这一列"),
        ("kin", b"", "文件是空的"),
    ],
)
def test_what_is_no_list_is_refused(register, content, sentence):
    with pytest.raises(Incomplete, match=sentence):
        workbook.read(content, known(register))


def test_one_cadre_may_have_two_relatives_and_a_relative_two_cadres():
    rows = filed("郇宝山", 101, "鄂国栋", 12), filed("郇宝山", 101, "逯长贵", 13), filed("靳玉堂", 102, "鄂国栋", 12)
    assert not faults("filing", book("filing", *rows))


def test_a_list_without_numbers_is_read_where_none_is_asked_for():
    heads = [head for head in KIN if head != "亲属身份证号"]
    content = sheet(["郇宝山", "", "子女", "佘仁杰", "", "李楼村"], ["合计", "", "", "", "", ""], heads=heads)
    handed = workbook.read(content, known("kin"))
    assert [row.values["person_name"] for row in handed.rows if row.good] == ["佘仁杰"]


def test_an_old_number_is_remembered_as_such():
    old = number(11)[:6] + number(11)[8:17]
    row, other = workbook.read(book("fiscal", ["佘仁杰", old], ["鄂国栋", number(12)]), known("fiscal")).rows
    assert (row.values["id_number"], row.lengthened) == (number(11), {"id_number"})
    assert not other.lengthened


def test_every_head_of_these_tests_is_known_to_its_register():
    for register, heads in {"filing": FILING, "kin": KIN, "fiscal": PAID, "vulnerable": HELP}.items():
        named = {name for column in NOTICE.registers.columns_of(register) for name in (column.name.zh, *column.also)}
        assert set(heads) <= named


def test_every_side_has_a_register():
    assert {register.side for register in NOTICE.registers.registers} == set(Side)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('identity = "kin_id"', 'identity = "nothing"', "没有可作“身份证号”的列"),
        ('identity = "kin_id"', 'identity = "cadre_name"', "没有可作“身份证号”的列"),
        ('unique = ["cadre_id", "head_id"]', 'unique = ["cadre_id", "filing_no"]', "须有且必填"),
        ('terms = "hardship"', 'terms = "nowhere"', "没有名为“nowhere”的分类"),
        ('problem = "nepotism"', 'problem = "nothing"', "不在分类“problem_type”中"),
        ("verify_months = 12", 'verify_months = "yearly"', "verify_months"),
        ('side = "kin"', 'side = "friends"', "不认识“friends”"),
        ('also = ["户主", "所在户户主"]', 'also = ["姓名"]', "有两列都叫“姓名”"),
    ],
)
def test_registers_that_do_not_fit_are_refused(before, after, sentence):
    assert before in FILE
    with pytest.raises(MalformedNotice) as refused:
        law.read(FILE.replace(before, after, 1), "notice")
    assert sentence in str(refused.value)
