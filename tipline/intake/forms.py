"""What an operator may type on a call sheet. Every refusal stands at its field; everything typed is kept."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from tipline.intake.fields import Exact, TidyString, TidyText
from tipline.kit import typed
from tipline.kit.dates import day_of, local
from tipline.kit.identity import digits_of, identity_number, tidy
from tipline.kit.words import Labelled
from tipline.law.bodies import ManagingAuthority, Membership, PersonKind, RankClass, SupervisionObject
from tipline.law.entries import Term
from tipline.law.notice import Notice
from tipline.leads.call import LONGEST_AGO
from tipline.office.forms import Part, Rows
from tipline.office.frame import said
from tipline.office.models import Place

MOST_PEOPLE = 20
LONGEST = 100_000
YES_NO = [SelectChoice("yes", _l("要求")), SelectChoice("no", _l("不要求"))]
SPOKEN = {"call", "visit"}
"""Sorts of channel over which somebody speaks, so that the record can be read back to them."""
SKEW = timedelta(minutes=2)

NO_SUCH_IDENTITY = (
    _l("身份证号应为18位（或旧式15位），末位可为X。"),
    _l("身份证号中的出生日期不存在，请核对第7至14位。"),
    _l("身份证号中的出生日期晚于今天，请核对第7至14位。"),
    _l("身份证号末位校验码不符，请逐位核对。"),
)
"""What `kit.identity` says of a number that cannot be one; here so that the catalogue knows the words."""


def _choices(words: type[Labelled]) -> list[SelectChoice]:
    return [SelectChoice("", _("随职务")), *(SelectChoice(word.value, said(word)) for word in words)]


def _tidy(text: str | None) -> str:
    return tidy(text or "")


def _terms(terms: Iterable[Term]) -> list[SelectChoice]:
    return [SelectChoice(term.key, said(term.name)) for term in terms]


class PersonForm(Part):
    """One implicated person: whom first, then what of them. A fact left alone is that of the post."""

    post = HiddenField()
    post_words = TidyString(_l("职务"), validators=[Length(max=60)])
    name = TidyString(_l("姓名"), validators=[Length(max=40)])
    town = SelectField(_l("所在镇街"), validate_choice=False)
    allegation = TidyText(_l("其本人的问题"), validators=[Length(max=LONGEST)])
    kind = SelectField(_l("身份"), validate_choice=False)
    managed_by = SelectField(_l("管理权限"), validate_choice=False)
    supervision_object = SelectField(_l("监察对象"), validate_choice=False)
    party_member = SelectField(_l("政治面貌"), validate_choice=False)
    rank_class = SelectField(_l("职级"), validate_choice=False)
    former = BooleanField(_l("已离任"))
    deputy = BooleanField(_l("是代表或委员"))
    entrusted = BooleanField(_l("受委托管理公共事务"))
    collusion = BooleanField(_l("多人反映或干部串通"))
    crime_signs = BooleanField(_l("有犯罪迹象"))

    WORDS: dict[str, type[Labelled]] = {
        "kind": PersonKind,
        "managed_by": ManagingAuthority,
        "supervision_object": SupervisionObject,
        "party_member": Membership,
        "rank_class": RankClass,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.WORDS.items():
            self[name].choices = _choices(words)

    @property
    def corrected(self) -> bool:
        """Whether anything beyond the post was said of the facts, so that the fold should stand open."""
        flags = (self.former, self.deputy, self.entrusted, self.collusion, self.crime_signs)
        return any(self[name].data for name in self.WORDS) or any(flag.data for flag in flags)


class CallForm(FlaskForm):
    """The call sheet, in the order in which it is asked: secrecy, whom, where, what, who calls."""

    token = HiddenField()
    rang = HiddenField(filters=[_tidy])
    """The number from which it rang, where the telephone system told it; nobody has agreed to its being kept yet."""
    rung = HiddenField(filters=[_tidy])
    number_agreed = BooleanField(_l("来电人同意留下来电号码"))
    wants_secrecy = RadioField(_l("身份是否保密"), choices=YES_NO, validators=[InputRequired(_l("请问一句再选。"))])
    wants_answer = RadioField(_l("是否要求答复"), choices=YES_NO, validators=[InputRequired(_l("请问一句再选。"))])
    named = RadioField(
        _l("实名还是匿名"),
        choices=[SelectChoice("yes", _l("实名")), SelectChoice("no", _l("匿名"))],
        validators=[InputRequired(_l("请问一句再选。"))],
    )
    people = Rows(FormField(PersonForm), min_entries=1, max_entries=MOST_PEOPLE)
    town = SelectField(_l("事发镇街"), validate_choice=False)
    place = HiddenField(filters=[_tidy])
    place_words = TidyString(_l("村、社区"), validators=[Length(max=60)])
    problems = SelectMultipleField(_l("问题类型"))
    wrong_dibao = SelectMultipleField(_l("错误低保类型"))
    happened_from = Exact(_l("何时起"), typed.day, _l("没有这一天，请写作2018-6-4、2018年6月或2018年。"))
    happened_until = Exact(
        _l("至何时"), lambda text: typed.day(text, last=True), _l("没有这一天，请写作2018-6-4、2018年6月或2018年。")
    )
    household = TidyString(_l("涉及哪一户"), validators=[Length(max=60)])
    amount = Exact(_l("涉及金额（元）"), typed.fen, _l("请写数目，如12000或1.2万。"))
    narrative = TidyText(
        _l("反映的主要问题"), validators=[DataRequired(_l("请写明反映的主要问题。")), Length(max=LONGEST)]
    )
    media = BooleanField(_l("媒体已曝光"))
    leader_instruction = BooleanField(_l("有领导批示"))
    major = BooleanField(_l("认定为重大问题线索"))
    major_reason = TidyString(_l("认定重大的理由"), validators=[Length(max=500)])
    reporter_name = TidyString(_l("举报人姓名"), validators=[Length(max=40)])
    phone = TidyString(_l("联系电话"), validators=[Length(max=40)])
    identity = TidyString(_l("身份证号"), validators=[Length(max=40)])
    address = TidyString(_l("住址"), validators=[Length(max=200)])
    relation = TidyString(_l("与被反映人或该户的关系"), validators=[Length(max=60)])
    channel = SelectField(_l("渠道"))
    received_at = Exact(
        _l("来电来信时间"),
        typed.moment,
        _l("没有这个时间，请写作2018-06-04 09:30。"),
        validators=[DataRequired(_l("请填写来电来信的时间。"))],
    )
    told_duty = BooleanField(_l("已告知应当如实反映、如实反映受保护"))
    read_back = BooleanField(_l("已将记录念给来电人听，核对无误"))

    def __init__(
        self, notice: Notice, towns: list[Place], now: datetime, kept: MultiDict[str, str] | None = None
    ) -> None:
        super().__init__(**({} if kept is None else {"formdata": kept}))
        self.now = now
        self.problems.choices = _terms(notice.terms("problem_type"))
        self.wrong_dibao.choices = _terms(notice.taxonomies.get("wrong_dibao_type", ()))
        self.channel.choices = _terms(notice.terms("channel"))
        self.usual = notice.channel("call")
        self.spoken = {term.key for term in notice.terms("channel") if term.sort in SPOKEN}
        self.offer_towns(towns)
        if kept is None and not self.is_submitted():
            self.begin()

    def begin(self) -> None:
        """A fresh sheet: its one-time mark, the usual channel, and the time of day."""
        self.token.data = secrets.token_urlsafe(24)
        self.channel.data = self.usual
        self.received_at.data = f"{local(self.now):%Y-%m-%dT%H:%M}"

    def offer_towns(self, towns: list[Place]) -> None:
        """The towns and streets to choose from, for the matter and for each person."""
        names = [SelectChoice(place.code, place.name) for place in towns]
        self.town.choices = [SelectChoice("", _("不详")), *names]
        self.person_towns = [SelectChoice("", _("同事发地")), *names]
        for entry in self.people:
            entry.form.town.choices = self.person_towns

    def blank_person(self) -> PersonForm:
        """The row from which the script makes further rows."""
        blank = PersonForm(prefix="people-__n__-")
        blank.town.choices = self.person_towns
        return blank

    def change_rows(self, add: str, remove: str) -> bool:
        """Add a person or take one away, as a browser without script asks. True when it was asked."""
        if remove:
            self.people.entries = [entry for entry in self.people.entries if entry.name != remove]
        if not self.people.entries or (add and len(self.people) < MOST_PEOPLE):
            self.people.append_entry().form.town.choices = self.person_towns
        return bool(add or remove)

    def validate_received_at(self, field: Exact) -> None:
        if field.value is not None and field.value > self.now + SKEW:
            raise ValidationError(_("时间还没有到，请核对。"))
        if field.value is not None and field.value < self.now - LONGEST_AGO:
            raise ValidationError(_("这是二十多年以前，请核对年份。"))

    def validate_happened_until(self, field: Exact) -> None:
        since: date | None = self.happened_from.value
        if since is not None and field.value is not None and field.value < since:
            raise ValidationError(_("结束早于开始，请核对。"))

    def validate_happened_from(self, field: Exact) -> None:
        if field.value is not None and field.value > day_of(self.now):
            raise ValidationError(_("这一天还没有到，请核对。"))

    def validate_major_reason(self, field: StringField) -> None:
        if self.major.data and not field.data:
            raise ValidationError(_("认定为重大问题线索须写明理由。"))

    def validate_identity(self, field: StringField) -> None:
        if not field.data:
            return
        try:
            identity_number(field.data, day_of(self.now))
        except ValueError as wrong:
            raise ValidationError(_(str(wrong))) from None

    def validate_named(self, field: RadioField) -> None:
        if field.data == "yes" and not (self.reporter_name.data and (self.phone.data or self.address.data)):
            raise ValidationError(_("实名须有真实姓名和能找到本人的电话或住址；不愿留的，选匿名。"))

    @property
    def number_stays(self) -> bool:
        """Whether the number may be kept: not that which the telephone told, of somebody anonymous who gave none."""
        told = digits_of(self.rang.data or "")
        typed_by_hand = not told or digits_of(self.phone.data or "") != told
        return typed_by_hand or self.named.data == "yes" or bool(self.number_agreed.data)

    def validate_told_duty(self, field: BooleanField) -> None:
        if self.channel.data in self.spoken and not field.data:
            raise ValidationError(_("请先告知来电人，再勾选。"))

    def validate_read_back(self, field: BooleanField) -> None:
        if self.channel.data in self.spoken and not field.data:
            raise ValidationError(_("请把记录念给来电人听，再勾选。"))

    def validate_envelope(self) -> bool:
        """Whether the little that a stub needs is right: when and how it came."""
        self.validate()
        for field in self:
            if field not in self.envelope:
                field.errors = []
        return not any(field.errors for field in self.envelope)

    @property
    def envelope(self) -> tuple[Any, ...]:
        """What is kept of a stub too."""
        return (self.channel, self.received_at)


class ImportForm(FlaskForm):
    """A list of leads to read in."""

    sheet = FileField(_l("表格文件（.xlsx或.csv）"))
    content = HiddenField(id="content-read", validators=[Optional()])
    filename = HiddenField(validators=[Optional()])
