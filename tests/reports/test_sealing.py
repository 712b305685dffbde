"""A month is sealed by two, stays as it was counted, is corrected beside it, and tells when it was tampered with."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select, update

from tests import make
from tests.reports import seeding
from tests.reports.seeding import JUNE, JUNE_20, MAY
from tests.reports.test_mail import letters, morning
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.errors import NotFound, NotNow, NotPermitted
from tipline.leads import operations as leads
from tipline.leads.models import Lead
from tipline.office import mailroom, time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.reports import queries, rules, sealing
from tipline.reports.jobs import send_monthly_report
from tipline.reports.models import MonthSeal, SealCorrection
from tipline.reports.rules import TOTAL, Asked, Span

LATER = JUNE_20 + timedelta(days=2)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: JUNE_20)


@pytest.fixture
def leader(app):
    seeding.lived()
    return make.officer(Role.BUREAU_LEADER)


@pytest.fixture
def keeper(leader):
    return make.officer(Role.LEDGER_KEEPER, name="宁复核")


@pytest.fixture
def seal(leader, keeper):
    found = sealing.propose(MAY, by=leader, at=JUNE_20)
    sealing.confirm(found, by=keeper, at=LATER)
    db.session.commit()
    return found


def of_may(*, voided: bool = False, walled: bool = False) -> None:
    """A lead of May is voided after the seal, or a wall falls around it."""
    lead = db.session.scalars(
        select(Lead).where(Lead.registered_at < make.NOON - timedelta(days=15)).order_by(Lead.id)
    ).first()
    assert lead is not None
    if voided:
        leads.void(lead, reason="与另一件重复登记", by=lead.registered_by, at=LATER)
    lead.walled = walled
    db.session.commit()


def test_two_persons_seal_a_month_that_is_over(leader, keeper):
    with pytest.raises(NotNow):
        sealing.propose(JUNE, by=leader, at=JUNE_20)
    with pytest.raises(NotPermitted):
        sealing.propose(MAY, by=keeper, at=JUNE_20)
    asked = sealing.propose(MAY, by=leader, at=JUNE_20)
    with pytest.raises(NotNow):
        sealing.propose(MAY, by=make.officer(Role.BUREAU_LEADER), at=JUNE_20)
    with pytest.raises(NotPermitted):
        sealing.confirm(asked, by=leader, at=JUNE_20)
    sealing.decline(asked, reason="还有两件没有补登", by=keeper, at=JUNE_20)
    db.session.commit()
    again = sealing.propose(MAY, by=leader, at=LATER)
    sealing.confirm(again, by=keeper, at=LATER)
    db.session.commit()
    for undo in (sealing.confirm, lambda *a, **k: sealing.decline(*a, reason="想再看看别的", **k)):
        with pytest.raises(NotNow):
            undo(again, by=make.officer(Role.BUREAU_LEADER), at=LATER)
    line = db.session.scalars(select(Entry).filter_by(act=Act.CONFIRM_SEAL)).one()
    assert line.facts == {"month": "2018-05", "digest": again.digest}
    assert list(trail.faults()) == []


def test_equal_figures_have_one_spelling_and_it_reads_back(leader):
    numbers = queries.live(queries.times_of(JUNE, day_of(JUNE_20)))
    spelled = sealing.spelled(numbers)
    assert sealing.spelled(dict(reversed(numbers.items()))) == spelled == sealing.spelled(sealing.read(spelled))
    told = sealing.read(spelled)
    assert {place: n for place, n in told.items() if n} == {place: n for place, n in numbers.items() if n}
    assert sealing.digest_of(spelled) != sealing.digest_of(spelled.replace("3", "4", 1))


def test_a_sealed_month_stays_and_the_rows_are_shown_beside_it(sign_in, leader, seal):
    browser = sign_in(leader)
    before = browser.get("/reports/?month=2018-05").text
    assert seal.digest in before
    assert "封账后原始记录有变" not in before
    of_may(voided=True)
    page = browser.get("/reports/?month=2018-05").text
    report = sealing.report(MAY, day_of(LATER), leader)
    assert report.line(Asked.LEADS).number(Span.MONTH) == 4
    assert queries.report(MAY, day_of(LATER), leader).line(Asked.LEADS).number(Span.MONTH) == 3
    found = {
        (one.line.figure.key, one.span, one.town): (one.sealed, one.now)
        for one in sealing.differences(report, TOTAL, day_of(LATER))
    }
    assert found[Asked.LEADS, Span.MONTH, TOTAL] == (4, 3)
    assert "封账后原始记录有变" in page
    rows = browser.get("/reports/rows/leads?month=2018-05").text
    assert "封账数是4；原始记录现在是3" in rows
    town = sign_in(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)).get("/reports/?month=2018-05").text
    assert "双港镇" not in town


def test_what_changed_does_not_tell_a_wall_from_a_lead_made_void(sign_in, leader, seal):
    reader = make.officer(Role.GROUP_INSPECTOR)
    db.session.commit()
    told = []
    for change in ({"voided": True}, {"walled": True}):
        lead = db.session.scalars(
            select(Lead).where(Lead.registered_at < make.NOON - timedelta(days=15)).order_by(Lead.id)
        ).first()
        state = lead.state
        of_may(**change)
        report = sealing.report(MAY, day_of(LATER), reader)
        found = sealing.differences(report, TOTAL, day_of(LATER))
        told.append([(one.line.figure.key, one.span, one.town, one.sealed, one.now) for one in found])
        db.session.execute(update(Lead).where(Lead.id == lead.id).values(state=state, walled=False))
        db.session.commit()
    assert told[0] == told[1] != []


def test_corrections_stand_beside_the_seal_and_change_nothing_in_it(sign_in, leader, keeper, seal):
    figures, reason = seal.figures, "五月三十一日来信漏登一件"
    browser = sign_in(keeper)
    sent = {"correct-figure": "leads", "correct-span": "month", "correct-town": "total", "correct-reason": reason}
    address = f"/reports/seals/{seal.key}/correct"
    assert browser.post(address, data=sent | {"correct-becomes": "4"}).status_code == 409  # as it is
    assert browser.post(address, data=sent | {"correct-becomes": "4.5"}).status_code == 422
    assert browser.post(address, data=sent | {"correct-becomes": "5", "correct-reason": ""}).status_code == 422
    assert browser.post(address, data=sent | {"correct-becomes": "5"}).status_code == 302
    assert browser.post(address, data=sent | {"correct-becomes": "6"}).status_code == 302
    money = {"correct-figure": "recovered", "correct-span": "all", "correct-becomes": "10.01"}
    assert browser.post(address, data=sent | money).status_code == 302
    entered = db.session.scalars(select(SealCorrection).order_by(SealCorrection.id)).all()
    assert [(one.figure, one.was, one.becomes) for one in entered] == [
        ("leads", 4, 5),
        ("leads", 5, 6),
        ("recovered", 0, 1001),
    ]
    assert db.session.get_one(MonthSeal, seal.id).figures == figures
    assert sealing.report(MAY, day_of(LATER)).line(Asked.LEADS).number(Span.MONTH) == 4
    page = browser.get("/reports/?month=2018-05").text
    assert reason in page
    assert "宁复核" in page
    assert list(trail.faults()) == []
    with pytest.raises(NotFound):
        sealing.correct(seal, "nothing", Span.MONTH, TOTAL, 1, reason=reason, by=keeper, at=LATER)
    assert sign_in(make.officer(Role.GROUP_INSPECTOR)).post(address, data=sent).status_code == 404


@pytest.mark.parametrize(
    "fault",
    [
        lambda: update(MonthSeal).values(figures=MonthSeal.figures + " "),
        lambda: update(MonthSeal).values(figures="{}", digest=sealing.digest_of("{}")),
        lambda: update(SealCorrection).values(becomes=9),
        lambda: update(MonthSeal).values(month=JUNE),
        lambda: update(MonthSeal).values(notice="another"),
        lambda: update(MonthSeal).values(counted_on=date(2018, 6, 30)),
    ],
    ids=["figures", "figures and digest", "a correction", "month", "notice", "day"],
)
def test_a_changed_seal_is_found(app, keeper, seal, fault):
    sealing.correct(seal, "leads", Span.MONTH, TOTAL, 5, reason="五月漏登一件", by=keeper, at=LATER)
    db.session.commit()
    assert app.test_cli_runner().invoke(args=["trail", "verify"]).exit_code == 0
    db.session.rollback()
    db.session.execute(fault())
    db.session.commit()
    found = app.test_cli_runner().invoke(args=["trail", "verify"])
    assert found.exit_code == 1
    assert seal.ref in found.output


def test_sheet_and_mail_carry_the_seal(sign_in, leader, keeper, seal):
    of_may(voided=True)
    sealing.correct(seal, "leads", Span.MONTH, TOTAL, 3, reason="其中一件系重复登记", by=keeper, at=LATER)
    db.session.commit()
    answer = sign_in(leader).post("/reports/export", data={"month": "2018-05"})
    book = openpyxl.load_workbook(BytesIO(answer.data))
    sheet = book.worksheets[0]
    assert seal.digest in "".join(str(row[0]) for row in sheet.iter_rows(max_row=3, values_only=True))
    told = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert told["登记线索（件）"] == 4
    assert [row[:5] for row in book["更正"].iter_rows(values_only=True)][-1] == ("登记线索（件）", "本月", "全区", 4, 3)
    line = db.session.scalars(select(Entry).filter_by(act=Act.EXPORT_STATISTICS)).one()
    assert line.facts["digest"] == seal.digest
    assert send_monthly_report(morning(date(2018, 6, 25))) > 0
    assert send_monthly_report(morning(date(2018, 6, 26))) == 0
    (*_, letter) = letters("monthly-report/2018-05")
    assert {one.about for one in letters("monthly-report/")} == {"monthly-report/2018-05/sealed"}
    assert "已封账" in letter.subject
    assert seal.digest in letter.body
    assert "登记线索（件）：本月4，上月—，累计4" in letter.body
    assert mailroom.lint(letter) is None


def test_a_month_mailed_before_its_seal_is_mailed_once_more_with_it(leader, keeper):
    assert send_monthly_report(morning(date(2018, 6, 4))) > 0
    seal = sealing.propose(MAY, by=leader, at=JUNE_20)
    db.session.commit()
    assert send_monthly_report(morning(date(2018, 6, 20))) == 0  # asked for is not sealed
    sealing.confirm(seal, by=keeper, at=LATER)
    db.session.commit()
    assert send_monthly_report(morning(date(2018, 6, 22))) > 0
    assert send_monthly_report(morning(date(2018, 6, 25))) == 0
    assert {one.about for one in letters("monthly-report/2018-05")} == {
        "monthly-report/2018-05",
        "monthly-report/2018-05/sealed",
    }


def test_the_second_person_sees_what_moved_since_it_was_asked(sign_in, leader, keeper):
    seal = sealing.propose(MAY, by=leader, at=JUNE_20)
    db.session.commit()
    of_may(voided=True)
    page = sign_in(keeper).get("/reports/?month=2018-05").text
    assert "提请后原始记录有变" in page
    assert "确认封账" in page
    assert "确认封账" not in sign_in(leader).get("/reports/?month=2018-05").text
    assert sign_in(keeper).post(f"/reports/seals/{seal.key}/confirm-seal").status_code == 302
    assert sealing.report(MAY, day_of(LATER)).line(Asked.LEADS).number(Span.MONTH) == 4  # what was asked for


def test_the_counter_seals(sign_in, leader, keeper):
    browser = sign_in(leader)
    assert "提请封账" not in browser.get("/reports/?month=2018-06").text
    assert browser.post("/reports/propose-seal", data={"month": "2018-06"}).status_code == 409
    assert "提请封账" in browser.get("/reports/?month=2018-05").text
    assert browser.post("/reports/propose-seal", data={"month": "2018-05"}).status_code == 302
    key = sealing.seal_of(Month(2018, 5)).key
    assert browser.post(f"/reports/seals/{key}/confirm-seal").status_code == 403
    refused = sign_in(keeper).post(f"/reports/seals/{key}/decline-seal", data={"decline-reason": "先核对一遍再封"})
    assert refused.status_code == 302
    assert sealing.seal_of(MAY) is None
    assert rules.Part.DUTIES in {line.figure.part for line in sealing.report(MAY, day_of(LATER)).lines}
