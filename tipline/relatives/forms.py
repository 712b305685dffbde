"""What may be handed in and typed: a list, a verification, a word on a hit, a lead, a visit."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.kit.identity import tidy
from tipline.office import editions
from tipline.office.frame import said
from tipline.relatives import hits
from tipline.relatives.missed import OUTCOMES
from tipline.relatives.models import RegisterHit
from tipline.relatives.pages_hits import account_of, post_of
from tipline.screening.forms import UploadForm

CHECK = "filing_check"


def _tidy(text: str | None) -> str:
    return tidy((text or "").replace("\r\n", "\n"))


def _terms(taxonomy: str) -> list[tuple[str, str]]:
    return [(term.key, said(term.name)) for term in editions.notice().terms(taxonomy)]


class ListForm(UploadForm):
    """A workbook, whom the list is from, and the day it is of."""

    workbook = FileField(_l("表格"), validators=[FileRequired(_l("请选择表格文件。"))])
    source = StringField(
        _l("名单来源"), filters=[_tidy], validators=[DataRequired(_l("请填名单来源。")), Length(max=80)]
    )
    dated = DateField(_l("名单日期"), validators=[DataRequired(_l("请填名单日期。"))])


class VerifyForm(FlaskForm):
    """The yearly look at a filing."""

    on = DateField(_l("核实日期"), validators=[DataRequired(_l("请填核实日期。"))])
    result = RadioField(_l("核实结果"), choices=lambda: _terms(CHECK), validators=[DataRequired(_l("请选核实结果。"))])
    note = TextAreaField(_l("核实情况"), filters=[_tidy], validators=[Length(max=500)])


class HoldForm(FlaskForm):
    """How it was looked at; the second person reads it."""

    reason = TextAreaField(
        _l("怎样核对的"),
        filters=[_tidy],
        validators=[
            DataRequired(_l("请写明怎样核对的。")),
            Length(min=hits.SHORTEST, message=_l("请写明怎样核对的（至少4个字）。")),
            Length(max=500),
        ],
    )


class RaiseForm(FlaskForm):
    """The lead that a confirmed hit becomes: the post by which it finds its body, and its words."""

    post = SelectField(_l("被反映人职务"), validators=[DataRequired(_l("请选职务。"))])
    narrative = TextAreaField(
        _l("问题线索"), filters=[_tidy], validators=[DataRequired(_l("请写明问题。")), Length(max=2000)]
    )

    def about(self, hit: RegisterHit) -> "RaiseForm":
        """Filled in from the hit, for whoever raises it to correct."""
        posts = editions.notice().posts
        self.post.choices = [SelectChoice(post.key, said(post.name)) for post in posts]
        if not self.is_submitted() or self.narrative.data is None:
            self.post.data, self.narrative.data = post_of(hit), account_of(hit)
        return self


class VisitForm(FlaskForm):
    """What came of a visit."""

    visited_on = DateField(_l("走访日期"), validators=[DataRequired(_l("请填走访日期。"))])
    outcome = RadioField(_l("走访结果"), choices=lambda: _terms(OUTCOMES), validators=[DataRequired(_l("请选结果。"))])
    note = TextAreaField(_l("走访情况"), filters=[_tidy], validators=[Length(max=500)])


Forms = dict[Any, FlaskForm]
