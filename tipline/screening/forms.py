"""What may be handed in and typed: a workbook, one household, the paper of a step, a reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from tipline.kit.cabinet import Kept, Tray
from tipline.kit.errors import Incomplete
from tipline.kit.identity import identity_number, tidy
from tipline.kit.words import Sentence
from tipline.law.entries import Term
from tipline.law.screening import NO, YES, Fact, Kind, ScreeningColumn
from tipline.office.frame import said
from tipline.screening import cells
from tipline.screening.cells import LONGEST, Known
from tipline.screening.writing import YES_NO, Writer

LONGEST_NAME = 200


def tidied(text: str | None) -> str:
    """Words as somebody typed them, with plain line breaks."""
    return tidy((text or "").replace("\r\n", "\n"))


class UploadForm(FlaskForm):
    """A workbook. It was sealed while it came in."""

    workbook = FileField(_l("排查表"), validators=[FileRequired(_l("请选择表格文件。"))])

    def validate_workbook(self, field: FileField) -> None:
        if not isinstance(field.data.stream, Tray):
            raise ValidationError(_l("请选择表格文件。"))

    def content(self) -> bytes:
        """The whole of it; there is room for it in memory, since the doors limit it."""
        tray: Tray = self.workbook.data.stream
        return b"".join(tray.read()) if tray.size else b""

    def keep(self) -> Kept:
        """Bring it to the cabinet; it stays if what follows is committed."""
        kept: Kept = self.workbook.data.stream.keep()
        return kept

    @property
    def name(self) -> str:
        return tidy(self.workbook.data.filename or "")[:LONGEST_NAME]


class ReasonForm(FlaskForm):
    """Why somebody looks at an identity number; kept sealed in the trail."""

    reason = StringField(
        _l("理由"),
        filters=[tidied],
        validators=[
            DataRequired(_l("请写明理由。")),
            Length(min=4, message=_l("请写明理由（至少4个字）。")),
            Length(max=500),
        ],
    )


class LookUpForm(FlaskForm):
    """An identity number that is looked up; it stands in no address and in no line."""

    number = StringField(
        _l("身份证号"), filters=[tidied], validators=[DataRequired(_l("请填身份证号。")), Length(max=40)]
    )
    today: date
    of = ""
    """The number with its eighteen digits."""

    def on(self, today: date) -> "LookUpForm":
        self.today = today
        return self

    def validate_number(self, field: StringField) -> None:
        try:
            self.of = identity_number(field.data, self.today)
        except ValueError as wrong:
            raise ValidationError(said(Sentence(str(wrong)))) from None


class StepForm(FlaskForm):
    """The paper that one step left."""

    step = SelectField(_l("步骤"))
    done_on = DateField(_l("办理日期"), validators=[DataRequired(_l("请填办理日期。"))])
    handler = StringField(_l("经办人"), filters=[tidied], validators=[DataRequired(_l("请填经办人。")), Length(max=60)])
    reference = StringField(
        _l("材料存放"), filters=[tidied], validators=[DataRequired(_l("请填材料编号或存放位置。")), Length(max=120)]
    )

    def for_steps(self, steps: tuple[Term, ...]) -> "StepForm":
        self.step.choices = [SelectChoice(term.key, said(term.name)) for term in steps]
        return self


class RecordForm(FlaskForm):
    """One household: a field for every column of its table, read as the cell of a workbook is."""

    knew = HiddenField(validators=[Regexp(r"\d{1,9}$")])
    """The version the writer had before their eyes."""
    columns: tuple[ScreeningColumn, ...] = ()
    known: Known
    stands: dict[str, Fact]
    lengthened: frozenset[str] = frozenset()
    """The columns with an old identity number that was made longer."""

    def column_fields(self) -> list[Any]:
        return [self[column.key] for column in self.columns]

    def validate(self, extra_validators: Any = None) -> bool:
        right: bool = super().validate(extra_validators)
        self.values = self._values()
        return right and not any(field.errors for field in self)

    def _values(self) -> dict[str, Fact]:
        """What the fields stand for; what cannot be read is said at its field."""
        values: dict[str, Fact] = {}
        for column in self.columns:
            field = self[column.key]
            if field.errors:
                continue
            if column.kind is Kind.IDENTITY and not field.data and column.key in self.stands:
                values[column.key] = self.stands[column.key]
                continue
            try:
                value = self._read(column, field.data or "")
            except Incomplete as refusal:
                field.errors = [*field.errors, said(refusal.sentence)]
                continue
            if value is not None:
                values[column.key] = value
            elif self.known.population.key in column.required:
                field.errors = [*field.errors, said(_l("请补上。"))]
        return values

    def _read(self, column: ScreeningColumn, typed: str) -> Fact | None:
        if column.kind is Kind.VILLAGE:
            return typed or None
        if column.kind is Kind.YES_NO:
            return {YES: True, NO: False}.get(typed)
        reading = cells.read(typed, column, self.known)
        if reading.lengthened:
            self.lengthened |= {column.key}
        return reading.value


def record_form(
    known: Known, writer: Writer, stands: dict[str, Fact], version: int, villages: dict[str, str], *, typed: bool
) -> RecordForm:
    """The form of one household as it stands, or as it was `typed`, with the choices of its table."""
    columns = tuple(column for column in known.columns if column.kind is not Kind.SERIAL)
    fields = {column.key: _field(column, writer, villages, stands.get(column.key)) for column in columns}
    form = type("HouseholdForm", (RecordForm,), fields)
    data = {
        column.key: writer.typed(column, stands.get(column.key))
        for column in columns
        if column.kind is not Kind.IDENTITY
    }
    formdata = () if typed else (None,)  # without an argument a form reads the request
    made: RecordForm = form(*formdata, data=data | {"knew": str(version)}, prefix="household")
    made.columns, made.known, made.stands = columns, known, stands
    return made


def _field(column: ScreeningColumn, writer: Writer, villages: dict[str, str], stands: Fact | None) -> Any:
    """A field that takes the column's values, and gives back unchanged the one that stands."""
    label = said(column.name)
    if column.kind is Kind.VILLAGE:
        return _select(label, villages)
    if column.kind is Kind.YES_NO:
        return _select(label, YES_NO)
    if column.key in writer.choices:
        return _select(label, writer.choices[column.key].names)
    hint = _l("不改就空着") if column.kind is Kind.IDENTITY and stands is not None else ""
    lines = TextAreaField if "\n" in str(stands) else StringField
    return lines(label, filters=[tidied], description=hint, validators=[Length(max=LONGEST)])


def _select(label: str, names: Mapping[str, object]) -> SelectField:
    choices = [SelectChoice(key, said(name)) for key, name in names.items()]
    return SelectField(label, choices=[SelectChoice("", ""), *choices])
