"""What the handling body may type on the sheet of an outcome."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    Field,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import MonthField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from tipline.kit.dates import Month
from tipline.kit.identity import tidy
from tipline.kit.typed import count
from tipline.kit.words import Labelled
from tipline.law.bodies import Membership, SupervisionObject
from tipline.law.sanctions import Decider, Family
from tipline.office import editions
from tipline.office.forms import Part, Rows
from tipline.office.frame import said
from tipline.outcomes.lifecycle import SheetState
from tipline.outcomes.models import OutcomeSheet
from tipline.outcomes.sheet import FORMS, CorrectionSaid, MeasureSaid, MoneySaid, Said
from tipline.referrals.models import Referral

MOST_YUAN = 20_000_000
MOST_ROWS = 40
LONGEST = 4000
FAMILIES = {family.value: family for family in Family}
DECIDERS = {decider.value: decider for decider in Decider}
MEMBERSHIPS = {membership.value: membership for membership in Membership}
OBJECTS = {group.value: group for group in SupervisionObject}


def tidied(text: str | None) -> str | None:
    """Typed text without what nobody can see; None when nothing is left."""
    return tidy(text) or None if text else None


def terms_of(taxonomy: str) -> list[tuple[str, str]]:
    """The notice's terms as choices."""
    return [(term.key, said(term.name)) for term in editions.notice().terms(taxonomy)]


def or_none(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The choices, and none of them."""
    return [("", ""), *choices]


def _words(kind: type[Labelled]) -> list[tuple[str, str]]:
    return [(word.value, said(word)) for word in kind]


def _measures() -> dict[str, list[tuple[str, str]]]:
    """Every measure, by family; a transfer to prosecution has no kinds."""
    choices: dict[str, list[tuple[str, str]]] = {"": [("", "")]}
    for family in Family:
        if family is Family.PROSECUTION:
            choices[said(family)] = [(family.value, said(family))]
        else:
            choices[said(family)] = [(f"{family.value}.{key}", word) for key, word in terms_of(family.value)]
    return choices


def _lengths() -> list[tuple[str, str]]:
    lengths = {
        months for effect in editions.notice().outcomes.effects if len(effect.months) > 1 for months in effect.months
    }
    return or_none([(str(months), _("%(months)s个月", months=months)) for months in sorted(lengths)])


def _to_the_cent(_form: FlaskForm, field: Field) -> None:
    amount: Decimal | None = field.data
    if amount is not None and amount.is_finite() and amount != amount.quantize(Decimal("0.01")):
        raise ValidationError(_("金额最多写到分。"))


def _amount(label: str, *more: Any) -> DecimalField:
    return DecimalField(label, validators=[*(more or [Optional()]), NumberRange(min=0, max=MOST_YUAN), _to_the_cent])


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


class MeasureRow(Part):
    """One measure against the person."""

    what = SelectField(_l("处理"), choices=_measures, validators=[DataRequired()])
    decided_by = StringField(_l("决定机关"), validators=[Length(max=60)], filters=[tidied])
    decided_on = DateField(_l("决定日期"), validators=[Optional()])
    document = StringField(_l("文号"), validators=[Length(max=60)], filters=[tidied])
    months = SelectField(_l("决定所定期限"), choices=_lengths, validators=[Optional()])
    decider = SelectField(_l("政务处分由谁决定"), choices=lambda: or_none(_words(Decider)), validators=[Optional()])
    breach = IntegerField(_l("第几项违法行为"), default=1, validators=[Optional(), NumberRange(min=1, max=99)])

    def told(self) -> MeasureSaid:
        """The row as the operation wants it."""
        family, _dot, kind = self.what.data.partition(".")
        return MeasureSaid(
            family=FAMILIES[family],
            kind=kind or None,
            decided_by=self.decided_by.data,
            decided_on=self.decided_on.data,
            document=self.document.data,
            months=int(self.months.data) if self.months.data else None,
            decider=DECIDERS[self.decider.data] if self.decider.data else None,
            breach=self.breach.data or 1,
        )


class MoneyRow(Part):
    """One movement of money."""

    kind = SelectField(_l("钱款去向"), choices=lambda: or_none(terms_of("money")), validators=[DataRequired()])
    amount = DecimalField(
        _l("金额（元）"),
        validators=[InputRequired(), NumberRange(min=Decimal("0.01"), max=MOST_YUAN), _to_the_cent],
    )
    moved_on = DateField(_l("日期"), validators=[Optional()])
    voucher = StringField(_l("票据号"), validators=[Length(max=60)], filters=[tidied])

    def told(self) -> MoneySaid:
        """The row as the operation wants it."""
        amount = _fen(self.amount.data) or 0
        return MoneySaid(kind=self.kind.data, amount_fen=amount, moved_on=self.moved_on.data, voucher=self.voucher.data)


class CorrectionRow(Part):
    """What was put right in one household's dibao."""

    household = StringField(_l("户主"), validators=[DataRequired(), Length(max=60)], filters=[tidied])
    kind = SelectField(
        _l("低保纠正"), choices=lambda: or_none(terms_of("dibao_correction")), validators=[DataRequired()]
    )
    decided_on = DateField(_l("决定日期"), validators=[Optional()])
    effective = MonthField(_l("起始月份"), validators=[Optional()])
    document = StringField(_l("文号"), validators=[Length(max=60)], filters=[tidied])
    amount = _amount(_l("金额（元）"))

    def told(self) -> CorrectionSaid:
        """The row as the operation wants it."""
        return CorrectionSaid(
            household=self.household.data,
            kind=self.kind.data,
            decided_on=self.decided_on.data,
            effective=Month.of(self.effective.data) if self.effective.data else None,
            document=self.document.data,
            amount_fen=_fen(self.amount.data),
        )


class OutcomeForm(FlaskForm):
    """The sheet of one person."""

    seen = HiddenField()
    finding = SelectField(_l("查办结论"), validators=[Optional()])
    form = SelectField(_l("运用的形态"), choices=lambda: or_none(terms_of("form")), validators=[Optional()])
    form_reason = StringField(_l("不适用四种形态的理由"), validators=[Length(max=200)], filters=[tidied])
    party_member = SelectField(_l("核实的政治面貌"), choices=lambda: _words(Membership))
    supervision_object = SelectField(_l("核实的监察对象类别"), choices=lambda: _words(SupervisionObject))
    result = TextAreaField(_l("查办结果"), validators=[Length(max=LONGEST)], filters=[tidied])
    tolerance = BooleanField(_l("按容错纠错办结"))
    measures = Rows(FormField(MeasureRow), label=_l("处理"), max_entries=MOST_ROWS)
    established = _amount(_l("认定的违纪违法金额（元）"))
    money = Rows(FormField(MoneyRow), label=_l("钱款"), max_entries=MOST_ROWS)
    held = _amount(_l("暂存待处理（元）"))
    shortfall = StringField(_l("没有全部追回的原因"), validators=[Length(max=200)], filters=[tidied])
    corrections = Rows(FormField(CorrectionRow), label=_l("低保纠正"), max_entries=MOST_ROWS)

    @classmethod
    def of(
        cls, referral: Referral, sheet: OutcomeSheet | None, *, approved: bool, posted: bool = False
    ) -> "OutcomeForm":
        """The form as the sheet stands, or as it was posted; 诬告陷害 only once its approval has been checked."""
        values = _values(referral, sheet)
        form = cls(data=values) if posted else cls(None, data=values)
        notice = editions.notice()
        form.finding.choices = or_none(
            [
                (term.key, said(term.name))
                for term in notice.terms("finding")
                if approved or notice.outcomes.finding(term.key).approval is None
            ]
        )
        return form

    def rearrange(self, add: str | None, remove: str | None) -> bool:
        """Add or take away a row for a browser without script; whether that was what was asked."""
        for rows in (self.measures, self.money, self.corrections):
            if add == rows.name and len(rows) < MOST_ROWS:
                rows.append_entry()
            elif remove:
                rows.entries = [entry for entry in rows if entry.name != remove]
        return bool(add or remove)

    @property
    def draft_seen(self) -> int:
        """The draft that was on the screen when the writing began."""
        return count(self.seen.data)

    def told(self) -> Said:
        """The sheet as the operation wants it."""
        form = self.form.data
        return Said(
            party_member=MEMBERSHIPS[self.party_member.data],
            supervision_object=OBJECTS[self.supervision_object.data],
            finding=self.finding.data or None,
            form=int(form) if form and int(form) in FORMS else None,
            form_reason=self.form_reason.data,
            result=self.result.data,
            tolerance=self.tolerance.data,
            established_fen=_fen(self.established.data),
            held_fen=_fen(self.held.data),
            shortfall=self.shortfall.data,
            measures=tuple(row.form.told() for row in self.measures),
            money=tuple(row.form.told() for row in self.money),
            corrections=tuple(row.form.told() for row in self.corrections),
        )


def _values(referral: Referral, sheet: OutcomeSheet | None) -> dict[str, Any]:
    """What the fields begin with: the sheet, or what the lead told of the person."""
    if sheet is None:
        person = referral.person
        return {
            "seen": "0",
            "party_member": person.party_member.value,
            "supervision_object": person.supervision_object.value,
        }
    plain = ("finding", "form_reason", "result", "tolerance", "shortfall")
    return {name: getattr(sheet, name) for name in plain} | {
        "seen": str(draft_of(sheet)),
        "party_member": sheet.party_member.value,
        "supervision_object": sheet.supervision_object.value,
        "form": str(sheet.form or ""),
        "established": _yuan(sheet.established_fen),
        "held": _yuan(sheet.held_fen),
        "measures": [_measure(row.said()) for row in sheet.measures],
        "money": [vars(row.said()) | {"amount": _yuan(row.amount_fen)} for row in sheet.money],
        "corrections": [_correction(row.said()) for row in sheet.corrections],
    }


def draft_of(sheet: OutcomeSheet | None) -> int:
    """The draft that the next one is written over; what is concluded stays, and the next sheet begins anew."""
    return sheet.draft if sheet is not None and sheet.state is SheetState.DRAFT else 0


def _measure(row: MeasureSaid) -> dict[str, Any]:
    what = f"{row.family.value}.{row.kind}" if row.kind else row.family.value
    decider = row.decider.value if row.decider else ""
    return vars(row) | {"what": what, "months": str(row.months or ""), "decider": decider}


def _correction(row: CorrectionSaid) -> dict[str, Any]:
    effective = row.effective.first if row.effective else None
    return vars(row) | {"effective": effective, "amount": _yuan(row.amount_fen)}


def blank_rows() -> dict[str, Part]:
    """An empty row of each kind, from which the page makes more."""
    kinds: dict[str, type[Part]] = {"measures": MeasureRow, "money": MoneyRow, "corrections": CorrectionRow}
    return {name: kind(None, prefix=f"{name}-__n__-") for name, kind in kinds.items()}
