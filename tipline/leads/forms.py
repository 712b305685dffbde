"""What an officer may type on the page of a lead."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from tipline.kit.identity import tidy
from tipline.leads.operations import SHORTEST_REASON

LONGEST = 100_000


def _tidy(text: str | None) -> str:
    return tidy(text or "")


class ReasonForm(FlaskForm):
    """A reason, kept sealed in the trail."""

    reason = StringField(
        _l("理由"),
        filters=[_tidy],
        validators=[
            DataRequired(_l("请写明理由（至少6个字）。")),
            Length(min=SHORTEST_REASON, max=500, message=_l("请写明理由（至少6个字）。")),
        ],
    )


class ReporterForm(ReasonForm):
    """A reason and the password, before the vault opens."""

    password = PasswordField(_l("本人密码"), validators=[DataRequired(_l("请输入本人密码。")), Length(max=128)])


class AmendForm(ReasonForm):
    """The words anew, and why."""

    narrative = TextAreaField(
        _l("补正后的内容"),
        filters=[_tidy],
        validators=[DataRequired(_l("请写明反映的主要问题。")), Length(max=LONGEST)],
    )

    knew = HiddenField(validators=[Regexp(r"\d{0,9}$")])
    """How many versions the writer had before their eyes."""

    def __iter__(self) -> Any:
        """The words come before the reason."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "reason")


class ViewForm(FlaskForm):
    """What a saved view is called."""

    name = StringField(
        _l("视图名称"),
        filters=[_tidy],
        validators=[
            DataRequired(_l("请给视图起个名字。")),
            Length(max=20, message=_l("名称最多20个字。")),
        ],
    )
