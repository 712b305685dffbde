"""What may be done about a posting: record, prove and print it; note a fault, correct and confirm it. Never commits."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from tipline.duties import rules as duty_rules
from tipline.duties.queries import Cell
from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType, clean_name
from tipline.kit import sheets
from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.sheets import Sheet
from tipline.law.campaign import called, periods
from tipline.law.screening import Kind
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer
from tipline.publicity import queries, rules
from tipline.publicity.lifecycle import FaultState, PostingState
from tipline.publicity.lists import Raw
from tipline.publicity.models import Posting, PostingFault, PostingPhoto, PostingVersion
from tipline.publicity.printing import PrintedSheet
from tipline.publicity.reading import Wall, read_wall
from tipline.publicity.rules import Channel, FaultKind

PICTURES = {FileType.JPG, FileType.PNG}
MOST_PHOTOS = 12
SHORTEST_WORDS = 6


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """What somebody says of a posting: since when and where it hangs, and its lines."""

    posted_on: date
    channel: Channel
    spot: str
    raw: Raw
    photo: Received | None = None


def record(cell: Cell, said: Hanging, *, by: Officer, at: datetime) -> Posting:
    """Record a posting that is in order. Raises Incomplete where something hangs there that may not, or is old."""
    wall = _looked_at(cell, said, by, at)
    if said.posted_on < rules.first_day(cell.period):
        raise Incomplete(
            "张贴日期在%(first)s以前，是上一期的公示；墙上仍是旧单的，请照实登记。", first=rules.first_day(cell.period)
        )
    if wall.hits:
        raise Incomplete(
            "名单里有%(n)s处不能公示，已逐处列出。请改正后重贴再登记；墙上已这样张贴的，先照实登记。",
            n=len(wall.hits),
        )
    return _record(Act.RECORD_POSTING, cell, said, wall, by=by, at=at)


def record_wrong(cell: Cell, said: Hanging, *, by: Officer, at: datetime) -> Posting:
    """Record what hangs there although it should not, with a fault for each reason. Raises NotNow where it may hang."""
    wall = _looked_at(cell, said, by, at)
    wrongs = rules.wrongs(wall.hits, said.posted_on, cell.period)
    if not wrongs:
        raise NotNow("没有查出不能公示的内容，请直接登记公示。")
    posting = _record(Act.RECORD_WRONG_POSTING, cell, said, wall, by=by, at=at)
    noted = {fault.fault for fault in queries.faults_of(cell) if fault.state is not FaultState.CONFIRMED}
    for kind in wrongs:
        if kind not in noted:
            _note(cell, kind, due_by(day_of(at)), "", by=by, at=at)
    return posting


def _looked_at(cell: Cell, said: Hanging, by: Officer, at: datetime) -> Wall:
    """The list, read; refused for another's place, before its period, after its real end, or of a day to come."""
    today = day_of(at)
    _must_be_own(cell, by)
    if cell.period not in periods(cell.duty, today):
        raise NotNow("%(what)s还没有到期，到了再登记。", what=called(cell.duty, cell.period))
    if said.posted_on > today:
        raise Incomplete("张贴日期还没有到，请核对。")
    standing = queries.posting_of(cell)
    last = duty_rules.last_day(cell.duty, duty_rules.Times(cell.stand.due_on, cell.stand.due_on))
    if standing and standing.state is PostingState.POSTED and today > last and not _has_open_fault(cell):
        raise NotNow("%(day)s以后不再换名单；确需更正的，先记为公示问题。", day=last)
    return read_wall(said.raw, cell.debtor, today)


def _has_open_fault(cell: Cell) -> bool:
    return any(fault.state is not FaultState.CONFIRMED for fault in queries.faults_of(cell))


def _record(act: Act, cell: Cell, said: Hanging, wall: Wall, *, by: Officer, at: datetime) -> Posting:
    posting = queries.posting_of(cell) or Posting(**_whose(cell), first_on=said.posted_on)
    number = len(posting.versions) + 1
    counts = {"items": str(len(wall.lines)), "hits": str(len(wall.hits))}
    facts = {"duty": cell.duty.key, "period": cell.period.key, "place": cell.debtor.code, "number": str(number)}
    enact(act, posting, by=by, at=at, **facts, **counts)
    posting.first_on = min(posting.first_on, said.posted_on)
    version = PostingVersion(
        posting=posting,
        number=number,
        posted_on=said.posted_on,
        channel=said.channel,
        items=len(wall.lines),
        hits=len(wall.hits),
        differences=wall.comparison.differences,
        recorded_at=at,
        recorded_by=by,
    )
    version.spot, version.wall = said.spot, json.dumps(said.raw, ensure_ascii=False)
    db.session.add(posting)
    _flush()
    db.session.refresh(posting, ["versions"])
    if said.photo:
        add_photo(posting, said.photo, by=by, at=at)
    return posting


def add_photo(posting: Posting, picture: Received, *, by: Officer, at: datetime) -> PostingPhoto:
    """Prove the latest version with a picture. Raises Incomplete for what is no picture, or when there are enough."""
    version = posting.latest
    if by.office_id != posting.office_id:
        raise NotPermitted("这里的公示由%(office)s登记。", office=posting.office.name)
    if len(version.photos) >= MOST_PHOTOS:
        raise Incomplete("一次公示最多%(n)s张照片。", n=MOST_PHOTOS)
    enact(Act.ADD_POSTING_PHOTO, posting, by=by, at=at, note=picture.original.digest, number=str(version.number))
    return _picture(picture, by=by, at=at, version_id=version.id)


def give_photo(photo: PostingPhoto, *, by: Officer, at: datetime) -> Kept:
    """Let a picture go out, without device and place where there is such a copy; and write down to whom."""
    witness(Act.DOWNLOAD_POSTING_PHOTO, photo, by=by, at=at)
    return photo.clean_copy or photo.original


def due_by(today: date) -> date:
    """By when a fault noted today is to be put right, where nothing else is said."""
    return calendars.calendar().add_working_days(today, editions.notice().publicity.correct_within)


def note_fault(
    cell: Cell, kind: FaultKind, due_on: date, words: str, seen: Sequence[FaultKind], *, by: Officer, at: datetime
) -> PostingFault:
    """Note a fault. What the house itself sees needs no words; what was seen on the spot is written down."""
    if kind not in seen and len(words) < SHORTEST_WORDS:
        raise Incomplete("登记的内容里看不出这个问题，请写明怎样发现的（至少%(n)s个字）。", n=SHORTEST_WORDS)
    if due_on < day_of(at):
        raise Incomplete("改正期限不能早于今天。")
    if any(one.fault is kind and one.state is not FaultState.CONFIRMED for one in queries.faults_of(cell)):
        raise NotNow("这个问题已经记下，还没有改正。")
    return _note(cell, kind, due_on, words, by=by, at=at)


def _note(cell: Cell, kind: FaultKind, due_on: date, words: str, *, by: Officer, at: datetime) -> PostingFault:
    fault = PostingFault(**_whose(cell), fault=kind, due_on=due_on, noted_at=at, noted_by=by)
    fault.words = words or None
    facts = {"duty": cell.duty.key, "period": cell.period.key, "place": cell.debtor.code, "fault": kind.value}
    enact(Act.NOTE_POSTING_FAULT, fault, by=by, at=at, note=words or None, **facts)
    db.session.add(fault)
    _flush()
    return fault


def correct_fault(
    fault: PostingFault, words: str, picture: Received | None, *, by: Officer, at: datetime
) -> PostingFault:
    """Say that a fault is put right: proved by a picture, or by a posting in order that hangs since it was noted."""
    if by.office_id != fault.office_id:
        raise NotPermitted("这里的公示由%(office)s改正。", office=fault.office.name)
    if picture is None and not queries.is_proved_since(fault):
        raise Incomplete("请附改正后的照片，或先登记改正后的公示并添加照片。")
    enact(Act.CORRECT_POSTING_FAULT, fault, by=by, at=at, note=words)
    fault.correction, fault.corrected_at, fault.reason = words, at, None
    if picture:
        _picture(picture, by=by, at=at, fault_id=fault.id)
    return fault


def confirm(fault: PostingFault, *, by: Officer, at: datetime) -> None:
    """Another person than who corrected it says that it is put right."""
    enact(Act.CONFIRM_CORRECTION, fault, by=by, at=at)
    fault.confirmed_at = at


def refuse(fault: PostingFault, *, reason: str, by: Officer, at: datetime) -> None:
    """Send a correction back with the reason."""
    enact(Act.REFUSE_CORRECTION, fault, by=by, at=at, note=reason)
    fault.reason, fault.corrected_at = reason, None


def print_sheet(sheet: PrintedSheet, *, by: Officer, at: datetime) -> None:
    """Write down that the sheet to hang up was drawn with its names."""
    _must_be_own(sheet.cell, by)
    witness(Act.PRINT_POSTING, sheet, by=by, at=at, items=str(len(sheet.rows)))


def export(sheet: PrintedSheet, *, by: Officer, at: datetime) -> bytes:
    """The same sheet as a workbook; it can be read in as a list again."""
    _must_be_own(sheet.cell, by)
    out = io.BytesIO()
    sheets.write(
        out,
        Sheet(
            name=sheet.cell.debtor.name,
            title=sheet.title.zh,
            above=sheet.above,
            heads=[column.name.zh for column in sheet.columns],
            rows=[[str(cell) for cell in row] for row in sheet.rows],
            widths=[6 if column.kind is Kind.SERIAL else 14 for column in sheet.columns],
        ),
    )
    witness(Act.EXPORT_POSTING, sheet, by=by, at=at, items=str(len(sheet.rows)))
    return out.getvalue()


def _must_be_own(cell: Cell, by: Officer) -> None:
    if by.office_id != cell.debtor.office.id:
        raise NotPermitted("这里的公示由%(office)s登记。", office=cell.debtor.office.name)


def _whose(cell: Cell) -> dict[str, object]:
    return {
        "notice": editions.notice().key,
        "duty": cell.duty.key,
        "period": cell.period.key,
        "place_code": cell.debtor.code,
        "office": cell.debtor.office,
    }


def _picture(picture: Received, *, by: Officer, at: datetime, **of: int) -> PostingPhoto:
    if picture.filetype not in PICTURES:
        raise Incomplete("照片只收 jpg 和 png。")
    kept, copy = picture.original, picture.clean_copy
    new = PostingPhoto(added_at=at, added_by=by, filetype=picture.filetype, size=kept.size, file=kept.name, **of)
    new.name, new.digest, new.secret = clean_name(picture.name, picture.filetype), kept.digest, kept.secret
    if copy:
        new.copy_file, new.copy_size = copy.name, copy.size
        new.copy_digest, new.copy_secret = copy.digest, copy.secret
    db.session.add(new)
    _flush()
    return new


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才本单位已有人登记，请刷新后再看。") from None
