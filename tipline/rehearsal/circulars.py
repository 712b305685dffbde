"""Circulars of the rehearsal in every state there is: one is read by some towns, one was withdrawn, two are written."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from tipline.circulars import educating, operations, queries
from tipline.circulars.educating import Held
from tipline.circulars.models import Circular
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.law.bodies import RankClass
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.typical_cases import operations as typical_cases
from tipline.typical_cases.models import TypicalCase
from tipline.typical_cases.operations import Told

MAY = Month(2018, 5)
WHO = (
    (
        "虚报冒领",
        "false_claims",
        "殷德厚，双桥河镇某村原会计",
        "为已去世的两名村民继续申领低保金，占为己有，共计21600元。",
    ),
    (
        "吃拿卡要",
        "extortion",
        "苗广才，双桥河镇某村原村委会委员",
        "以帮助办理低保为名，收受群众王某等人香烟、现金共计1900元。",
    ),
    (
        "优亲厚友",
        "nepotism",
        "纪洪亮，双桥河镇某村原村委会主任",
        "不经评议，将不符合条件的近亲属纳入低保十四个月，共计8600元。",
    ),
    (
        "把关不严",
        "review_unmet",
        "车文斌，双桥河镇民政办原科员",
        "未按规定入户核查，致使三户不符合条件的家庭享受低保，共计15400元。",
    ),
    (
        "工作敷衍",
        "careless_work",
        "门玉田，双桥河镇某村原村委会副主任",
        "负责低保公示，一年未予更新，群众询问时推诿应付。",
    ),
    ("公示不实", "formalism", "尚庆云，双桥河镇某村原文书", "将没有公示的名单补拍照片应付检查，前后三次。"),
)
ANALYSIS = (
    "风险点：一人经手、无人复核。制度漏洞：动态管理流于形式，死亡信息没有按月比对。整改措施：实行双人复核，按月比对。"
)


def cases_of_may(at: datetime) -> None:
    """One town's month with six cases, which the bureau has taken."""
    clerk, keeper = _in_town("shuangqiaohe-clerk"), _one(Role.LEDGER_KEEPER)
    report = typical_cases.file(MAY, [_told(*one) for one in WHO], signatory="许文清", by=clerk, at=at)
    typical_cases.accept(report, by=keeper, at=at + timedelta(hours=2))


def _told(title: str, problem: str, person: str, facts: str) -> Told:
    return Told(
        title=f"{title}案",
        facts=f"2016年至2017年，{person.partition('，')[0]}{facts}",
        origin="own_receipt",
        problem=problem,
        rank_class=RankClass.VILLAGE,
        person=person,
        decided_on=datetime(2018, 5, 11).date(),
        decided_by="双桥河镇纪委",
        sanction="党内警告处分",
        recovered_fen=0 if problem in ("careless_work", "formalism") else 860_000,
        analysis=ANALYSIS,
    )


def circulars_of_may(at: datetime) -> None:
    """Two are issued; of one, what it said of a case was wrong."""
    keeper, leader = _one(Role.LEDGER_KEEPER), _one(Role.BUREAU_LEADER)
    cases = _free()
    first = _issued(cases[:2], at)
    wrong = _issued(cases[2:3], at + timedelta(minutes=20))
    later = at + timedelta(days=1)
    for login in ("shuangqiaohe-clerk", "shuangqiaohe-deputy", "xinzhuang-clerk", "balitai-deputy"):
        operations.confirm_reading(first, by=_in_town(login), at=later)
    operations.withdraw(wrong, reason="所涉金额与处分决定不一致，核实后另行通报。", by=leader, at=later)
    _taught(first, later)
    waiting = operations.draft(cases[2:4], by=keeper, at=later)
    operations.submit(waiting, looked_over=False, by=keeper, at=later + timedelta(minutes=10))
    draft = operations.draft(cases[4:5], by=keeper, at=later + timedelta(minutes=20))
    case = replace(draft.draft.cases[0], words=f"{draft.draft.cases[0].words}举报人郭长河反映属实，电话15400000000。")
    operations.edit(draft, replace(draft.draft, cases=(case,)), 1, by=keeper, at=later + timedelta(minutes=30))


def _issued(cases: list[TypicalCase], at: datetime) -> Circular:
    keeper, leader = _one(Role.LEDGER_KEEPER), _one(Role.BUREAU_LEADER)
    circular = operations.draft(cases, by=keeper, at=at)
    operations.submit(circular, looked_over=False, by=keeper, at=at + timedelta(minutes=5))
    operations.approve(circular, by=leader, at=at + timedelta(minutes=40))
    operations.issue(circular, by=keeper, at=at + timedelta(minutes=50))
    return circular


def _taught(circular: Circular, at: datetime) -> None:
    """Two towns have told their cadres; one entry was wrong."""
    for login, persons, audience, form in (
        ("shuangqiaohe-clerk", 46, "village_cadres", "meeting"),
        ("shuangqiaohe-clerk", 9, "handlers", "talk"),
        ("balitai-clerk", 58, "village_cadres", "lecture"),
    ):
        held = Held(
            on=day_of(at),
            place="镇政府会议室",
            audience=audience,
            form=form,
            persons=persons,
            exhibit="镇民政办2018年会议记录本第3册",
            circular=circular,
        )
        entry = educating.record(held, by=_in_town(login), at=at)
        if audience == "handlers":
            educating.void(entry, reason="与村干部同场，人数重复登记。", by=_in_town(login), at=at + timedelta(hours=1))


def _free() -> list[TypicalCase]:
    found = {case.key: case for case in db.session.scalars(queries.free_cases(_one(Role.LEDGER_KEEPER)))}
    query = select(TypicalCase.key).where(TypicalCase.key.in_(found)).order_by(TypicalCase.position)
    return [found[key] for key in db.session.scalars(query)]


def _one(role: Role) -> Officer:
    return next(one for one in roster.officers() if one.role is role)


def _in_town(login: str) -> Officer:
    return next(one for one in roster.officers() if one.login == login)
