"""A district to rehearse in: Jinnan with officers nobody has met, on a Monday in June 2018."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.dates import HERE
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import district, roster, sessions
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.office.time import rehearsal, set_rehearsal

PASSWORD = "yanlian-2018"  # noqa: S105
"""Every officer of the rehearsal has it; the sign-in page says so."""
MAIL_HOST = "jinnan.example"
OPENED = datetime(2018, 5, 2, 8, 30, tzinfo=HERE)
TODAY = datetime(2018, 6, 4, 9, 0, tzinfo=HERE)

BUREAU, GROUP, DISTRICT = (
    Body.CIVIL_AFFAIRS_BUREAU,
    Body.DISPATCHED_DISCIPLINE_GROUP,
    Body.DISTRICT_DISCIPLINE_BODY,
)

AT_THE_DISTRICT = (
    ("operator", "周晓燕", Role.OPERATOR, "举报热线接线员", BUREAU),
    ("keeper", "刘建华", Role.LEDGER_KEEPER, "社会救助科科员", BUREAU),
    ("leader", "赵国梁", Role.BUREAU_LEADER, "副局长", BUREAU),
    ("principal", "石敬文", Role.BUREAU_LEADER, "局长", BUREAU),
    ("group", "孙立新", Role.GROUP_INSPECTOR, "派驻纪检监察组副组长", GROUP),
    ("district", "郑文博", Role.DISTRICT_INSPECTOR, "信访室副主任", DISTRICT),
    ("sysadmin", "何志远", Role.SYSTEM_ADMIN, "信息中心工程师", BUREAU),
    ("security", "冯雅琴", Role.SECURITY_ADMIN, "保密干部", BUREAU),
    ("auditor", "董思明", Role.AUDITOR, "审计干部", BUREAU),
    ("thirdparty", "卫明远", Role.THIRD_PARTY, "明衡社会工作服务中心检查员", BUREAU),
)

IN_THE_TOWNS = (
    ("xianshuigu", "王秀兰", "李长河", "陈铁成", "贾振国"),
    ("gegu", "张玉梅", "高宝山", "吴正平", "尹宏伟"),
    ("xiaozhan", "马丽娜", "韩永强", "徐明达", "秦志远"),
    ("shuanggang", "杨淑芬", "宋海涛", "罗建军", "白建民"),
    ("xinzhuang", "田春霞", "曹志刚", "彭卫东", "龚文斌"),
    ("shuangqiaohe", "蒋红霞", "许文清", "邓永安", "薛永康"),
    ("balitai", "崔桂芝", "袁世杰", "潘国栋", "邵明义"),
    ("beizhakou", "任雪梅", "姚庆丰", "卢振邦", "侯德胜"),
)
"""Each town's clerk, deputy head, discipline inspector and discipline secretary, in the order of the division codes."""


def furnish() -> bool:
    """Everything but the leads. False when there is a rehearsal already."""
    if rehearsal() is not None:
        return False
    district.furnish(district.JINNAN, at=OPENED, mail_host=MAIL_HOST)
    clock = roster.clock_officer()
    for officer in _cast():
        roster.admit(officer, by=clock, at=OPENED)
        sessions.set_password(officer, PASSWORD)
    return True


def curtain_up() -> None:
    """Set the date on which the rehearsal begins."""
    set_rehearsal(TODAY)


def _cast() -> list[Officer]:
    officers = [_officer(login, name, role, title, _office(body)) for login, name, role, title, body in AT_THE_DISTRICT]
    for (login, clerk, deputy, inspector, secretary), government in zip(
        IN_THE_TOWNS, roster.town_governments(), strict=True
    ):
        discipline = roster.office_of(Body.TOWN_DISCIPLINE_BODY, government.place_code)
        officers += [
            _officer(f"{login}-clerk", clerk, Role.TOWN_CLERK, "民政办科员", government),
            _officer(f"{login}-deputy", deputy, Role.TOWN_DEPUTY, "副镇长", government),
            _officer(f"{login}-inspector", inspector, Role.TOWN_INSPECTOR, "纪委副书记", discipline),
            _officer(f"{login}-secretary", secretary, Role.TOWN_INSPECTOR, "纪委书记", discipline),
        ]
    return officers


def _officer(login: str, name: str, role: Role, title: str, office: Office) -> Officer:
    return roster.new_officer(login, name, role, office, title=title, email=f"{login}@{MAIL_HOST}")


def _office(body: Body) -> Office:
    return db.session.scalars(select(Office).filter_by(body=body)).one()
