"""A list of leads read in: what stands there exactly, what a spreadsheet has spoilt not at all, nothing twice."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests import make
from tipline.intake import importing
from tipline.intake.importing import Verdict
from tipline.kit import lists
from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.law.bodies import Body
from tipline.leads.models import Lead, Reporter
from tipline.office import trail
from tipline.office.charter import Role

HEADS = [
    "收到时间",
    "渠道",
    "被反映人",
    "职务",
    "镇",
    "村",
    "问题类型",
    "涉及金额",
    "反映的主要问题",
    "举报人",
    "联系电话",
    "身份证号",
]
TOWN_BODY = Body.TOWN_DISCIPLINE_BODY.value
GOOD = [
    date(2018, 5, 20),
    "来信",
    "某甲",
    "村委会主任",
    "双港镇",
    "",
    "优亲厚友、推诿、刁难、不作为",
    "１.２万",
    "不够条件吃低保。",
    "某乙",
    "022-23082517",
    "129999199003078899",
]


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


def sheet(*rows, heads=HEADS, **options) -> bytes:
    book = Workbook()
    page = book.active
    if options.get("epoch"):
        book.epoch = options["epoch"]
    for row in (options.get("above") or []) + [heads, *rows]:
        page.append(list(row))
    for merged in options.get("merged", ()):
        page.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(**cells) -> list:
    return [cells.get(head, value) for head, value in zip(HEADS, GOOD, strict=True)]


def read_in(content, keeper, name="leads.xlsx", *, dry=False):
    return importing.read_in(content, name, by=keeper, at=make.NOON, dry=dry)


def leads() -> int:
    return db.session.scalar(select(func.count()).select_from(Lead)) or 0


def test_a_good_row_becomes_a_lead_with_all_that_stands_in_it(keeper):
    (row,) = read_in(sheet(GOOD), keeper).rows
    assert row.verdict is Verdict.ENTERED
    lead = db.session.scalars(select(Lead)).one()
    assert row.number == lead.number
    assert (lead.channel, lead.town_code, lead.amount_fen) == ("letter", make.SHUANGGANG, 1_200_000)
    assert lead.problems == ["nepotism", "stalling"]
    assert f"{local(lead.received_at):%Y-%m-%d %H:%M}" == "2018-05-20 00:00"
    assert db.session.scalars(select(Reporter)).one().identity == "129999199003078899"
    assert make.referrals(lead)[0].to.name == "双港镇纪委"


def test_the_same_list_again_enters_nothing(keeper):
    content = sheet(GOOD, changed(被反映人="某丙"), GOOD)
    first, second = read_in(content, keeper), read_in(content, keeper)
    assert [row.verdict for row in first.rows] == [Verdict.ENTERED] * 3
    assert [row.verdict for row in second.rows] == [Verdict.KNOWN] * 3
    assert [row.number for row in first.rows] == [row.number for row in second.rows]
    assert leads() == 3


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"身份证号": 1.20112199003078890e17}, "末几位已丢失"),
        ({"身份证号": "129999199003078891"}, "校验码不符"),
        ({"收到时间": "昨天"}, "“收到时间”看不懂"),
        ({"收到时间": 43240}, "“收到时间”看不懂"),
        ({"收到时间": date(2999, 1, 1)}, "还没有到"),
        ({"收到时间": date(1918, 6, 4)}, "请核对年份"),
        ({"收到时间": ""}, "“收到时间”空着"),
        ({"被反映人": "某甲、某丙"}, "几个人用分号隔开"),
        ({"被反映人": "某" * 41}, "请只写姓名"),
        ({"反映的主要问题": ""}, "“反映的主要问题”空着"),
        ({"镇": "不存在镇"}, "本区没有“不存在镇”"),
        ({"村": "不存在村"}, "没有找到"),
        ({"问题类型": "不存在"}, "“问题类型”看不懂"),
        ({"涉及金额": "很多"}, "“涉及金额”看不懂"),
        ({"渠道": "飞鸽"}, "“渠道”看不懂"),
    ],
)
def test_a_bad_row_says_why_and_leaves_nothing_and_the_others_are_entered(keeper, cells, sentence):
    report = read_in(sheet(GOOD, changed(**cells), changed(被反映人="某丙")), keeper)
    assert [row.verdict for row in report.rows] == [Verdict.ENTERED, Verdict.REFUSED, Verdict.ENTERED]
    assert sentence in str(report.rows[1].trouble)
    assert report.rows[1].line == 3
    assert leads() == 2
    assert not list(trail.faults())


def test_a_row_that_fails_late_is_not_half_there(keeper, monkeypatch):
    proposed = importing.operations.referrals.propose

    def fails(person, *rest, **options):
        if person.name == "某丙":
            raise Incomplete("请写明理由。")
        return proposed(person, *rest, **options)

    monkeypatch.setattr(importing.operations.referrals, "propose", fails)
    report = read_in(sheet(GOOD, changed(被反映人="某丙"), changed(被反映人="某丁")), keeper)
    assert [row.verdict for row in report.rows] == [Verdict.ENTERED, Verdict.REFUSED, Verdict.ENTERED]
    assert [lead.number for lead in db.session.scalars(select(Lead).order_by(Lead.id))] == [
        "MZ2018-0001",
        "MZ2018-0002",
    ]
    assert not list(trail.faults())


def test_heads_may_stand_below_a_title_and_be_merged(keeper):
    over = ["收到时间", "渠道", "被反映人情况", "", "镇", "反映的主要问题"]
    below = ["", "", "被反映人", "职务", "", ""]
    row = [date(2018, 5, 20), "来信", "某甲", "村委会主任", "双港镇", "不够条件吃低保。"]
    content = sheet(below, row, heads=over, above=[["群众举报问题线索台账"]], merged=["A1:F1", "C2:D2"])
    (verdict,) = read_in(content, keeper).rows
    assert verdict.verdict is Verdict.ENTERED
    assert db.session.scalars(select(Lead)).one().people[0].name == "某甲"


@pytest.mark.parametrize("epoch", [datetime(1899, 12, 30), datetime(1904, 1, 1)], ids=["1900", "1904"])
def test_days_are_right_in_both_reckonings_of_spreadsheets(keeper, epoch):
    read_in(sheet(GOOD, epoch=epoch), keeper)
    assert day_of(db.session.scalars(select(Lead)).one().received_at) == date(2018, 5, 20)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_text_files_are_read_as_the_office_writes_them(keeper, encoding):
    lines = [",".join(HEADS), "2018-05-20,来信,𪚥某,村会计,双港镇,,优亲厚友,500,内容,,,"]
    (row,) = read_in("\r\n".join(lines).encode(encoding), keeper, "leads.csv").rows
    assert row.verdict is Verdict.ENTERED


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 150_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"not a sheet", "x.xlsx", "不是可以读取的表格"),
        (sheet(["a", "b"], heads=["甲", "乙"]), "x.xlsx", "没有找到表头"),
        (bomb(), "x.xlsx", "解开后过大"),
        (sheet(heads=[*HEADS, "镇"]), "x.xlsx", "出现了两次"),
        (sheet(), "x.xlsx", "一行也没有"),
        (
            sheet(GOOD, heads=["日期", *HEADS[1:8], "内容", *HEADS[9:]]),
            "x.xlsx",
            "没有“收到时间”“反映的主要问题”这一列",
        ),
        (b"\x81\xff\xff", "x.csv", "不是可以读取的文本"),
        (b'"' + b"a" * 200_000, "x.csv", "不是可以读取的文本"),
    ],
)
def test_what_is_no_list_is_refused_whole(keeper, content, name, sentence):
    with pytest.raises(Incomplete) as refusal:
        read_in(content, keeper, name)
    assert sentence in str(refusal.value)


def test_what_is_looked_at_first_says_where_each_row_would_go_and_which_stands_there_twice(keeper, sign_in):
    rows = GOOD, changed(职务="区长"), changed(被反映人="某甲;某丙", 职务="村委会主任;村会计"), GOOD
    report = read_in(sheet(*rows), keeper, dry=True)
    assert [row.verdict for row in report.rows] == [Verdict.GOOD] * 4
    assert [[body.value for body in row.bodies] for row in report.rows] == [[TOWN_BODY], [], [TOWN_BODY], [TOWN_BODY]]
    assert "与第2行一字不差" in str(report.rows[3].trouble)
    upload = {"sheet": (io.BytesIO(sheet(*rows)), "leads.xlsx")}
    page = sign_in(keeper).post("/intake/import", data=upload, content_type="multipart/form-data").text
    assert "镇纪委" in page
    assert "只留编号、时间和渠道" in page
    assert "一字不差" in page


def test_two_people_with_either_semicolon_between_them_are_two(keeper):
    parts = changed(被反映人="某甲;某丙", 职务="村委会主任；村会计", 反映的主要问题="两人互相包庇。")
    assert read_in(sheet(parts), keeper).rows[0].verdict is Verdict.ENTERED
    assert [person.name for person in db.session.scalars(select(Lead)).one().people] == ["某甲", "某丙"]


def test_a_list_that_begins_further_down_counts_its_lines_as_the_program_shows_them(keeper):
    content = sheet(HEADS, GOOD, changed(收到时间="昨天"), heads=[], above=[[], [], []])
    assert [row.line for row in read_in(content, keeper).rows] == [6, 7]


def test_too_many_rows_are_refused(keeper, monkeypatch):
    monkeypatch.setattr(lists, "MOST_ROWS", 2)
    monkeypatch.setattr(lists, "HEAD_WITHIN", 3)
    with pytest.raises(Incomplete):
        read_in(sheet(*[GOOD] * 9), keeper)


def test_the_page_shows_verdicts_first_and_enters_only_on_a_yes(keeper, sign_in):
    browser = sign_in(keeper)
    assert "身份证号" in browser.get("/intake/import").text
    upload = {"sheet": (io.BytesIO(sheet(GOOD, changed(镇="不存在镇"))), "leads.xlsx")}
    page = browser.post("/intake/import", data=upload, content_type="multipart/form-data").text
    assert "登记这 1 件" in page
    assert "本区没有" in page
    assert leads() == 0
    carried = page.split('name="content" type="hidden" value="')[1].split('"')[0]
    done = browser.post("/intake/import", data={"enter": "yes", "content": carried, "filename": "leads.xlsx"})
    assert db.session.scalars(select(Lead)).one().number in done.text
    assert leads() == 1


def test_a_file_that_is_none_is_said_at_the_field(keeper, sign_in):
    browser = sign_in(keeper)
    assert browser.post("/intake/import", data={}).status_code == 422
    odd = browser.post("/intake/import", data={"enter": "yes", "content": "%%%", "filename": "x.xlsx"})
    assert odd.status_code == 422


def test_an_operator_has_no_door_to_the_import(sign_in):
    assert sign_in(make.officer(Role.OPERATOR)).get("/intake/import").status_code == 404
