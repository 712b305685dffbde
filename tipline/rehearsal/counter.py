"""What lies beside the telephone: a call cut off, numbered sheets of paper, and what operators say and know."""

from datetime import datetime, timedelta

from tipline.intake import keeping, paper, phrases
from tipline.intake.models import PhraseKind
from tipline.kit.dates import day_of
from tipline.office.charter import Role
from tipline.rehearsal import hotline

CUT_OFF = (
    ("token", "cut-off-on-friday"),
    ("channel", "call"),
    ("received_at", "2018-06-01T15:40"),
    ("wants_secrecy", "yes"),
    ("named", "no"),
    ("people-0-post", "village_head"),
    ("people-0-post_words", "村委会主任"),
    ("narrative", "来电人说村里有人开着车还领低保，正要说是谁，电话断了。"),
)
SAID = (
    ("保密告知", "您的姓名和电话单独密封，只有承办机关能看。"),
    ("如实反映", "请如实反映；如实反映的受保护，捏造事实的要负责任。"),
    ("不便细说", "来电人表示不便细说，愿意以后凭查询码补充。"),
)
KNOWN: tuple[tuple[str, str, list[str], int], ...] = (
    ("什么是漏保", "符合低保条件而没有纳入。先记清是哪一户、何时申请、谁答复的。", ["stalling"], 0),
    ("关系保归谁办", "被反映的是村干部的，镇纪委；是局机关干部职工的，派驻纪检监察组。", ["nepotism"], 198),
)


def a_call_cut_off(at: datetime) -> None:
    """A call that the operator could not finish, and that waits on her desk until it is a lead or put aside."""
    keeping.keep(CUT_OFF, CUT_OFF[0][1], keeping.Window("", 0), stop=False, by=hotline.by_role(Role.OPERATOR), at=at)


def sheets_for_a_day_without_power(at: datetime) -> None:
    """Numbered sheets beside the telephone: two came back spoilt, and the one between them is missing."""
    operator = hotline.by_role(Role.OPERATOR)
    sheets = paper.hand_out(6, operator, by=operator, at=at)
    for sheet in (sheets[0], sheets[2]):
        paper.void(sheet, reason="茶水打翻，写坏了，没有来电。", by=operator, at=at + timedelta(hours=3))


def what_operators_say(at: datetime) -> None:
    """Approved wording, and two short answers, of which one has had its day."""
    keeper, until = hotline.by_role(Role.LEDGER_KEEPER), day_of(at) + timedelta(days=200)
    for title, words in SAID:
        phrases.add(PhraseKind.WORDING, title, words, [], None, by=keeper, at=at)
    for title, words, problems, days in KNOWN:
        good = until - timedelta(days=days)
        phrases.add(PhraseKind.KNOWLEDGE, title, words, problems, good, by=keeper, at=at)
