"""What a person may decide about leads that look alike."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.bundles.rules import LinkKind
from tipline.kit.identity import tidy
from tipline.leads.models import Lead
from tipline.office.frame import said

LONGEST = 1000


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, said(kind)) for kind in LinkKind]


class ReasonForm(FlaskForm):
    """Why."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=LONGEST)], filters=[_tidied])


class PickForm(ReasonForm):
    """Several leads out of those that may be about the same, and why."""

    picked = SelectMultipleField(_l("选取"))

    def among(self, leads: Sequence[Lead]) -> "PickForm":
        """The form with the leads that can be picked."""
        self.there = {lead.key: lead for lead in leads}
        self.picked.choices = [(lead.key, lead.number) for lead in leads]
        return self

    @property
    def leads(self) -> list[Lead]:
        """What was picked, and what it was picked for."""
        return list(self.there.values())


class BundleForm(PickForm):
    """Which of them are one matter, and which of them leads."""

    primary = RadioField(_l("初次件"), validators=[DataRequired(_l("请选定初次件。"))])

    def among(self, leads: Sequence[Lead]) -> "BundleForm":
        super().among(leads)
        self.primary.choices = [(lead.key, lead.number) for lead in leads]
        return self

    @property
    def chosen(self) -> Lead:
        return self.there[self.primary.data]


class LinkForm(PickForm):
    """How they hang together, without being the same."""

    kind = SelectField(_l("关系"), choices=_kinds, validators=[DataRequired()])

    @property
    def how(self) -> LinkKind:
        return {kind.value: kind for kind in LinkKind}[self.kind.data]


class NumberForm(FlaskForm):
    """A lead that somebody remembers by its number."""

    number = StringField(_l("线索编号"), validators=[DataRequired(), Length(max=30)], filters=[_tidied])
