"""The counter, the work calendar: which years are entered, and entering one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.words import Bilingual
from tipline.law.calendar import DayRow, missing_year_alarm
from tipline.office import calendars, time, year_sheet
from tipline.office.charter import Act
from tipline.office.counter import bp
from tipline.office.forms import YearForm
from tipline.office.frame import said


@bp.get("/admin/calendar", act=Act.EDIT_CALENDAR)
def calendar_page() -> ResponseReturnValue:
    years = calendars.known_years()
    following = max((year.year for year in years), default=time.today().year - 1) + 1
    return _calendar_page(YearForm(year=following, lines=year_sheet.HEAD))


def _calendar_page(form: YearForm) -> str:
    missing = missing_year_alarm(time.today(), calendars.calendar())
    return render_template("office/calendar.html", form=form, years=calendars.known_years(), missing=missing)


@bp.get("/admin/calendar/<int:year>", act=Act.EDIT_CALENDAR)
def calendar_year(year: int) -> ResponseReturnValue:
    known = next((known for known in calendars.known_years() if known.year == year), None)
    if known is None:
        abort(404)
    days = [(day.day, day.kind, said(Bilingual(day.name, day.name_en))) for day in calendars.days_of(year)]
    return render_template("office/calendar_year.html", known=known, days=days)


@bp.post("/admin/calendar/preview", act=Act.EDIT_CALENDAR)
def preview_year() -> ResponseReturnValue:
    """Shows what would be entered; changes nothing."""
    form = YearForm()
    if not form.validate_on_submit():
        return _calendar_page(form), 422
    try:
        text = year_sheet.text_of(form.file.data.read() if form.file.data else form.lines.data)
        rows = year_sheet.rows_of(text, form.year.data)
    except Incomplete as refusal:
        (form.file if form.file.data else form.lines).errors = [said(refusal.sentence)]
        return _calendar_page(form), refusal.status
    return _preview(form.year.data, text, rows)


def _preview(year: int, text: str, rows: tuple[DayRow, ...]) -> str:
    return render_template(
        "office/calendar_preview.html",
        year=year,
        text=text,
        source=rows[0].source,
        days=[(row.day, row.kind, said(row.name)) for row in rows],
        replaced=len(calendars.days_of(year)),
    )


@bp.post("/admin/calendar/enter", act=Act.EDIT_CALENDAR)
def enter_year() -> ResponseReturnValue:
    form = YearForm()
    if not form.validate_on_submit():
        return _calendar_page(form), 422
    year, rows = form.year.data, year_sheet.rows_of(year_sheet.text_of(form.lines.data), form.year.data)
    calendars.enter_year(year, rows, source=rows[0].source, by=current_user, at=time.now())
    db.session.commit()
    flash(_("%(year)s年的放假安排已录入，共%(n)s天。", year=year, n=len(rows)))
    return redirect(url_for(".calendar_year", year=year))
