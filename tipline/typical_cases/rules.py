"""Where a town's month stands, what it owes, and which words a report should not carry."""

import re
from dataclasses import dataclass
from datetime import date

from tipline.kit.dates import Month
from tipline.kit.errors import NotNow
from tipline.kit.words import Labelled
from tipline.law.calendar import Calendar
from tipline.law.campaign import Rhythm, first_reminder_on, month_period
from tipline.law.campaign import spoken as spoken
from tipline.law.clocks import Tone, tone
from tipline.typical_cases.lifecycle import ReportState


class Standing(Labelled):
    """What one cell of the towns' months says."""

    OWED = "owed", "待报"
    LATE = "late", "逾期未报"
    FILED = "filed", "已报送"
    NIL = "nil", "零报告"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"
    ACCEPTED_NIL = "accepted_nil", "零报告已接收"


@dataclass(frozen=True)
class Filed:
    """What the rules need to know of a report."""

    state: ReportState
    nil: bool
    first_filed_on: date
    returned_on: date | None


@dataclass(frozen=True)
class TownMonth:
    """One town's month: where it stands, how near or late that is, and whether it came in late."""

    standing: Standing
    tone: Tone
    due_on: date
    filed_late: bool = False


def town_month(filed: Filed | None, due: date, today: date, calendar: Calendar) -> TownMonth:
    """The status of a town's month from its report, if there is one, and the due day."""
    standing = _standing(filed, due, today)
    near = tone(due, today, calendar) if owes(filed) else Tone.QUIET
    return TownMonth(standing, near, due, filed is not None and filed.first_filed_on > due)


def _standing(filed: Filed | None, due: date, today: date) -> Standing:
    if filed is None:
        return Standing.LATE if today > due else Standing.OWED
    return in_words(filed.state, filed.nil)


def in_words(state: ReportState, nil: bool) -> Standing:
    """How a report stands."""
    if state is ReportState.RETURNED:
        return Standing.RETURNED
    if state is ReportState.ACCEPTED:
        return Standing.ACCEPTED_NIL if nil else Standing.ACCEPTED
    return Standing.NIL if nil else Standing.FILED


def owes(filed: Filed | None) -> bool:
    """A month is owed until something is filed, and again from the day that is returned."""
    return filed is None or filed.state is ReportState.RETURNED


def is_asked_of_a_clerk(month: Month, today: date, notice: Rhythm, calendar: Calendar) -> bool:
    """Whether the month should stand on a clerk's desk: from its first reminder on."""
    return first_reminder_on(notice.typical_cases, month_period(month), notice, calendar) <= today


def require_asked(month: Month, today: date, notice: Rhythm) -> None:
    """Refuse a month that nobody has asked for. Raises NotNow."""
    duty = notice.typical_cases
    if duty.first and month < duty.first:
        raise NotNow("典型案例从%(first)s起报送，%(month)s不用报。", first=spoken(duty.first), month=spoken(month))
    if month > Month.of(today):
        raise NotNow("%(month)s还没有到，到了当月再报。", month=spoken(month))
    if duty.last and month > duty.last:
        raise NotNow("典型案例报送到%(last)s为止，%(month)s不用报。", last=spoken(duty.last), month=spoken(month))


class Unmasked(Labelled):
    """Something in a text that tells more than a case for learning needs."""

    IDENTITY_NUMBER = "identity_number", "疑似身份证号"
    PHONE = "phone", "疑似电话号码"
    BANK_CARD = "bank_card", "疑似银行卡号"
    HOUSEHOLD_NAME = "household_name", "疑似群众全名，请改为“姓＋某”"


@dataclass(frozen=True)
class Trace:
    """One place in a text that should be masked."""

    what: Unmasked
    words: str


# The commonest surnames, without those that are oftener another word (于、和、时、向、金、方…).
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪石廖贾"
    "夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵覃戴莫孔汤温康牛樊葛邢齐庞颜倪庄聂章鲁岳翟殷詹耿焦俞祝甘"
)
_HOUSEHOLD = "户主|低保户|低保对象|困难户|申请人|举报人|反映人|村民|居民|群众|其妻|其夫|其子|其女|其父|其母|妻子|丈夫"
_TRACES = (
    (Unmasked.IDENTITY_NUMBER, re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?![\dXx])")),
    (Unmasked.BANK_CARD, re.compile(r"(?<!\d)62\d{14}(?:\d{3})?(?!\d)")),
    (Unmasked.PHONE, re.compile(r"(?<!\d)(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")),
    (Unmasked.HOUSEHOLD_NAME, re.compile(rf"(?:{_HOUSEHOLD})[：:“‘（( ]?([{_SURNAMES}][一-鿿]{{1,2}})")),
)


def unmasked(text: str) -> tuple[Trace, ...]:
    """What in the text should be masked before others read it: a help for the eye, not a verdict."""
    found = []
    for what, pattern in _TRACES:
        for match in pattern.finditer(text):
            words = match.group(match.lastindex or 0)
            if "某" not in words:
                found.append(Trace(what, words))
    return tuple(dict.fromkeys(found))
