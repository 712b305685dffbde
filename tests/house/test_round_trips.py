"""What the house gives out it takes in again, the same to the cent and to the day, whatever people write in it."""

import csv
import io
from datetime import date, timedelta
from itertools import pairwise

import pytest
from flask import g
from openpyxl import load_workbook
from sqlalchemy import delete, select

from tests import make
from tests.relatives import lists as registers
from tests.screening.tables import number, sheet
from tests.screening.test_importing import enter, read, records, table
from tipline.intake import importing
from tipline.intake.importing import Verdict
from tipline.kit import lists
from tipline.kit.db import db
from tipline.law.bodies import PersonKind, RankClass
from tipline.leads.call import PersonSaid
from tipline.leads.models import Lead
from tipline.office.charter import Role
from tipline.relatives import exporting as filings
from tipline.relatives.models import RegisterEntry
from tipline.screening import exporting
from tipline.screening.models import ScreeningRecord

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


def ledger(browser, kind):
    answer = browser.post("/leads/export", data={"format": kind})
    content = answer.data
    answer.close()
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
def test_the_ledger_makes_the_trip(app, sign_in, kind, language):
    clerk, other = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    clerk.language = other.language = language
    leads_of_all_kinds(clerk)
    content, before = ledger(sign_in(clerk), kind)

    def read_in(by):
        g.letters_in = language
        report = importing.read_in(content, f"leads.{kind}", by=by, at=make.NOON, dry=False)
        db.session.commit()
        assert not [str(row.trouble) for row in report.rows if row.trouble]
        return {row.verdict for row in report.rows}

    assert read_in(clerk) == {Verdict.KNOWN}, "what stands in the ledger is not entered twice"
    assert read_in(other) == {Verdict.ENTERED}
    _, after = ledger(sign_in(other), kind)
    assert len(before) == len(NASTY) + 3
    assert sorted(map(repr, told(after))) == sorted(map(repr, told(before)))


def test_a_guard_against_formulas_that_is_not_taken_off_is_caught(app, sign_in, monkeypatch):
    monkeypatch.setattr(lists, "_as_meant", str)
    with pytest.raises(AssertionError):
        test_the_ledger_makes_the_trip(app, sign_in, "csv", "zh")
