"""Figures as they ran, month by month, in one question."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import case, func

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.office import editions
from tipline.reports import queries, sealing
from tipline.reports.families import Condition
from tipline.reports.figures import Figure, figures
from tipline.reports.rules import ELSEWHERE, TOTAL, Asked, Span, Times, midnight

Course = dict[tuple[str, Month, str], int]
"""By figure, month and town; the whole district stands under `TOTAL`."""

SHOWN = 12
"""So many months stand in a drawing."""


def by_month(asked: Sequence[Figure], months: Sequence[Month], *among: Condition) -> Course:
    """Figures of one family and moment in each of these months, oldest first; `among` narrows the rows."""
    family, moment, codes = asked[0].family, asked[0].moment, editions.notice().places
    assert moment is not None
    known = {str(month): month for month in months}
    label = case(*((moment >= midnight(month.first), name) for name, month in reversed(known.items()))).label("month")
    sums = [func.sum(case((figure.where, figure.value), else_=0)) for figure in asked]
    query = family.under(editions.notice().key, family.town.label("town"), label, *sums).where(*among)
    query = query.where(moment >= midnight(months[0].first), moment < midnight(months[-1].next().first))
    ran: Course = defaultdict(int)
    for code, name, *values in db.session.execute(query.group_by("town", "month")):
        for figure, value in zip(asked, values, strict=True):
            for town in (TOTAL, code if code in codes else ELSEWHERE):
                ran[figure.key, known[name], town] += int(value)
    return ran


def leads(times: Times, town: str) -> list[tuple[Month, int]]:
    """The leads of the last months, each number that of the month's own report: sealed where it is sealed."""
    months = [month for month in reversed(queries.months(times.month.last)) if month <= times.month][-SHOWN:]
    figure = next(one for one in figures(editions.notice(), times) if one.key == Asked.LEADS)
    assert isinstance(figure, Figure)
    ran = by_month([figure], months)
    sealed = {seal.month: sealing.read(seal.figures) for seal in sealing.sealed_months() if seal.month in months}
    return [
        (
            month,
            sealed[month].get((figure.key, Span.MONTH, town), 0) if month in sealed else ran[figure.key, month, town],
        )
        for month in months
    ]
