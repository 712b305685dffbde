"""What the house gives out it takes in again, the same to the cent and to the day, whatever people write in it."""

import csv
import io
from datetime import date, timedelta

import pytest
from flask import g
from openpyxl import load_workbook
from sqlalchemy import delete, select

from tests import make
from tests.house import ledger_file
from tests.relatives import lists as registers
from tests.screening.tables import number, sheet
from tests.screening.test_importing import AT, enter, read, records, table
from tests.screening.test_round_trip import ALL
from tipline.intake import importing
from tipline.intake.importing import Verdict
from tipline.kit import lists, sheets
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import PersonKind, RankClass
from tipline.law.screening import Kind
from tipline.leads import queries as leads
from tipline.leads.call import PersonSaid
from tipline.office.charter import Role
from tipline.relatives import exporting as filings
from tipline.relatives import queries
from tipline.relatives.models import RegisterEntry
from tipline.screening import exporting
from tipline.screening.models import ScreeningRecord, ScreeningVersion

NASTY = [
    "=HYPERLINK(1)",
    "'=1",
    "+86 022",
    "-3号楼",
    "@朝阳",
    "＝1",
    "|x",
    "0012",
    "１２３",
    "12999919560317011X",
    "1E5",
    "2018-06",
    "𬮿㴌·买买提",
    '第一行\n第二行，“引号"；',
    "长" * 500,
    "'",
    "TRUE",
]
"""What a spreadsheet would take for something else."""


def ledger(clerk, kind):
    """A clerk's leads as they would stand in a ledger of the office's own."""
    content = ledger_file.written(db.session.scalars(leads.visible_to(clerk)), kind)
    if kind == "csv":
        return content, list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return content, [[cell.value or "" for cell in line] for line in load_workbook(io.BytesIO(content)).active]


def told(rows):
    """The ledger's lines but for what the house gives anew: numbers, and who entered it."""
    anew = {"序号", "线索编号", "登记人", "No.", "Lead number", "Recorded by"}
    heads = rows[0]
    return [{head: cell for head, cell in zip(heads, row, strict=True) if head not in anew} for row in rows[1:]]


def leads_of_all_kinds(clerk):
    for at, words in enumerate(NASTY):
        late = {"happened_from": date(2018, 1, 31)} if at % 2 else {"happened_until": date(2017, 12, 31)}
        make.lead(
            "village_head",
            by=clerk,
            narrative=words,
            names=(words.splitlines()[0][:20],),
            household=words[:20],
            amount_fen=at * 100 + 1,
            received_at=make.NOON - timedelta(days=at),
            problems=("nepotism", "stalling") if at % 2 else (),
            **late,
        )
    make.lead("village_head", "village_accountant", by=clerk, happened_from=date(2018, 1, 1))
    stranger = PersonSaid(PersonKind.VILLAGE_CADRE, rank_class=RankClass.VILLAGE, town_code=make.SHUANGGANG)
    make.lead(by=clerk, people=(stranger,))
    db.session.commit()


@pytest.mark.parametrize(("kind", "language"), [("csv", "zh"), ("xlsx", "zh"), ("csv", "en")])
def test_an_offices_own_ledger_is_read_in(app, kind, language):
    clerk, other = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    leads_of_all_kinds(clerk)
    g.letters_in = language
    content, before = ledger(clerk, kind)

    def read_in(by):
        report = importing.read_in(content, f"leads.{kind}", by=by, at=make.NOON, dry=False)
        db.session.commit()
        assert not [str(row.trouble) for row in report.rows if row.trouble]
        return {row.verdict for row in report.rows}

    assert read_in(clerk) == {Verdict.KNOWN}, "what stands in the ledger is not entered twice"
    assert read_in(other) == {Verdict.ENTERED}
    _, after = ledger(other, kind)
    assert len(before) == len(NASTY) + 3
    assert sorted(map(repr, told(after))) == sorted(map(repr, told(before)))


def test_a_guard_against_formulas_that_is_not_taken_off_is_caught(app, monkeypatch):
    monkeypatch.setattr(lists, "_as_meant", str)
    with pytest.raises(AssertionError):
        test_an_offices_own_ledger_is_read_in(app, "csv", "zh")


def populated(clerk, population):
    """A table in which every column of text says what a spreadsheet would take for something else."""
    of = table(population=population)
    texts = [column.name.zh for column in table_columns(of) if column.kind in (Kind.TEXT, Kind.PHONE)]
    heads = [*ALL[population], *(head for head in texts if head not in ALL[population])]
    rows = []
    for at, words in enumerate(NASTY):
        cells = {**ALL[population], **dict.fromkeys(texts, words), "序号": at, "身份证号": number(at)}
        cells |= {"申请人": "𬮿㴌·买买提" if at % 2 else "=佘仁杰"}
        if "月保障金额" in cells:
            cells["月保障金额"] = at + at / 100
        rows.append([cells[head] for head in heads])
    assert enter(sheet(*rows, heads=heads, also=as_text), clerk, of=of)["new"] == len(NASTY)
    return of


def as_text(book, page):
    for line in page.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"


def table_columns(of):
    return of.notice.screening.columns_of(of.population.key)


@pytest.mark.parametrize("population", list(ALL))
def test_an_annex_makes_the_trip_whatever_stands_in_it(app, population):
    clerk = make.officer(Role.TOWN_CLERK)
    of = populated(clerk, population)
    before = [record.values for record in records()]
    content = exporting.workbook(of, by=clerk, at=AT, full=True)
    assert [row.values for row in read(content, of).rows] == before
    assert enter(content, clerk, of=of) == {"wrong": 0, "new": 0, "changed": 0, "same": len(NASTY)}
    db.session.execute(delete(ScreeningVersion))
    db.session.execute(delete(ScreeningRecord))
    assert enter(content, clerk, of=of)["new"] == len(NASTY)
    assert [record.values for record in records()] == before


def test_a_guard_that_stays_in_a_workbook_is_caught(app, monkeypatch):
    monkeypatch.setattr(sheets, "_text", lists.harmless)
    with pytest.raises(AssertionError):
        test_an_annex_makes_the_trip_whatever_stands_in_it(app, "on_roll")


@pytest.mark.parametrize("key", ["filing", "kin", "fiscal", "vulnerable"])
def test_a_register_makes_the_trip_whatever_stands_in_it(app, key):
    of = registers.of(key)
    by = next(
        one
        for role in Role
        if role in make.HOME
        for one in [make.officer(role)]
        if queries.keeps(one, of.register, of.office)
    )
    columns = [column for column in queries.columns_of(of.register) if column.kind is not Kind.SERIAL]
    choices = queries.known_of(of.register, of.office, day_of(registers.AT)).choices

    def made(column, at, words):
        if column.key in choices:
            return next(iter(choices[column.key].names.values())).zh
        return MADE[column.kind](at, words)

    rows = [[made(column, at, words) for column in columns] for at, words in enumerate(NASTY)]
    content = sheet(*rows, heads=[column.name.zh for column in columns], also=as_text)
    assert registers.enter(key, content, by)["new"] == len(NASTY)
    before = [entry.values for entry in db.session.scalars(select(RegisterEntry).order_by(RegisterEntry.id))]
    given = filings.export(of, by=by, at=registers.AT)
    assert [row.values for row in registers.read(given, of).rows] == before
    assert registers.enter(key, given, by) == {"wrong": 0, "new": 0, "changed": 0, "same": len(NASTY)}


MADE = {
    Kind.TEXT: lambda at, words: words,
    Kind.PHONE: lambda at, words: words,
    Kind.NAME: lambda at, words: f"{words.splitlines()[0][:20]}{at}",
    Kind.IDENTITY: lambda at, words: number(at),
    Kind.INTEGER: lambda at, words: at,
    Kind.MONEY: lambda at, words: at + at / 100,
    Kind.DAY: lambda at, words: date(2018, 5, 1 + at),
    Kind.MONTH: lambda at, words: "2018年5月",
    Kind.YES_NO: lambda at, words: "是" if at % 2 else "否",
    Kind.VILLAGE: lambda at, words: "李楼村",
}
