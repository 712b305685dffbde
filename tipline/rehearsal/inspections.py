"""Inspections of the rehearsal: one is over, a team and a third party are out, one waits, one was called off."""

from dataclasses import replace
from datetime import datetime, timedelta

from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.inspections import operations, queries
from tipline.inspections.lifecycle import Kind
from tipline.inspections.models import Finding, Inspection
from tipline.inspections.operations import Plan, Seen
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Officer, Place

SEED = "2018050220180502"
FIRM = {"contractor": "明衡社会工作服务中心", "contract_no": "津南民合〔2018〕6号"}


def visits_of_may(at: datetime) -> None:
    """The fourth town was visited, and what was found stands in every state there is."""
    town = queries.towns()[3]
    paper = _under_way([town, *roster.villages(town.code)[:2]], "申诉和举报较多，媒体曾有报道。", at, days=4)
    village = paper.places[1].place
    late = _found(paper, "wrong_dibao", village, "户主有门面房两间，低保照领，评议记录缺页。", at)
    operations.demand(
        late, "重新入户核查，按规定停发并补齐评议记录。", day_of(at) + timedelta(days=9), by=_keeper(), at=at
    )
    mended = _found(paper, "missed_dibao", village, "独居老人，无收入，从未有人告知可以申请。", at)
    operations.demand(mended, "帮助其提出申请，十个工作日内审核。", by=_keeper(), at=at)
    done = at + timedelta(days=2)
    clerk = _clerk(town)
    operations.report_rectified(mended, "已受理申请，材料齐全，正在公示。", _note("公示照片.txt"), by=clerk, at=done)
    operations.confirm(mended, by=_leader(), at=done + timedelta(hours=2))
    spot = _found(paper, "poor_dynamic_management", town, "公示栏是两年前的名单。", at, style=True)
    operations.correct_on_spot(spot, "督查组在场时已换上现行名单。", by=_keeper(), at=at)
    again = _found(paper, "administrative_inclusion", village, "村里统一把七户报成低保，没有逐户申请。", at)
    operations.demand(again, "逐户补办申请和核查，不符合的退出。", by=_keeper(), at=at)
    operations.report_rectified(again, "已补填申请表。", by=clerk, at=done)
    operations.send_back(again, "只补了表，没有入户核查，请补做。", by=_leader(), at=done + timedelta(hours=3))
    rest = _found(paper, "relation_dibao", village, "反映某户是村干部亲属，经查户籍并非近亲属。", at)
    operations.let_rest(rest, "查无此事，不需整改。", by=_keeper(), at=at)
    summary = "走访两个村，问题集中在评议和公示，已交镇里整改。"
    operations.finish(paper, summary=summary, by=_leader(), at=at + timedelta(days=3))


def visits_of_june(at: datetime) -> None:
    """A team is out with its list, a third party too; one visit waits for approval, one was called off."""
    first, second, third, *_, last = queries.towns()
    places = [first, *roster.villages(first.code)[:2]]
    team = _under_way(places, "逾期未报任务多，按关注度选取。", at, days=11, by_lot=2)
    _found(team, "favour_dibao", places[1], "该户未经评议，打过招呼后直接纳入。", at)
    demanded = _found(team, "review_unmet", first, "抽看八份档案，三份没有核对报告。", at, style=True)
    operations.demand(demanded, "补做家庭经济状况核对，逐份说明。", by=_keeper(), at=at)
    outsider = next(one for one in roster.officers() if one.role is Role.THIRD_PARTY)
    checked = [second, *roster.villages(second.code)[:3]]
    firm = _under_way(
        checked, "委托第三方检查审核审批。", at, days=14, sort=Kind.THIRD_PARTY, members=(outsider,), **FIRM
    )
    words, household = "该户人口与户口簿不符。", next(iter(queries.households(firm)), None)
    place = next((one for one in checked if household and one.code == household.place_code), checked[1])
    operations.record(firm, replace(_seen("wrong_dibao", place, words, at), record=household), by=outsider, at=at)
    _planned([third], "群众举报较多，尚未去过。", at + timedelta(minutes=5), days=14, by_lot=2)
    off = _planned([last], "拟与汛期检查合并。", at + timedelta(minutes=6), days=3)
    operations.call_off(off, reason="防汛值守，改期另行安排。", by=_leader(), at=at + timedelta(minutes=9))


def _planned(places: list[Place], reason: str, at: datetime, *, days: int, **said: object) -> Inspection:
    usual: dict[str, object] = {"sort": Kind.TEAM, "members": (_keeper(),)}
    today = day_of(at)
    plan = Plan(
        since=today,
        until=today + timedelta(days=days),
        places=places,
        reason=reason,
        leader=_leader(),
        **(usual | said),  # type: ignore[arg-type]
    )
    return operations.plan(plan, SEED, by=_keeper(), at=at)


def _under_way(places: list[Place], reason: str, at: datetime, *, days: int, **said: object) -> Inspection:
    paper = _planned(places, reason, at, days=days, **said)
    operations.start(paper, by=_leader(), at=at)
    return paper


def _seen(term: str, place: Place, words: str, at: datetime, *, style: bool = False) -> Seen:
    return Seen(style=style, term=term, place=place, on=day_of(at), words=words)


def _found(paper: Inspection, term: str, place: Place, words: str, at: datetime, *, style: bool = False) -> Finding:
    return operations.record(paper, _seen(term, place, words, at, style=style), by=_keeper(), at=at)


def _one(role: Role) -> Officer:
    return next(one for one in roster.officers() if one.role is role)


def _keeper() -> Officer:
    return _one(Role.LEDGER_KEEPER)


def _leader() -> Officer:
    return _one(Role.BUREAU_LEADER)


def _clerk(town: Place) -> Officer:
    here = [one for one in roster.officers() if one.office.place_code == town.code]
    return next(one for one in here if one.role is Role.TOWN_CLERK)


def _note(name: str) -> Received | None:
    """A file, where there is a cabinet for it."""
    if cabinet.folder is None:
        return None
    tray = cabinet.tray()
    tray.write("公示照片说明：张贴于村务公开栏。".encode())
    tray.seek(0)
    return Received(name, FileType.TXT, tray.keep(), None)
