"""What the rehearsal has learnt by June: improvements of every kind and state, and towns that answer for themselves."""

from datetime import date, datetime, timedelta
from typing import Any

from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.inspections.queries import towns
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.law.bodies import Body
from tipline.learning import operations
from tipline.learning.lifecycle import Sort
from tipline.learning.models import TownAction
from tipline.learning.operations import Finished, Proposed
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Officer, Place

TELLING = "工作方案到期没有报送，电话催办后仍未报。"


def learnt_by_june(at: datetime) -> None:
    """A policy waits for the leader and another was declined; a practice spreads; a gap is met by a bought service."""
    first, second, third, fourth, *_ = towns()
    keeper, leader, due = _one(Role.LEDGER_KEEPER), _one(Role.BUREAU_LEADER), day_of(at) + timedelta(days=45)
    whose: dict[str, Any] = {"by": keeper, "at": at}
    decided: dict[str, Any] = {"by": leader, "at": at + timedelta(hours=1)}
    operations.propose_improvement(
        Proposed(
            sort=Sort.POLICY,
            found="现行办法没有规定入户核查几人同行，两个镇都由村里代填。",
            proposal="明确入户核查两人同行、当场签字，镇里抽查一成。",
            due_on=due,
        ),
        **whose,
    )
    declined = operations.propose_improvement(
        Proposed(sort=Sort.POLICY, found="低保金按季发放，困难户不便。", proposal="改为按月发放。", due_on=due), **whose
    )
    operations.decline(declined, reason="发放周期由市里统一规定，已向市局反映。", **decided)
    practice = operations.propose_improvement(
        Proposed(
            sort=Sort.PRACTICE,
            town=first.code,
            found="公示单附二维码，群众扫码就能看到举报电话和政策问答。",
            proposal="不增加村里负担，来电咨询减少，公示更新当天可查。",
            spread_to=[second.code, third.code, fourth.code],
        ),
        **whose,
    )
    operations.adopt(practice, **decided)
    met, open_ = (
        operations.propose_improvement(
            Proposed(
                sort=Sort.CAPACITY,
                town=town.code,
                found=found,
                proposal="购买社会工作服务，补充入户核查人手。",
                due_on=due,
            ),
            **whose,
        )
        for town, found in ((second, "全镇只有一名民政专干，入户核查排到两个月后。"), (third, "村级协理员空缺三名。"))
    )
    for gap in (met, open_):
        operations.adopt(gap, **decided)
    told = Finished(
        "两名社工六月到岗，先补去年没有入户的户。", "津南民购〔2018〕3号", date(2018, 6, 1), date(2018, 12, 31)
    )
    operations.finish(met, told, by=keeper, at=at + timedelta(hours=2))


def answered_for_by_june(at: datetime) -> None:
    """One action waits, one was dropped, one is being put right, one was answered, one is closed."""
    first, second, third, fourth, *_, last = towns()
    leader, later = _one(Role.BUREAU_LEADER), at + timedelta(hours=1)
    _proposed(first, "unfulfilled_duty", "talk", TELLING, at)
    dropped = _proposed(second, "weak_consciousness", "self_examination", "一个月没有报送案例。", at)
    operations.drop(dropped, reason="当月确无案例，已补零报告。", by=leader, at=later)
    for number, town in enumerate((third, fourth, last), start=1):
        action = _proposed(town, "lax_style", "circular", "公示栏长期没有更新，督查指出后仍未改正。", at)
        doc_no = f"津南民通〔2018〕{number}号"
        operations.decide(action, doc_no, "全镇公示栏逐村检查，十个工作日内改正并报告。", by=leader, at=later)
        if town is third or cabinet.folder is None:
            continue
        words, proof = "已逐村检查，十二处公示栏全部更新。", _note()
        operations.answer(action, words, proof, by=_clerk(town), at=later + timedelta(hours=1))
        if town is last:
            operations.close(action, "抽看四个村，公示均为现行名单。", by=leader, at=later + timedelta(hours=2))


def _proposed(town: Place, ground: str, measure: str, words: str, at: datetime) -> TownAction:
    office = roster.office_of(Body.TOWN_GOVERNMENT, town.code)
    return operations.propose_action(office, ground, measure, words, by=_one(Role.LEDGER_KEEPER), at=at)


def _one(role: Role) -> Officer:
    return next(one for one in roster.officers() if one.role is role)


def _clerk(town: Place) -> Officer:
    here = [one for one in roster.officers() if one.office.place_code == town.code]
    return next(one for one in here if one.role is Role.TOWN_CLERK)


def _note() -> Received:
    tray = cabinet.tray()
    tray.write("整改材料：各村公示栏更新照片说明。".encode())
    tray.seek(0)
    return Received("整改情况.txt", FileType.TXT, tray.keep(), None)
