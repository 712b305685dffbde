"""Cells, lists and pictures as a town would make them, for the tests of this room."""

from datetime import date, datetime
from typing import Any

from tests import make
from tests.duties.at_work import cell as duty_cell
from tests.duties.at_work import noon
from tests.evidence.files import jpg
from tests.publicity.walls import GOOD, HEAD
from tests.screening.tables import number, row, sheet
from tipline.duties.queries import Cell
from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import Kept, cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import editions
from tipline.office.models import Officer
from tipline.publicity import lists, operations
from tipline.publicity.models import Posting
from tipline.publicity.operations import Hanging
from tipline.publicity.rules import Channel
from tipline.screening import operations as screening
from tipline.screening import queries as screening_queries
from tipline.screening import workbook

VILLAGE = "120112103205"
"""李楼村委会, in 双港镇."""
MAY, JUNE = noon(5, 28), noon(6, 4)
DAY = day_of(MAY)
WALL = "\n".join((HEAD, GOOD))
BAD = WALL.replace("佘仁杰", f"佘仁杰{number(11)}")


def cell(on: date = DAY, *, period: str = "2018-05", place: str = VILLAGE, duty: str = "publicity_village") -> Cell:
    """What a village owes for a month, as it stands on a day."""
    return duty_cell(duty, on=on, place=place, period=period)


def hanging(words: str = WALL, on: date = DAY, photo: Received | None = None) -> Hanging:
    return Hanging(posted_on=on, channel=Channel.BOARD, spot="村委会门口公示栏", raw=lists.typed(words), photo=photo)


def _kept(content: bytes) -> Kept:
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    return tray.keep()


def picture() -> Received:
    """A picture with its copy; that the copy tells nothing is another room's test."""
    return Received("公示栏.jpg", FileType.JPG, _kept(jpg()), _kept(jpg(comment="")))


def posted(by: Officer, at: datetime = MAY, words: str = WALL, **of: Any) -> Posting:
    """Recorded with its picture."""
    return operations.record(cell(day_of(at), **of), hanging(words, day_of(at), picture()), by=by, at=at)


def screened(clerk: Officer, *rows: Any, at: datetime = MAY) -> None:
    """The town's roster: 佘仁杰 in 李楼村, and whoever else."""
    table = screening.Table(clerk.office, editions.notice().screening.population("on_roll"), editions.notice())
    content = sheet(*(rows or [household()]), heads=HEADS)
    handed = workbook.read(content, screening_queries.known_of(table.town, table.population, table.notice, day_of(at)))
    upload = screening.upload(table, _kept(content), "在保.xlsx", by=clerk, at=at)
    screening.enter(upload, handed, by=clerk, at=at)
    db.session.flush()


HEADS = ["序号", "申请人", "身份证号", "村（居）", "家庭人口", "保障人口", "月保障金额", "纳入时间", "致贫原因"]
HEADS += ["处理结果", "处理时间"]


def household(serial: int = 11, name: str = "佘仁杰", born: str = "19560317", **cells: Any) -> list[Any]:
    """A household of the roster, with some of its cells changed."""
    usual = dict(zip(HEADS, row(), strict=False)) | {
        "申请人": name,
        "身份证号": number(serial, born),
        "致贫原因": "疾病",
        "处理结果": "",
        "处理时间": "",
    }
    return [(usual | cells)[head] for head in HEADS]


OTHER = make.XIANSHUIGU
