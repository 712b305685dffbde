"""What an office may hand in, and what the bureau may say to it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from tipline.duties.operations import Said
from tipline.evidence.forms import FileForm
from tipline.kit.identity import tidy

LONGEST = 20_000


def _tidied(text: str | None) -> str:
    return tidy(text) if text else ""


class HandInForm(FileForm):
    """One version: words or a file, and the leaders where the duty asks for them."""

    principal = StringField(
        _l("主要负责人"), validators=[DataRequired(_l("请填写主要负责人。")), Length(max=40)], filters=[_tidied]
    )
    deputy = StringField(
        _l("分管负责人"), validators=[DataRequired(_l("请填写分管负责人。")), Length(max=40)], filters=[_tidied]
    )
    words = TextAreaField(
        _l("内容或说明"),
        description=_l("内容和文件至少有一样。不写群众姓名、身份证号和电话。"),
        validators=[Length(max=LONGEST)],
        filters=[_tidied],
    )

    def about(self, case: Any) -> "HandInForm":
        """The form without what the duty does not ask for."""
        if not case.cell.duty.names_heads:
            del self.principal, self.deputy
        return self

    def said(self) -> Said:
        """The version as the operation wants it; the file is brought to the disk."""
        heads = {name: self[name].data for name in ("principal", "deputy") if name in self}
        return Said(words=self.words.data, file=self.received(with_copy=False) if self.file.data else None, **heads)


class RulingForm(FlaskForm):
    """What holds where the notice contradicts itself."""

    words = TextAreaField(
        _l("裁定"),
        description=_l("写明到期报什么、最终以什么为准。"),
        validators=[DataRequired(_l("请写明裁定。")), Length(min=6, max=500)],
        filters=[_tidied],
    )
