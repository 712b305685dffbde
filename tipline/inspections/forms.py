"""What may be typed about an inspection, what it found, and what was put right."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tipline.evidence.forms import FileForm
from tipline.evidence.operations import Received
from tipline.inspections import queries
from tipline.inspections.lifecycle import Kind
from tipline.inspections.models import Inspection
from tipline.inspections.operations import Plan, Seen
from tipline.kit.identity import tidy
from tipline.law.entries import Term
from tipline.office import editions, roster
from tipline.office.charter import Role
from tipline.office.frame import said
from tipline.office.models import Place
from tipline.screening.models import ScreeningRecord

LONGEST = 2000
NOT_CHOSEN = ("", "—")
MOST_BY_LOT = 20


def _tidied(text: str | None) -> str:
    return tidy(text) if text else ""


def _words(label: Any, hint: Any = "", least: int = 4) -> TextAreaField:
    short = _l("请写明内容（至少4个字）。")
    checks = [DataRequired(short), Length(min=least, max=LONGEST, message=short)]
    return TextAreaField(label, description=hint, filters=[_tidied], validators=checks)


def styles() -> list[Term]:
    """The problems of work style in the notice, R-5."""
    rules = editions.notice().inspection
    return [term for term in editions.notice().terms(rules.style) if term.group == rules.style_group]


def _kinds() -> dict[str, list[tuple[str, str]]]:
    wrong = editions.notice().terms(editions.notice().inspection.wrong)
    groups = {
        str(_l("低保问题")): [(f"wrong.{term.key}", said(term.name)) for term in wrong],
        str(_l("作风问题")): [(f"style.{term.key}", said(term.name)) for term in styles()],
    }
    return {name: choices for name, choices in groups.items() if choices}


def _problems() -> list[tuple[str, str]]:
    return [NOT_CHOSEN, *((term.key, said(term.name)) for term in editions.notice().terms("problem_type"))]


def _posts() -> list[tuple[str, str]]:
    return [NOT_CHOSEN, *((post.key, said(post.name)) for post in editions.notice().posts)]


class PlanForm(FlaskForm):
    """Who goes where, when and why."""

    sort = RadioField(
        _l("方式"), choices=lambda: [(kind.value, said(kind)) for kind in Kind], validators=[DataRequired()]
    )
    since = DateField(_l("自"), validators=[DataRequired(_l("请填日期。"))])
    until = DateField(_l("至"), validators=[DataRequired(_l("请填日期。"))])
    towns = SelectMultipleField(_l("镇"))
    villages = SelectMultipleField(_l("村（居）"))
    by_lot = IntegerField(
        _l("另抽几个村"),
        description=_l("批准时在全区其余的村里抽，种子现在就公布。"),
        validators=[InputRequired(_l("请填个数，可以是0。")), NumberRange(0, MOST_BY_LOT)],
    )
    reason = _words(_l("为什么选这些地方"), _l("写明申诉、举报、媒体曝光等情况；不写群众姓名。"))
    leader = SelectField(_l("组长"))
    members = SelectMultipleField(_l("组员"))
    contractor = StringField(_l("受托单位"), filters=[_tidied], validators=[Length(max=80)])
    contract_no = StringField(_l("合同编号"), filters=[_tidied], validators=[Length(max=60)])
    outsiders = StringField(_l("没有账号的随行人员"), filters=[_tidied], validators=[Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.going = {one.key: one for one in queries.can_go_along()}
        self.town_of = {place.code: place for place in queries.towns()}
        self.village_of = {one.code: one for one in roster.villages() if one.parent_code in self.town_of}
        named = [(key, f"{one.name}（{said(one.role)}）") for key, one in self.going.items()]
        self.members.choices = named
        self.leader.choices = [(key, name) for key, name in named if self.going[key].role is not Role.THIRD_PARTY]
        self.towns.choices = [(code, place.name) for code, place in self.town_of.items()]
        self.villages.choices = [(code, place.name) for code, place in self.village_of.items()]

    @property
    def by_town(self) -> list[tuple[Place, list[Place]]]:
        """The towns, each with its villages, for the boxes to tick."""
        lie: dict[str | None, list[Place]] = {}
        for village in self.village_of.values():
            lie.setdefault(village.parent_code, []).append(village)
        return [(town, lie.get(code, [])) for code, town in self.town_of.items()]

    def said(self) -> Plan:
        """The plan as the operation wants it."""
        places = [self.town_of[code] for code in self.towns.data or ()]
        places += [self.village_of[code] for code in self.villages.data or ()]
        return Plan(
            sort=next(kind for kind in Kind if kind.value == self.sort.data),
            since=self.since.data,
            until=self.until.data,
            places=places,
            reason=self.reason.data,
            members=[self.going[key] for key in self.members.data or ()],
            leader=self.going[self.leader.data],
            by_lot=self.by_lot.data,
            contractor=self.contractor.data,
            contract_no=self.contract_no.data,
            outsiders=self.outsiders.data,
        )


class ProofForm(FileForm):
    """Anything with a photo or a paper, which may be left out."""

    def __iter__(self) -> Any:
        """The file comes after the words."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "file")

    def proof(self) -> Received | None:
        """The file, brought to the disk."""
        return self.received(with_copy=False) if self.file.data else None


class FindingForm(ProofForm):
    """What was found."""

    place = SelectField(_l("地点"))
    kind = SelectField(_l("问题类型"), choices=_kinds)
    on = DateField(_l("发现日期"), validators=[DataRequired(_l("请填日期。"))])
    words = _words(_l("看到什么"), _l("写现场看到的情况，不写身份证号和电话。"))
    household = HiddenField()

    def about(self, paper: Inspection) -> "FindingForm":
        """The form with the places of this inspection."""
        towns = {place.code: place.name for place in queries.towns()}
        self.places = {one.place_code: one.place for one in paper.places}
        self.place.choices = [
            (code, place.name if code in towns else towns.get(str(place.parent_code), "") + place.name)
            for code, place in self.places.items()
        ]
        return self

    def said(self, record: ScreeningRecord | None) -> Seen:
        """What was found, as the operation wants it; a household stands where its record says."""
        group, _, term = self.kind.data.partition(".")
        code = record.place_code if record and record.place_code in self.places else self.place.data
        return Seen(
            style=group == "style",
            term=term,
            place=self.places[str(code)],
            on=self.on.data,
            words=self.words.data,
            record=record,
        )


class DemandForm(FlaskForm):
    """What must be put right, and by when."""

    words = _words(_l("要求整改什么"), _l("镇里看得到这段话，看不到“看到什么”。"))
    due_on = DateField(_l("整改期限"), description=_l("不填按通常的期限。"), validators=[Optional()])


class DoneForm(ProofForm):
    """What was put right."""

    words = _words(_l("怎样改的"))


class StyleForm(FlaskForm):
    """Which problem of work style it shows besides."""

    term = SelectField(_l("作风问题"), choices=lambda: [(term.key, said(term.name)) for term in styles()])


class LeadForm(FlaskForm):
    """Whom a finding is about, for a lead."""

    post = SelectField(_l("被反映人的职务"), choices=_posts, validators=[DataRequired(_l("请选择职务。"))])
    name = StringField(_l("姓名"), filters=[_tidied], validators=[Length(max=60)])
    problem = SelectField(_l("问题性质"), choices=_problems, validators=[DataRequired(_l("请选择问题性质。"))])
    words = _words(_l("反映的问题"), _l("写成线索登记；此后按线索办理，谁能看见按线索的规定。"), least=6)


class FinishForm(FlaskForm):
    """What the visit came to."""

    summary = _words(_l("督查小结"), least=6)
