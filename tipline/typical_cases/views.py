"""Typical cases at the counter: the towns' months, filing, accepting, returning."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.time import now, today
from tipline.typical_cases import operations, queries, rules
from tipline.typical_cases import signals as _signals  # noqa: F401 (what this room tells of towns)
from tipline.typical_cases.forms import CaseForm, FilingForm, NilForm, ReturnForm, row_of
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCaseReport
from tipline.typical_cases.queries import Cell
from tipline.typical_cases.rules import Standing

bp = Doors("typical_cases", __name__, url_prefix="/typical-cases", by_campaign=True)

SHAPES: dict[Standing, tuple[str, str | None]] = {
    Standing.OWED: ("clock", None),
    Standing.LATE: ("alert", None),
    Standing.FILED: ("send", "quiet"),
    Standing.NIL: ("dot", "quiet"),
    Standing.RETURNED: ("undo", None),
    Standing.ACCEPTED: ("check", "done"),
    Standing.ACCEPTED_NIL: ("check", "done"),
}
"""How each standing looks: its icon, and its tone where that is not the nearness of the due day."""


@bp.get("/", act=Act.READ_TYPICAL_CASES, listed=True)
def index() -> ResponseReturnValue:
    grid = queries.grid(current_user, today())
    rows = [(town.name, [shown(cell) for cell in cells]) for town, cells in grid.rows]
    owed = [cell for _town, cells in grid.rows for cell in cells if rules.owes(queries.filed(cell.report))]
    return render_template("typical_cases/index.html", months=grid.months, rows=rows, owed=owed, today=today())


@bp.get("/months/<month>", act=Act.READ_TYPICAL_CASES, listed=True)
def month(month: str) -> ResponseReturnValue:
    asked = asked_month(month)
    cells = queries.month_of(current_user, asked, today())
    counts = queries.case_counts(asked)
    lines = [(cell, shown(cell), counts.get(cell.report.id, 0) if cell.report else 0) for cell in cells]
    return render_template("typical_cases/month.html", month=asked, lines=lines)


@bp.get("/months/<month>/filing", act=Act.FILE_REPORT)
def filing(month: str) -> ResponseReturnValue:
    asked = asked_month(month)
    report = queries.report_of(current_user.office, asked)
    if report and not rules.owes(queries.filed(report)):
        return redirect(url_for(".show", key=report.key))
    again = [row_of(case) for case in report.cases] if report else []
    return filing_page(asked, FilingForm(cases=again), NilForm(prefix="nil"))


@bp.post("/months/<month>/file-report", act=Act.FILE_REPORT)
def file_report(month: str) -> ResponseReturnValue:
    asked, form = asked_month(month), FilingForm()
    if form.rearrange(request.form.get("add"), request.form.get("remove")):
        return filing_page(asked, form, NilForm(None, prefix="nil"))
    traces = list(form.traces())
    if not form.validate_on_submit() or (traces and not form.looked_over.data):
        return filing_page(asked, form, NilForm(None, prefix="nil"), traces), 422
    operations.file(asked, form.told(), signatory=form.signatory.data, by=current_user, at=now())
    db.session.commit()
    flash(_("%(month)s典型案例已报送。", month=said(rules.spoken(asked))))
    return redirect(url_for(".index"))


@bp.post("/months/<month>/file-nil", act=Act.FILE_NIL_REPORT)
def file_nil(month: str) -> ResponseReturnValue:
    asked, form = asked_month(month), NilForm(prefix="nil")
    if not form.validate_on_submit():
        return filing_page(asked, FilingForm(None), form), 422
    operations.file_nil(asked, signatory=form.signatory.data, by=current_user, at=now())
    db.session.commit()
    flash(_("%(month)s零报告已报送。", month=said(rules.spoken(asked))))
    return redirect(url_for(".index"))


@bp.get("/<key>", act=Act.READ_TYPICAL_CASES)
def show(key: str) -> ResponseReturnValue:
    return report_page(seen(key), ReturnForm())


@bp.post("/<key>/accept-report", act=Act.ACCEPT_REPORT)
def accept_report(key: str) -> ResponseReturnValue:
    report = seen(key)
    operations.accept(report, by=current_user, at=now())
    db.session.commit()
    flash(_("已接收%(town)s的月报。", town=report.office.name))
    return redirect(url_for(".month", month=str(report.month)))


@bp.post("/<key>/return-report", act=Act.RETURN_REPORT)
def return_report(key: str) -> ResponseReturnValue:
    report, form = seen(key), ReturnForm()
    if not form.validate_on_submit():
        return report_page(report, form), 422
    operations.send_back(report, reason=form.reason.data, by=current_user, at=now())
    db.session.commit()
    flash(_("已退回%(town)s，请其改正后重新报送。", town=report.office.name))
    return redirect(url_for(".month", month=str(report.month)))


def seen(key: str) -> TypicalCaseReport:
    """The report, or a 404 for whoever may not see it."""
    report: TypicalCaseReport = db.one_or_404(queries.visible_to(current_user).where(TypicalCaseReport.key == key))
    return report


def asked_month(text: str) -> Month:
    """The month of an address. One that nobody has asked for is refused with the reason."""
    try:
        month = Month.parse(text)
    except ValueError:
        abort(404)
    rules.require_asked(month, today(), editions.notice())
    return month


def shown(cell: Cell) -> dict[str, str]:
    """A cell as the grid draws it: tone, icon, word, and the way on."""
    icon, tone = SHAPES[cell.at.standing]
    word = said(cell.at.standing)
    return {
        "tone": tone or cell.at.tone.value,
        "icon": icon,
        "word": _("%(standing)s（迟报）", standing=word) if cell.at.filed_late else word,
        "url": way_to(cell),
    }


def way_to(cell: Cell) -> str:
    """From a cell to its report; to the form for the clerk who owes it; otherwise to the month."""
    if cell.report is not None:
        return url_for(".show", key=cell.report.key)
    if may_file(cell.town.id):
        return url_for(".filing", month=str(cell.month))
    return url_for(".month", month=str(cell.month))


def may_file(office_id: int) -> bool:
    """Whether the reader files for that town."""
    return bool(current_user.may(Act.FILE_REPORT) and current_user.office_id == office_id)


def filing_page(
    month: Month, form: FilingForm, nil: NilForm, traces: list[tuple[int, rules.Trace]] | None = None
) -> str:
    """The page on which a clerk files a month, with or without cases."""
    if current_user.office not in queries.towns():
        abort(404)
    report = queries.report_of(current_user.office, month)
    return render_template(
        "typical_cases/filing.html",
        returned=report.return_reason if report and report.state is ReportState.RETURNED else None,
        month=month,
        form=form,
        nil=nil,
        traces=traces or [],
        blank=CaseForm(None, prefix="cases-__n__-"),
        cell=next(cell for cell in queries.month_of(current_user, month, today())),
    )


def report_page(report: TypicalCaseReport, form: ReturnForm) -> str:
    """One town's month as it was filed, with the acts that are open to the reader."""
    acts = [act for act in report.life.open_acts(report.state) if current_user.may(act)]
    notice = editions.notice()

    def named(taxonomy: str, key: str) -> Labelled | object:
        return notice.term(taxonomy, key).name

    return render_template(
        "typical_cases/show.html",
        report=report,
        acts=acts,
        form=form,
        named=named,
        may_file=may_file(report.office_id),
        history=queries.history(report),
    )
