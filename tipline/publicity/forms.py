"""What may be said of a posting, and of what is wrong with one."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from tipline.evidence.forms import FileForm
from tipline.evidence.operations import Received
from tipline.kit.cabinet import Tray
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.office.frame import said
from tipline.publicity import lists
from tipline.publicity.lists import Raw
from tipline.publicity.operations import Hanging
from tipline.publicity.rules import Channel, FaultKind

LONGEST_LIST = 200_000


def _tidy(text: str | None) -> str:
    return tidy(text or "")


class PhotoForm(FileForm):
    """A picture as it hangs. It was sealed while it came in."""

    file = FileField(_l("照片"), description=_l("jpg 或 png，看得清整张公示单和张贴的地方。"))

    def picture(self) -> Received | None:
        """The picture, brought to the disk; None when there is none."""
        return self.received() if self.file.data else None


class AddPhotoForm(PhotoForm):
    """A picture more; this time there must be one."""

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("请选择照片。"))
        super().validate_file(field)


class HangingForm(PhotoForm):
    """What hangs there: since when, where, and its list."""

    posted_on = DateField(_l("张贴日期"), validators=[DataRequired(_l("请填张贴日期。"))])
    channel = SelectField(_l("公示方式"))
    spot = StringField(
        _l("张贴位置或网址"),
        filters=[_tidy],
        validators=[DataRequired(_l("请写明贴在哪里，或网页地址。")), Length(max=200)],
    )
    words = TextAreaField(
        _l("公示的名单"),
        description=_l("照墙上的抄，连表头一起粘贴；一户一行，各栏用制表符、逗号或空格隔开。"),
        validators=[Length(max=LONGEST_LIST)],
    )
    workbook = FileField(_l("或选择表格"), description=_l("墙上这张单子的 .xlsx；选了表格，上面的名单就不读。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = [(one.value, said(one)) for one in Channel]
        self.raw: Raw = []

    def __iter__(self) -> Any:
        """The picture comes last."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "file")

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides the fields: the list, from whichever of the two there is."""
        right: bool = super().validate(extra_validators)
        try:
            self.raw = self._lines()
        except Incomplete as refusal:
            field = self.workbook if self.workbook.data else self.words
            field.errors = [*field.errors, said(refusal.sentence)]
            return False
        return right

    def _lines(self) -> Raw:
        if self.workbook.data:
            tray = self.workbook.data.stream
            if not isinstance(tray, Tray):
                raise Incomplete("请选择表格文件。")
            return lists.from_workbook(b"".join(tray.read()) if tray.size else b"")
        if not (self.words.data or "").strip():
            raise Incomplete("请粘贴名单，或选择表格。")
        return lists.typed(self.words.data)

    def hanging(self) -> Hanging:
        """All of it as the operation wants it."""
        return Hanging(
            posted_on=self.posted_on.data,
            channel=next(one for one in Channel if one == self.channel.data),
            spot=self.spot.data,
            raw=self.raw,
            photo=self.picture(),
        )


class FaultForm(FlaskForm):
    """What is wrong, by when it is to be put right, and how it was seen where the house cannot tell."""

    fault = RadioField(_l("问题"), validators=[DataRequired(_l("请选择问题。"))])
    due_on = DateField(_l("改正期限"), validators=[DataRequired(_l("请填改正期限。"))])
    words = TextAreaField(
        _l("怎样发现的"),
        description=_l("系统查出的问题可以不写；现场看到的请写明。不写群众姓名。"),
        filters=[_tidy],
        validators=[Length(max=500)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fault.choices = [(one.value, said(one)) for one in FaultKind]


class CorrectionForm(PhotoForm):
    """How a fault was put right, with a picture where no newer posting proves it."""

    words = TextAreaField(
        _l("怎样改正的"),
        filters=[_tidy],
        validators=[DataRequired(_l("请写明怎样改正的。")), Length(min=4, max=500)],
    )

    def __iter__(self) -> Any:
        """The picture comes last."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "file")
