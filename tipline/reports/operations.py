"""The report as a spreadsheet, for whoever may take it out of the house."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from tipline.kit.dates import Month, day_of
from tipline.kit.sheets import Cell, Sheet, workbook
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.reports.across import TOLD_ACROSS
from tipline.reports.models import MonthSeal
from tipline.reports.queries import Crossing, Line, Report, Section
from tipline.reports.rules import FEW, TOTAL, Span
from tipline.typical_cases.rules import spoken

WIDTHS = (30, 9, 9, 9, 9, 9)
UNKNOWN = "—"
SEVERAL = Sentence("一件涉及几类的，各行都计，合计不等于总数；办结不足%(few)s件的只列件数，不算百分比。", {"few": FEW})


class MonthlyReport:
    """A month's report as something the trail can name."""

    def __init__(self, month: Month) -> None:
        self.ref = editions.mark(f"monthly-report/{month}")


def export(report: Report, *, by: Officer, at: datetime) -> bytes:
    """Take the report out as a spreadsheet; the trail says who took which month, and when."""
    sealed = {"digest": report.seal.digest} if report.seal else {}
    witness(Act.EXPORT_STATISTICS, MonthlyReport(report.month), by=by, at=at, month=str(report.month), **sealed)
    return as_workbook(report)


def as_workbook(report: Report) -> bytes:
    """The page as a workbook, one sheet per table: the towns' month, what came together so far, and each crossing."""
    towns = (_sheet(report, span) for span in (Span.MONTH, Span.ALL))
    across = (_crossing(report, crossing) for crossing in report.crossings)
    return workbook(*towns, *across, *_corrections(report))


def file_name(month: Month) -> str:
    """What the file is called; a name of letters and digits passes every mail server."""
    return f"tipline-{month}.xlsx"


def value(line: Line, span: Span, town: str = TOTAL) -> int | Decimal:
    """A number as it is shown: money in yuan."""
    number = line.number(span, town)
    return Decimal(number) / 100 if line.is_money else number


def _sheet(report: Report, by: Span) -> Sheet:
    heads = [_("项目"), said(Span.MONTH), said(Span.BEFORE), _("增减"), said(Span.YEAR_AGO), said(Span.ALL)]
    return Sheet(
        name=_("各镇%(span)s", span=said(by)),
        above=_above(report),
        heads=[*heads, *(said(name) for _code, name in report.towns)],
        rows=_lines(report, by),
        widths=WIDTHS,
    )


def _above(report: Report) -> list[str]:
    title = _("%(month)s农村低保专项治理月报", month=said(spoken(report.month)))
    lines = [title, _("期限、督办和排查截至%(day)s；已作废、密送和回避件不计入。", day=said(report.on))]
    if report.seal and report.seal.decided_at:
        lines.append(said(seal_words(report.seal)))
    return lines


def seal_words(seal: MonthSeal) -> Sentence:
    """What every copy of a sealed report says of its seal."""
    day = day_of(seal.decided_at or seal.proposed_at)
    return Sentence("已封账（%(day)s），SHA-256：%(digest)s", {"day": day, "digest": seal.digest})


def _corrections(report: Report) -> Iterator[Sheet]:
    """What was corrected since the month was sealed, on a sheet of its own."""
    if not report.seal or not report.seal.corrections:
        return
    lines, names = {line.figure.key: line for line in report.lines}, {TOTAL: TOTAL, **dict(report.towns)}
    heads = [_("项目"), _("时段"), _("镇"), _("封账数"), _("应为"), _("理由"), _("更正人"), _("日期")]
    yield Sheet(
        name=_("更正"),
        above=_above(report),
        heads=heads,
        rows=(
            [
                said(line.figure.label),
                said(one.span),
                said(names.get(one.town, one.town)),
                *((Decimal(n) / 100 if line.is_money else n) for n in (one.was, one.becomes)),
                one.reason,
                one.entered_by.name,
                day_of(one.entered_at),
            ]
            for one in report.seal.corrections
            if (line := lines.get(one.figure))
        ),
        widths=WIDTHS[:1],
    )


def _lines(report: Report, by: Span) -> Iterator[list[Cell]]:
    for section in report.sections:
        yield [said(section.part)]
        yield from (_line(report, line, by) for line in section.lines)
        if section.unlisted:
            yield [unlisted(section)]
    if report.empty:
        yield [unmet(report)]


def _line(report: Report, line: Line, by: Span) -> list[Cell]:
    towns = [value(line, Span.MONTH if line.is_standing else by, code) for code, _name in report.towns]
    told: list[Cell] = [cell(line, span) for span in (Span.MONTH, Span.BEFORE, Span.YEAR_AGO, Span.ALL)]
    change = value(line, Span.MONTH) - value(line, Span.BEFORE) if line.knows(Span.BEFORE) else cell(line, Span.BEFORE)
    return [said(line.figure.label), *told[:2], change, *told[2:], *towns]


def cell(line: Line, span: Span, town: str = TOTAL) -> Cell:
    """A number as a table shows it: nothing where nothing can be asked, a dash where nothing is known."""
    if line.knows(span):
        return value(line, span, town)
    return None if line.is_standing else UNKNOWN


def _crossing(report: Report, crossing: Crossing) -> Sheet:
    spans = (Span.MONTH, Span.ALL)
    heads = [_("%(what)s（%(span)s）", what=said(asked), span=said(span)) for asked in TOLD_ACROSS for span in spans]
    return Sheet(
        name=said(crossing.across),
        above=[*_above(report), said(SEVERAL)],
        heads=[said(crossing.across), *heads, *(_("查实率（%(span)s）", span=said(span)) for span in spans)],
        rows=([said(name), *_across(row, spans)] for name, row in crossing.rows),
        widths=WIDTHS[:1],
    )


def _across(row: list[Line | None], spans: tuple[Span, ...]) -> Iterator[Cell]:
    yield from (cell(line, span) if line else UNKNOWN for line in row for span in spans)
    yield from (Crossing.share(row, span) or UNKNOWN for span in spans)


def unlisted(section: Section) -> str:
    """What is said instead of lines that have never been anything but zero."""
    return said(Sentence("其余%(n)s项累计都是0", {"n": section.unlisted}))


def unmet(report: Report) -> str:
    """What is said instead of parts of which nothing has been met."""
    return said(Sentence("累计都是0：%(parts)s", {"parts": "、".join(said(part) for part in report.empty)}))
