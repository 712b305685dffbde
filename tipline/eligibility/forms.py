"""What a person may type about a petition."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.core import Label
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp

from tipline.eligibility.answering import Said
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.objections import ways_on
from tipline.eligibility.operations import REFUSALS
from tipline.eligibility.rules import CheckKind, Outcome, Stand
from tipline.kit.dates import Month
from tipline.kit.identity import tidy
from tipline.kit.words import Labelled
from tipline.office import editions
from tipline.office.forms import Part, Rows
from tipline.office.frame import said
from tipline.office.models import Office

L = TypeVar("L", bound=Labelled)

MOST_YUAN = 20_000_000
LONGEST = 4000
MOST_ITEMS = 20
REASON = [DataRequired(), Length(min=4, max=1000)]
MONTH = re.compile(r"^20\d\d-(0[1-9]|1[0-2])$")


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _words_of(kind: type[Labelled]) -> list[tuple[str, str]]:
    return [(choice.value, said(choice)) for choice in kind]


def _chosen(kind: type[L], value: str) -> L:
    return next(choice for choice in kind if choice.value == value)


def _refusals() -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(REFUSALS)]


class ReasonForm(FlaskForm):
    """Why."""

    reason = TextAreaField(_l("理由"), validators=REASON, filters=[_tidied])


class AcceptForm(FlaskForm):
    """What is accepted, one thing a line."""

    items = TextAreaField(
        _l("受理的事项"),
        description=_l("一行一项；答复时逐项写明意见。"),
        validators=[DataRequired(), Length(max=LONGEST)],
    )
    told = BooleanField(_l("已当场书面告知信访人"))

    @property
    def lines(self) -> list[str]:
        return [line for line in (self.items.data or "").splitlines() if line.strip()][:MOST_ITEMS]


class RefuseForm(ReasonForm):
    """Why it is not accepted."""

    cause = RadioField(_l("不予受理的情形"), choices=_refusals, validators=[DataRequired()])


class ForwardForm(ReasonForm):
    """To whom it is passed on, and why."""

    to = SelectField(_l("转送"), validators=[DataRequired()])

    def about(self, review: EligibilityReview) -> "ForwardForm":
        """The form with the offices to which this petition may go."""
        self.there = {office.code: office for office in ways_on(review)}
        self.to.choices = [("", ""), *((code, office.name) for code, office in self.there.items())]
        return self

    @property
    def office(self) -> Office:
        return self.there[self.to.data]


class CheckForm(FlaskForm):
    """What was looked at."""

    kind = RadioField(_l("方式"), choices=lambda: _words_of(CheckKind), validators=[DataRequired()])
    done_on = DateField(_l("日期"), validators=[DataRequired()])
    report_no = StringField(_l("核对报告编号（核对时填）"), validators=[Length(max=60)], filters=[_tidied])
    visitor = StringField(_l("入户人员（入户时填两人）"), validators=[Length(max=40)], filters=[_tidied])
    second_visitor = StringField(_l("另一名入户人员"), validators=[Length(max=40)], filters=[_tidied])
    found = TextAreaField(_l("查看到的情况"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])

    @property
    def chosen(self) -> CheckKind:
        return _chosen(CheckKind, self.kind.data)

    @property
    def visitors(self) -> list[str]:
        return [name for name in (self.visitor.data, self.second_visitor.data) if name]


class OnItemForm(Part):
    """The opinion on one item; its label is the item."""

    stand = RadioField(choices=lambda: _words_of(Stand), validators=[DataRequired()])
    words = TextAreaField(_l("意见和理由"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])


class OpinionForm(FlaskForm):
    """An opinion: item by item, with facts and basis."""

    on_items = Rows(FormField(OnItemForm))
    facts = TextAreaField(_l("认定的事实"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])
    basis = TextAreaField(_l("法律依据"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])
    outcome = RadioField(_l("低保处理"), choices=lambda: _words_of(Outcome), validators=[DataRequired()])

    def about(self, review: EligibilityReview) -> "OpinionForm":
        """The form with one row for every item that was accepted, neither more nor fewer."""
        while len(self.on_items) > len(review.items):
            self.on_items.pop_entry()
        while len(self.on_items) < len(review.items):
            self.on_items.append_entry()
        for row, item in zip(self.on_items, review.items, strict=True):
            row.form.stand.label = Label(row.form.stand.id, item.text)
        return self

    @property
    def told(self) -> Said:
        return Said(_chosen(Outcome, self.outcome.data), self.facts.data, self.basis.data, list(self._each()))

    def _each(self) -> Iterator[tuple[Stand, str]]:
        for row in self.on_items:
            yield _chosen(Stand, row.form.stand.data), row.form.words.data


class ExecuteForm(FlaskForm):
    """How the opinion was carried out."""

    doc_no = StringField(_l("文号"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])
    month = StringField(
        _l("从哪个月起（如2018-07）"),
        validators=[
            DataRequired(),
            Regexp(MONTH, message=_l("请写成 2018-07 的样子。")),
        ],
        filters=[_tidied],
    )
    change = DecimalField(
        _l("每月增减多少（元）"),
        description=_l("只填数额；停发、减发自动记为减少。"),
        validators=[InputRequired(), NumberRange(min=0, max=MOST_YUAN)],
    )

    @property
    def effective_from(self) -> Month:
        return Month.parse(self.month.data)

    @property
    def change_fen(self) -> int:
        fen: int = round(self.change.data * 100)
        return fen


class DeliverForm(FlaskForm):
    """When the answer reached the petitioner."""

    delivered_on = DateField(_l("送达日期"), validators=[DataRequired()])


class AskForm(FlaskForm):
    """When the petitioner asked the body above, and why."""

    asked_on = DateField(_l("收到请求的日期"), validators=[DataRequired()])
    grounds = TextAreaField(_l("请求的理由"), validators=[DataRequired(), Length(max=LONGEST)], filters=[_tidied])


class HearingForm(FlaskForm):
    """How long the hearing took."""

    days = IntegerField(_l("听证用去的天数"), validators=[InputRequired(), NumberRange(min=1, max=90)])


def dated(form: type[FlaskForm], prefix: str, today: date) -> dict[str, Any]:
    """What a blank form begins with: a day that was today unless somebody says otherwise."""
    days = ("done_on", "delivered_on", "asked_on")
    return {"formdata": None, "prefix": prefix} | {day: today for day in days if hasattr(form, day)}
