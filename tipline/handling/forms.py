"""What a person may type about the work of a body."""

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.handling.lifecycle import Manner, Step
from tipline.handling.rules import CLOSING_REASONS, Chosen
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.law.running import Running
from tipline.office import editions
from tipline.office.frame import said
from tipline.office.models import Office
from tipline.referrals.lifecycle import Disposition

LONGEST = 4000


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


class TalkForm(FlaskForm):
    """A talk with its day, or a letter of inquiry with the day it was received (谈话函询)."""

    disposition = Disposition.TALK_OR_INQUIRY
    manner = RadioField(
        _l("方式"), choices=lambda: [(one.value, said(one)) for one in Manner], validators=[DataRequired()]
    )
    on = DateField(_l("谈话日期或函件送达日期"), validators=[DataRequired()])

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.disposition, on=self.on.data, manner={one.value: one for one in Manner}[self.manner.data])


class VerificationForm(FlaskForm):
    """Who approved the preliminary verification, and when (初步核实)."""

    disposition = Disposition.PRELIMINARY_VERIFICATION
    approver = StringField(_l("批准人及职务"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])
    on = DateField(_l("批准日期"), validators=[DataRequired()])

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.disposition, on=self.on.data, approver=self.approver.data)


class CloseForm(VerificationForm):
    """Why nothing is done, and who approved that (予以了结)."""

    disposition = Disposition.CLOSED_NO_ACTION
    cause = SelectField(
        _l("了结原因"),
        choices=lambda: [("", ""), *((t.key, said(t.name)) for t in editions.notice().terms(CLOSING_REASONS))],
        validators=[DataRequired()],
    )

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.disposition, on=self.on.data, approver=self.approver.data, cause=self.cause.data)


class ShelveForm(FlaskForm):
    """Why it waits, and when it is looked at again (暂存待查)."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])
    review_on = DateField(_l("复查日期"), validators=[DataRequired()])

    def within(self, last: date | None) -> "ShelveForm":
        """The form that says by when at the latest."""
        if last is not None:
            self.review_on.description = said(Sentence("最迟%(last)s", {"last": last}))
        return self


class MilestoneForm(FlaskForm):
    """A step the body has reached."""

    step = SelectField(_l("进展种类"), validators=[DataRequired()])
    reached_on = DateField(_l("日期"), validators=[DataRequired()])
    text = TextAreaField(_l("进展"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])

    def among(self, ahead: list[Step]) -> "MilestoneForm":
        """The form with the steps that can be reached now."""
        self.step.choices = [(one.value, said(one)) for one in ahead]
        return self

    @property
    def reached(self) -> Step:
        return {one.value: one for one in Step}[self.step.data]


class ExtensionForm(FlaskForm):
    """Which limit should be longer, and why."""

    clock = SelectField(_l("期限"), validators=[DataRequired()])
    reason = TextAreaField(_l("延期理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    def among(self, running: list[Running]) -> "ExtensionForm":
        """The form with the limits that may be lengthened, each with what that takes."""
        self.clock.choices = [("", ""), *((one.clock.id, _offer(one)) for one in running)]
        return self


def _offer(running: Running) -> str:
    clock = running.clock
    assert clock.extension is not None
    return f"{said(clock.name)}（+{clock.extension.limit}{said(clock.unit)}，{said(clock.extension.needs)}）"


class HelpForm(FlaskForm):
    """Whom to ask, for what, by when, and whether they may read of the person."""

    to = SelectField(_l("协办单位"), validators=[DataRequired()])
    task = TextAreaField(_l("协办事项"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])
    due_on = DateField(_l("答复期限"), validators=[DataRequired()])
    shows_person = BooleanField(_l("协办单位可以看到此人的姓名、职务和反映其本人的问题"))

    def among(self, offices: list[Office]) -> "HelpForm":
        """The form with those who may be asked."""
        self.there = {office.code: office for office in offices}
        self.to.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self

    @property
    def office(self) -> Office:
        return self.there[self.to.data]


class WordsForm(FlaskForm):
    """Why not."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class AnswerForm(FlaskForm):
    """What the helper found."""

    answer = TextAreaField(_l("协办情况"), validators=[DataRequired(), Length(min=2, max=LONGEST)], filters=[_tidied])


class ReceiptForm(FlaskForm):
    """The receipt of a body that signs on paper."""

    receipt_no = StringField(_l("回执编号或签收人"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])


DISPOSITIONS: dict[str, type[TalkForm | VerificationForm]] = {
    "talk": TalkForm,
    "verify": VerificationForm,
    "close": CloseForm,
}
"""One form for each disposition, by the prefix of its fields: each asks for what that one must say."""
