"""What a person may type in triage."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.kit.identity import tidy
from tipline.office import editions
from tipline.office.frame import said
from tipline.triage.operations import REASONS

LONGEST = 2000


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _reasons() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(REASONS)]


class QuestionForm(FlaskForm):
    """What the reporter is asked."""

    words = TextAreaField(_l("要问什么"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])


class AnswerForm(FlaskForm):
    """What the reporter answered."""

    words = TextAreaField(_l("答复"), validators=[DataRequired(), Length(min=2, max=LONGEST)], filters=[_tidied])


class RefusalForm(FlaskForm):
    """Why it should not be accepted."""

    reason = RadioField(_l("不予受理的情形"), choices=_reasons, validators=[DataRequired()])
    words = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])


class ReasonForm(FlaskForm):
    """Why."""

    words = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])


class EvidenceForm(FlaskForm):
    """What is new."""

    words = TextAreaField(
        _l("新的证据或情况"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied]
    )


class ToldForm(FlaskForm):
    """How the reporter was told."""

    words = StringField(_l("怎样告知的"), validators=[DataRequired(), Length(min=2, max=200)], filters=[_tidied])


class PassOnForm(FlaskForm):
    """Where it was passed to."""

    words = StringField(_l("转往的机关"), validators=[DataRequired(), Length(min=4, max=120)], filters=[_tidied])


class ReceiptForm(FlaskForm):
    """The receipt that came back."""

    words = StringField(_l("回执编号或签收人"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])


class FilingForm(FlaskForm):
    """Under which number the papers stand."""

    words = StringField(_l("案卷号"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])


class MatterForm(FlaskForm):
    """What the petitioner does not accept, in words of its own."""

    words = TextAreaField(_l("申诉的事项"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])


class WholeForm(FlaskForm):
    """The same, or nothing where the lead says it already."""

    words = TextAreaField(_l("申诉的事项（不填即用原话）"), validators=[Length(max=LONGEST)], filters=[_tidied])
