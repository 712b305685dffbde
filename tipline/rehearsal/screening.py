"""What towns of the rehearsal have screened, and the workbooks in which they hand it in."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from tipline.kit.cabinet import cabinet
from tipline.kit.dates import Month, day_of
from tipline.kit.identity import check_digit
from tipline.kit.sheets import Cell, Sheet, workbook
from tipline.office import editions, roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer, Place
from tipline.rehearsal.stories import GIVEN, SURNAMES
from tipline.screening import full_exports, operations, queries, submitting
from tipline.screening import workbook as screening
from tipline.screening.lifecycle import TableState
from tipline.screening.operations import Table

NOWHERE = "129999"
"""No place has this code, so the numbers are nobody's."""
FIRST_MONTH, LAST_MONTH = Month(2017, 1), Month(2018, 5)
FILED = 4
"""The place on a table of the household that is filed, and listed among a cadre's relatives."""
BEGAN = date(2018, 5, 7)
"""The first visits."""
END = {
    "on_roll": (("符合", "", "维持"), ("需调整", "", "调整"), ("不符合", "错保", "停发")),
    "exited": (("退出正确", "", "不作变动"), ("退出正确", "", "不作变动"), ("应恢复", "漏保", "纳入")),
    "rejected": (("未通过正确", "", "不作变动"), ("未通过正确", "", "不作变动"), ("应纳入", "漏保", "纳入")),
}
"""What is usually concluded of a table's households, what of every seventh, and what of every eleventh."""


def tables_of_may(at: datetime) -> None:
    """Two towns hand in what they have of the households on dibao: one well under way, one just begun.

    Each has submitted one table more; the second's was returned.
    """
    first, second, *_ = roster.town_governments()
    people = roster.officers()
    for town, households, share in ((first, 38, 0.8), (second, 24, 0.2)):
        clerk = next(one for one in people if one.role is Role.TOWN_CLERK and one.office_id == town.id)
        hand_in(town, "on_roll", households, share, by=clerk, at=at)
        hand_in(town, "exited", 9, 1, by=clerk, at=at)
    notice = editions.notice()
    paper = queries.submission_of(second, notice.screening.population("exited"), notice)
    if paper is not None:
        submitting.send_back(paper, reason="第3户的退出原因与会议记录不符，请核对。", by=_keeper(), at=at)


def told_of(town: Office) -> tuple[str, Place]:
    """The head and the village of a household on dibao of which callers tell: the fifth, whom a cadre has filed."""
    villages = {place.name: place for place in roster.villages(town.place_code)}
    rows = _households(list(villages), "on_roll", FILED + 1, 0, random.Random(f"{town.code}/on_roll"))
    row = list(rows)[FILED]
    return f"{row['applicant']}家", villages[str(row["village"])]


def a_full_table(at: datetime) -> None:
    """The bureau's keeper asks for a table with its numbers."""
    notice, town = editions.notice(), roster.town_governments()[0]
    table = Table(town, notice.screening.population("exited"), notice)
    full_exports.ask(table, reason="装订存档。", by=_keeper(), at=at)


def _keeper() -> Officer:
    return next(one for one in roster.officers() if one.role is Role.LEDGER_KEEPER)


def hand_in(town: Office, population: str, households: int, share: float, *, by: Officer, at: datetime) -> None:
    """Hand in a table, of which the first share of the households is concluded, if there is a cabinet for workbooks.

    The same households come every time. A table that is concluded is submitted; one that is with the bureau is taken
    back first, and stays there when it is too late for that.
    """
    notice = editions.notice()
    table = Table(town, notice.screening.population(population), notice)
    if cabinet.folder is None or not _opened(table, by, at):
        return
    known = queries.known_of(town, table.population, notice, day_of(at))
    villages = [place.name for place in roster.villages(town.place_code)]
    draw = random.Random(f"{town.code}/{population}")
    rows = list(_households(villages, population, households, int(households * share), draw))
    heads = {column.key: column.name.zh for column in notice.screening.columns_of(population)}
    sheet = Sheet(
        name=table.population.annex.zh,
        title=table.population.title.zh % {"town": town.name},
        heads=[heads[key] for key in rows[0]],
        rows=([row[key] for key in rows[0]] for row in rows),
    )
    content = workbook(sheet)
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    upload = operations.upload(table, tray.keep(), f"{heads['applicant']}排查表.xlsx", by=by, at=at)
    operations.enter(upload, screening.read(content, known), by=by, at=at)
    if share == 1:
        submitting.submit(table, by=by, at=at)


def _opened(table: Table, by: Officer, at: datetime) -> bool:
    paper = queries.submission_of(table.town, table.population, table.notice)
    if paper is None or not paper.is_locked:
        return True
    last_day = submitting.last_day(table)
    if paper.state is not TableState.SUBMITTED or (last_day and day_of(at) > last_day):
        return False
    submitting.take_back(paper, by=by, at=at)
    return True


def _households(
    villages: Sequence[str], population: str, households: int, concluded: int, draw: random.Random
) -> Iterator[dict[str, Cell]]:
    kind = list(END).index(population)
    for number in range(1, households + 1):
        born = f"19{draw.randint(38, 79)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
        first_17 = f"{NOWHERE}{born}{(kind * 311 + number) % 1000:03}"
        size = draw.randint(1, 4)
        row: dict[str, Cell] = {
            "serial": number,
            "applicant": draw.choice(SURNAMES) + draw.choice(GIVEN),
            "id_number": first_17 + check_digit(first_17),
            "village": draw.choice(villages),
            "family_size": size,
        }
        row |= _of_its_kind(population, number, size, draw)
        row |= {"relative": "是" if number % 13 == 0 else "否"}
        checked = number % 9 or number % 2
        row |= {"check_report_no": f"核2018{number:04}" if checked else "", "check_result": "无疑点" if checked else ""}
        yield row | _end(population, number, draw, known=number <= concluded)


def _of_its_kind(population: str, number: int, size: int, draw: random.Random) -> dict[str, Cell]:
    """What only the households of one table have."""
    cause = draw.choice(("疾病", "残疾", "缺乏劳动力"))
    month = draw.choice(list(_months()))
    if population == "rejected":
        refused = f"{month}-{draw.randint(2, 28):02}"
        return {"poverty_cause": cause, "refused_on": refused, "refusal_reason": "家庭人均收入高于标准"}
    since = f"20{draw.randint(8, 16):02}年{draw.randint(1, 12)}月" if number % 9 else "2018年5月"
    granted: dict[str, Cell] = {
        "covered_persons": draw.randint(1, size),
        "review_class": draw.choice(("A类", "B类", "C类")),
        "poverty_cause": cause,
        "amount": draw.randint(300, 1720),
    }
    if population == "on_roll":
        return {**granted, "granted_in": since}
    return {**granted, "exited_in": str(month), "exit_reason": draw.choice(("收入超标", "死亡", "主动退出"))}


def _months() -> Iterator[Month]:
    month = FIRST_MONTH
    while month <= LAST_MONTH:
        yield month
        month = month.next()


def _end(population: str, number: int, draw: random.Random, *, known: bool) -> dict[str, Cell]:
    """The visit and what was concluded, or that nobody has been there."""
    visited = BEGAN + timedelta(days=draw.randint(0, 17))
    usual, seventh, eleventh = END[population]
    conclusion, wrong, action = eleventh if number % 11 == 0 else seventh if number % 7 == 0 else usual
    ended = {"conclusion": conclusion, "wrong_dibao_type": wrong, "followup_action": action}
    return {"visited_on": visited.isoformat(), **ended} if known else dict.fromkeys(("visited_on", *ended), "")
