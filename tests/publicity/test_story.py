"""A posting from the wall to the record: proved, corrected, compared, found wrong, put right and confirmed."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests import make
from tests.duties.at_work import noon
from tests.evidence.files import PLACE, jpg
from tests.publicity.at_work import (
    BAD,
    JUNE,
    MAY,
    OTHER,
    VILLAGE,
    WALL,
    cell,
    hanging,
    household,
    picture,
    posted,
    screened,
)
from tests.questions import questions
from tests.screening.tables import number
from tipline.duties import jobs
from tipline.duties import queries as duties
from tipline.duties.rules import Standing
from tipline.evidence import checking
from tipline.evidence import queries as evidence
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.office import time, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.publicity import operations, queries, waiting
from tipline.publicity.lifecycle import FaultState, PostingState
from tipline.publicity.models import PostingFault, PostingPhoto, PostingVersion
from tipline.publicity.rules import FaultKind

HERE = f"/publicity/publicity_village.2018-05.{VILLAGE}"


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture(autouse=True)
def let_go(app):
    """What a test kept in the cabinet and did not commit goes again."""
    yield
    db.session.rollback()


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


def faults() -> list[PostingFault]:
    return list(db.session.scalars(select(PostingFault).order_by(PostingFault.id)))


def test_a_village_is_done_once_its_posting_hangs_in_order_with_a_picture(clerk):
    assert (cell(day_of(JUNE)).stand.word, cell(day_of(JUNE)).stand.owed) == (Standing.LATE, True)
    posting = operations.record(cell(), hanging(), by=clerk, at=MAY)
    assert (posting.state, cell().stand.owed) == (PostingState.UNPROVEN, True)
    operations.add_photo(posting, picture(), by=clerk, at=MAY)
    db.session.flush()
    done = cell(day_of(JUNE)).stand
    assert (done.word, done.owed, done.done, done.late) == (PostingState.POSTED, False, True, False)
    operations.record(cell(), hanging(), by=clerk, at=MAY)
    db.session.flush()
    assert posting.state is PostingState.UNPROVEN, "another list needs another picture"
    assert [version.number for version in posting.versions] == [2, 1]


def test_the_bell_rings_for_a_town_until_its_last_village_is_done(clerk):
    def rung() -> int:
        return db.session.scalar(select(duties.due_by(clerk, day_of(JUNE))))

    owing = [one for one in duties.owed(day_of(JUNE), clerk) if one.duty.key == "publicity_village"]
    before = rung()
    for one in owing:
        assert rung() == before
        operations.add_photo(operations.record(one, hanging(), by=clerk, at=MAY), picture(), by=clerk, at=MAY)
        db.session.flush()
    assert len(owing) > 1
    assert rung() == before - 1
    assert not list(trail.faults())


def test_what_may_not_hang_there_is_recorded_as_a_fact_with_its_fault(clerk):
    with pytest.raises(Incomplete, match="不能公示"):
        operations.record(cell(), hanging(BAD), by=clerk, at=MAY)
    with pytest.raises(NotNow, match="没有查出"):
        operations.record_wrong(cell(), hanging(), by=clerk, at=MAY)
    wrong = operations.record_wrong(cell(), hanging(BAD, photo=picture()), by=clerk, at=MAY)
    assert (wrong.state, cell().stand.owed, wrong.latest.hits) == (PostingState.WRONG, True, 1)
    operations.record_wrong(cell(), hanging(BAD), by=clerk, at=MAY)
    assert [(one.fault, one.due_on) for one in faults()] == [(FaultKind.PRIVACY, date(2018, 6, 4))]
    old = hanging(on=date(2018, 4, 2))
    with pytest.raises(Incomplete, match="上一期"):
        operations.record(cell(), old, by=clerk, at=MAY)
    operations.record_wrong(cell(), old, by=clerk, at=MAY)
    assert [one.fault for one in faults()] == [FaultKind.PRIVACY, FaultKind.STALE]


def test_a_fault_is_put_right_with_proof_and_confirmed_by_another(clerk, keeper):
    operations.record_wrong(cell(), hanging(BAD), by=clerk, at=MAY)
    (fault,) = faults()
    later = MAY + timedelta(hours=1)
    with pytest.raises(Incomplete, match="照片"):
        operations.correct_fault(fault, "已换下。", None, by=clerk, at=later)
    posted(clerk, at=later)
    operations.correct_fault(fault, "已换下。", None, by=clerk, at=later)
    assert [one.act for one in waiting.waiting_for(keeper, day_of(later))] == [Act.CONFIRM_CORRECTION]
    operations.refuse(fault, reason="仍看得见旧单。", by=keeper, at=later)
    assert (fault.state, fault.reason) == (FaultState.NOTED, "仍看得见旧单。")
    operations.correct_fault(fault, "旧单已撕下。", picture(), by=clerk, at=later)
    with pytest.raises(NotPermitted):
        operations.confirm(fault, by=clerk, at=later)
    operations.confirm(fault, by=keeper, at=later)
    assert (fault.state, queries.faults_by_town(keeper)) == (FaultState.CONFIRMED, {})
    assert not list(trail.faults())


def test_the_bureau_notes_what_it_sees_and_what_the_house_cannot_tell(clerk, keeper):
    late = day_of(JUNE)
    seen = [FaultKind.NOT_POSTED]
    due = date(2018, 6, 11)
    operations.note_fault(cell(late), FaultKind.NOT_POSTED, due, "", seen, by=keeper, at=JUNE)
    with pytest.raises(NotNow, match="已经记下"):
        operations.note_fault(cell(late), FaultKind.NOT_POSTED, due, "", seen, by=keeper, at=JUNE)
    with pytest.raises(Incomplete, match="怎样发现"):
        operations.note_fault(cell(late), FaultKind.LIST_WRONG, due, "", seen, by=keeper, at=JUNE)
    with pytest.raises(Incomplete, match="早于今天"):
        operations.note_fault(
            cell(late), FaultKind.LIST_WRONG, date(2018, 6, 1), "现场看到名单不符", seen, by=keeper, at=JUNE
        )
    assert queries.faults_by_town(keeper) == {make.SHUANGGANG: 1}
    assert queries.faults_by_town(make.officer(Role.TOWN_CLERK, OTHER)) == {}
    assert Act.CORRECT_POSTING_FAULT in {one.act for one in waiting.waiting_for(clerk, late)}


def test_versions_may_be_replaced_until_the_real_end_and_after_it_to_put_a_fault_right(clerk, keeper):
    posted(clerk)
    with pytest.raises(NotNow, match="不再换名单"):
        operations.record(cell(day_of(JUNE)), hanging(on=day_of(JUNE)), by=clerk, at=JUNE)
    operations.note_fault(
        cell(day_of(JUNE)), FaultKind.LIST_WRONG, day_of(JUNE), "现场看到名单不符", [], by=keeper, at=JUNE
    )
    operations.record(cell(day_of(JUNE)), hanging(on=day_of(JUNE)), by=clerk, at=JUNE)
    with pytest.raises(Incomplete, match="还没有到"):
        operations.record(cell(), hanging(on=day_of(JUNE)), by=clerk, at=MAY)
    with pytest.raises(NotPermitted):
        operations.record(cell(place=_another_village()), hanging(), by=clerk, at=MAY)


def _another_village() -> str:
    found = duties.cells(queries.asked(day_of(MAY)), day_of(MAY))
    return next(one.debtor.code for one in found if one.debtor.code.startswith(OTHER) and len(one.debtor.code) > 9)


def test_one_letter_reminds_a_town_of_all_its_villages(clerk):
    posted(clerk)
    db.session.commit()
    jobs.remind(JUNE)
    about = [one for one in db.session.scalars(select(Letter)) if "publicity-village/2018-05" in one.about]
    mine = [one for one in about if one.office_id == clerk.office_id]
    assert len(mine) == 1
    villages = len(duties.debtors(clerk)[cell().duty.owed_by])
    assert str(villages - 1) in mine[0].body


def test_the_wall_is_held_against_the_roster(clerk, keeper, sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: MAY)
    screened(
        clerk,
        household(),
        household(12, "鄂国栋"),
        household(13, "逯长贵", 月保障金额=500),
        household(14, "撒振邦", 处理结果="停发", 处理时间="2018-05-10"),
        household(15, "郇小宝", "20080317", 致贫原因="其他"),
        household(16, "靳玉堂", **{"村（居）": "郭黄庄村"}),
    )
    words = f"{WALL}\n逯长贵\t2\t疾病\t860.50\n亓福来\t1\t残疾\t400"
    posted(clerk, words=words)
    db.session.commit()
    text = sign_in(clerk).get(HERE).text
    for said in (
        "名册4户，单上3户",
        "鄂国栋",
        "郇小宝",
        "亓福来",
        "家庭人口 2；低保金额（元/月） 860.50",
        "家庭人口 3",
    ):
        assert said in text, said
    assert "撒振邦" not in text
    assert "靳玉堂" not in text
    assert "查出：名单有误" in text
    masked = sign_in(keeper).get(HERE).text
    assert "鄂**" in masked
    assert "鄂国栋" not in masked
    shell = sign_in(make.officer(Role.DISTRICT_INSPECTOR)).get(HERE).text
    assert "漏列2户，名册里没有1户，不符1户" in shell
    assert "鄂" not in shell
    sheet = sign_in(clerk).get(f"{HERE}/sheet").text
    assert "郇某" in sheet
    assert "郇小宝" not in sheet
    assert number(11) not in sheet
    assert db.session.scalar(select(Entry).where(Entry.act == Act.PRINT_POSTING)) is not None
    page = load_workbook(io.BytesIO(sign_in(clerk).post(f"{HERE}/export").data)).active
    heads = [one.value for one in next(row for row in page.iter_rows() if row[0].value == "序号")]
    assert heads == ["序号", "户主姓名", "家庭人口", "保障人口", "致贫原因", "低保金额（元/月）"]


def test_the_exported_sheet_hangs_up_without_a_difference(clerk, sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: MAY)
    screened(clerk, household(), household(12, "鄂国栋", 致贫原因="缺乏劳动力"))
    browser = sign_in(clerk)
    assert "鄂国栋\t3\t2\t缺乏劳动力\t860.50" in browser.get(f"{HERE}?sheet=1").text
    file = browser.post(f"{HERE}/export").data
    said = {"wall-posted_on": "2018-05-28", "wall-channel": "board", "wall-spot": "村委会门口"}
    files = {"wall-workbook": (io.BytesIO(file), "公示单.xlsx"), "wall-file": (io.BytesIO(jpg()), "照片.jpg")}
    answer = browser.post(f"{HERE}/record", data=said | files)
    assert answer.status_code == 302, answer.text
    version = db.session.scalars(select(PostingVersion)).one()
    assert (version.items, version.hits, version.differences) == (2, 0, 0)
    photo = db.session.scalars(select(PostingPhoto)).one()
    assert version.posting.state is PostingState.POSTED
    out = browser.post(f"/publicity/photos/{photo.key}/download")
    assert out.headers["Content-Disposition"].startswith("attachment")
    assert PLACE.encode() not in out.data
    assert cabinet.sweep(evidence.known_names) == 1, "the roster's workbook, which was entered"
    assert not list(checking.discrepancies())
    cabinet._path(photo.copy_file).unlink()
    assert [str(one) for one in checking.discrepancies()] == [f"copy missing or altered: {photo.ref}"]
    assert browser.post(f"/publicity/photos/{photo.key}/download").status_code == 409


def test_the_counter_says_what_may_not_hang_there_and_keeps_the_words(clerk, keeper, sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: MAY)
    browser = sign_in(clerk)
    said = {"wall-posted_on": "2018-05-28", "wall-channel": "board", "wall-spot": "村委会门口", "wall-words": BAD}
    answer = browser.post(f"{HERE}/record", data=said)
    assert answer.status_code == 422
    for words in ("第2行“户主姓名”", "整列删去", "社会救助暂行办法", f"{HERE}/record-wrong", number(11)):
        assert words in answer.text, words
    for wrong, sentence in (("", "请粘贴名单"), ("一 二 三", "没有找到表头"), (WALL.split("\n")[0], "没有一户")):
        refused = browser.post(f"{HERE}/record", data=said | {"wall-words": wrong})
        assert (refused.status_code, sentence in refused.text) == (422, True), sentence
    assert "record-wrong" not in browser.get(HERE).text
    assert browser.post(f"{HERE}/record-wrong", data=said).status_code == 302
    (fault,) = faults()
    assert fault.fault is FaultKind.PRIVACY
    assert number(11) in browser.get(HERE).text, "the next list begins with the one that hangs there"
    text = sign_in(keeper).get(HERE).text
    assert number(11) not in text
    assert "佘仁杰" not in text
    assert "有问题待更正" in text
    not_a_picture = {"photo-file": (io.BytesIO(b"%PDF-1.4"), "a.jpg")}
    assert browser.post(f"{HERE}/add-photo", data=not_a_picture).status_code == 422
    assert browser.post(f"{HERE}/add-photo").status_code == 422
    form = {"correct-words": "已换下。", "correct-file": (io.BytesIO(jpg()), "改后.jpg")}
    assert browser.post(f"/publicity/faults/{fault.key}/correct", data=form).status_code == 302
    bureau = sign_in(keeper)
    assert "确认已改正" in bureau.get(f"/publicity/faults/{fault.key}").text
    assert bureau.post(f"/publicity/faults/{fault.key}/confirm").status_code == 302
    assert "没有未改正的" in bureau.get("/publicity/faults").text
    assert bureau.get("/publicity/faults?all=1").text.count("已改正") > 0


def test_one_step_from_an_overdue_cell_to_a_fault(keeper, sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: JUNE)
    browser = sign_in(keeper)
    duty = HERE.replace("/publicity/", "/duties/", 1)
    assert f'href="{HERE}"' not in browser.get(duty).text
    assert f'href="{HERE}"' in sign_in(make.officer(Role.TOWN_CLERK)).get(duty).text
    assert "查出：未公示" in browser.get(HERE).text
    form = {"fault-fault": "not_posted", "fault-due_on": "2018-06-11", "fault-words": ""}
    assert browser.post(f"{HERE}/note-fault", data=form).status_code == 302
    text = browser.get(HERE).text
    assert "查出：未公示" not in text
    assert "待改正" in text
    assert browser.post(f"{HERE}/note-fault", data=form).status_code == 409


def test_the_grid_opens_a_town_and_counts_what_is_late(clerk, keeper, sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: JUNE)
    posted(clerk)
    db.session.commit()
    browser = sign_in(keeper)
    closed = browser.get("/publicity/").text
    assert VILLAGE not in closed
    with questions() as one_town:
        opened = browser.get(f"/publicity/?town={make.SHUANGGANG}").text
    assert f"publicity_village.2018-05.{VILLAGE}" in opened
    with questions() as all_that_is_late:
        late = browser.get("/publicity/?late=1").text
    assert len(all_that_is_late) == len(one_town)
    assert f"publicity_village.2018-05.{VILLAGE}" not in late
    assert late.count("publicity_village.2018-05.") > 150
    own = sign_in(clerk).get("/publicity/").text
    assert f"publicity_village.2018-05.{VILLAGE}" in own
    assert OTHER not in own


def test_what_waits_is_one_line_for_all_villages(clerk):
    lines = [one for one in waiting.waiting_for(clerk, day_of(JUNE)) if one.act is Act.RECORD_POSTING]
    assert [one.endpoint for one in lines if one.number == "2018-05"] == ["publicity.index"]
    assert len(lines) == len({one.number for one in lines})
    posted(clerk)
    db.session.flush()
    after = [one for one in waiting.waiting_for(clerk, day_of(JUNE)) if one.number == "2018-05"]
    assert lines[0].what.values["n"] - after[0].what.values["n"] == 1


def test_the_quarter_of_a_town_lists_all_its_villages(clerk):
    screened(clerk, household(), household(12, "鄂国栋", **{"村（居）": "郭黄庄村"}))
    of = {"duty": "publicity_town", "period": "2018-Q2", "place": make.SHUANGGANG}
    posting = posted(clerk, at=noon(5, 28), **of)
    assert posting.latest.differences == 1
    assert cell(day_of(MAY), **of).stand.done
