"""The monthly report at the counter: the page, the rows behind each number, the spreadsheet."""

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.sheets import MIME
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.doors import Doors
from tipline.office.time import now, today
from tipline.reports import operations, queries
from tipline.reports import rows as counted
from tipline.reports.across import TOLD_ACROSS, figure_of
from tipline.reports.figures import AnyFigure
from tipline.reports.queries import Line, Report
from tipline.reports.rules import TOTAL, Across, Asked, Part, Span

bp = Doors("reports", __name__, url_prefix="/reports")

FIRST = (Asked.LEADS, Asked.HANDED_OVER, Asked.CONCLUDED, Asked.OVERDUE)
"""The figures that stand large over the table."""
MOST_BARS = 9


@bp.get("/", act=Act.READ_STATISTICS)
def index() -> ResponseReturnValue:
    report = queries.report(asked_month(), today(), current_user, [asked_across()])
    scope = whole()
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
        first=[report.line(key) for key in FIRST],
        problems=most_reported(report, scope),
        walled=counted.walled_here(current_user, queries.times_of(report.month, today())),
        unlisted=operations.unlisted,
        unmet=operations.unmet,
        behind=lambda line, span, town=TOTAL: behind(report, line, span, town),
    )


@bp.get("/rows/<figure>", act=Act.READ_STATISTICS)
def rows(figure: str) -> ResponseReturnValue:
    month, span, town = asked_month(), asked_span(), request.args.get("town", TOTAL)
    times = queries.times_of(month, today())
    asked = figure_of(figure, editions.notice(), times) or abort(404)
    columns = dict(queries.columns_for(current_user, queries.towns(editions.notice())))
    if town not in columns and town != whole():
        abort(404)
    found = counted.rows(asked, span, town, times, current_user, request.args.get("after"))
    return render_template(
        "reports/rows.html",
        figure=asked,
        month=month,
        span=span,
        town=town,
        name=columns.get(town, TOTAL),
        found=found,
        open_row=lambda row: way_to(asked, row.key),
    )


@bp.post("/export", act=Act.EXPORT_STATISTICS)
def export() -> ResponseReturnValue:
    report = queries.report(asked_month(), today(), current_user)
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
    return url_for(".rows", figure=line.figure.key, month=str(report.month), span=str(span), town=town)


def most_reported(report: Report, scope: str) -> list[Line]:
    """The problems told of most often this month and last."""
    lines = [line for section in report.sections if section.part is Part.PROBLEM for line in section.lines]
    lines.sort(key=lambda line: (-line.number(Span.MONTH, scope), -line.number(Span.BEFORE, scope)))
    return [line for line in lines if line.number(Span.MONTH, scope) or line.number(Span.BEFORE, scope)][:MOST_BARS]


def way_to(figure: AnyFigure, key: str) -> str | None:
    """From a row to its paper, for whoever may open it there."""
    act = getattr(current_app.view_functions.get(figure.family.endpoint), "act", None)
    return url_for(figure.family.endpoint, key=key) if act is not None and current_user.may(act) else None
