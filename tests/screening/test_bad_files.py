"""What is no table of a town's screening is refused whole, with one clear sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.screening.tables import GOOD, HEADS, saved, sheet, zipped
from tests.screening.test_workbook import BAD_CELLS, read
from tipline.kit.errors import Incomplete
from tipline.screening import workbook


def with_parts(**parts: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sheet(GOOD))) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped(kept | {name.replace("__", "/"): content for name, content in parts.items()})


def flagged() -> bytes:
    content = bytearray(sheet(GOOD))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def altered() -> bytes:
    """A byte of the workbook's own part is not what its checksum says."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet(GOOD))) as archive, zipfile.ZipFile(out, "w") as stored:
        for name in archive.namelist():
            stored.writestr(name, archive.read(name))
    return out.getvalue().replace(b'visibility="visible"', b'visibility="VISIBLE"')


def hidden_sheet() -> bytes:
    return sheet(GOOD, also=lambda book, page: (book.create_sheet("说明"), setattr(page, "sheet_state", "hidden")))


def two_sheets() -> bytes:
    def more(book, page):
        other = book.create_sheet("另一张")
        other.append(HEADS)
        other.append(GOOD)

    return sheet(GOOD, also=more)


def corners(at: str) -> bytes:
    """A word far away from the others; empty cells that are only painted reach nowhere."""
    return with_parts(
        **{
            "xl__worksheets__sheet1.xml": f"""<worksheet><sheetData><row r="1"><c r="A1" t="n"><v>1</v></c></row><row
            r="1048576"><c s=">" r="XFD1048576"/></row><row r="1048575"><c s='>' r='{at}'><v>1</v></c></row></sheetData>
            </worksheet>""".encode()
        }
    )


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
WITHOUT = [head for head in HEADS if head != "身份证号"]

BAD_FILES = [
    (b"", "文件是空的"),
    (b"\x00\r\n ", "文件是空的"),
    (OLD + b"Workbook", "旧格式（.xls）"),
    (OLD + "EncryptedPackage".encode("utf-16-le"), "加了打开密码"),
    (flagged(), "加了打开密码"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "其实是一张网页"),
    (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "其实是一张网页"),
    ("序号,申请人,身份证号\n1,佘仁杰,1".encode("gb18030"), "这是文本（CSV）"),
    (b"a\tb\tc", "这是文本（CSV）"),
    (b"%PDF-1.4 x", "这是 PDF"),
    (b"not a sheet", "不是可以读取的表格"),
    (sheet(GOOD)[:800], "文件不完整"),
    (altered(), "文件不完整"),
    (zipped({"word/document.xml": b"<x/>"}), "不是可以读取的表格"),
    (zipped({"content.xml": b"<x/>"}), "这种格式的表格不能读取"),
    (zipped({"xl/workbook.bin": b"x"}), "这种格式的表格不能读取"),
    (zipped({"xl/workbook.xml": b"<broken"}), "不是可以读取的表格"),
    (with_parts(**{"xl__vbaProject.bin": b"x"}), "文件里有宏"),
    (with_parts(**{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData><row"}), "不是可以读取的表格"),
    (with_parts(**{"xl__worksheets__sheet1.xml": b"\x00" * 40}), "不是可以读取的表格"),
    (zipped({"xl/worksheets/sheet1.xml": b"0" * 150_000_000}), "解开后过大"),
    (zipped({f"xl/media/{n}.png": b"" for n in range(501)}), "解开后过大"),
    (corners("XFD1048575"), "解开后过大"),
    (corners("C2"), "没有找到表头"),
    (b"x" * 20_000_001, "文件太大"),
    (saved(Workbook()), "没有一张有内容的表"),
    (hidden_sheet(), "没有一张有内容的表"),
    (two_sheets(), "有几张工作表都像这份表（Sheet1、另一张）"),
    (sheet(["甲", "乙"], heads=["一", "二", "三"]), "没有找到表头"),
    (sheet(GOOD, above=[["说明"]] * 10), "没有找到表头"),
    (sheet(GOOD, heads=[*HEADS[:-1], "申请人姓名"]), "列“申请人姓名”出现了两次"),
    (sheet(GOOD, heads=WITHOUT), "没有“身份证号”这一列"),
    (sheet(GOOD, heads=[head.replace("月保障金额", "不知道") for head in HEADS]), "没有“月保障金额”这一列"),
    (sheet(), "表里没有一户"),
    (sheet(["合计", "", "", "", 3]), "表里没有一户"),
    (sheet(GOOD, above=[["双港镇农村低保排查情况统计表（2017年1月至2018年5月退出低保）"]]), "请到附件2那里导入"),
    (sheet(GOOD, above=[["葛沽镇农村低保排查情况统计表（在保）"]]), "标题写的是葛沽镇，这里是双港镇"),
]


@pytest.mark.parametrize(("content", "sentence"), BAD_FILES)
def test_a_file_that_is_not_the_table_is_refused_with_one_sentence(content, sentence) -> None:
    with pytest.raises(Incomplete) as refusal:
        read(content)
    assert sentence in str(refusal.value)


def test_bad_workbooks_are_many() -> None:
    assert len(BAD_CELLS) + len(BAD_FILES) >= 60


def test_too_many_rows_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    with pytest.raises(Incomplete, match="请分成几份"):
        read(sheet(*[GOOD] * 30))
