"""A table entered: the good rows or none, the same file twice the same, what stood kept, totals from the rows."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from tests import make
from tests.screening.tables import GOOD, HEADS, known, number, row, sheet
from tipline.evidence import jobs as evidence_jobs
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.office import editions, roster, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.screening import jobs, operations, queries, workbook
from tipline.screening.lifecycle import UploadState
from tipline.screening.models import ScreeningRecord, ScreeningUpload, ScreeningVersion
from tipline.screening.operations import Table
from tipline.screening.rules import Verdict

GEGU = "120112101"
AT = make.NOON + timedelta(days=20)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def table(town: str = make.SHUANGGANG, population: str = "on_roll") -> Table:
    notice = editions.notice()
    return Table(make.office(Body.TOWN_GOVERNMENT, town), notice.screening.population(population), notice)


def handed_in(content: bytes, clerk, *, of: Table | None = None) -> ScreeningUpload:
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    upload = operations.upload(of or table(), tray.keep(), "在保.xlsx", by=clerk, at=AT)
    db.session.commit()
    return upload


def read(content: bytes, of: Table | None = None) -> workbook.Handed:
    of = of or table()
    return workbook.read(content, queries.known_of(of.town, of.population, of.notice, day_of(AT)))


def enter(content: bytes, clerk, *, of: Table | None = None) -> dict[str, int]:
    tally = operations.enter(handed_in(content, clerk, of=of), read(content, of), by=clerk, at=AT).tally
    db.session.commit()
    return tally


def records() -> list[ScreeningRecord]:
    return list(db.session.scalars(select(ScreeningRecord).order_by(ScreeningRecord.position)))


def others(*numbers: int) -> list[list[object]]:
    return [row(身份证号=number(n), 申请人=f"户主{n}") for n in numbers]


def test_what_the_house_knows_of_a_town_is_what_the_tests_of_reading_assume(app):
    real = queries.known_of(table().town, table().population, editions.notice(), day_of(AT))
    assumed = known()
    assert real.town == assumed.town
    assert assumed.towns <= real.towns
    assert assumed.villages.items() <= real.villages.items()
    assert assumed.elsewhere.items() <= real.elsewhere.items()
    assert (real.columns, real.choices) == (assumed.columns, assumed.choices)


def test_every_village_is_known_by_its_whole_name_even_one_called_after_its_town(app):
    named = {}
    for town in roster.town_governments():
        places = roster.villages(town.place_code)
        rows = [row(身份证号=number(n), **{"村（居）": place.name}) for n, place in enumerate(places, start=1)]
        real = queries.known_of(town, table().population, editions.notice(), day_of(AT))
        read = workbook.read(sheet(*rows), real).rows
        named |= {place.code: one.values.get("village") for place, one in zip(places, read, strict=True)}
    assert len(named) > 100
    assert [code for code, found in named.items() if found != code] == []


def test_good_rows_are_entered_and_wrong_ones_left_out(clerk):
    assert enter(sheet(GOOD, row(身份证号="1"), *others(12)), clerk) == {"wrong": 1, "new": 2, "changed": 0, "same": 0}
    first, second = records()
    assert first.values["applicant"] == "佘仁杰"
    assert (first.position, second.position) == (1, 2)
    assert (first.conclusion, first.place_code, first.facts["amount"]) == ("fits", "120112103205", 86050)
    upload = db.session.scalars(select(ScreeningUpload)).one()
    assert (upload.state, upload.created, upload.wrong) == (UploadState.ENTERED, 2, 1)
    assert not list(trail.faults())


def test_the_same_file_again_changes_nothing(clerk):
    content = sheet(GOOD, *others(12, 13))
    enter(content, clerk)
    before = [(record.version, record.words_sealed) for record in records()]
    assert enter(content, clerk) == {"wrong": 0, "new": 0, "changed": 0, "same": 3}
    assert [(record.version, record.words_sealed) for record in records()] == before
    assert not db.session.scalar(select(func.count()).select_from(ScreeningVersion))


def test_a_changed_row_keeps_what_it_said_before(clerk):
    enter(sheet(GOOD, *others(12)), clerk)
    assert enter(sheet(row(月保障金额=900, 备注="涨了"), *others(12)), clerk)["changed"] == 1
    record = records()[0]
    assert (record.values["amount"], record.version) == (90000, 2)
    (earlier,) = record.earlier
    assert (earlier.values["amount"], earlier.version, earlier.changed_by) == (86050, 1, clerk)
    assert "remarks" not in earlier.values


def test_a_column_that_is_absent_stays_and_one_that_is_empty_is_emptied(clerk):
    enter(sheet(row(备注="住院")), clerk)
    without = [head for head in HEADS if head not in ("备注", "村（居）")]
    shorter = [value for head, value in zip(HEADS, row(排查结论=""), strict=True) if head in without]
    assert enter(sheet(shorter, heads=without), clerk)["changed"] == 1
    (record,) = records()
    assert (record.values["remarks"], record.place_code) == ("住院", "120112103205")
    assert record.conclusion is None


def test_households_that_the_file_leaves_out_stay_and_are_counted(clerk):
    enter(sheet(GOOD, *others(12, 13)), clerk)
    assert operations.preview(table(), read(sheet(GOOD))).left == 2
    enter(sheet(GOOD), clerk)
    assert len(records()) == 3


def test_a_failure_in_the_middle_leaves_nothing(clerk, monkeypatch):
    content = sheet(GOOD, *others(12, 13))
    upload = handed_in(content, clerk)
    written = operations._write

    def fails(record, values, *rest, **options):
        if values["applicant"] == "户主12":
            raise Incomplete("坏了")
        written(record, values, *rest, **options)

    monkeypatch.setattr(operations, "_write", fails)
    with pytest.raises(Incomplete):
        operations.enter(upload, read(content), by=clerk, at=AT)
    db.session.rollback()
    assert not records()
    assert db.session.scalars(select(ScreeningUpload)).one().state is UploadState.WAITING
    monkeypatch.undo()
    assert operations.enter(upload, read(content), by=clerk, at=AT).tally["new"] == 3


def test_a_workbook_is_entered_once(clerk):
    content = sheet(GOOD)
    upload = handed_in(content, clerk)
    operations.enter(upload, read(content), by=clerk, at=AT)
    db.session.commit()
    with pytest.raises(NotNow):
        operations.enter(upload, read(content), by=clerk, at=AT)
    db.session.rollback()


def test_one_town_does_not_fill_in_the_table_of_another(clerk):
    for officer, town in ((clerk, GEGU), (make.officer(Role.LEDGER_KEEPER), make.SHUANGGANG)):
        with pytest.raises(NotPermitted):
            handed_in(sheet(GOOD), officer, of=table(town))
        db.session.rollback()


def test_the_same_household_may_stand_in_two_tables_and_two_towns_but_not_twice_in_one(clerk):
    gegu = make.officer(Role.TOWN_CLERK, GEGU)
    of = table(GEGU)
    enter(sheet(row(**{"村（居）": ""})), gegu, of=of)
    enter(sheet(row(**{"村（居）": ""})), clerk)
    first, second = records()
    assert first.identity_blind == second.identity_blind
    second.office_id = first.office_id
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()


def test_who_sees_which_rows(clerk):
    enter(sheet(GOOD), clerk)
    seen = {
        role: len(list(db.session.scalars(queries.visible_to(make.officer(role)))))
        for role in Role
        if role is not Role.CLOCK
    }
    assert {role for role, rows in seen.items() if rows} == {Role.TOWN_CLERK, Role.TOWN_DEPUTY, Role.LEDGER_KEEPER}
    assert not list(db.session.scalars(queries.visible_to(make.officer(Role.TOWN_CLERK, GEGU))))


def test_nothing_about_a_person_lies_readable(clerk):
    enter(sheet(row(备注="麤毳淼", 申请人="龘靐齉")), clerk)
    tables = ("screening_record", "screening_version", "screening_upload", "entry")
    kept = " ".join(str(line) for name in tables for line in db.session.execute(text(f"SELECT * FROM {name}")))
    for word in ("龘靐齉", "麤毳淼", number(11), number(11)[-4:], "在保.xlsx"):
        assert word not in kept


def test_an_amended_record_keeps_its_past_and_writes_a_line(clerk):
    enter(sheet(GOOD, *others(12)), clerk)
    record = records()[0]
    values = record.values | {"conclusion": "unfit"}
    operations.amend(record, values, knew=1, by=clerk, at=AT)
    db.session.commit()
    assert (record.conclusion, record.version, record.gaps) == ("unfit", 2, "|undone|")
    line = db.session.scalars(select(Entry).where(Entry.act == Act.AMEND_SCREENING)).one()
    assert (line.paper, line.facts) == (record.ref, {"columns": "conclusion", "version": "2"})
    with pytest.raises(NotNow, match="有人改过"):
        operations.amend(record, values, knew=1, by=clerk, at=AT)
    with pytest.raises(Incomplete, match="没有改动"):
        operations.amend(record, record.values, knew=2, by=clerk, at=AT)
    with pytest.raises(NotNow, match="已有一户"):
        operations.amend(record, values | {"id_number": number(12)}, knew=2, by=clerk, at=AT)
    db.session.rollback()
    with pytest.raises(NotPermitted):
        operations.amend(records()[0], values, knew=2, by=make.officer(Role.TOWN_CLERK, GEGU), at=AT)


def test_totals_are_what_the_rows_come_to(clerk):
    money = [860.5, 900.01, 0.01]
    rows = [row(身份证号=number(20 + n), 月保障金额=yuan, 家庭人口=n + 1) for n, yuan in enumerate(money)]
    rows[2][HEADS.index("排查结论")] = "不符合"
    enter(sheet(*rows, row(身份证号=number(30), 排查结论="", 纳入时间="2018年5月")), clerk)
    totals = queries.totals(make.officer(Role.BUREAU_LEADER), table().population, editions.notice())
    ours = totals[clerk.office_id]
    assert ours.households == 4
    assert ours.conclusions == {"fits": 2, "unfit": 1, None: 1}
    assert ours.sums["amount"] == 86050 + 90001 + 1 + 86050
    assert ours.sums["family_size"] == 1 + 2 + 3 + 3
    assert (ours.gaps["unchecked"], ours.gaps["undone"], ours.gaps["unfiled"]) == (1, 1, 0)
    assert queries.totals(make.officer(Role.TOWN_CLERK, GEGU), table().population, editions.notice()) == {}
    assert queries.totals(make.officer(Role.AUDITOR), table().population, editions.notice()) == {}


def test_a_page_is_one_table_narrowed(clerk, monkeypatch):
    monkeypatch.setattr(queries, "ROWS", 2)
    rows = others(12, 13, 14, 15, 16)
    rows[1][HEADS.index("排查结论")] = "不符合"
    rows[4][HEADS.index("纳入时间")] = "2018.5"
    enter(sheet(*rows), clerk)
    of = table()
    mine = queries.table(clerk, of.town, of.population)

    def pages(**filters: str) -> list[list[int]]:
        found, after = [], ""
        while True:
            page = queries.page(queries.narrowed(mine, filters, of.population, of.notice), after=after)
            found.append([record.position for record, _ in page.rows])
            if page.next is None:
                return found
            after = page.next

    assert pages() == [[1, 2], [3, 4], [5]]
    assert pages(conclusion="unfit") == [[2]]
    assert pages(gap="unchecked") == [[5]]
    assert pages(gap="nonsense", conclusion="nonsense") == [[1, 2], [3, 4], [5]]
    assert pages(steps="missing") == [[1, 2], [3, 4], [5]]
    record = records()[0]
    for term in of.notice.terms(of.notice.screening.steps):
        operations.check_step(record, term.key, done_on=day_of(AT), handler="某甲", reference="卷1", by=clerk, at=AT)
    assert pages(steps="missing") == [[2, 3], [4, 5]]
    third = queries.page(mine, after=records()[3].key)
    back = queries.page(mine, before=third.rows[0][0].key)
    assert [record.position for record, _ in back.rows] == [3, 4]
    assert back.previous is not None


def test_a_workbook_waits_a_day_and_is_gone(clerk):
    handed_in(sheet(GOOD), clerk)
    entered = handed_in(content := sheet(GOOD, row(身份证号="1")), clerk)
    operations.enter(entered, read(content), by=clerk, at=AT)
    whole = handed_in(content := sheet(GOOD), clerk)
    operations.enter(whole, read(content), by=clerk, at=AT)
    db.session.commit()
    assert (entered.file is None, whole.file is None) == (False, True)
    assert jobs.forget(AT + timedelta(hours=23)) == 0
    assert evidence_jobs.sweep(AT) == 1  # of the one that was entered whole
    assert jobs.forget(AT + timedelta(days=1)) == 2
    assert jobs.forget(AT + timedelta(days=1)) == 0
    assert evidence_jobs.sweep(AT) == 2
    assert not cabinet.names()
    states = list(db.session.scalars(select(ScreeningUpload.state).order_by(ScreeningUpload.id)))
    assert states == [UploadState.DROPPED, UploadState.ENTERED, UploadState.ENTERED]
    assert not list(trail.faults())


def test_verdicts_name_the_columns_that_differ(clerk):
    enter(sheet(GOOD), clerk)
    preview = operations.preview(table(), read(sheet(row(月保障金额=1, 排查结论="不符合"), *others(12))))
    (changed,) = preview.of(Verdict.CHANGED)
    assert set(changed.changed) == {"amount", "conclusion"}
    assert [one.row.line for one in preview.of(Verdict.NEW)] == [3]
