"""What a person may type about a letter."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from tipline.kit.identity import tidy
from tipline.kit.typed import count
from tipline.letters.models import FileKind, LetterVersion
from tipline.letters.wording import ATTACHED, COPIED, Wording

LONGEST = 20_000


def _tidied(text: str | None) -> str | None:
    return tidy(text) or None if text else None


def _lines(text: str | None) -> tuple[str, ...]:
    """Lines as the letter keeps them: a paragraph must not read as another part of the letter."""
    kept = (line.strip() for line in (text or "").splitlines())
    return tuple(line.removeprefix(ATTACHED).removeprefix(COPIED).strip() for line in kept if line)


class WordingForm(FlaskForm):
    """The words of a letter, and the version they rest on."""

    title = StringField(_l("标题"), validators=[DataRequired(), Length(max=120)], filters=[_tidied])
    addressee = StringField(_l("主送"), validators=[DataRequired(), Length(max=120)], filters=[_tidied])
    body = TextAreaField(_l("正文"), validators=[DataRequired(), Length(max=LONGEST)])
    attachments = TextAreaField(_l("附件"), validators=[Optional(), Length(max=2000)])
    copies = StringField(_l("抄送"), validators=[Optional(), Length(max=200)], filters=[_tidied])
    based_on = HiddenField()

    @classmethod
    def of(cls, version: LetterVersion, prefix: str) -> "WordingForm":
        """The form as it stands before anybody types."""
        words = Wording.parse(version.text)
        return cls(
            None,
            prefix=prefix,
            title=words.title,
            addressee=words.addressee,
            body="\n".join(words.paragraphs),
            attachments="\n".join(words.attachments),
            copies=words.copies,
            based_on=str(version.n),
        )

    @property
    def wording(self) -> Wording:
        return Wording(
            self.title.data or "",
            (self.addressee.data or "").rstrip("：:"),
            _lines(self.body.data),
            _lines(self.attachments.data),
            (self.copies.data or "").removeprefix(COPIED),
        )

    @property
    def version(self) -> int:
        return count(self.based_on.data)


class ReasonForm(FlaskForm):
    """Why: what is to be changed, why it is cancelled, why the letter must carry who reported."""

    reason = TextAreaField(_l("理由"), validators=[DataRequired(), Length(min=4, max=1000)], filters=[_tidied])


class TraceForm(FlaskForm):
    """The code in the margin of a copy."""

    code = StringField(_l("追溯码"), validators=[DataRequired(), Length(max=60)], filters=[_tidied])


FORMS_OF_COPIES = {form.value: form for form in FileKind}
