"""What may be typed about a summary, an improvement, and a town that answers for itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from tipline.inspections.forms import ProofForm
from tipline.kit.db import db
from tipline.kit.identity import tidy
from tipline.law.sources import Mark
from tipline.learning import queries
from tipline.learning.lifecycle import Sort, SummaryState
from tipline.learning.models import Improvement, IssueSummary
from tipline.learning.operations import Finished, Proposed
from tipline.office import editions
from tipline.office.frame import said
from tipline.reports.queries import towns

LONGEST = 3000
NOT_CHOSEN = ("", "—")


def _tidied(text: str | None) -> str:
    return tidy(text) if text else ""


def _words(label: Any, hint: Any = "") -> TextAreaField:
    short = _l("请写明内容（至少6个字）。")
    checks = [DataRequired(short), Length(min=6, max=LONGEST, message=short)]
    return TextAreaField(label, description=hint, filters=[_tidied], validators=checks)


class SummaryForm(FlaskForm):
    """What lies behind the numbers, and what should follow."""

    behind = _words(_l("问题背后的原因"), _l("写制度、管理上的原因，不写群众和干部姓名。"))
    proposals = _words(_l("改进建议"))


class ImprovementForm(FlaskForm):
    """What should be done better. Which fields are drawn depends on the kind."""

    sort = HiddenField()
    town = SelectField(_l("镇"), validators=[Optional()])
    found = _words("")
    proposal = _words("")
    spread_to = SelectMultipleField(_l("推广到哪些镇"))
    due_on = DateField(_l("期限"), validators=[Optional()])
    summary = SelectField(_l("来自哪期小结"), validators=[Optional()])

    LABELS = {
        Sort.POLICY: (_l("现行规定有什么不足"), _l("建议怎样完善")),
        Sort.PRACTICE: (_l("做了什么"), _l("为什么有效")),
        Sort.CAPACITY: (_l("缺什么力量"), _l("打算怎样补上")),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = towns(editions.notice())
        self.town.choices = [NOT_CHOSEN, *named]
        self.spread_to.choices = named
        query = queries.summaries_visible_to(current_user).where(IssueSummary.state == SummaryState.CONFIRMED)
        self.known = {one.key: one for one in db.session.scalars(query.limit(queries.ROWS))}
        self.summary.choices = [NOT_CHOSEN, *((key, one.period) for key, one in self.known.items())]

    def of(self, sort: Sort) -> "ImprovementForm":
        """The form with the fields of one kind of improvement."""
        self.sort.data = sort.value
        self.found.label.text, self.proposal.label.text = (str(label) for label in self.LABELS[sort])
        if sort is Sort.POLICY:
            del self.town
        if sort is not Sort.PRACTICE:
            del self.spread_to
        return self

    def said(self, sort: Sort) -> Proposed:
        """The improvement as the operation wants it."""
        return Proposed(
            sort=sort,
            found=self.found.data,
            proposal=self.proposal.data,
            town=(self.town.data or None) if "town" in self else None,
            spread_to=(self.spread_to.data or ()) if "spread_to" in self else (),
            due_on=self.due_on.data,
            summary=self.known.get(self.summary.data or ""),
        )


class FinishForm(FlaskForm):
    """How it was done; of a gap also the service that was bought for it."""

    words = _words(_l("怎样落实的"))
    contract_no = StringField(_l("购买服务合同编号"), filters=[_tidied], validators=[Length(max=60)])
    since = DateField(_l("自"), validators=[Optional()])
    until = DateField(_l("至"), validators=[Optional()])

    def about(self, paper: Improvement) -> "FinishForm":
        """The form for this improvement."""
        if paper.sort is not Sort.CAPACITY:
            del self.contract_no, self.since, self.until
        return self

    def said(self) -> Finished:
        """How it was done, as the operation wants it."""
        if "contract_no" not in self:
            return Finished(self.words.data)
        return Finished(self.words.data, self.contract_no.data, self.since.data, self.until.data)


class ActionForm(FlaskForm):
    """On which ground a town is held to account, and in which way."""

    ground = RadioField(_l("问责情形"), validators=[DataRequired(_l("请选择问责情形。"))])
    measure = SelectField(_l("问责方式"), validators=[DataRequired(_l("请选择问责方式。"))])
    words = _words(_l("依据的事实"), _l("决定后镇里看得到这段话；不写举报人和群众姓名。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = editions.notice().learning
        self.ground.choices = [(one.key, said(one.name)) for one in rules.grounds]
        self.measure.choices = [NOT_CHOSEN, *((one.key, said(one.name)) for one in rules.measures)]
        if any(one.mark is Mark.MEMORY for one in rules.measures):
            self.measure.description = _l("这些方式是本局约定，依据尚待查明。")


class DecideForm(FlaskForm):
    """Under which number, and what the town must put right."""

    doc_no = StringField(_l("文号"), filters=[_tidied], validators=[DataRequired(_l("请填文号。")), Length(max=60)])
    demand = _words(_l("要求镇里做什么"), _l("镇里看得到这段话。"))
    due_on = DateField(_l("整改期限"), description=_l("不填按通常的期限。"), validators=[Optional()])


class AnswerForm(ProofForm):
    """What the town has put right, with its proof."""

    words = _words(_l("怎样改的"))


class CloseForm(FlaskForm):
    """At what the bureau has looked."""

    words = _words(_l("核实了什么"))
