"""What may be typed about a number, a test, a fault and a call."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from tipline.evidence.forms import FileForm
from tipline.hotline import rules
from tipline.hotline.calls import Rang
from tipline.hotline.models import HotlineLine
from tipline.hotline.operations import Said
from tipline.hotline.rules import Hours, Missed
from tipline.kit.dates import HERE
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.law.bodies import Body
from tipline.leads.forms import ReasonForm
from tipline.office import editions, roster
from tipline.office.frame import said
from tipline.office.models import Office

AT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
LONGEST = 500


def _tidied(text: str | None) -> str:
    return tidy(text) if text else ""


def _offices() -> list[Office]:
    """The offices that may publish a number: the bureau and the towns."""
    return [roster.office_of(Body.CIVIL_AFFAIRS_BUREAU), *roster.town_governments()]


def _here(moment: datetime) -> datetime:
    return moment.replace(tzinfo=HERE)


class LineForm(FlaskForm):
    """What is registered of a published number."""

    number = StringField(
        _l("号码"),
        description=_l("照公开的样子写，如 022-12345678、12345678转801、手机号或短号。"),
        validators=[DataRequired(_l("请填写号码。")), Length(max=40)],
        filters=[_tidied],
    )
    office = SelectField(_l("单位"), choices=lambda: [(one.code, one.name) for one in _offices()])
    owner = StringField(
        _l("责任人"), validators=[DataRequired(_l("请填写责任人。")), Length(max=40)], filters=[_tidied]
    )
    hours = RadioField(
        _l("接听时间"),
        choices=lambda: [(one.value, said(one)) for one in Hours],
        validators=[InputRequired(_l("请选择接听时间。"))],
    )
    where = StringField(
        _l("公开在哪里"),
        description=_l("如：镇政府公开栏、各村公开栏、区政府网站。"),
        validators=[DataRequired(_l("请写明公开在哪里。")), Length(max=200)],
        filters=[_tidied],
    )
    since = DateField(_l("启用日期"), validators=[DataRequired(_l("请填写启用日期。"))])
    until = DateField(_l("停用日期"), description=_l("一直在用的空着。"), validators=[Optional()])

    def validate_number(self, field: StringField) -> None:
        try:
            rules.published_number(field.data or "")
        except Incomplete as refusal:
            raise ValidationError(said(refusal.sentence)) from None

    def said(self) -> Said:
        """The entry as the operation wants it."""
        office = next(one for one in _offices() if one.code == self.office.data)
        told = {name: self[name].data for name in ("number", "owner", "where", "since", "until")}
        return Said(office=office, hours=next(one for one in Hours if one.value == self.hours.data), **told)

    def as_it_stands(self, line: HotlineLine) -> None:
        """Begin with what is registered."""
        kept = {name: getattr(line, name) for name in ("number", "owner", "where", "since", "until")}
        self.process(None, office=line.office.code, hours=line.hours.value, **kept)


class ProofForm(FileForm):
    """That a number is published: a picture, or where to look it up."""

    published_on = DateField(_l("公开日期"), validators=[DataRequired(_l("请填写公开日期。"))])
    words = StringField(
        _l("在哪里可以查到"),
        description=_l("如公开栏位置、公示编号、网址；照片等文件和这一栏至少有一样。"),
        validators=[Length(max=200)],
        filters=[_tidied],
    )

    def __iter__(self) -> Any:
        """The file comes last."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "file")


class EndForm(ReasonForm):
    """Since when a number is no longer answered, and why."""

    until = DateField(_l("停用日期"), validators=[DataRequired(_l("请填写停用日期。"))])


class FaultForm(FlaskForm):
    """A fault that somebody found without a test."""

    problem = RadioField(
        _l("线路问题"),
        choices=lambda: [
            (key, said(editions.notice().term("problem_type", key).name)) for key in editions.notice().hotline.faults
        ],
        validators=[InputRequired(_l("请选择线路问题。"))],
    )
    found = TextAreaField(
        _l("怎样发现的"),
        validators=[DataRequired(_l("请写明怎样发现的。")), Length(min=4, max=LONGEST)],
        filters=[_tidied],
    )


class ResultForm(FlaskForm):
    """What came of a test call."""

    result = RadioField(
        _l("拨测结果"),
        choices=lambda: [(one.key, said(one.name)) for one in editions.notice().hotline.results],
        validators=[InputRequired(_l("请选择拨测结果。"))],
    )
    dialled_at = DateTimeLocalField(_l("拨打时间"), format=AT, validators=[DataRequired(_l("请填写拨打时间。"))])
    seconds = IntegerField(_l("几秒接通"), validators=[Optional(), NumberRange(min=0, max=600)])
    words = TextAreaField(
        _l("说明"),
        description=_l("不写接听人姓名。"),
        validators=[Length(max=LONGEST)],
        filters=[_tidied],
    )

    @property
    def moment(self) -> datetime:
        return _here(self.dialled_at.data)


class CorrectionForm(FlaskForm):
    """What the office of the number did."""

    words = TextAreaField(
        _l("整改情况"),
        validators=[DataRequired(_l("请写明整改情况。")), Length(min=4, max=LONGEST)],
        filters=[_tidied],
    )


class ConfirmationForm(FlaskForm):
    """How somebody else made sure."""

    words = TextAreaField(
        _l("怎样核实的"),
        description=_l("如：再次拨打接通、现场看过公开栏。"),
        validators=[DataRequired(_l("请写明怎样核实的。")), Length(min=4, max=LONGEST)],
        filters=[_tidied],
    )


class CallForm(FlaskForm):
    """A call that nobody answered."""

    line = SelectField(_l("被叫号码"))
    rang_at = DateTimeLocalField(_l("来电时间"), format=AT, validators=[DataRequired(_l("请填写来电时间。"))])
    missed = RadioField(
        _l("未接情形"),
        choices=lambda: [(one.value, said(one)) for one in Missed],
        validators=[InputRequired(_l("请选择未接情形。"))],
    )
    caller = StringField(
        _l("来电号码"),
        description=_l("加密存放，不在列表中显示；隐藏号码的空着。"),
        validators=[Length(max=40)],
        filters=[_tidied],
        render_kw={"autocomplete": "off"},
    )

    def offering(self, lines: list[HotlineLine]) -> "CallForm":
        self.line.choices = [SelectChoice(line.key, f"{line.number} {line.office.name}") for line in lines]
        return self

    def rang(self, lines: list[HotlineLine]) -> Rang:
        """The call as it is entered."""
        line = next(line for line in lines if line.key == self.line.data)
        missed = next(one for one in Missed if one.value == self.missed.data)
        return Rang(line, _here(self.rang_at.data), missed, self.caller.data)


class RingBackForm(FlaskForm):
    """What came of ringing back."""

    result = RadioField(
        _l("回拨结果"),
        choices=lambda: [(one.key, said(one.name)) for one in editions.notice().hotline.ring_backs],
        validators=[InputRequired(_l("请选择回拨结果。"))],
    )


class ListForm(FlaskForm):
    """A carrier's list to read in."""

    sheet = FileField(_l("来电清单（.xlsx或.csv）"))
    content = HiddenField(id="content-read", validators=[Optional()])
    filename = HiddenField(validators=[Optional()])
