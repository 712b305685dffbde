"""The report as a spreadsheet, for whoever may take it out of the house."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from tipline.kit.dates import Month
from tipline.kit.sheets import Cell, Sheet, workbook
from tipline.kit.words import Sentence
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.reports.queries import Line, Report, Section
from tipline.reports.rules import TOTAL, Span
from tipline.typical_cases.rules import spoken

WIDTHS = (30, 9, 9, 9, 9)


class MonthlyReport:
    """A month's report as something the trail can name."""

    def __init__(self, month: Month) -> None:
        self.ref = f"monthly-report/{month}"


def export(report: Report, *, by: Officer, at: datetime) -> bytes:
    """Take the report out as a spreadsheet; the trail says who took which month, and when."""
    witness(Act.EXPORT_STATISTICS, MonthlyReport(report.month), by=by, at=at, month=str(report.month))
    return as_workbook(report)


def as_workbook(report: Report) -> bytes:
    """The page as a workbook: one sheet with the towns' month, one with what came together so far."""
    return workbook(_sheet(report, Span.MONTH), _sheet(report, Span.ALL))


def file_name(month: Month) -> str:
    """What the file is called; a name of letters and digits passes every mail server."""
    return f"tipline-{month}.xlsx"


def value(line: Line, span: Span, town: str = TOTAL) -> int | Decimal:
    """A number as it is shown: money in yuan."""
    number = line.number(span, town)
    return Decimal(number) / 100 if line.is_money else number


def _sheet(report: Report, by: Span) -> Sheet:
    heads = [_("项目"), *(said(span) for span in (Span.MONTH, Span.BEFORE)), _("增减"), said(Span.ALL)]
    title = _("%(month)s农村低保专项治理月报", month=said(spoken(report.month)))
    return Sheet(
        name=_("各镇%(span)s", span=said(by)),
        above=[title, _("期限、督办中截至%(day)s；已作废、密送和回避件不计入。", day=said(report.on))],
        heads=[*heads, *(said(name) for _code, name in report.towns)],
        rows=_lines(report, by),
        widths=WIDTHS,
    )


def _lines(report: Report, by: Span) -> Iterator[list[Cell]]:
    for section in report.sections:
        yield [said(section.part)]
        yield from (_line(report, line, by) for line in section.lines)
        if section.unlisted:
            yield [unlisted(section)]


def _line(report: Report, line: Line, by: Span) -> list[Cell]:
    towns = [value(line, Span.MONTH if line.is_standing else by, code) for code, _name in report.towns]
    total = value(line, Span.MONTH)
    if line.is_standing:
        return [said(line.figure.label), total, None, None, None, *towns]
    before = value(line, Span.BEFORE)
    return [said(line.figure.label), total, before, total - before, value(line, Span.ALL), *towns]


def unlisted(section: Section) -> str:
    """What is said instead of lines that have never been anything but zero."""
    return said(Sentence("其余%(n)s项累计都是0", {"n": section.unlisted}))
