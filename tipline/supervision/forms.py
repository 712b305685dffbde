"""What a person may type about a supervised case."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tipline.kit.identity import tidy
from tipline.law.bodies import SupervisionTrigger
from tipline.office import editions
from tipline.office.forms import Part, Rows
from tipline.office.frame import said
from tipline.office.models import Office, Officer
from tipline.outcomes.forms import MOST_YUAN
from tipline.supervision import joining
from tipline.supervision.grounds import Instructed
from tipline.supervision.lifecycle import Missing, Stage
from tipline.supervision.models import SupervisedCase
from tipline.supervision.operations import MANNERS, Report

LONGEST = 4000
STEPS_AT_ONCE = 3
STAGES = {stage.value: stage for stage in Stage}
TRIGGERS = {trigger.value: trigger for trigger in SupervisionTrigger}
MISSING = {word.value: word for word in Missing}


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _stages() -> list[tuple[str, str]]:
    return [("", ""), *((stage.value, said(stage)) for stage in Stage)]


def _manners() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(MANNERS)]


def _triggers() -> list[tuple[str, str]]:
    by_hand = (SupervisionTrigger.MAJOR, SupervisionTrigger.MEDIA)
    return [(trigger.value, said(trigger)) for trigger in by_hand]


def _missing() -> list[tuple[str, str]]:
    return [(word.value, said(word)) for word in Missing]


class StepForm(Part):
    """One step and its day, as a row of the opening."""

    what = SelectField(_l("节点"), choices=_stages, validators=[Optional()])
    due_on = DateField(_l("完成日期"), validators=[Optional()])


class OpenForm(FlaskForm):
    """What is required, and the steps on the way."""

    requirement = TextAreaField(
        _l("督办要求"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied]
    )
    steps = Rows(FormField(StepForm), label=_l("节点"), min_entries=STEPS_AT_ONCE, max_entries=12)

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


class ProposeForm(FlaskForm):
    """Why it should be supervised although no trigger of the notice is met."""

    reason = TextAreaField(
        _l("提请督办的理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied]
    )


class TriggerForm(FlaskForm):
    """A further trigger of the notice."""

    trigger = RadioField(_l("督办情形"), choices=_triggers, validators=[DataRequired()])
    reason = TextAreaField(_l("情况说明"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    @property
    def chosen(self) -> SupervisionTrigger:
        return TRIGGERS[self.trigger.data]


class InstructionForm(FlaskForm):
    """A leader's written instruction."""

    who = StringField(_l("批示人及职务"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])
    given_on = DateField(_l("批示日期"), validators=[DataRequired()])
    text = TextAreaField(_l("批示内容"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])
    document = StringField(_l("批示件编号"), validators=[Optional(), Length(max=60)], filters=[_tidied])

    def told(self) -> Instructed:
        """The instruction as it was typed."""
        return Instructed(self.who.data, self.given_on.data, self.text.data, self.document.data or "")


class JoinForm(FlaskForm):
    """A discipline department that supervises too."""

    office = SelectField(_l("联合督办单位"), validators=[DataRequired()])

    def about(self, case: SupervisedCase) -> "JoinForm":
        """The form with the bodies that may still join."""
        self.there = {office.code: office for office in joining.may_join(case)}
        self.office.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self

    @property
    def chosen(self) -> Office:
        return self.there[self.office.data]


class OfficerForm(FlaskForm):
    """Who answers for the case."""

    officer = SelectField(_l("责任人"), validators=[DataRequired()])

    def about(self, case: SupervisedCase) -> "OfficerForm":
        """The form with whoever may be named by the officer at the counter."""
        self.there = {one.key: one for one in joining.may_answer(case, current_user)}
        named = ((key, f"{one.office.name} · {one.name}") for key, one in self.there.items())
        self.officer.choices = [("", ""), *named]
        return self

    @property
    def chosen(self) -> Officer:
        return self.there[self.officer.data]


class RelieveForm(FlaskForm):
    """Who no longer answers for the case, and why."""

    named = SelectField(_l("责任人"), validators=[DataRequired()])
    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    def about(self, case: SupervisedCase) -> "RelieveForm":
        """The form with those whom the officer at the counter may relieve."""
        mine = joining.may_relieve(case, current_user)
        self.named.choices = [("", ""), *((one.key, f"{one.office.name} · {one.officer.name}") for one in mine)]
        return self


class InterimForm(FlaskForm):
    """How far the case has come."""

    text = TextAreaField(_l("阶段情况"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])


class AcknowledgeForm(FlaskForm):
    """What was reported is taken note of."""

    last = BooleanField(_l("以后不再报送阶段情况，直接报结果"))


class ProgressForm(FlaskForm):
    """A look at the case."""

    manner = RadioField(_l("督办方式"), choices=_manners, validators=[DataRequired()])
    found = TextAreaField(_l("了解到的情况"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])
    next_step = TextAreaField(_l("下一步"), validators=[Length(max=LONGEST)], filters=[_tidied])
    next_on = DateField(_l("下次督办日期"), validators=[Optional()])


class ResultForm(FlaskForm):
    """What came of it, once discussed and approved in the handling body."""

    result = TextAreaField(_l("督办结果"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])
    discussed_on = DateField(_l("集体研究日期"), validators=[DataRequired()])
    discussion = StringField(_l("研究的会议"), validators=[DataRequired(), Length(max=200)], filters=[_tidied])
    principal = StringField(_l("审批的主要负责人"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])
    approved_on = DateField(_l("审批日期"), validators=[DataRequired()])
    evidence = StringField(_l("佐证材料编号"), validators=[DataRequired(), Length(max=120)], filters=[_tidied])
    persons_dealt = IntegerField(_l("处理人数"), validators=[InputRequired(), NumberRange(min=0, max=1000)])
    dealt_with = TextAreaField(_l("处理了哪些人、如何处理"), validators=[Length(max=LONGEST)], filters=[_tidied])
    recovered = DecimalField(_l("追缴（元）"), validators=[Optional(), NumberRange(min=0, max=MOST_YUAN)])
    replied_on = DateField(_l("公开回应日期"), validators=[Optional()])
    reply = TextAreaField(_l("公开回应内容"), validators=[Length(max=LONGEST)], filters=[_tidied])

    def told(self) -> Report:
        """The report as it was typed."""
        recovered = self.recovered.data
        return Report(
            result=self.result.data,
            discussed_on=self.discussed_on.data,
            discussion=self.discussion.data,
            principal=self.principal.data,
            approved_on=self.approved_on.data,
            evidence=self.evidence.data,
            persons_dealt=self.persons_dealt.data,
            dealt_with=self.dealt_with.data or "",
            recovered_fen=None if recovered is None else round(recovered * 100),
            replied_on=self.replied_on.data,
            reply=self.reply.data or "",
        )


class SendBackForm(FlaskForm):
    """What a result lacks, and why that matters."""

    missing = SelectMultipleField(
        _l("缺少什么"),
        choices=_missing,
        validators=[DataRequired()],
    )
    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    def told(self) -> list[Missing]:
        """What was ticked."""
        return [MISSING[word] for word in self.missing.data]
