"""What forty-six callers said, in May 2018 and a little after; nobody in it exists."""

from typing import NamedTuple

from tipline.eligibility.lifecycle import ReviewState as R
from tipline.referrals.lifecycle import ReferralState as S


class Story(NamedTuple):
    """One lead: when it came, through whom, about whom, and how far it has come since."""

    day: str
    by: str
    """operator, keeper, or a town's place in the order of the division codes."""
    town: int
    posts: tuple[str, ...]
    words: str
    """Key of `NARRATIVES`."""
    until: S | R
    flags: str = ""
    """n named · a anonymous · m media · l leader's instruction · M major · v voided · t names the leader himself ·
    b asked back · r refusal proposed · x refused · o passed on · c converted into a petition ·
    e refused and taken up again · f filed away · k about the same people as the call before ·
    h another body helps · j longer time is asked for · H tells of a household that its town has on its table ·
    y the post was misheard and is corrected."""


NARRATIVES: dict[str, tuple[str, str]] = {
    "kin": ("nepotism", "{who}把自己{kin}一家报成低保户，家里有楼房和小轿车，{village}的人都知道，评议会没有开过。"),
    "twin": ("nepotism", "{village}有一户，户主是{who}的{kin}，在镇上开着饭馆，每月照领低保金，已经领了{years}年。"),
    "fee": ("extortion", "办低保要先给{who}送钱，我家送了{amount}元才把材料收下，{village}好几家都送过。"),
    "card": ("embezzlement", "低保存折一直由{who}统一保管，{years}年里只发给我家一部分，少发的大约有{amount}元。"),
    "dead": ("false_claims", "{village}一位老人去世{years}年了，低保金还在领，取钱的是{who}，合计约{amount}元。"),
    "ghost": ("false_claims", "{who}用几个常年在外的人的名字报低保，钱进了自己手里，听说有{amount}元。"),
    "share": ("interception", "{who}把几户低保金取出来按人头平分，说是大家都困难，实际自己留下约{amount}元。"),
    "split": ("false_claims", "{who}帮{kin}家拆户，把有工资的儿子分出去，只用两位老人的名字申请，审核时没有人核实。"),
    "door": ("stalling", "我去镇上问了四次，{who}每次都说等通知，材料收下没有回执，到现在没有答复。"),
    "visit": ("formalism", "所谓入户核查就是打个电话，{who}从来没有到过我家，表上却写着已入户、有签字。"),
    "board": (
        "poor_dynamic_management",
        "{village}的公示栏还是两年前的名单，{who}说没时间换，新增的人谁也不知道是怎么进去的。",
    ),
    "left": (
        "imprecise_measures",
        "我家三口人，一人重病一人残疾，{who}说有外出打工的儿子就不能报，儿子已经{years}年没有音信。",
    ),
    "check": ("review_unmet", "{who}审核时不查车辆和房产，{village}有两家开着车领低保，核对系统里应当查得到。"),
    "stopped": (
        "dibao_decision",
        "我家在{village}，上个月低保停了，没有人来看过，也没有通知，请求恢复并说明理由。",
    ),
    "refused": ("dibao_decision", "我家在{village}，申请低保{years}个月没有结果，前几天口头说不批，请求重新核查。"),
    "rich": ("dibao_decision", "{village}有一户有车有房还在领低保，请核查这一户该不该领。"),
    "rate": ("dibao_decision", "{village}几户的低保补差怎么算的没有公开过，请求说明计算办法。"),
    "post": ("favour_dibao", "{who}打过招呼，{village}几户都没有经过评议就进了低保名单，其中一户是其{kin}。"),
}
"""Problem type of the notice, and what was said."""

VILLAGE = ("village_party_secretary", "village_head", "village_accountant", "village_civil_affairs_assistant")
TOWN = ("town_civil_affairs_clerk", "town_institution_handler", "town_contract_handler", "town_affairs_office_head")
HIGHER = ("town_deputy_mayor", "town_mayor", "bureau_section_chief", "bureau_deputy_head", "district_deputy_mayor")
POSTS_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("kin", "twin", "fee", "card", "dead", "ghost", "share"), VILLAGE),
    **dict.fromkeys(("board", "left"), (*VILLAGE, "community_party_secretary", "village_committee_member")),
    **dict.fromkeys(("split", "door", "visit"), TOWN),
    "check": (*TOWN, "bureau_clerk", "means_check_centre_staff"),
    "post": HIGHER,
    **dict.fromkeys(("stopped", "refused"), ("recipient", "applicant")),
    "rich": ("recipient",),
    "rate": ("policy_only",),
}
"""Of whom it is said, when the lot decides."""

STORIES = (
    Story("05-02", "operator", 3, ("village_party_secretary",), "kin", S.FED_BACK, "nf"),
    Story("05-02", "operator", 0, ("town_civil_affairs_clerk",), "door", S.CONCLUDED, "n"),
    Story("05-03", "1", 1, ("village_accountant",), "card", S.FED_BACK, "n"),
    Story("05-03", "keeper", 2, ("village_head",), "fee", S.CASE_FILED, "nMj"),
    Story("05-03", "operator", 3, ("recipient",), "stopped", R.EXECUTED, "n"),
    Story("05-04", "operator", 4, ("applicant",), "refused", R.SECOND_LOOK, "n"),
    Story("05-04", "operator", 4, ("village_civil_affairs_assistant",), "visit", S.SHELVED, "a"),
    Story("05-07", "operator", 5, ("village_secretary_and_head",), "dead", S.CASE_FILED, "nl"),
    Story("05-07", "0", 0, ("community_party_secretary",), "board", S.CONCLUDED, "a"),
    Story("05-08", "keeper", 6, ("bureau_assistance_chief",), "check", S.IN_DISPOSITION, "n"),
    Story("05-08", "operator", 7, ("village_group_leader",), "share", S.CONCLUDED, "n"),
    Story("05-09", "operator", 3, ("village_committee_member",), "left", S.IN_DISPOSITION, "nc"),
    Story(
        "05-09", "keeper", 2, ("village_party_secretary", "town_affairs_office_head"), "ghost", S.IN_DISPOSITION, "nm"
    ),
    Story("05-10", "operator", 4, ("town_contract_handler",), "door", S.FED_BACK, "n"),
    Story("05-10", "6", 6, ("village_head",), "twin", S.IN_DISPOSITION, "nh"),
    Story("05-11", "operator", 1, ("village_party_secretary",), "board", S.RETURNED, "a"),
    Story("05-11", "operator", 0, ("town_deputy_mayor",), "post", S.SIGNED_FOR, "a"),
    Story("05-14", "keeper", 7, ("village_party_secretary",), "fee", S.SIGNED_FOR, "n"),
    Story("05-14", "3", 3, ("recipient",), "stopped", R.DECIDED, "n"),
    Story("05-14", "operator", 5, ("village_accountant",), "card", S.IN_DISPOSITION, "ne"),
    Story("05-15", "operator", 3, ("bureau_clerk", "village_head"), "check", S.SIGNED_FOR, "n"),
    Story("05-15", "2", 2, ("town_institution_handler",), "left", S.IN_DISPOSITION, "n"),
    Story("05-16", "operator", 4, ("village_head",), "kin", S.PROPOSED, "av"),
    Story("05-16", "operator", 4, ("village_head",), "kin", S.SIGNED_FOR, "a"),
    Story("05-17", "keeper", 0, ("means_check_centre_staff",), "check", S.SIGNED_FOR, "aH"),
    Story("05-18", "operator", 6, ("district_deputy_mayor",), "post", S.HANDED_OVER, "a"),
    Story("05-18", "operator", 1, ("village_civil_affairs_assistant",), "fee", S.RECALLED, "n"),
    Story("05-21", "operator", 5, ("former_village_cadre",), "dead", S.SIGNED_FOR, "n"),
    Story("05-21", "keeper", 3, ("bureau_deputy_head",), "post", S.SIGNED_FOR, "nt"),
    Story("05-21", "operator", 6, ("recipient",), "rich", R.CHECKING, "a"),
    Story("05-22", "keeper", 7, ("policy_only",), "rate", R.FORWARDED, "n"),
    Story("05-22", "operator", 2, ("bank_clerk",), "card", S.SIGNED_FOR, "n"),
    Story("05-22", "7", 7, ("village_committee_member",), "twin", S.HANDED_OVER, "ar"),
    Story("05-23", "operator", 0, ("village_party_secretary",), "kin", S.REDIRECTING, "nH"),
    Story("05-24", "operator", 6, ("village_accountant",), "ghost", S.HANDED_OVER, "nM"),
    Story("05-25", "operator", 4, ("town_discipline_secretary",), "post", S.HANDED_OVER, "a"),
    Story("05-28", "keeper", 1, ("village_head",), "twin", S.APPROVED, "n"),
    Story("05-29", "operator", 3, ("town_civil_affairs_clerk",), "visit", S.APPROVED, "ao"),
    Story("05-29", "operator", 7, ("village_party_secretary",), "share", S.HANDED_OVER, "nl"),
    Story("05-30", "operator", 2, ("hospital_doctor",), "check", S.APPROVED, "ax"),
    Story("05-31", "5", 5, ("village_head",), "left", S.PROPOSED, "nb"),
    Story("05-31", "operator", 0, ("policy_only",), "left", S.PROPOSED, "n"),
    Story("06-01", "operator", 3, ("applicant",), "refused", R.OPENED, "n"),
    Story("06-01", "operator", 3, ("village_party_secretary",), "fee", S.PROPOSED, "nmk"),
    Story("06-01", "keeper", 6, ("village_civil_affairs_assistant",), "visit", S.PROPOSED, "ay"),
    Story("06-01", "operator", 3, ("village_party_secretary",), "fee", S.PROPOSED, "ak"),
)

SURNAMES = "丁万乔于俞倪傅关冉凌卞卫古史叶向喻严安左常庄庞康廖强方施晏柏柯"
GIVEN = ("大成", "广田", "宝利", "月英", "桂荣", "长顺", "凤霞", "金生", "全喜", "玉柱", "秋云", "福来", "连举", "素琴")
KIN = ("弟弟", "侄子", "岳父", "表哥", "儿媳")
