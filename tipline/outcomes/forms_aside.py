"""What goes beside the sheet: an approval, the clearing of a name, error tolerance."""

from collections.abc import Callable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from tipline.law.bodies import Body
from tipline.office import editions
from tipline.office.frame import said
from tipline.outcomes import clearing, tolerance
from tipline.outcomes.forms import LONGEST, or_none, terms_of, tidied

BODIES = {body.value: body for body in Body}


class ApprovalForm(FlaskForm):
    """The paper by which a competent body approved the finding of a false accusation."""

    body = SelectField(_l("批准机关的级别"), validators=[DataRequired()])
    body_name = StringField(_l("批准机关名称"), validators=[DataRequired(), Length(max=60)], filters=[tidied])
    document = StringField(_l("批准文号"), validators=[DataRequired(), Length(max=60)], filters=[tidied])
    approved_on = DateField(_l("批准日期"), validators=[DataRequired()])
    note = TextAreaField(_l("说明"), validators=[Length(max=1000)], filters=[tidied])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = clearing.competent_bodies(editions.notice())
        self.body.choices = or_none([(body.value, said(body)) for body in bodies])

    def told(self) -> clearing.ApprovalSaid:
        """The paper as the operation wants it."""
        return clearing.ApprovalSaid(
            body=BODIES[self.body.data],
            body_name=self.body_name.data,
            document=self.document.data,
            approved_on=self.approved_on.data,
            note=self.note.data,
        )


class ReasonForm(FlaskForm):
    """Why not."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[tidied])


class ClarificationForm(FlaskForm):
    """How the person's name is to be cleared, and before whom."""

    requested_on = DateField(_l("本人书面申请日期（本机关主动提出的不填）"), validators=[Optional()])
    manner = RadioField(_l("澄清方式"), choices=lambda: terms_of("clarification_manner"), validators=[DataRequired()])
    audience = StringField(_l("澄清范围"), validators=[DataRequired(), Length(max=200)], filters=[tidied])
    reason = TextAreaField(_l("必要性"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[tidied])


class PrincipalForm(FlaskForm):
    """Who approved."""

    principal = StringField(
        _l("批准的主要负责人（姓名、职务）"), validators=[DataRequired(), Length(max=60)], filters=[tidied]
    )


class DayForm(FlaskForm):
    """The day on which it was done."""

    day = DateField(_l("日期"), validators=[DataRequired()])


YES, NO = "yes", "no"


def _yes_or_no() -> list[tuple[str, str]]:
    return [(YES, _("符合")), (NO, _("不符合"))]


class ToleranceForm(FlaskForm):
    """The three distinctions, each with its reason. Its fields are the tests of the notice."""

    facts = TextAreaField(
        _l("基本事实和提请理由"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[tidied]
    )

    @classmethod
    def asking(cls, *args: Any, **kwargs: Any) -> "ToleranceForm":
        """The form with one question and one reason for every test of the notice."""
        tests = editions.notice().terms("error_tolerance_test")
        fields: dict[str, Any] = {}
        for test in tests:
            fields[f"holds_{test.key}"] = RadioField(said(test.name), choices=_yes_or_no, validators=[DataRequired()])
            fields[f"reason_{test.key}"] = TextAreaField(
                _("理由：%(test)s", test=said(test.name)),
                validators=[DataRequired(), Length(max=1000)],
                filters=[tidied],
            )
        asked: Callable[..., ToleranceForm] = type("ToleranceFormOfTheNotice", (cls,), fields)
        return asked(*args, **kwargs)

    def answers(self) -> dict[str, tolerance.Answer]:
        """The answers by test."""
        return dict(self._answers())

    def _answers(self) -> Iterator[tuple[str, tolerance.Answer]]:
        for test in editions.notice().terms("error_tolerance_test"):
            holds, reason = self[f"holds_{test.key}"].data, self[f"reason_{test.key}"].data
            yield test.key, tolerance.Answer(holds == YES, reason or "")


class DecisionForm(FlaskForm):
    """What was decided on error tolerance."""

    decision = RadioField(_l("决定"), choices=lambda: terms_of("error_tolerance_decision"), validators=[DataRequired()])
    ground = TextAreaField(_l("决定理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[tidied])
    correction = TextAreaField(_l("要求纠正什么"), validators=[Length(max=1000)], filters=[tidied])
    correction_due_on = DateField(_l("何时前完成纠正"), validators=[Optional()])

    def told(self) -> tolerance.Decision:
        """The decision as the operation wants it."""
        return tolerance.Decision(
            decision=self.decision.data,
            ground=self.ground.data,
            correction=self.correction.data,
            correction_due_on=self.correction_due_on.data,
        )
