"""What two towns have screened when the rehearsal begins: one table well under way, one just begun."""

import random
from collections.abc import Iterator
from datetime import datetime

from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.identity import check_digit
from tipline.kit.sheets import Cell, Sheet, workbook
from tipline.office import editions, roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.rehearsal.stories import GIVEN, SURNAMES
from tipline.screening import operations, queries
from tipline.screening import workbook as screening
from tipline.screening.operations import Table

HEADS = (
    *("序号", "申请人", "身份证号", "村（居）", "家庭人口", "保障人口", "类别", "致贫原因", "月保障金额", "纳入时间"),
    *("是否干部近亲属", "核对报告号", "核对结果", "入户核查时间", "排查结论", "问题类型", "处理结果"),
)
NOWHERE = "129999"
"""No place has this code, so the numbers are nobody's."""


def tables_of_may(at: datetime) -> None:
    """Two towns hand in what they have of the households on dibao, if there is a cabinet for their workbooks."""
    if cabinet.folder is None:
        return
    draw = random.Random(20180531)
    first, second, *_ = roster.town_governments()
    for town, households, concluded in ((first, 38, 30), (second, 24, 5)):
        _hand_in(town, _rows(town, households, concluded, draw), at)


def _hand_in(town: Office, rows: Iterator[list[Cell]], at: datetime) -> None:
    notice = editions.notice()
    table = Table(town, notice.screening.population("on_roll"), notice)
    content = workbook(Sheet("在保", HEADS, rows, above=(table.population.title.zh % {"town": town.name},)))
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    clerk = _clerk_of(town)
    upload = operations.upload(table, tray.keep(), "在保家庭排查表.xlsx", by=clerk, at=at)
    known = queries.known_of(town, table.population, notice, day_of(at))
    operations.enter(upload, screening.read(content, known), by=clerk, at=at)


def _clerk_of(town: Office) -> Officer:
    return next(one for one in roster.officers() if one.role is Role.TOWN_CLERK and one.office_id == town.id)


def _rows(town: Office, households: int, concluded: int, draw: random.Random) -> Iterator[list[Cell]]:
    villages = [place.name for place in roster.villages(town.place_code)]
    for number in range(1, households + 1):
        name = draw.choice(SURNAMES) + draw.choice(GIVEN)
        first_17 = f"{NOWHERE}19{draw.randint(38, 79)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}{number:03}"
        size = draw.randint(1, 4)
        since = f"20{draw.randint(8, 17):02}年{draw.randint(1, 12)}月" if number % 9 else "2018年5月"
        row: list[Cell] = [number, name, first_17 + check_digit(first_17), draw.choice(villages), size]
        row += [draw.randint(1, size), draw.choice(("A类", "B类", "C类")), draw.choice(("疾病", "残疾", "缺乏劳动力"))]
        row += [draw.randint(300, 1720), since, "是" if number % 13 == 0 else "否"]
        row += [f"核2018{number:04}", "无疑点"] if number % 9 or number % 2 else ["", ""]
        yield row + _concluded(number, draw) if number <= concluded else [*row, "", "", "", ""]


def _concluded(number: int, draw: random.Random) -> list[Cell]:
    visited = f"2018-05-{draw.randint(7, 30):02}"
    if number % 11 == 0:
        return [visited, "不符合", "错保", "停发"]
    return [visited, "需调整", "", "调整"] if number % 7 == 0 else [visited, "符合", "", "维持"]
