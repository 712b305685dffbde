"""What the towns have handed in when the rehearsal begins: work plans in every state there is."""

from datetime import datetime

from tipline.duties import operations, queries
from tipline.duties.models import Submission
from tipline.duties.operations import Said
from tipline.duties.queries import Cell
from tipline.evidence.operations import Received
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.law.campaign import Duty
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Officer

PLAN = "成立镇专项治理领导小组；5月底前动员部署，6月至8月逐户排查在保、退保、未批准三类家庭，9月起整改。"
TABLE = "镇农村低保专项治理工作方案\r\n一、组织领导\r\n二、排查范围\r\n三、步骤和时限\r\n"


def plans_of_may(at: datetime) -> None:
    """Accepted, handed in twice, returned, returned and mended, excused; three towns still owe theirs."""
    people, plan, cells = _plan(at)
    keeper = next(one for one in people if one.role is Role.LEDGER_KEEPER)
    leader = next(one for one in people if one.role is Role.BUREAU_LEADER)
    operations.accept(_hand_in(cells[0], people, at, with_file=True), by=keeper, at=at)
    _hand_in(cells[1], people, at)
    _hand_in(cells[1], people, at)
    for number, reason in ((6, "没有写明分管领导的具体职责，请补充后重报。"), (3, "缺排查步骤，请补充后重报。")):
        operations.send_back(_hand_in(cells[number], people, at), plan, reason=reason, by=keeper, at=at)
    operations.accept(_hand_in(cells[3], people, at), by=keeper, at=at)
    why = "该镇方案已并入区局试点方案，由区局统一制定。"
    operations.excuse(cells[4], reason=why, by=leader, at=at)


def a_late_plan(at: datetime) -> None:
    """One town hands in after the day."""
    people, _, cells = _plan(at)
    _hand_in(cells[2], people, at)


def _plan(at: datetime) -> tuple[list[Officer], Duty, list[Cell]]:
    plan = next(pair for pair in queries.asked(day_of(at)) if pair[0].names_heads)
    return roster.officers(), plan[0], queries.cells([plan], day_of(at))


def _hand_in(cell: Cell, people: list[Officer], at: datetime, *, with_file: bool = False) -> Submission:
    office = cell.debtor.office
    clerk = next(one for one in people if one.role is Role.TOWN_CLERK and one.office_id == office.id)
    deputy = next(one for one in people if one.role is Role.TOWN_DEPUTY and one.office_id == office.id)
    file = _table() if with_file and cabinet.folder is not None else None
    said = Said(words=PLAN, file=file, principal="胡永年", deputy=deputy.name)
    return operations.hand_in(cell, said, by=clerk, at=at)


def _table() -> Received:
    tray = cabinet.tray()
    tray.write(TABLE.encode())
    tray.seek(0)
    return Received("工作方案.txt", FileType.TXT, tray.keep(), None)
