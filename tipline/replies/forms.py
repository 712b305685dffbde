"""What a person may type between the house and its reporters."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from tipline.kit.identity import digits_of, tidy
from tipline.office import editions, roster
from tipline.office.frame import said
from tipline.replies.models import Manner, Outcome

LONGEST = 4000
DIGITS = 16
MANNERS = {manner.value: manner for manner in Manner}
OUTCOMES = {outcome.value: outcome for outcome in Outcome}


def _tidy(text: str | None) -> str:
    return tidy(text or "")


def _digits(text: str | None) -> str:
    return digits_of(text or "")


class WordsForm(FlaskForm):
    """A few words, and nothing else."""

    words = TextAreaField(
        _l("内容"), filters=[_tidy], validators=[DataRequired(_l("请写明内容。")), Length(max=LONGEST)]
    )


class TellForm(WordsForm):
    """How a named reporter was told, and in which words."""

    manner = RadioField(
        _l("告知方式"), choices=lambda: [(manner.value, said(manner)) for manner in Manner], validators=[DataRequired()]
    )

    @property
    def how(self) -> Manner:
        return MANNERS[self.manner.data]


class ObjectionForm(WordsForm):
    """What the reporter holds against the result."""

    new_evidence = BooleanField(_l("提出了新的证据或线索"))


class CodeForm(FlaskForm):
    """Sixteen digits as a caller says them, with or without pauses."""

    code = StringField(_l("查询码"), filters=[_digits], validators=[DataRequired(_l("请输入来电人说的16位数字。"))])

    def validate_code(self, field: StringField) -> None:
        if len(field.data) != DIGITS:
            raise ValidationError(_("查询码是16位数字，现在有%(n)s位，请来电人再说一遍。", n=len(field.data)))


class AdditionForm(WordsForm):
    """What the caller adds; `pass_` remembers whose mailbox is open."""

    pass_ = HiddenField(validators=[DataRequired()])


class CheckInForm(FlaskForm):
    """What a call to a named reporter found."""

    outcome = RadioField(
        _l("回访结果"), choices=lambda: [(it.value, said(it)) for it in Outcome], validators=[DataRequired()]
    )
    words = TextAreaField(_l("举报人所说"), filters=[_tidy], validators=[Length(max=LONGEST)])

    @property
    def found(self) -> Outcome:
        return OUTCOMES[self.outcome.data]


def _posts() -> list[tuple[str, str]]:
    return [(post.key, said(post.name)) for post in editions.notice().posts]


def _towns() -> list[tuple[str, str]]:
    return [("", ""), *((town.code, town.name) for town in roster.towns())]


class RetaliationForm(FlaskForm):
    """Who is said to make the reporter pay for it."""

    post = SelectField(_l("职务"), choices=_posts, validators=[DataRequired()])
    name = StringField(_l("姓名（不知道可不填）"), filters=[_tidy], validators=[Length(max=60)])
    town = SelectField(_l("所在镇"), choices=_towns)
