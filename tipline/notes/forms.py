"""What a person may type beside a paper."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.kit.identity import tidy
from tipline.office.models import Officer

LONGEST = 4000


class NoteForm(FlaskForm):
    """A few words for the ring that the page has named."""

    text = TextAreaField(
        _l("内容"),
        filters=[lambda text: tidy(text or "")],
        validators=[DataRequired(_l("请写明备注内容。")), Length(max=LONGEST)],
    )


class AskForm(FlaskForm):
    """Which colleague should look."""

    officer = SelectField(_l("同事"), validators=[DataRequired()])

    def among(self, colleagues: list[Officer]) -> "AskForm":
        """Only those who may read the paper are offered."""
        self.officer.choices = [(colleague.key, colleague.name) for colleague in colleagues]
        return self
