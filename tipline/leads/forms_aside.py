"""What an officer may type to stand aside, to ask it of another, and to decide it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired

from tipline.leads import grounds
from tipline.leads.forms import ReasonForm
from tipline.office import editions
from tipline.office.frame import said
from tipline.office.models import Officer


class RecuseForm(ReasonForm):
    """The ground of the list, and the reason in words."""

    ground = SelectField(_l("回避理由"), validators=[InputRequired(_l("请选择回避的理由。"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            (term.key, f"{said(term.name)}{said(_l('（'))}{term.clause}{said(_l('）'))}")
            for term in grounds.known(editions.notice())
        ]
        self.ground.choices = [("", said(_l("请选择"))), *listed]

    def __iter__(self) -> Any:
        """The reason comes last."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "reason")


class RequestForm(RecuseForm):
    """Whom it concerns, and whether the reporter asked."""

    officer = SelectField(_l("申请谁回避"), validators=[InputRequired(_l("请选择人员。"))])
    for_reporter = BooleanField(_l("举报人提出的申请"))

    def over(self, officers: list[Officer]) -> "RequestForm":
        """The same form with the officers that can be named: everybody of the offices concerned, walled or not."""
        listed = [(officer.key, f"{officer.name} · {officer.office.name}") for officer in officers]
        self.officer.choices = [("", said(_l("请选择"))), *listed]
        return self


class LiftForm(ReasonForm):
    """For whom, and until when."""

    officer = SelectField(_l("为谁解除"), validators=[InputRequired(_l("请选择人员。"))])
    until = DateField(_l("解除至哪天"), validators=[InputRequired(_l("请填写日期。"))])

    def over(self, officers: list[Officer]) -> "LiftForm":
        """The same form with the officers whose wall may be lifted."""
        listed = [(officer.key, f"{officer.name} · {officer.office.name}") for officer in officers]
        self.officer.choices = [("", said(_l("请选择"))), *listed]
        return self

    def __iter__(self) -> Any:
        """The reason comes last."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "reason")
