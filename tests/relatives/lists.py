"""Registers for tests: workbooks of filings and lists as offices make them, and how they are entered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests import make
from tests.screening import tables
from tests.screening.tables import number, sheet
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import editions
from tipline.office.models import Office, Officer
from tipline.relatives import operations, queries
from tipline.relatives.models import RegisterUpload
from tipline.relatives.operations import Table
from tipline.screening import operations as screening
from tipline.screening import queries as screening_queries
from tipline.screening import workbook
from tipline.screening.workbook import Handed

AT = make.NOON + timedelta(days=28)
"""Monday 2 July 2018."""

FILING = (
    "干部姓名",
    "干部身份证号",
    "职务",
    "人员类别",
    "与对象关系",
    "户主姓名",
    "户主身份证号",
    "村（居）",
    "备案日期",
)
PAID = ("姓名", "身份证号", "单位", "职务", "村（居）")
KIN = ("干部姓名", "职务", "与对象关系", "姓名", "亲属身份证号", "户主姓名", "村（居）")
HELP = ("姓名", "身份证号", "户主姓名", "户主身份证号", "村（居）", "困难情形")
HEADS = {"filing": FILING, "fiscal": PAID, "handlers": PAID, "cadres": PAID, "kin": KIN, "vulnerable": HELP}


def of(register: str, town: str = make.SHUANGGANG) -> Table:
    """A register of a town, or of the district."""
    found = queries.registers().register(register)
    body = Body.CIVIL_AFFAIRS_BUREAU if found.whole else Body.TOWN_GOVERNMENT
    return Table(found, make.office(body, town))


def book(register: str, *rows: Sequence[Any]) -> bytes:
    """A workbook in the usual columns of a register."""
    return sheet(*rows, heads=list(HEADS[register]))


def filed(cadre: str, serial: int, head: str, head_serial: int, on: str = "2018-05-10", **others: Any) -> list[Any]:
    """A row of the filing form."""
    values = (cadre, number(serial), "村委会委员", "村（居）干部", "兄弟姐妹", head, number(head_serial), "李楼村", on)
    return [others.get(name, value) for name, value in zip(FILING, values, strict=True)]


def read(content: bytes, table: Table) -> Handed:
    return workbook.read(content, queries.known_of(table.register, table.office, day_of(AT)))


def handed_in(
    register: str, content: bytes, by: Officer, *, town: str = make.SHUANGGANG, at: datetime = AT
) -> RegisterUpload:
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    table = of(register, town)
    upload = operations.upload(table, tray.keep(), "名单.xlsx", "区财政局", date(2018, 6, 1), by=by, at=at)
    db.session.flush()
    return upload


def enter(register: str, content: bytes, by: Officer, *, town: str = make.SHUANGGANG) -> dict[str, int]:
    """Hand a workbook in and say yes."""
    upload = handed_in(register, content, by, town=town)
    tally = operations.enter(upload, read(content, operations.table_of(upload)), by=by, at=AT).tally
    db.session.commit()
    return tally


def household(name: str, serial: int, **cells: Any) -> list[Any]:
    """A household on the roll, in 李楼村."""
    return tables.row(申请人=name, 身份证号=number(serial), **cells)


def on_the_roll(clerk: Officer, *rows: Sequence[Any], population: str = "on_roll", heads: Any = tables.HEADS) -> None:
    """A town's screening table."""
    notice = editions.notice()
    town: Office = clerk.office
    table = screening.Table(town, notice.screening.population(population), notice)
    content = sheet(*rows, heads=heads)
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    upload = screening.upload(table, tray.keep(), "在保.xlsx", by=clerk, at=AT)
    known = screening_queries.known_of(town, table.population, notice, day_of(AT))
    screening.enter(upload, workbook.read(content, known), by=clerk, at=AT)
    db.session.commit()
