"""Fields of the counter: what is typed is kept as typed, tidy; what it stands for is read beside it."""

from collections.abc import Callable
from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from tipline.kit.identity import tidy


class TidyString(StringField):  # type: ignore[misc]
    """One line of text, without marks nobody can see."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = tidy(valuelist[0])


class TidyText(TextAreaField):  # type: ignore[misc]
    """Lines of text, without marks nobody can see."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = tidy(valuelist[0].replace("\r\n", "\n"))


class Exact(TidyString):
    """A line of text that stands for something: kept as typed, and `value` is what it stands for."""

    def __init__(self, label: Any, read: Callable[[str], Any], refusal: Any, **options: Any) -> None:
        super().__init__(label, **options)
        self.read, self.refusal = read, refusal

    @property
    def value(self) -> Any:
        """What was meant; None when nothing or nothing sensible was typed."""
        try:
            return self.read(self.data) if self.data else None
        except (ValueError, OverflowError):
            return None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data and self.value is None:
            raise ValidationError(self.refusal)
