"""The monthly report at the counter: the page, the rows behind each number, the spreadsheet, the seal."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.sheets import MIME
from tipline.leads.forms import ReasonForm
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.doors import Doors, may_enter
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today
from tipline.reports import charts, hotspots, operations, pages, queries, sealing
from tipline.reports import rows as counted
from tipline.reports.across import TOLD_ACROSS, figure_of
from tipline.reports.figures import AnyFigure
from tipline.reports.forms import CorrectionForm
from tipline.reports.models import MonthSeal
from tipline.reports.queries import Line, Report
from tipline.reports.rules import TOTAL, Across, Asked, Part, Span

bp = Doors("reports", __name__, url_prefix="/reports", by_campaign=True)

FIRST = (Asked.LEADS, Asked.HANDED_OVER, Asked.CONCLUDED, Asked.OVERDUE)
"""The figures that stand large over the table."""
MOST_BARS = 9


FORMS: dict[Act, tuple[type[FlaskForm], str]] = {
    Act.DECLINE_SEAL: (ReasonForm, "decline"),
    Act.CORRECT_SEALED: (CorrectionForm, "correct"),
}


def seal(key: str) -> MonthSeal:
    """The seal of a month under the notice one works by; a 404 where there is none."""
    found: MonthSeal = db.one_or_404(select(MonthSeal).filter_by(key=key, notice=editions.notice().key))
    return found


@bp.get("/", act=Act.READ_STATISTICS)
def index() -> ResponseReturnValue:
    return page_of(asked_month())


def page_of(month: Month, kept: Kept | None = None) -> str:
    """The report of a month as it is told, with what may be done to its seal."""
    report = sealing.report(month, today(), current_user, [asked_across()])
    standing, scope = sealing.seal_of(month), whole()
    return render_template(
        "reports/index.html",
        report=report,
        months=queries.months(today()),
        by=asked_span(),
        across=asked_across(),
        dimensions=list(Across),
        told_across=TOLD_ACROSS,
        several=operations.SEVERAL,
        scope=scope,
        charts=charts.charts(report, scope, rows_of),
        first=[line for line in report.lines if line.figure.key in FIRST],
        problems=most_reported(report, scope),
        walled=counted.walled_here(current_user, queries.times_of(report.month, today())),
        unlisted=operations.unlisted,
        unmet=operations.unmet,
        behind=lambda line, span, town=TOTAL: behind(report, line, span, town),
        **pages.around_the_seal(standing, report, current_user, scope, today(), FORMS, kept),
    )


at_counter = Steps(
    seal,
    lambda found, kept: page_of(found.month, kept),
    lambda found: url_for(".index", month=str(found.month)),
    FORMS,
)


@bp.post("/propose-seal", act=Act.PROPOSE_SEAL)
def propose_seal() -> ResponseReturnValue:
    month = asked_month()
    sealing.propose(month, by=current_user, at=now())
    db.session.commit()
    flash(_("已提请封账，等另一人核对后确认。"))
    return redirect(url_for(".index", month=str(month)))


@at_counter.door(bp, Act.CONFIRM_SEAL, "/seals/<key>/confirm-seal")
def confirm_seal(found: MonthSeal, **whose: Any) -> None:
    sealing.confirm(found, **whose)


@at_counter.door(bp, Act.DECLINE_SEAL, "/seals/<key>/decline-seal")
def decline_seal(found: MonthSeal, form: ReasonForm, **whose: Any) -> None:
    sealing.decline(found, reason=form.reason.data, **whose)


@at_counter.door(bp, Act.CORRECT_SEALED, "/seals/<key>/correct")
def correct(found: MonthSeal, form: CorrectionForm, **whose: Any) -> None:
    sealing.correct(found, **form.said(), **whose)


@bp.get("/rows/<figure>", act=Act.READ_STATISTICS, listed=True)
def rows(figure: str) -> ResponseReturnValue:
    month = asked_month()
    with sealing.by_its_words(sealing.sealed(month)):
        return rows_page(figure, month)


def rows_page(key: str, month: Month) -> str:
    """The rows that a number counts; of a sealed month also what the number was."""
    span, town, closed = asked_span(), request.args.get("town", TOTAL), sealing.sealed(month)
    times = queries.times_of(month, closed.counted_on if closed else today())
    asked = figure_of(key, editions.notice(), times) or abort(404)
    columns = dict(queries.columns_for(current_user, queries.towns(editions.notice())))
    if town not in columns and town != whole():
        abort(404)
    found = counted.rows(asked, span, town, times, current_user, request.args.get("after"))
    if not hotspots.is_open(key, found.total, found.seen):
        abort(404)
    was = sealing.read(closed.figures) if closed and not asked.money else {}
    return render_template(
        "reports/rows.html",
        figure=asked,
        month=month,
        span=span,
        town=town,
        name=columns.get(town, TOTAL),
        found=found,
        sealed=was.get((key, span, town), 0) if (key, Span.MONTH, TOTAL) in was else None,
        open_row=lambda row: way_to(asked, row.key),
    )


@bp.get("/hotspots", act=Act.READ_STATISTICS)
def hotspots_page() -> ResponseReturnValue:
    months = queries.months(today())
    month = asked_month()
    found = hotspots.hotspots(month, today(), current_user)

    def way(cell: hotspots.Cell, of: Month) -> str:
        return rows_of(cell.figure, of, Span.MONTH, cell.town[0])

    return render_template(
        "reports/hotspots.html",
        found=found,
        month=month,
        months=months,
        earlier=max((one for one in months if one < month), default=None),
        later=min((one for one in months if one > month), default=None),
        drawn=[found.drawn(n, cell, way) for n, cell in enumerate(found.hot)] if found else [],
        behind=lambda cell: way(cell, cell.month) if cell.number else None,
    )


@bp.post("/export", act=Act.EXPORT_STATISTICS)
def export() -> ResponseReturnValue:
    report = sealing.report(asked_month(), today(), current_user)
    content = operations.export(report, by=current_user, at=now())
    db.session.commit()
    name = operations.file_name(report.month)
    return Response(content, mimetype=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def asked_month() -> Month:
    """The month that is asked for, the running one if none; one without a report is not there."""
    known = queries.months(today())
    text = request.values.get("month")
    found = [month for month in known if text in (None, str(month))]
    return found[0] if found else abort(404)


def asked_span() -> Span:
    """Over which time; the month itself unless said otherwise."""
    text = request.args.get("span", Span.MONTH.value)
    return next((span for span in Span if span == text), None) or abort(404)


def asked_across() -> Across:
    """By what the figures are read across; by the problem unless said otherwise."""
    text = request.args.get("across", Across.PROBLEM.value)
    return next((across for across in Across if across == text), None) or abort(404)


def whole() -> str:
    """What is everything for this reader: the district, or their town."""
    return str(current_user.office.place_code) if current_user.role in TOWN_ROLES else TOTAL


def behind(report: Report, line: Line, span: Span, town: str) -> str | None:
    """The way from a number to its rows; a town's reader has none to the district's."""
    span = Span.MONTH if line.is_standing else span
    if not line.knows(span) or not line.number(span, town) or (town == TOTAL and whole() != TOTAL):
        return None
    return rows_of(line.figure.key, report.month, span, town)


def rows_of(figure: str, month: Month, span: Span, town: str) -> str:
    """The address of the rows that a figure counts."""
    return url_for(".rows", figure=figure, month=str(month), span=str(span), town=town)


def most_reported(report: Report, scope: str) -> list[Line]:
    """The problems told of most often this month and last."""
    lines = [line for section in report.sections if section.part is Part.PROBLEM for line in section.lines]
    lines.sort(key=lambda line: (-line.number(Span.MONTH, scope), -line.number(Span.BEFORE, scope)))
    return [line for line in lines if line.number(Span.MONTH, scope) or line.number(Span.BEFORE, scope)][:MOST_BARS]


def way_to(figure: AnyFigure, key: str) -> str | None:
    """From a row to its paper, for whoever may open it there."""
    endpoint = figure.family.endpoint
    return url_for(endpoint, key=key) if may_enter(endpoint, current_user) else None
