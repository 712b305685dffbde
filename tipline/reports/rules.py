"""What the figures are about, in words: the spans of time and the questions that have no name in the notice."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tipline.kit.dates import Month, at_clock
from tipline.kit.words import Labelled
from tipline.law.calendar import Calendar
from tipline.law.clocks import SOON_WORKING_DAYS


class Column(Labelled):
    """A column of the report that is no town."""

    TOTAL = "total", "全区"
    ELSEWHERE = "elsewhere", "其他"


TOTAL, ELSEWHERE = Column.TOTAL, Column.ELSEWHERE


class Span(Labelled):
    """Over which time something is counted."""

    MONTH = "month", "本月"
    BEFORE = "before", "上月"
    YEAR_AGO = "year-ago", "上年同月"
    ALL = "all", "累计"


SPANS = {span.value: span for span in Span}


class Part(Labelled):
    """A part of the monthly report, in the order of the page."""

    RECEIVED = "received", "登记"
    PROBLEM = "problem", "问题类型"
    WRONG = "wrong", "错保类型"
    RANK = "rank", "被反映人类别（人次）"
    BODY = "body", "移送去向（人次）"
    HANDLING = "handling", "办理（人次）"
    FINDING = "finding", "查办结果（人次）"
    OUTCOME = "outcome", "处理（人）"
    FORM = "form", "四种形态（人）"
    PARTY = "party", "党纪处分（人次）"
    ADMIN = "admin", "政务处分（人次）"
    BELOW = "below", "处分以下措施（人次）"
    ORGANISATIONAL = "organisational", "组织处理（人次）"
    MONEY = "money", "钱款"
    CORRECTION = "correction", "低保纠正（户）"
    TOLERANCE = "tolerance", "容错纠错（件）"
    SUPERVISION = "supervision", "专案督办"
    TYPICAL = "typical", "典型案例"
    DUTIES = "duties", "报送任务"
    SCREENING = "screening", "排查（户）"
    INSPECTION = "inspection", "督查发现（个）"
    HOTLINE = "hotline", "举报电话"
    KINSHIP = "kinship", "近亲属备案（人）"
    STANDING = "standing", "期限"
    WORK = "work", "办理中，按移送后天数"
    AGE = "age", "督办中，按批准后天数"


class Asked(Labelled):
    """A figure that is no word of the notice."""

    LEADS = "leads", "登记线索（件）"
    NAMED = "named", "其中实名"
    ANONYMOUS = "anonymous", "其中匿名"
    REPEATS = "repeats", "其中重复件"
    REFUSED = "refused", "不予受理"
    PASSED_ON = "passed_on", "转外地"
    HANDED_OVER = "handed_over", "已移送"
    SIGNED_FOR = "signed_for", "已签收"
    CASES_FILED = "cases_filed", "已立案"
    CONCLUDED = "concluded", "已办结"
    RECOVERED = "recovered", "追缴退赔（元）"
    FOUND_TRUE = "found_true", "查实"
    SANCTIONED = "sanctioned", "受处分"
    TRANSFERRED = "transferred", "移送检察机关（人）"
    TOLERATED = "tolerated", "按容错纠错办结（件）"
    OPENED = "opened", "批准督办（件）"
    RELEASED = "released", "解除督办（件）"
    REPORTS = "reports", "报来月报"
    NIL = "nil", "其中零报告"
    CASES = "cases", "报来案例"
    CIRCULATED = "circulated", "印发通报（份）"
    READ = "read", "各镇阅知通报"
    TAUGHT = "taught", "警示教育（次）"
    FALLEN_DUE = "fallen_due", "到期"
    IN_TIME = "in_time", "其中按时完成"
    TOO_LATE = "too_late", "其中迟报"
    MISSING = "missing", "其中逾期未报"
    VILLAGES_DUE = "villages_due", "村（居）到期"
    VILLAGES_MISSING = "villages_missing", "其中村（居）逾期未报"
    SCREENED = "screened", "已排查"
    WITHOUT_CONCLUSION = "without_conclusion", "其中尚无结论"
    FINDINGS = "findings", "交办的督查问题"
    RECTIFIED = "rectified", "其中已整改"
    DIALLED = "dialled", "拨测（次）"
    FAILED_TESTS = "failed_tests", "其中未通过"
    MISSED_CALLS = "missed_calls", "未接来电（个）"
    RUNG_BACK = "rung_back", "其中已回拨"
    FILED = "filed", "已备案"
    OVERDUE = "overdue", "办理中，已超期"
    DUE_TODAY = "due_today", "办理中，今日到期"
    DUE_SOON = "due_soon", "办理中，将到期"
    WORK_YOUNG = "work_young", "30天以内"
    WORK_OLDER = "work_older", "31至90天"
    WORK_OLD = "work_old", "90天以上"
    YOUNG = "young", "30天以内"
    OLDER = "older", "31至90天"
    OLD = "old", "90天以上"


WITHIN = frozenset(
    {
        Asked.NAMED,
        Asked.ANONYMOUS,
        Asked.REPEATS,
        Asked.NIL,
        Asked.IN_TIME,
        Asked.TOO_LATE,
        Asked.MISSING,
        Asked.VILLAGES_MISSING,
        Asked.RECTIFIED,
        Asked.FAILED_TESTS,
        Asked.RUNG_BACK,
        Asked.WITHOUT_CONCLUSION,
    }
)
"""Figures that are a share of the one before them."""


class Across(Labelled):
    """By what the figures may be read across, beside the towns."""

    PROBLEM = "problem", "问题类型"
    WRONG = "wrong", "错保类型"
    CHANNEL = "channel", "来源渠道"
    RANK = "rank", "被反映人类别"
    DISPOSITION = "disposition", "处置方式"


NEW_FOR, OLD_AFTER = timedelta(days=30), timedelta(days=90)
FEW = 20
"""Of fewer than so many no percentage is told: one case more or less would turn it over."""


@dataclass(frozen=True)
class Times:
    """The month that is reported and the day on which one looks."""

    month: Month
    on: date
    soon: date
    """The last day that counts as soon."""
    since: Month
    """The first month of which anything is known."""
    months: int = 1
    """How many months are counted as one; `month` is the last of them."""

    @property
    def first(self) -> datetime:
        return midnight(back(self.month, self.months - 1).first)

    @property
    def before(self) -> datetime:
        return midnight(back(self.month, 2 * self.months - 1).first)

    @property
    def end(self) -> datetime:
        """The first moment that no longer belongs to the month."""
        return midnight(self.month.next().first)

    @property
    def year_ago(self) -> tuple[datetime, datetime]:
        """The same month a year before: its first moment, and the first that no longer belongs to it."""
        month = back(self.month, 12)
        return midnight(back(month, self.months - 1).first), midnight(month.next().first)

    @property
    def known(self) -> frozenset[Span]:
        """The spans of which anything is known: a month before the first is not nought, it is nobody's knowledge."""
        reaches = {Span.BEFORE: self.month.previous(), Span.YEAR_AGO: Month(self.month.year - 1, self.month.number)}
        return frozenset(span for span in Span if reaches.get(span, self.month) >= self.since)

    @property
    def newest(self) -> datetime:
        """Before this moment what is being handled is no longer new."""
        return midnight(self.on) - NEW_FOR

    @property
    def oldest(self) -> datetime:
        """Before this moment it is old."""
        return midnight(self.on) - OLD_AFTER

    def bounds(self, span: Span) -> tuple[datetime | None, datetime]:
        """From when and until before when a span reaches."""
        if span is Span.MONTH:
            return self.first, self.end
        if span is Span.YEAR_AGO:
            return self.year_ago
        return (self.before, self.first) if span is Span.BEFORE else (None, self.end)


def times(month: Month, on: date, calendar: Calendar, since: Month, months: int = 1) -> Times:
    """The month's times as seen on that day; `since` is the first month that can be reported."""
    return Times(month, on, calendar.add_working_days(on, SOON_WORKING_DAYS), since, months)


def back(month: Month, by: int) -> Month:
    """So many months earlier."""
    number = month.year * 12 + month.number - 1 - by
    return Month(number // 12, number % 12 + 1)


def share(part: int, whole: int) -> str | None:
    """How much of the whole: of few as it was counted, of many with its percentage; None of nothing."""
    if not whole:
        return None
    if whole < FEW:
        return f"{part}/{whole}"
    percent = (Decimal(part) * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{percent}% ({part}/{whole})"


def midnight(day: date) -> datetime:
    """The moment at which the office's day begins."""
    return at_clock(day, time())
