"""Who there is: the bodies that may receive a lead, and the words a person is described by."""

from enum import IntEnum

from tipline.kit.words import Labelled


class Level(IntEnum):
    """How high a body stands when the highest has to be found. Only discipline bodies climb."""

    NO_DISCIPLINE_BODY = 0
    OUTSIDE_THE_DISTRICT = 1
    TOWN = 2
    STATIONED = 3
    DISTRICT = 4
    MUNICIPAL = 5
    ABOVE = 6


class Body(Labelled):
    """A body that a lead, or one person's part of it, can be sent to."""

    CIVIL_AFFAIRS_BUREAU = "civil_affairs_bureau", "区民政局"
    TOWN_GOVERNMENT = "town_government", "镇人民政府"
    DISPATCHED_DISCIPLINE_GROUP = "dispatched_discipline_group", "派驻纪检监察组"
    DISTRICT_DISCIPLINE_BODY = "district_discipline_body", "区纪委监委"
    TOWN_DISCIPLINE_BODY = "town_discipline_body", "镇纪委"
    TOWN_SUPERVISION_OFFICE = "town_supervision_office", "镇监察办公室"
    MUNICIPAL_DISCIPLINE_BODY = "municipal_discipline_body", "市纪委监委"
    SUPERIOR_DISCIPLINE_BODY = "superior_discipline_body", "市以上纪检监察机关"
    OTHER_UNIT_DISCIPLINE_BODY = "other_unit_discipline_body", "其所在单位纪检监察机构"
    OTHER_DISTRICT_DISCIPLINE_BODY = "other_district_discipline_body", "外区纪检监察机关"
    COMPETENT_AUTHORITY = "competent_authority", "其单位或行业主管部门"
    LETTERS_AND_CALLS_OFFICE = "letters_and_calls_office", "信访部门"
    HOTLINE_CENTRE = "hotline_centre", "市便民热线"
    PUBLIC_SECURITY = "public_security", "公安机关"
    VILLAGE_LIAISON_STATION = "village_liaison_station", "村（社区）纪检监察工作联络站"

    @property
    def level(self) -> Level:
        """Town below stationed group below district below municipal; the others lowest."""
        return _LEVELS.get(self, Level.NO_DISCIPLINE_BODY)

    @property
    def investigates_discipline(self) -> bool:
        """Whether breaches of discipline may be investigated there at all."""
        return self.level > Level.NO_DISCIPLINE_BODY

    @property
    def sits_in_a_town(self) -> bool:
        """Whether there is one of these in every town."""
        return self in _ONE_PER_TOWN


_LEVELS = {
    Body.OTHER_DISTRICT_DISCIPLINE_BODY: Level.OUTSIDE_THE_DISTRICT,
    Body.TOWN_DISCIPLINE_BODY: Level.TOWN,
    Body.TOWN_SUPERVISION_OFFICE: Level.TOWN,
    Body.DISPATCHED_DISCIPLINE_GROUP: Level.STATIONED,
    Body.OTHER_UNIT_DISCIPLINE_BODY: Level.STATIONED,
    Body.DISTRICT_DISCIPLINE_BODY: Level.DISTRICT,
    Body.MUNICIPAL_DISCIPLINE_BODY: Level.MUNICIPAL,
    Body.SUPERIOR_DISCIPLINE_BODY: Level.ABOVE,
}
_ONE_PER_TOWN = frozenset(
    {Body.TOWN_GOVERNMENT, Body.TOWN_DISCIPLINE_BODY, Body.TOWN_SUPERVISION_OFFICE, Body.VILLAGE_LIAISON_STATION}
)


class ManagingAuthority(Labelled):
    """Which party committee or unit manages the person (干部管理权限). Never inferred from rank."""

    TOWN = "town", "镇管"
    BUREAU = "bureau", "局管"
    DISTRICT = "district", "区管"
    CITY = "city", "市管"
    ABOVE = "above", "市级以上管理"
    OTHER_UNIT = "other_unit", "其他单位管理"
    OTHER_DISTRICT = "other_district", "外区管理"
    NONE = "none", "不属干部管理范围"
    UNKNOWN = "unknown", "管理权限不明"


class SupervisionObject(Labelled):
    """The six groups of supervision objects, 监察法 第十五条."""

    GROUP_1 = "group_1", "公务员及参公管理人员"
    GROUP_2 = "group_2", "受委托管理公共事务人员"
    GROUP_3 = "group_3", "国有企业管理人员"
    GROUP_4 = "group_4", "公办科教文卫体单位管理人员"
    GROUP_5 = "group_5", "基层群众性自治组织管理人员"
    GROUP_6 = "group_6", "其他依法履行公职人员"
    NONE = "none", "不是监察对象"
    UNKNOWN = "unknown", "是否监察对象不明"


class Membership(Labelled):
    """Whether the person is a party member."""

    YES = "yes", "党员"
    NO = "no", "非党员"
    UNKNOWN = "unknown", "是否党员不明"


class RankClass(Labelled):
    """Rank as it is counted in published figures. In Tianjin a district bureau head is 处级."""

    DIVISION = "division", "县处级"
    SECTION = "section", "乡科级"
    ORDINARY = "ordinary", "一般干部"
    VILLAGE = "village", "村级干部"
    VILLAGE_GROUP = "village_group", "村小组干部"
    COMMUNITY = "community", "社区干部"
    INSTITUTION = "institution", "事业单位人员"
    ENTERPRISE = "enterprise", "企业人员"
    OTHER = "other", "其他人员"


class PersonKind(Labelled):
    """What the person is, as far as the routing rules tell people apart."""

    BUREAU_EMPLOYEE = "bureau_employee", "区民政局工作人员"
    BUREAU_INSTITUTION_STAFF = "bureau_institution_staff", "局属事业单位工作人员"
    BUREAU_LEADER = "bureau_leader", "区民政局领导班子成员"
    STATIONED_GROUP_MEMBER = "stationed_group_member", "派驻纪检监察组人员"
    TOWN_LEADER = "town_leader", "镇领导班子成员"
    TOWN_DISCIPLINE_OFFICER = "town_discipline_officer", "镇纪委人员"
    TOWN_HANDLER = "town_handler", "镇低保经办人员"
    VILLAGE_CADRE = "village_cadre", "村（居）干部"
    VILLAGE_SECRETARY = "village_secretary", "村党组织书记"
    DEPUTY = "deputy", "人大代表、政协委员"
    DISTRICT_LEADER = "district_leader", "区领导"
    COMMISSION_PRINCIPAL = "commission_principal", "区纪委监委主要负责人"
    COMMISSION_OFFICER = "commission_officer", "区纪委监委工作人员"
    OTHER_UNIT_STAFF = "other_unit_staff", "其他单位财政供养人员"
    CONTRACTOR = "contractor", "第三方机构人员"
    HOUSEHOLD = "household", "低保家庭或申请人"
    DOCTOR = "doctor", "医务人员"
    BANK_EMPLOYEE = "bank_employee", "代发银行人员"
    ORGANISATION = "organisation", "单位或组织"
    OTHER_DISTRICT_PERSON = "other_district_person", "外区人员"
    NO_PERSON = "no_person", "未涉及具体人员"
    UNKNOWN = "unknown", "身份不明"


class OrganisationLevel(Labelled):
    """Where an accused organisation stands; `none` for a person."""

    NONE = "none", "不是组织"
    VILLAGE = "village", "村级组织"
    TOWN = "town", "镇级组织"
    BUREAU = "bureau", "区民政局"
    DISTRICT = "district", "区级组织"
    UNKNOWN = "unknown", "层级不明"


class TransferKind(Labelled):
    """The three words for passing on; each has its own legal weight, 信访工作条例 第二十二条."""

    FORWARD = "forward", "转送"
    ASSIGN = "assign", "交办"
    HAND_OVER = "hand_over", "移送"


class Unit(Labelled):
    """Which office the person sits in."""

    BUREAU = "bureau", "区民政局"
    DISPATCHED_GROUP = "dispatched_group", "派驻纪检监察组"
    DISTRICT_BODY = "district_body", "区纪委监委"
    TOWN_GOVERNMENT = "town_government", "镇人民政府"
    TOWN_DISCIPLINE_BODY = "town_discipline_body", "镇纪委"
    VILLAGE = "village", "村（居）委会"
    OTHER = "other", "其他"


class Secrecy(IntEnum):
    """How closely a lead is kept: the strictest of its persons decides for all of it."""

    ORDINARY = 0
    SEALED = 1
    STUB_ONLY = 2


class SupervisionTrigger(Labelled):
    """Why a case is supervised jointly, 津南民字〔2018〕17号 四（三）. Any one suffices."""

    MAJOR = "major", "重大问题线索"
    MEDIA = "media", "媒体曝光"
    LEADER_INSTRUCTION = "leader_instruction", "领导批示"
