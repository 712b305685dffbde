"""What a person may say of an item."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from tipline.checklists.models import Verdict
from tipline.checklists.queries import Line
from tipline.office.frame import said

VERDICTS = {verdict.value: verdict for verdict in Verdict}


class CheckForm(FlaskForm):
    """One item, and what is said of it."""

    item = SelectField(_l("核查事项"), validators=[DataRequired()])
    verdict = RadioField(
        _l("情况"),
        choices=lambda: [(verdict.value, said(verdict)) for verdict in Verdict],
        default=Verdict.DONE.value,
        validators=[DataRequired()],
    )
    remark = StringField(_l("说明（不适用或须重查的，必须写明理由）"), validators=[Length(max=500)])

    def about(self, lines: list[Line]) -> "CheckForm":
        """The items of this referral, those still open first."""
        ordered = sorted(lines, key=lambda line: not line.is_open)
        self.item.choices = [(line.item.key, said(line.item.name)) for line in ordered]
        return self

    @property
    def found(self) -> Verdict:
        return VERDICTS[self.verdict.data]
