"""What a person may type about a supervised case."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, FieldList, Form, FormField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from tipline.kit.identity import tidy
from tipline.office import editions
from tipline.office.frame import said
from tipline.supervision.lifecycle import Stage
from tipline.supervision.operations import MANNERS

LONGEST = 4000
STEPS_AT_ONCE = 3
STAGES = {stage.value: stage for stage in Stage}


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _stages() -> list[tuple[str, str]]:
    return [("", ""), *((stage.value, said(stage)) for stage in Stage)]


def _manners() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(MANNERS)]


class StepForm(Form):
    """One step and its day, as a row of the opening."""

    what = SelectField(_l("节点"), choices=_stages, validators=[Optional()])
    due_on = DateField(_l("完成日期"), validators=[Optional()])


class OpenForm(FlaskForm):
    """What is required, and the steps on the way."""

    requirement = TextAreaField(
        _l("督办要求"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied]
    )
    steps = FieldList(FormField(StepForm), label=_l("节点"), min_entries=STEPS_AT_ONCE, max_entries=12)

    def told(self) -> list[tuple[Stage, date]]:
        """The steps that were filled in."""
        return list(self._told())

    def _told(self) -> Iterator[tuple[Stage, date]]:
        for row in self.steps:
            if row.form.what.data and row.form.due_on.data:
                yield STAGES[row.form.what.data], row.form.due_on.data

    def validate(self, extra_validators: Any = None) -> bool:
        """A step without a day, or a day without a step, is half a step."""
        whole = bool(super().validate(extra_validators))
        for row in self.steps:
            if bool(row.form.what.data) != bool(row.form.due_on.data):
                row.form.due_on.errors = [*row.form.due_on.errors, _("节点和完成日期须一并填写。")]
                whole = False
        return whole


class MilestoneForm(FlaskForm):
    """One more step by a working day."""

    what = SelectField(_l("节点"), choices=_stages, validators=[DataRequired()])
    due_on = DateField(_l("完成日期"), validators=[DataRequired()])

    @property
    def stage(self) -> Stage:
        return STAGES[self.what.data]


class ReasonForm(FlaskForm):
    """Why not, or why not yet."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class ProgressForm(FlaskForm):
    """A look at the case."""

    manner = RadioField(_l("督办方式"), choices=_manners, validators=[DataRequired()])
    found = TextAreaField(_l("了解到的情况"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])
    next_step = TextAreaField(_l("下一步"), validators=[Length(max=LONGEST)], filters=[_tidied])


class ResultForm(FlaskForm):
    """What came of it."""

    result = TextAreaField(_l("督办结果"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])
