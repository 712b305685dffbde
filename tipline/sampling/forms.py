"""What a person may type about a draw and a call-back."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange

from tipline.kit.identity import tidy
from tipline.office import editions
from tipline.office.frame import said
from tipline.sampling.queries import OUTCOMES, PAPERS

LONGEST = 4000
MOST = 200


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _outcomes() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(OUTCOMES)]


def _papers() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(PAPERS)]


class SeedForm(FlaskForm):
    """Over which closures a draw goes, and how many are drawn."""

    since = DateField(_l("办结日期自"), validators=[DataRequired()])
    until = DateField(_l("办结日期至"), validators=[DataRequired()])
    size = IntegerField(_l("抽取件数"), validators=[DataRequired(), NumberRange(min=1, max=MOST)])


class CalledForm(FlaskForm):
    """What was answered, and what the file holds."""

    outcome = RadioField(_l("回访结果"), choices=_outcomes, validators=[DataRequired()])
    papers = SelectMultipleField(_l("案卷中已有的材料"), choices=_papers)
    answer = TextAreaField(_l("回访情况"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])


class FoundForm(FlaskForm):
    """What was found when it was looked at again."""

    found = TextAreaField(_l("复查情况"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])
