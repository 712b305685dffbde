"""What a person may type about a referral."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.kit.identity import tidy
from tipline.office import editions, roster
from tipline.office.frame import said
from tipline.office.models import Office
from tipline.referrals.models import Disposition, Referral
from tipline.referrals.reckoning import ways_on

LONGEST = 4000


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _causes() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms("return_reason")]


def _dispositions() -> list[tuple[str, str]]:
    return [(choice.value, said(choice)) for choice in Disposition if choice is not Disposition.SHELVED]


class RedirectForm(FlaskForm):
    """Another body than the rule chose, and why."""

    to = SelectField(_l("改送"), validators=[DataRequired()])
    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    def for_referral(self, referral: Referral) -> "RedirectForm":
        """The form with the bodies to which this referral may still go: sideways or upward."""
        self.there = {office.code: office for office in ways_on(referral, roster.offices())}
        self.to.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self

    @property
    def office(self) -> Office:
        return self.there[self.to.data]


class SendBackForm(FlaskForm):
    """Why the body does not take it."""

    cause = RadioField(_l("退回原因"), choices=_causes, validators=[DataRequired()])
    reason = TextAreaField(_l("具体理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class ReceiptForm(FlaskForm):
    """The receipt of a body that signs on paper."""

    receipt_no = StringField(_l("回执编号或签收人"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])


class DispositionForm(FlaskForm):
    """How the body will deal with it."""

    disposition = RadioField(_l("处置方式"), choices=_dispositions, validators=[DataRequired()])

    @property
    def chosen(self) -> Disposition:
        return {choice.value: choice for choice in Disposition}[self.disposition.data]


class MilestoneForm(FlaskForm):
    """A step the body has reached."""

    reached_on = DateField(_l("日期"), validators=[DataRequired()])
    text = TextAreaField(_l("进展"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])
