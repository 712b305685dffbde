"""What an officer may hand in with a lead, and what they must say to get it out again."""

import re
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateTimeLocalField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from tipline.evidence import rules
from tipline.evidence.examining import Examined, examine
from tipline.evidence.operations import Received, Recording, Side
from tipline.evidence.rules import Fault
from tipline.kit.cabinet import Tray
from tipline.kit.dates import HERE
from tipline.kit.db import db
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.frame import said

LONGEST_NAME = 200
LONGEST_RECORDING = 24 * 3600
HASH = re.compile(r"[0-9a-fA-F]{32,128}")
DURATION = re.compile(r"(?:(\d{1,2})[:：])?(\d{1,3})[:：]([0-5]?\d)|(\d{1,5})")


def _tidy(text: str | None) -> str:
    return tidy(text or "")


class PartsForm(FlaskForm):
    """To whose part something belongs, where a lead names several persons."""

    parts = SelectMultipleField(
        _l("随附哪几个人"), description=_l("分送时，只有这些人的承办机关收到；承办全件的机关总能看到。")
    )

    def for_lead(self, lead: Lead) -> Any:
        """The form with the persons of this lead; a lead about one person does not ask."""
        if len(lead.people) < 2:
            del self.parts
        else:
            self.parts.choices = [(person.key, _called(person)) for person in lead.people]
        return self

    def chosen(self, lead: Lead) -> list[ImplicatedPerson]:
        """The persons that were ticked."""
        ticked = set(self.parts.data or ()) if "parts" in self else set()
        return [person for person in lead.people if person.key in ticked]


def _called(person: ImplicatedPerson) -> str:
    words: dict[str, object] = {"n": person.position + 1, "name": person.name or Sentence("姓名不详")}
    return said(Sentence("第%(n)s人 %(name)s", words))


class SideForm(PartsForm):
    """Something that comes in with a lead, or through the referral of a body: only the former is parted."""

    def for_side(self, side: Side) -> Any:
        if side.referral is None:
            return self.for_lead(side.lead)
        del self.parts
        return self


class FileForm(FlaskForm):
    """One file. It was sealed while it came in; here it is looked at, and only then kept."""

    file = FileField(_l("选择文件"))
    examined: Examined

    def validate_file(self, field: FileField) -> None:
        """Looking takes its time: no transaction is open meanwhile."""
        if not field.data:
            return
        kind = rules.type_of(field.data.filename)
        if kind is None or not isinstance(field.data.stream, Tray):
            raise ValidationError(said(Fault.UNKNOWN))
        if field.data.stream.size == 0:
            raise ValidationError(said(Fault.EMPTY))
        db.session.rollback()
        self.examined = examine(field.data.stream, kind, request.tray)  # type: ignore[attr-defined]
        if self.examined.fault:
            raise ValidationError(said(self.examined.fault))

    def received(self, *, with_copy: bool = True) -> Received:
        """Bring the file and its copy to the disk; they stay if what follows is committed."""
        name = self.file.data.filename
        kind, copy = rules.type_of(name), self.examined.clean_copy if with_copy else None
        assert kind is not None
        return Received(name, kind, self.file.data.stream.keep(), copy.keep() if copy else None)


class AttachForm(SideForm, FileForm):
    """A file that comes in with a lead."""

    file = FileField(_l("选择文件"), validators=[FileRequired(_l("请选择文件。"))])

    def __iter__(self) -> Any:
        """The file comes before the rest."""
        yield from sorted(super().__iter__(), key=lambda field: field.short_name == "parts")


class RecordingForm(SideForm):
    """A recording that stays where it is."""

    number = StringField(
        _l("录音编号"),
        filters=[_tidy],
        validators=[DataRequired(_l("请填写录音设备上的编号。")), Length(max=LONGEST_NAME)],
    )
    digest = StringField(
        _l("校验值"),
        filters=[_tidy],
        description=_l("录音设备给出的SHA-256等校验值，只含0-9和A-F。"),
        validators=[Regexp(rf"^{HASH.pattern}$", message=_l("校验值应为32至128位的0-9和A-F。"))],
    )
    started_at = DateTimeLocalField(
        _l("开始时间"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[DataRequired(_l("请填写开始时间。"))],
    )
    length = StringField(_l("时长"), filters=[_tidy], description=_l("如 12:40 或 1:05:00，也可只填秒数。"))
    kept_at = StringField(
        _l("存放位置"),
        filters=[_tidy],
        validators=[DataRequired(_l("请写明录音存放在哪里。")), Length(max=LONGEST_NAME)],
    )

    def validate_length(self, field: StringField) -> None:
        if not 0 < self.seconds <= LONGEST_RECORDING:
            raise ValidationError(said(Sentence("时长请写成 分:秒 或 时:分:秒。")))

    @property
    def seconds(self) -> int:
        """The length, as it was typed, in seconds; 0 for what cannot be read."""
        found = DURATION.fullmatch(self.length.data or "")
        if not found:
            return 0
        hours, minutes, seconds, alone = (int(part or 0) for part in found.groups())
        return alone or hours * 3600 + minutes * 60 + seconds

    def recording(self) -> Recording:
        started = self.started_at.data.replace(tzinfo=HERE)
        return Recording(self.number.data, self.digest.data.lower(), started, self.seconds, self.kept_at.data)
