"""What a keeper may type about phrases."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tipline.intake.fields import TidyString, TidyText
from tipline.intake.models import PhraseKind
from tipline.law.notice import Notice
from tipline.office.frame import said


class PhraseForm(FlaskForm):
    """A sentence or an answer."""

    sort = RadioField(_l("种类"), validators=[InputRequired(_l("请选择。"))])
    title = TidyString(_l("名称"), validators=[DataRequired(_l("请写明。")), Length(max=30)])
    words = TidyText(_l("内容"), validators=[DataRequired(_l("请写明。")), Length(max=400)])
    problems = SelectMultipleField(
        _l("问题类型"), description=_l("知识用：勾了哪些，登记单上勾了同样的才出现；都不勾，每次都出现。")
    )
    valid_until = DateField(_l("有效至"), validators=[Optional()], description=_l("知识用：到期会请您核实。"))

    def over(self, notice: Notice) -> "PhraseForm":
        """The form with the words of the notice."""
        self.sort.choices = [SelectChoice(kind.value, said(kind)) for kind in PhraseKind]
        self.problems.choices = [SelectChoice(term.key, said(term.name)) for term in notice.terms("problem_type")]
        return self

    @property
    def kind(self) -> PhraseKind:
        return next(kind for kind in PhraseKind if kind == self.sort.data)


class RenewForm(FlaskForm):
    """Until when it is good now."""

    valid_until = DateField(_l("有效至"), validators=[InputRequired(_l("请填写日期。"))])
