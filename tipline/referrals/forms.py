"""What a person may type about a referral."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.kit.identity import tidy
from tipline.office import editions, roster
from tipline.office.frame import said
from tipline.office.models import Office
from tipline.referrals.models import Referral
from tipline.referrals.reckoning import ways_on
from tipline.referrals.returns import DUTIES, choices

LONGEST = 4000


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _causes() -> list[tuple[str, str]]:
    return [(term.key, f"{said(term.name)}（{term.clause}）") for term in editions.notice().terms(DUTIES)]


class RedirectForm(FlaskForm):
    """Another body than the rule chose, and why."""

    to = SelectField(_l("改送"), validators=[DataRequired()])
    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    def about(self, referral: Referral) -> "RedirectForm":
        """The form with the bodies to which this referral may still go: sideways or upward."""
        self.there = {office.code: office for office in ways_on(referral, roster.offices())}
        self.to.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self

    @property
    def office(self) -> Office:
        return self.there[self.to.data]


class ArbitrateForm(RedirectForm):
    """Which body handles it, for good, and why."""

    to = SelectField(_l("由谁办理"), validators=[DataRequired()])

    def about(self, referral: Referral) -> "ArbitrateForm":
        """The form with the bodies between which the arbiter decides."""
        self.there = {office.code: office for office in choices(referral, roster.offices())}
        self.to.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self


class WordsForm(FlaskForm):
    """Why; the other side reads it."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class AboveForm(FlaskForm):
    """A matter of a body below, by its number, and why a superior steps in."""

    number = StringField(_l("办理编号"), validators=[DataRequired(), Length(max=40)], filters=[_tidied])
    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class DesignateForm(AboveForm):
    """And who handles it from now on."""

    to = SelectField(_l("指定由谁办理"), validators=[DataRequired()])
    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])

    def below(self, offices: list[Office]) -> "DesignateForm":
        """The form with the bodies that may be told to handle it."""
        self.there = {office.code: office for office in offices}
        self.to.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self

    @property
    def office(self) -> Office:
        return self.there[self.to.data]


class SendBackForm(FlaskForm):
    """Why the body does not take it."""

    cause = RadioField(_l("职责依据"), choices=_causes, validators=[DataRequired()])
    reason = TextAreaField(_l("具体理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class ReceiptForm(FlaskForm):
    """The receipt of a body that signs on paper."""

    receipt_no = StringField(_l("回执编号或签收人"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])
