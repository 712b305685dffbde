"""What somebody writes who puts a sealed figure right."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from tipline.leads.forms import ReasonForm
from tipline.office import editions
from tipline.office.frame import said
from tipline.reports import queries, sealing
from tipline.reports.models import MonthSeal
from tipline.reports.rules import SPANS, TOTAL, Span

LARGEST = 10**12


class CorrectionForm(ReasonForm):
    """Which figure of a sealed month should have been what, and why."""

    figure = SelectField(_l("项目"))
    span = SelectField(_l("时段"))
    town = SelectField(_l("镇"))
    becomes = DecimalField(
        _l("应为"),
        description=_l("钱款按元填写。封账的数字不变，更正列在下面。"),
        validators=[InputRequired(_l("请填写应为多少。")), NumberRange(min=0, max=LARGEST)],
    )

    def about(self, seal: MonthSeal) -> "CorrectionForm":
        """The form with the figures of that month."""
        report = sealing.as_counted(seal, across=())
        self._money = {line.figure.key for line in report.lines if line.is_money}
        self.figure.choices = [
            (line.figure.key, f"{said(line.figure.part)}：{said(line.figure.label)}") for line in report.lines
        ]
        self.span.choices = [(span.value, said(span)) for span in (Span.MONTH, Span.ALL)]
        towns = queries.towns(editions.edition(seal.edition_digest))
        self.town.choices = [(TOTAL.value, said(TOTAL)), *towns]
        return self

    def validate_becomes(self, field: DecimalField) -> None:
        """A number of matters is whole, and money has no less than a fen."""
        finest = Decimal("0.01") if self.figure.data in self._money else Decimal(1)
        if field.data is not None and field.data % finest:
            raise ValidationError(_("件数填整数，钱款最多到分。"))

    def said(self) -> dict[str, Any]:
        """The correction as the operation wants it: money in fen."""
        amount = self.becomes.data or Decimal(0)
        is_money = self.figure.data in self._money
        return {
            "figure": self.figure.data,
            "span": SPANS[self.span.data],
            "town": self.town.data,
            "becomes": int(amount * 100) if is_money else int(amount),
            "reason": self.reason.data,
        }
