"""What an officer may type about somebody who asked about a case."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from tipline.interventions.operations import Said
from tipline.kit.identity import tidy
from tipline.law.entries import Term
from tipline.law.notice import Notice
from tipline.office import editions
from tipline.office.frame import said


def manners(notice: Notice) -> tuple[Term, ...]:
    """How somebody asks or pleads; an edition from before there was a list has that of the notice file."""
    name = "intervention_manner"
    return notice.taxonomies.get(name) or editions.shipped().terms(name)


def _tidy(text: str | None) -> str:
    return tidy(text or "")


class InterventionForm(FlaskForm):
    """Who, of which post, when, how, and what was said."""

    name = StringField(_l("过问人姓名"), filters=[_tidy], validators=[DataRequired(_l("请填写姓名。")), Length(max=40)])
    post = StringField(_l("单位和职务"), filters=[_tidy], validators=[Length(max=100)])
    happened_on = DateField(_l("哪天"), validators=[InputRequired(_l("请填写日期。"))])
    manner = SelectField(_l("方式"), validators=[InputRequired()])
    words = TextAreaField(
        _l("过问内容"), filters=[_tidy], validators=[DataRequired(_l("请写明过问内容。")), Length(max=4000)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manner.choices = [(term.key, said(term.name)) for term in manners(editions.notice())]

    def told(self) -> Said:
        """What was typed."""
        day: date = self.happened_on.data
        return Said(self.name.data, self.post.data, self.manner.data, day, self.words.data)
