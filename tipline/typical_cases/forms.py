"""What a town may type into its month, and the bureau into its answer."""

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, DecimalField, FormField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from tipline.kit.identity import tidy
from tipline.law.bodies import RankClass
from tipline.office import editions
from tipline.office.forms import Part, Rows
from tipline.office.frame import said
from tipline.typical_cases import rules
from tipline.typical_cases.models import TypicalCase
from tipline.typical_cases.operations import Told

MOST_CASES = 40
MOST_YUAN = 20_000_000
READ_BY_OTHERS = ("title", "facts", "analysis", "person", "sanction")
"""Fields in which the masking aid looks; the sanctioned person's own name is the body's to publish."""

KEPT = (*READ_BY_OTHERS, "rank_class", "problem", "origin", "decided_on", "decided_by")


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _terms(taxonomy: str) -> list[tuple[str, str]]:
    return [("", ""), *((term.key, said(term.name)) for term in editions.notice().terms(taxonomy))]


def _ranks() -> list[tuple[str, str]]:
    return [("", ""), *((rank.value, said(rank)) for rank in RankClass)]


class CaseForm(Part):
    """One case, as a row of the filing form."""

    title = StringField(_l("标题"), validators=[DataRequired(), Length(max=80)], filters=[_tidied])
    person = StringField(_l("人员（姓名、单位、职务）"), validators=[Length(max=120)], filters=[_tidied])
    rank_class = SelectField(_l("人员类别"), validators=[DataRequired()], choices=_ranks)
    problem = SelectField(_l("问题类型"), validators=[DataRequired()], choices=lambda: _terms("problem_type"))
    origin = SelectField(_l("发现途径"), validators=[DataRequired()], choices=lambda: _terms("origin"))
    facts = TextAreaField(_l("主要事实"), validators=[DataRequired(), Length(max=4000)], filters=[_tidied])
    decided_on = DateField(_l("决定日期"), validators=[Optional()])
    decided_by = StringField(_l("决定机关"), validators=[Length(max=60)], filters=[_tidied])
    sanction = StringField(_l("处理结果"), validators=[Length(max=80)], filters=[_tidied])
    recovered = DecimalField(_l("追缴退赔（元）"), validators=[Optional(), NumberRange(min=0, max=MOST_YUAN)])
    analysis = TextAreaField(_l("风险点与整改"), validators=[Length(max=4000)], filters=[_tidied])

    def told(self) -> Told:
        """The row as the operation wants it."""
        recovered: Decimal | None = self.recovered.data
        return Told(
            title=self.title.data,
            person=self.person.data,
            rank_class=next(rank for rank in RankClass if rank == self.rank_class.data),
            problem=self.problem.data,
            origin=self.origin.data,
            facts=self.facts.data,
            decided_on=self.decided_on.data,
            decided_by=self.decided_by.data,
            sanction=self.sanction.data,
            recovered_fen=None if recovered is None else round(recovered * 100),
            analysis=self.analysis.data,
        )


class FilingForm(FlaskForm):
    """A town's cases of one month."""

    cases = Rows(FormField(CaseForm), label=_l("案例"), min_entries=1, max_entries=MOST_CASES)
    signatory = StringField(_l("签发人"), validators=[DataRequired(), Length(max=40)], filters=[_tidied])
    looked_over = BooleanField(_l("已逐条核对，提示的内容确需保留"))

    def rearrange(self, add: str | None, remove: str | None) -> bool:
        """Add or take away a row for a browser without script; whether that was what was asked."""
        if add and len(self.cases) < MOST_CASES:
            self.cases.append_entry()
        elif remove and len(self.cases) > 1:
            self.cases.entries = [entry for entry in self.cases if entry.name != remove]
        return bool(add or remove)

    def traces(self) -> Iterator[tuple[int, rules.Trace]]:
        """What the masking aid finds, with the number of the case."""
        for number, entry in enumerate(self.cases, start=1):
            text = "\n".join(entry.form[name].data or "" for name in READ_BY_OTHERS)
            yield from ((number, trace) for trace in rules.unmasked(text))

    def told(self) -> list[Told]:
        """The cases as the operation wants them."""
        return [entry.form.told() for entry in self.cases]


class NilForm(FlaskForm):
    """Signing that a month had no typical case."""

    signatory = StringField(_l("签发人"), validators=[DataRequired(), Length(max=40)], filters=[_tidied])
    confirmed = BooleanField(_l("经核实，本镇当月没有查办典型案例"), validators=[DataRequired()])


class ReturnForm(FlaskForm):
    """Why a report goes back to its town."""

    reason = TextAreaField(_l("退回原因"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


def row_of(case: TypicalCase) -> dict[str, object]:
    """A case that was filed before, as the row it came from."""
    recovered = None if case.recovered_fen is None else Decimal(case.recovered_fen) / 100
    return {name: getattr(case, name) for name in KEPT} | {"recovered": recovered}
