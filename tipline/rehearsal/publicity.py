"""What hangs on the walls when the rehearsal begins: in order, unproved, wrong, corrected; the rest is overdue."""

import io
from datetime import datetime

from PIL import Image, ImageDraw

from tipline.duties import queries as duties
from tipline.duties.queries import Cell
from tipline.evidence import stripping
from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import Kept, cabinet
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.publicity import operations, printing, queries
from tipline.publicity.lists import Raw
from tipline.publicity.models import Posting
from tipline.publicity.operations import Hanging
from tipline.publicity.rules import Channel, FaultKind

MAY = Month(2018, 5)
SPOT = "村委会门口公示栏"
NOBODYS_PHONE = "15400000000"
SOMEBODY = "闻人某"
"""Hangs on a wall and stands on no roster."""


def walls_of_may(at: datetime) -> None:
    """Two towns record their villages' postings of May, one of them with everything that can be wrong with one."""
    if cabinet.folder is None:
        return
    first, second, *_ = roster.town_governments()
    places = _owing(first, at)
    for cell in places[:9]:
        _hang(cell, first, at, _sheet(cell, at))
    _hang(places[9], first, at, _sheet(places[9], at), with_photo=False)
    _hang(places[10], first, at, _differing(_sheet(places[10], at)))
    _hang(_owing(second, at)[0], second, at, _telling(_sheet(_owing(second, at)[0], at)), wrong=True)
    _corrected(places[11], first, at)


def faults_of_june(at: datetime) -> None:
    """What the bureau notes at the beginning of June: a village that hung up nothing, a list seen on the spot."""
    if cabinet.folder is None:
        return
    first, *_ = roster.town_governments()
    keeper = next(one for one in roster.officers() if one.role is Role.LEDGER_KEEPER)
    late, seen = _owing(first, at)[12], _owing(first, at)[0]
    due = operations.due_by(day_of(at))
    missing = [FaultKind.NOT_POSTED]
    operations.note_fault(late, FaultKind.NOT_POSTED, due, "", missing, by=keeper, at=at)
    words = "到村里看到公示栏上锁，群众看不到名单。"
    fault = operations.note_fault(seen, FaultKind.LIST_WRONG, due, words, [], by=keeper, at=at)
    clerk = clerk_of(first)
    operations.correct_fault(fault, "公示栏已开锁，名单已换到栏外。", picture(), by=clerk, at=at)


def _corrected(cell: Cell, town: Office, at: datetime) -> None:
    """One town took the wrong sheet down and hung up another."""
    sheet, clerk = _sheet(cell, at), clerk_of(town)
    _hang(cell, town, at, _telling(sheet), wrong=True)
    _hang(cell, town, at, sheet)
    (fault,) = queries.faults_of(cell)
    operations.correct_fault(fault, "旧单已撕下，换成本系统打印的公示单。", None, by=clerk, at=at)
    keeper = next(one for one in roster.officers() if one.role is Role.LEDGER_KEEPER)
    operations.confirm(fault, by=keeper, at=at)


def hang(town: Office, month: Month, at: datetime) -> None:
    """A town's clerk records what now hangs for a month, in the town and its villages, and what is owed from before."""
    for cell in _owing(town, at, month) if cabinet.folder is not None else ():
        if cell.stand.owed:
            _hang(cell, town, at, _sheet(cell, at))


def late(month: Month, at: datetime) -> list[Cell]:
    """Where nothing hangs though it should since the end of a month."""
    owed = (cell for town in roster.town_governments() for cell in _owing(town, at, month))
    return [cell for cell in owed if queries.is_late(cell)]


def _owing(town: Office, at: datetime, month: Month = MAY) -> list[Cell]:
    """What a town and its villages owe until the end of a month, as far as households are on the roster."""
    pairs = [pair for pair in queries.asked(day_of(at)) if pair[1].ends <= month]
    cells = [cell for cell in duties.cells(pairs, day_of(at)) if cell.debtor.office.id == town.id]
    return [cell for cell in cells if queries.roster_of(cell.debtor, day_of(at))]


def _sheet(cell: Cell, at: datetime) -> Raw:
    """The sheet as it is printed here."""
    sheet = printing.sheet_of(cell, day_of(at))
    heads = [column.name.zh for column in sheet.columns]
    return list(enumerate([heads, *([str(one) for one in row] for row in sheet.rows)], start=1))


def _differing(raw: Raw) -> Raw:
    """A sheet with an old sum, and somebody whom no roster has."""
    (at, heads), (line, cells), *rest = raw
    return [(at, heads), (line, [*cells[:-1], "260"]), *rest, (line + len(rest) + 1, ["9", SOMEBODY, *cells[2:]])]


def _telling(raw: Raw) -> Raw:
    """A sheet that tells what nobody may read on a wall."""
    (at, heads), *rows = raw
    cause = next(place for place, head in enumerate(heads) if head.endswith("原因"))
    told = [(line, [*cells, NOBODYS_PHONE]) for line, cells in rows]
    told[0][1][cause] = "患尿毒症"
    return [(at, [*heads, "联系电话"]), *told]


def _hang(cell: Cell, town: Office, at: datetime, raw: Raw, *, with_photo: bool = True, wrong: bool = False) -> Posting:
    said = Hanging(
        posted_on=day_of(at), channel=Channel.BOARD, spot=SPOT, raw=raw, photo=picture() if with_photo else None
    )
    record = operations.record_wrong if wrong else operations.record
    posting = record(cell, said, by=clerk_of(town), at=at)
    db.session.flush()
    return posting


def clerk_of(town: Office) -> Officer:
    """Who acts for a town."""
    return next(one for one in roster.officers() if one.role is Role.TOWN_CLERK and one.office_id == town.id)


def picture() -> Received:
    """A board with a sheet on it, and the copy without what a camera tells."""
    board, out = Image.new("RGB", (640, 480), "#8c8f94"), io.BytesIO()
    pen = ImageDraw.Draw(board)
    pen.rectangle((160, 60, 480, 440), fill="#fbfaf4", outline="#333")
    for line in range(110, 420, 26):
        pen.line((190, line, 450 - line % 5 * 20, line), fill="#556", width=3)
    board.save(out, "JPEG", quality=60)
    kind = FileType.JPG
    return Received("公示栏.jpg", kind, _kept(out.getvalue()), _kept(stripping.strip(kind.value, out.getvalue())))


def _kept(content: bytes) -> Kept:
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    return tray.keep()
