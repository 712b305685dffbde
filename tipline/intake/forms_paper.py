"""What may be typed about numbered sheets of paper, and a call sheet that is copied from one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from tipline.intake import paper
from tipline.intake.fields import Exact, TidyString
from tipline.intake.forms import CallForm
from tipline.intake.models import PaperSheet
from tipline.office import editions
from tipline.office.models import Officer

BETWEEN = _l("一次印1至%(n)s张。", n=paper.MOST)


class HandOutForm(FlaskForm):
    """How many sheets, and who has them."""

    number = IntegerField(
        _l("张数"), default=10, validators=[InputRequired(BETWEEN), NumberRange(1, paper.MOST, BETWEEN)]
    )
    to = SelectField(_l("交给"), validators=[InputRequired(_l("请选择人员。"))])

    def over(self, hands: Iterable[Officer], usual: Officer) -> "HandOutForm":
        """The form with those who take calls here."""
        self.to.choices = [SelectChoice(one.key, one.name) for one in hands]
        self.to.data = self.to.data or usual.key
        return self


class PaperCallForm(CallForm):
    """The call sheet as it is copied from paper: with the true time and hand, and what was said then stands."""

    paper = HiddenField()
    taken_by = SelectField(_l("接听人"), validators=[InputRequired(_l("请选择人员。"))])
    late_reason = TidyString(_l("迟补的原因"), validators=[Length(max=200)])

    def __init__(self, *args: Any, sheet: PaperSheet, hands: list[Officer], **options: Any) -> None:
        self.sheet, self.hands = sheet, hands
        super().__init__(*args, **options)
        self.paper.data = sheet.key
        self.taken_by.choices = [SelectChoice(one.key, one.name) for one in hands]

    def begin(self) -> None:
        super().begin()
        self.received_at.data = ""
        self.taken_by.data = self.sheet.handed_to.key

    @property
    def took(self) -> Officer | None:
        """Who took the call."""
        return next((one for one in self.hands if one.key == self.taken_by.data), None)

    @property
    def envelope(self) -> tuple[Any, ...]:
        return (*super().envelope, self.taken_by, self.late_reason)

    def validate_received_at(self, field: Exact) -> None:
        super().validate_received_at(field)
        printed_at = self.sheet.printed_at - timedelta(minutes=1)
        if field.value is not None and field.value < printed_at:
            raise ValidationError(_("早于这张登记单印制的时间，请核对编号和时间。"))

    def validate_late_reason(self, field: TidyString) -> None:
        took_at = self.received_at.value
        if took_at is not None and not field.data and paper.is_late(took_at, self.now, editions.notice()):
            raise ValidationError(_("补录晚于应登记的那一天，请写明原因。"))

    def validate_told_duty(self, field: BooleanField) -> None:
        """As it stands on the paper: nobody can be told any more."""

    def validate_read_back(self, field: BooleanField) -> None:
        """As it stands on the paper."""
