"""Which post can be held where, and who may not change whom on the roster."""

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.words import Labelled
from tipline.law.bodies import Body
from tipline.office.charter import ADMINISTRATORS, Role
from tipline.office.models import Office, Officer

BUREAU = frozenset({Body.CIVIL_AFFAIRS_BUREAU})
TOWN = frozenset({Body.TOWN_GOVERNMENT})
SEATS: dict[Role, frozenset[Body]] = {
    Role.OPERATOR: BUREAU | TOWN,
    Role.TOWN_CLERK: TOWN,
    Role.TOWN_DEPUTY: TOWN,
    Role.LEDGER_KEEPER: BUREAU,
    Role.BUREAU_LEADER: BUREAU,
    Role.GROUP_INSPECTOR: frozenset({Body.DISPATCHED_DISCIPLINE_GROUP}),
    Role.DISTRICT_INSPECTOR: frozenset({Body.DISTRICT_DISCIPLINE_BODY}),
    Role.TOWN_INSPECTOR: frozenset({Body.TOWN_DISCIPLINE_BODY}),
    Role.SYSTEM_ADMIN: BUREAU,
    Role.SECURITY_ADMIN: BUREAU,
    Role.AUDITOR: BUREAU,
    Role.THIRD_PARTY: BUREAU,
}
"""In which bodies a role can be held; nobody is given the clock's."""


class Relation(Labelled):
    """How a declared relative is related (民法典 1045), and in-laws besides."""

    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    CHILD = "child", "子女"
    SIBLING = "sibling", "兄弟姐妹"
    GRANDPARENT = "grandparent", "祖父母、外祖父母"
    GRANDCHILD = "grandchild", "孙子女、外孙子女"
    IN_LAW = "in-law", "近姻亲"


def must_fit(role: Role, office: Office) -> None:
    """Raises Incomplete unless this role can be held in this office."""
    if office.body not in SEATS.get(role, ()):
        raise Incomplete("%(office)s没有“%(role)s”这个岗位。", office=office.name, role=role)


def must_not_be(officer: Officer, by: Officer) -> None:
    """Raises Incomplete when somebody would change their own place on the roster."""
    if officer.id == by.id:
        raise Incomplete("本人的账号须由他人办理。")


def must_leave_one(officer: Officer) -> None:
    """Raises Incomplete for the last administrator of a kind: the house must stay in order from within."""
    if officer.role not in ADMINISTRATORS or not officer.active:
        return
    others = select(Officer.id).where(Officer.role == officer.role, Officer.active, Officer.id != officer.id)
    if db.session.scalar(others.limit(1)) is None:
        raise Incomplete("这是唯一的%(role)s，须先有人接任。", role=officer.role)


def must_not_borrow_rights(officer: Officer, by: Officer) -> None:
    """Raises Incomplete where a one-time password would let one administrator act as another."""
    must_not_be(officer, by)
    if officer.role in ADMINISTRATORS and by.role is not Role.CLOCK:
        raise Incomplete("管理员的密码只能在服务器上重置。")
