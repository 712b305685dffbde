"""What may be typed about a circular, and into the log of warning education."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from tipline.circulars.educating import Held
from tipline.circulars.models import Circular, CircularVersion
from tipline.circulars.wording import CaseWords, Draft
from tipline.kit.identity import tidy
from tipline.kit.typed import count
from tipline.office import editions
from tipline.office.forms import Part, Rows
from tipline.office.frame import said

LONGEST = 4000
MOST_PERSONS = 5000


def _tidied(text: str | None) -> str:
    return tidy(text or "")


def _line(label: Any, most: int, *, needed: bool = True, hint: Any = "") -> StringField:
    checks = [Length(max=most), *([DataRequired(_l("这一项不能空着。"))] if needed else [])]
    return StringField(label, description=hint, filters=[_tidied], validators=checks)


def _text(label: Any, hint: Any = "", *, needed: bool = False) -> TextAreaField:
    checks = [Length(max=LONGEST), *([DataRequired(_l("这一项不能空着。"))] if needed else [])]
    return TextAreaField(label, description=hint, filters=[_tidied], validators=checks)


class CaseForm(Part):
    """What the circular says of one case."""

    heading = _line(_l("标题"), 120, hint=_l("单位、职务、姓名和问题"))
    words = _text(_l("案情"), _l("时间和做法、金额、决定机关和日期、处理、追缴"), needed=True)
    risk = _text(_l("风险点"))
    gap = _text(_l("制度漏洞"))
    measure = _text(_l("整改措施"))


class WordsForm(FlaskForm):
    """A whole circular, and the version that it rests on."""

    title = _line(_l("标题"), 120)
    addressee = _line(_l("主送"), 120)
    opening = _text(_l("开头"), needed=True)
    cases = Rows(FormField(CaseForm), label=_l("案例"), max_entries=99)
    lesson = _text(_l("教训"), needed=True)
    demands = _text(_l("工作要求"), needed=True)
    copies = _line(_l("抄送"), 200, needed=False)
    based_on = HiddenField()

    @classmethod
    def of(cls, version: CircularVersion, prefix: str) -> "WordsForm":
        """The form before anybody types."""
        draft = Draft.parse(version.text)
        told = {name: getattr(draft, name) for name in ("title", "addressee", "opening", "lesson", "demands", "copies")}
        form = cls(None, prefix=prefix)
        form.process(None, cases=[vars(case) for case in draft.cases], based_on=str(version.n), **told)
        return form

    @property
    def draft(self) -> Draft:
        told = {name: getattr(self, name).data for name in ("title", "addressee", "opening", "lesson", "demands")}
        cases = tuple(CaseWords(**entry.form.data) for entry in self.cases)
        return Draft(cases=cases, copies=self.copies.data, **told)

    @property
    def version(self) -> int:
        return count(self.based_on.data)


class SubmitForm(FlaskForm):
    """What the masking aid has noted is to stay."""

    looked_over = BooleanField(_l("已逐处核对，提示的内容确需保留"))


class EducationForm(FlaskForm):
    """One time of warning education."""

    circular = SelectField(_l("学习的通报"))
    held_on = DateField(_l("日期"), validators=[DataRequired(_l("请填日期。"))])
    place = _line(_l("地点"), 100)
    audience = RadioField(_l("受教育人员"), validators=[DataRequired(_l("请选择。"))])
    form = RadioField(_l("形式"), validators=[DataRequired(_l("请选择。"))])
    persons = IntegerField(
        _l("人数"),
        validators=[
            InputRequired(_l("请填受教育人数。")),
            NumberRange(1, MOST_PERSONS, message=_l("请填1到%(max)s的整数。")),
        ],
    )
    exhibit = _line(_l("佐证材料"), 200, needed=False, hint=_l("照片、签到表的编号或存放处；不写群众姓名。"))

    def __init__(self, *args: Any, issued: list[Circular], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issued = {one.key: one for one in issued}
        words = editions.notice().education
        self.circular.choices = [
            ("", said(_l("不针对某件通报"))),
            *((key, f"{one.doc_no} {one.draft.title}") for key, one in self.issued.items()),
        ]
        self.audience.choices = [(term.key, said(term.name)) for term in words.audiences]
        self.form.choices = [(term.key, said(term.name)) for term in words.forms]

    def held(self) -> Held:
        """All of it as the operation wants it."""
        return Held(
            on=self.held_on.data,
            place=self.place.data,
            audience=self.audience.data,
            form=self.form.data,
            persons=self.persons.data,
            exhibit=self.exhibit.data,
            circular=self.issued.get(self.circular.data),
        )
