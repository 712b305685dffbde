"""What may not hang on a wall is found however it is written, and what may is left alone."""

import re
from dataclasses import replace

import pytest

from tests.publicity.walls import COARSE, GOOD, HEAD, RULES, bans, found, wall
from tests.screening.tables import number
from tipline.law.publicity import Sort
from tipline.publicity import lint

ID = number(11)
FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
CAPITAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")


def cell(words: str) -> str:
    """A good line that says something more beside the name."""
    return GOOD.replace("佘仁杰", f"佘仁杰（{words}）")


@pytest.mark.parametrize(
    "words",
    [
        ID,
        ID.translate(FULL),
        ID.translate(CHINESE),
        ID.translate(CAPITAL),
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
        f"{ID[:6]}\u3000{ID[6:10]}．{ID[10:14]}·{ID[14:]}",
        f"{ID[:6]}\u200b{ID[6:]}",
        f"{ID[:6]}********{ID[14:]}",
        f"{ID[:6]}××××××××{ID[14:]}",
        f"{ID[:10]}****{ID[14:]}",
        f"{ID[:14]}＊＊＊＊",
        ID[:-1],
        "129999560317011",
        "12999919560317011x",
        f"身份证号：{ID}",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(words):
    (hit,) = found(cell(words))
    assert (hit.ban.key, hit.line, hit.column, hit.head) == ("identity", 2, 1, "户主姓名")
    assert words not in hit.shown


@pytest.mark.parametrize(
    "words",
    [
        "15400138000",
        "154 0013 8000",
        "154-0013-8000",
        "138－0013－8000",
        "138.0013.8000",
        "１３８００１３８０００",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "154****8000",
        "+86 154 0013 8000",
        "0086-15400138000",
        "022-23082517",
        "(022)23082517",
        "（０２２）２３０８２５１７",
        "022 2308 2517转801",
        "23082517",
        "400-800-1234",
        "电话15400138000",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(words):
    assert bans(cell(words)) == {"phone"}


@pytest.mark.parametrize(
    "words", ["6217 0001 2345 6789 012", "6217000123456789", "卡号6217-0001-2345-6789", "农商行折"]
)
def test_a_bank_account_is_found(words):
    assert bans(cell(words)) == {"account"}


def test_a_number_that_fell_into_neighbouring_cells_is_put_together_again():
    head = "户主姓名 家庭人口 致贫原因 低保金额"
    assert bans("佘仁杰 3 疾病 860 154 0013 8000", head=head) == {"phone"}
    assert bans(f"佘仁杰 3 疾病 860 {ID[:6]} {ID[6:14]} {ID[14:]}", head=head) == {"identity"}
    assert not bans("佘仁杰 3 疾病 860", "鄂国栋 2 残疾 1200", head=head)


@pytest.mark.parametrize("words", ["三号楼2单元", "幸福里12号", "和平路１２号", "３-２-１０１", "5排3号", "二号院"])
def test_an_address_below_the_village_is_found(words):
    assert "address" in bans(cell(words))


@pytest.mark.parametrize(
    "words",
    [
        "精神病",
        "肢体残疾二级",
        "肺癌",
        "尿毒症",
        "患糖尿病",
        "重病",
        "疾病（脑梗）",
        "三级",
        "智力残疾",
        "因病",
        "长期透析",
    ],
)
def test_words_of_illness_are_found_in_any_column(words):
    assert bans(cell(words)) == {"illness"}
    assert bans(GOOD.replace("疾病", words)) == {"illness"}


@pytest.mark.parametrize("cause", ["疾病", "残疾", "疾病、残疾", "因学", "缺乏劳动力", "其他", " 疾 病 "])
def test_the_coarse_causes_of_the_notice_may_hang_there(cause):
    assert not bans(GOOD.replace("疾病", cause))


@pytest.mark.parametrize("words", ["长子佘小明", "女儿读小学", "孙子上幼儿园", "孤儿", "其子女二人", "初中二年级"])
def test_children_are_found(words):
    assert bans(cell(words)) == {"minor"}


def test_a_head_who_is_a_minor_is_found_by_the_roster():
    (hit,) = found(GOOD, minors=("佘 仁杰",))
    assert (hit.ban.key, hit.shown) == ("minor", "佘**")


@pytest.mark.parametrize(
    ("name", "ban"),
    [
        ("身份证号码", "identity"),
        ("联 系 电 话", "phone"),
        ("银行卡号", "account"),
        ("家庭住址", "address"),
        ("残疾等级", "illness"),
        ("子女情况", "minor"),
        ("是否党员", "unrelated"),
    ],
)
def test_a_column_that_would_hold_it_is_found_by_its_name(name, ban):
    (hit,) = found(f"{GOOD}\t", head=f"{HEAD}\t{name}")
    assert (hit.ban.key, hit.line, hit.column) == (ban, 1, 5)


@pytest.mark.parametrize(
    "line",
    [
        GOOD,
        GOOD.replace("860.50", "12,345.67"),
        GOOD.replace("860.50", "８６０元"),
        GOOD.replace("佘仁杰", "伍陆一"),
        GOOD.replace("佘仁杰", "佘某"),
        GOOD.replace("3", "三口人"),
        f"{GOOD}\n合计\t1户3人\t\t860.50",
        f"{GOOD}\n监督电话：022-23082517、15400138000\n公示单位：李楼村委会　公示日期：2018年5月31日",
        f"{GOOD}\n公示时间：2018.05.01-2018.05.31",
        f"{GOOD}\n公示日期：20180531",
    ],
)
def test_what_may_hang_there_is_left_alone(line):
    assert not found(line)


def test_a_columns_of_remarks_may_stand_empty():
    assert not found(f"{GOOD}\t", head=f"{HEAD}\t备注")


def test_a_number_to_complain_to_does_not_cover_a_households_own():
    assert bans(GOOD, "联系人佘仁杰15400138000") == {"phone"}
    assert bans(f"{GOOD}\t监督15400138000", head=f"{HEAD}\t备注") == {"phone"}


def test_every_hit_is_named_once_by_line_and_column():
    hits = found(cell(f"{ID}，电话15400138000"), GOOD, cell("肺癌"))
    assert [(hit.line, hit.column, hit.ban.key) for hit in hits] == [
        (2, 1, "identity"),
        (2, 1, "phone"),
        (4, 1, "illness"),
    ]
    assert str(hits[0].where) == "第2行“户主姓名”"
    assert hits[0].ban.advice.zh.startswith("整列删去")


def test_what_is_banned_is_the_notices_word():
    """A notice that bans less finds less; one whose patterns are lost lets the planted wall pass."""
    planted = wall(cell("肺癌"), cell(ID))
    fewer = replace(RULES, bans=tuple(ban for ban in RULES.bans if ban.sort is not Sort.IDENTITY))
    assert {hit.ban.key for hit in lint.hits(planted, fewer, coarse=COARSE)} == {"illness"}
    blind = replace(RULES, bans=tuple(replace(ban, patterns=()) for ban in RULES.bans))
    assert {hit.ban.key for hit in lint.hits(planted, blind, coarse=COARSE)} == {"identity"}


def test_a_lint_that_cannot_read_numerals_is_caught(monkeypatch):
    assert bans(cell(ID.translate(FULL))) == {"identity"}
    monkeypatch.setattr(lint, "numerals", lambda text: re.sub(r"[^\x00-\x7f]", "", text))
    assert not bans(cell(ID.translate(FULL)))
