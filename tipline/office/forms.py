"""What a person may type at the office's own counter."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length, NumberRange, Optional, Regexp

from tipline.kit.identity import tidy
from tipline.office.charter import Role
from tipline.office.frame import said
from tipline.office.models import Office, Officer
from tipline.office.queries import MACHINERY
from tipline.office.seats import SEATS, Relation

ACTS = {act.value: act for act in MACHINERY}


def tidied(text: str | None) -> str:
    """Typed text without what nobody can see."""
    return tidy(text or "").replace("\n", " ")


class Part(FlaskForm):
    """A row of a form, or a form that only asks: without a token of its own, and like all in the reader's language."""

    class Meta:
        csrf = False


class Rows(FieldList):
    """Rows of a form. A field whose row has no number, or a longer one than any page gives, is in none."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterable[int]:
        row = re.compile(rf"{re.escape(prefix)}-[0-9]{{1,4}}(-|$)")
        known: Iterable[int] = super()._extract_indices(prefix, filter(row.match, formdata))
        return known


class SignInForm(FlaskForm):
    """Name and password."""

    login = StringField(_l("用户名"), validators=[DataRequired(), Length(max=40)])
    password = PasswordField(_l("密码"), validators=[DataRequired(), Length(max=128)])
    next = HiddenField()


class PasswordForm(FlaskForm):
    """One's own new password."""

    old = PasswordField(_l("现在的密码"), validators=[InputRequired(), Length(max=128)])
    new = PasswordField(_l("新密码"), validators=[InputRequired(), Length(max=128)])
    again = PasswordField(
        _l("再输一遍新密码"), validators=[InputRequired(), EqualTo("new", message=_l("两次输入的新密码不一样。"))]
    )


class ConfirmForm(FlaskForm):
    """The password once more, before something grave."""

    password = PasswordField(_l("本人密码"), validators=[Length(max=128)])


class KinForm(FlaskForm):
    """A close relative whose matters the officer must not see."""

    name = StringField(_l("亲属姓名"), filters=[tidied], validators=[DataRequired(), Length(max=40)])
    relation = SelectField(_l("与本人关系"), validators=[InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation.choices = [(relation.value, said(relation)) for relation in Relation]


class LeaveForm(FlaskForm):
    """From when until when, and who stands in."""

    since = DateField(_l("自"), validators=[InputRequired(_l("请填写日期。"))])
    until = DateField(_l("至"), validators=[InputRequired(_l("请填写日期。"))])
    substitute = SelectField(_l("代岗人员"))

    def over(self, colleagues: Iterable[Officer]) -> "LeaveForm":
        """The form with those of the same office and role."""
        self.substitute.choices = [("", said(_l("无人可代"))), *((one.key, one.name) for one in colleagues)]
        return self


class HandOnForm(FlaskForm):
    """To whom one thing is handed on."""

    to = SelectField(_l("转交给"), validators=[InputRequired(_l("请选择人员。"))])

    def over(self, hands: Iterable[Officer]) -> "HandOnForm":
        """The form with those who may take it; one alone needs no choosing."""
        known = [(one.key, one.name) for one in hands]
        self.to.choices = known if len(known) == 1 else [("", said(_l("请选择"))), *known]
        return self


class NameForm(FlaskForm):
    """An officer's name as it should read."""

    name = StringField(_l("姓名"), filters=[tidied], validators=[DataRequired(), Length(max=40)])


class PostForm(FlaskForm):
    """A post: role, office and title."""

    role = SelectField(_l("角色"), validators=[InputRequired()])
    office = SelectField(_l("单位"), validators=[InputRequired()])
    title = StringField(_l("职务"), filters=[tidied], validators=[Length(max=60)])
    heads = BooleanField(_l("本单位主要负责人"))

    @classmethod
    def over(cls, offices: Iterable[Office], officer: Officer | None = None, **options: Any) -> "PostForm":
        """The form with the offices that can be chosen, filled with where the officer sits now."""
        now: dict[str, Any] = {}
        if officer:
            now = {"role": officer.role.value, "office": officer.office.code, "title": officer.title}
            now["heads"] = officer.heads
        form = cls(**now, **options)
        form.role.choices = [(role.value, said(role)) for role in Role if role in SEATS]
        form.office.choices = [(office.code, office.name) for office in offices]
        return form


class AdmitForm(PostForm):
    """Somebody new on the roster, with the post that is proposed for them."""

    name = StringField(_l("姓名"), filters=[tidied], validators=[DataRequired(), Length(max=40)])
    login = StringField(
        _l("用户名"),
        filters=[lambda text: tidied(text).lower()],
        validators=[
            DataRequired(),
            Length(min=2, max=40),
            Regexp(r"^[a-z][a-z0-9._-]*$", message=_l("用户名用小写字母开头，可含数字、点、短横和下划线。")),
        ],
    )
    email = StringField(
        _l("电子邮箱"),
        filters=[tidied],
        validators=[Optional(), Length(max=120), Regexp(r"^[^@\s]+@[^@\s]+$", message=_l("不像电子邮箱地址。"))],
    )


class YearForm(FlaskForm):
    """A year's holidays: a file, or lines in the same columns."""

    year = IntegerField(
        _l("年份"), validators=[InputRequired(), NumberRange(2000, 2100, message=_l("请写2000至2100之间的年份。"))]
    )
    file = FileField(_l("csv文件"))
    lines = TextAreaField(_l("或在这里逐行填写"), validators=[Length(max=65536)])


class LinesForm(Part):
    """Which lines of the trail an auditor wants."""

    act = SelectField(_l("办理动作"), validators=[Optional()])
    by = SelectField(_l("经办人"), validators=[Optional()])
    since = DateField(_l("自"), validators=[Optional()])
    until = DateField(_l("至"), validators=[Optional()])

    @classmethod
    def over(cls, officers: Iterable[Officer], asked: "MultiDict[str, str]") -> "LinesForm":
        """The form with the officers that can be chosen, as far as what was asked makes sense."""
        form = cls(asked)
        anything = [("", said(_l("全部")))]
        form.act.choices = anything + [(act.value, said(act)) for act in MACHINERY]
        form.by.choices = anything + [(officer.key, f"{officer.name} · {officer.login}") for officer in officers]
        form.validate()
        return form

    def wishes(self) -> dict[str, Any]:
        """What was asked, without what could not be read."""
        sound = {name: field.data for name, field in self._fields.items() if not field.errors}
        act = sound.get("act")
        return {
            "act": ACTS.get(act or ""),
            "by": sound.get("by") or None,
            "since": sound.get("since"),
            "until": sound.get("until"),
        }


class SampleRow(Part):
    """On the page of parts: a row that is repeated."""

    name = StringField(_l("姓名"))
    post = HiddenField()


class SampleForm(Part):
    """On the page of parts: a field of every kind."""

    name = StringField(_l("姓名"), [DataRequired()], description=_l("照身份证上的写"))
    number = StringField(_l("编号"))
    narrative = TextAreaField(_l("反映的主要问题"))
    town = SelectField(_l("镇街"), choices=lambda: [("", "—"), ("103", "双港镇"), ("100", "咸水沽镇")])
    named = RadioField(_l("实名还是匿名"), choices=lambda: [("yes", _l("实名")), ("no", _l("匿名"))])
    problems = SelectMultipleField(_l("问题类型"), choices=lambda: [("a", _l("优亲厚友")), ("b", _l("吃拿卡要"))])
    media = BooleanField(_l("媒体关注"))
    post_words = StringField(_l("职务"))
    people = FieldList(FormField(SampleRow), min_entries=2)


class SampleReason(Part):
    """On the page of parts: what a deed asks."""

    reason = TextAreaField(_l("理由"), [DataRequired()])
