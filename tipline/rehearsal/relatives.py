"""Registers when the rehearsal begins: filings, lists, hits in every state, households to visit."""

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.cabinet import Kept, cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.identity import check_digit
from tipline.kit.sheets import Cell, Sheet, workbook
from tipline.office import editions, roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.rehearsal.screening import FILED, NOWHERE
from tipline.rehearsal.stories import GIVEN, SURNAMES
from tipline.relatives import hits, missed, operations, queries
from tipline.relatives.missed import LISTED, SCREENED
from tipline.relatives.models import RegisterHit
from tipline.relatives.operations import Table
from tipline.screening import operations as screening
from tipline.screening import queries as screening_queries
from tipline.screening import workbook as reading
from tipline.screening.models import ScreeningRecord
from tipline.screening.operations import Table as Screened

FILING = (
    *(
        "备案号",
        "干部姓名",
        "性别",
        "干部身份证号",
        "工作单位",
        "职务",
        "人员类别",
        "与对象关系",
        "户主姓名",
        "户主身份证号",
    ),
    *(
        "村（居）",
        "家庭人口",
        "月保障金额",
        "申报人",
        "备案日期",
        "区级入户时间",
        "入户核查人",
        "评议时亲属已回避",
        "档案存放位置",
    ),
)
KIN = ("干部姓名", "工作单位", "职务", "与对象关系", "姓名", "亲属身份证号", "户主姓名", "村（居）")
PAID = ("姓名", "身份证号", "单位", "职务")
HELP = ("姓名", "身份证号", "户主姓名", "户主身份证号", "村（居）", "家庭住址", "困难情形")
REFUSED = ("申请人", "身份证号", "村（居）", "家庭人口", "未通过时间", "未通过原因", "排查结论")
CADRES = ("韩广林", "穆桂生", "查文海", "柴永田")


def registers_of_may(at: datetime) -> None:
    """What two towns and the district have listed, if there is a cabinet for their workbooks and a roll to compare."""
    first, second, *_ = roster.town_governments()
    if cabinet.folder is None or not _roll(first):
        return
    draw = random.Random(20180601)
    clerk, keeper, inspector = _one(Role.TOWN_CLERK, first), _one(Role.LEDGER_KEEPER), _one(Role.DISTRICT_INSPECTOR)
    rolls = _roll(first), _roll(second)
    _enter("filing", first, FILING, _filings(first, rolls[0], draw), "本镇", clerk, at)
    _enter("filing", second, FILING, _filings(second, rolls[1][:2], draw), "本镇", _one(Role.TOWN_CLERK, second), at)
    _enter("kin", first, KIN, _kin(first, rolls[0], draw), "镇党委组织办", inspector, at)
    _enter("fiscal", None, PAID, _paid(rolls, draw), "区财政局", keeper, at)
    _enter("vulnerable", None, HELP, _in_need((first, second), rolls[0], draw), "区残联、区民政局", keeper, at)
    _refused(first, clerk, draw, at)
    hits.compare(by=inspector, at=at)
    _look(inspector, _one(Role.GROUP_INSPECTOR), at)
    _visit(clerk, at)


def _roll(town: Office) -> list[ScreeningRecord]:
    rows = select(ScreeningRecord).where(ScreeningRecord.office_id == town.id, ScreeningRecord.population == "on_roll")
    return list(db.session.scalars(rows.order_by(ScreeningRecord.id)))


def _one(role: Role, at: Office | None = None) -> Officer:
    return next(one for one in roster.officers() if one.role is role and at in (None, one.office))


def _enter(
    register: str, town: Office | None, heads: tuple[str, ...], rows: Iterable[list[Cell]], source: str, by: Officer,
    at: datetime,
) -> None:  # fmt: skip
    found = queries.registers().register(register)
    table = Table(found, town or queries.offices_of(found, by)[0])
    content = workbook(Sheet(found.name.zh, heads, rows))
    upload = operations.upload(table, _kept(content), f"{found.name.zh}.xlsx", source, date(2018, 5, 25), by=by, at=at)
    known = queries.known_of(found, table.office, day_of(at))
    operations.enter(upload, reading.read(content, known), by=by, at=at)


def _kept(content: bytes) -> Kept:
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    return tray.keep()


def _number(draw: random.Random, serial: int, born: str = "") -> str:
    first = f"{NOWHERE}{born or f'19{draw.randint(50, 85)}0{draw.randint(1, 9)}1{draw.randint(0, 9)}'}{serial:03}"
    return first + check_digit(first)


def _named(draw: random.Random) -> str:
    return draw.choice(SURNAMES) + draw.choice(GIVEN)


def _village(record: ScreeningRecord) -> str:
    return next((one.name for one in roster.villages() if one.code == record.place_code), "")


def _filings(town: Office, roll: list[ScreeningRecord], draw: random.Random) -> Iterable[list[Cell]]:
    """Every other relative that the table names is filed; one of the filings is older than a year."""
    related = [record for record in roll if record.values.get("relative")] or roll[:1]
    for at, record in enumerate([*related[:1], *roll[FILED : FILED + 3]]):
        values = record.values
        filed = "2017-04-18" if at == 1 else f"2018-05-{10 + at}"
        cadre = CADRES[at % len(CADRES)]
        yield [
            f"备〔2018〕{at + 1}号", cadre, "男", _number(draw, 801 + at), town.name, "村委会委员", "村（居）干部",
            ("兄弟姐妹", "父母", "子女", "配偶的父母")[at], str(values["applicant"]), str(values["id_number"]),
            _village(record), int(values["family_size"]), int(values["amount"]) // 100, cadre, filed, filed,
            "李长河、王秀兰", "是", f"专柜{at + 1}号",
        ]  # fmt: skip


def _kin(town: Office, roll: list[ScreeningRecord], draw: random.Random) -> Iterable[list[Cell]]:
    """A filed relative, one who is not, one with an old number, one known by the household, one by name alone, and
    a namesake with another number, who is no hit."""
    who = CADRES[0], town.name, "村党支部书记"
    said = [record.values for record in roll]
    number = [str(values["id_number"]) for values in said]
    name = [str(values["applicant"]) for values in said]
    old = number[9][:6] + number[9][8:17]
    yield [*who, "兄弟姐妹", name[FILED], number[FILED], "", _village(roll[FILED])]
    yield [*who, "父母", name[8], number[8], "", _village(roll[8])]
    yield [*who, "配偶的父母", name[9], old, "", _village(roll[9])]
    yield [*who, "子女", _named(draw), "", name[10], _village(roll[10])]
    yield [*who, "其他近亲属", name[11], "", "", _village(roll[11])]
    yield [*who, "父母的兄弟姐妹", name[14], _number(draw, 850), "", _village(roll[14])]


def _paid(rolls: Iterable[list[ScreeningRecord]], draw: random.Random) -> Iterable[list[Cell]]:
    """Sixty paid persons; in each town two of them are on the roll."""
    for at in range(60):
        yield [_named(draw), _number(draw, 100 + at), draw.choice(("区水务局", "第三中学", "区医院")), "职工"]
    for roll in rolls:
        for record in roll[16:18]:
            yield [str(record.values["applicant"]), str(record.values["id_number"]), "镇敬老院", "护理员"]


def _in_need(towns: Iterable[Office], roll: list[ScreeningRecord], draw: random.Random) -> Iterable[list[Cell]]:
    """Some are on the roll or live with somebody who is; the others are to be visited."""
    needs = ("重度残疾", "重病", "低收入", "孤儿、困境儿童")
    for record in roll[:3]:
        head = str(record.values["applicant"]), str(record.values["id_number"])
        yield [_named(draw), _number(draw, 700 + record.position), *head, _long(record.place_code), "", "重度残疾"]
    serial = 720
    for town in towns:
        for village in roster.villages(town.place_code)[:4]:
            serial += 1
            place = _long(village.code)
            yield [
                _named(draw),
                _number(draw, serial),
                "",
                "",
                place,
                f"{village.name}{serial % 40}号",
                needs[serial % 4],
            ]


def _long(code: str | None) -> str:
    towns = {town.code: town.name for town in roster.towns()}
    return next((towns[one.parent_code or ""] + one.name for one in roster.villages() if one.code == code), "")


def _refused(town: Office, clerk: Officer, draw: random.Random, at: datetime) -> None:
    """Three who were refused, two of them wrongly, says their town."""
    notice = editions.notice()
    table = Screened(town, notice.screening.population("rejected"), notice)
    village = roster.villages(town.place_code)[0].name
    rows: list[list[Cell]] = [
        [_named(draw), _number(draw, 760 + n), village, 2, f"2018-0{n + 1}-15", "收入超过标准", said]
        for n, said in enumerate(("应纳入", "应纳入", "未通过正确"))
    ]
    content = workbook(Sheet("未通过", REFUSED, rows))
    upload = screening.upload(table, _kept(content), "未通过家庭排查表.xlsx", by=clerk, at=at)
    known = screening_queries.known_of(town, table.population, notice, day_of(at))
    screening.enter(upload, reading.read(content, known), by=clerk, at=at)


def _look(first: Officer, second: Officer, at: datetime) -> None:
    """Of what was found one is raised, one confirmed, one cleared, one waits for a second; others for the first."""
    seen = hits.visible_to(first).where(hits.of_kind(hits.Shown.OPEN))
    found: list[RegisterHit] = list(db.session.scalars(seen))
    steps: tuple[Callable[[RegisterHit], object], ...] = (
        lambda hit: hits.raise_lead(hit, "village_party_secretary", _account(hit), by=first, at=at),
        lambda hit: None,
    )
    for hit, last in zip(found[:2], steps, strict=False):
        hits.hold(hit, "与户籍和工资表核对，是同一人。", true=True, by=first, at=at)
        hits.confirm(hit, by=second, at=at)
        last(hit)
    for hit in found[2:3]:
        hits.hold(hit, "户口簿上没有此人，是同名的另一户。", true=False, by=first, at=at)
        hits.clear(hit, by=second, at=at)
    for hit in found[3:4]:
        hits.hold(hit, "村委会证明是其叔父。", true=True, by=first, at=at)


def _account(hit: RegisterHit) -> str:
    return f"比对名单发现{hits.accused(hit)}的亲属在低保名单上，没有备案。核对情况：{hit.reason}"


def _visit(clerk: Officer, at: datetime) -> None:
    said = (
        missed.Said(day_of(at), "applying", "独居，行动不便，已帮助填写申请。"),
        missed.Said(day_of(at), "absent", ""),
    )
    for source, told in zip((LISTED, SCREENED), said, strict=True):
        household = db.session.scalars(missed.of_source(clerk, source)).first()
        if household is not None:
            missed.visit(household, told, by=clerk, at=at)
