"""The deeds on one kind of paper at the counter: done, committed, told; or the words come back with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.office.charter import Act
from tipline.office.frame import said

Kept = tuple[Act, FlaskForm]
"""A form that came back with errors, and the deed it was for."""


class Numbered(Protocol):
    """A paper that people call by its number."""

    @property
    def number(self) -> str: ...


P = TypeVar("P", bound=Numbered)


@dataclass(frozen=True)
class Steps(Generic[P]):
    """How a room answers when somebody does a deed to one of its papers."""

    seen: Callable[[str], P]
    """The paper of that key, or a 404 for whoever may not see it."""
    page: Callable[[P, Kept | None], str]
    """Its page, with the form that came back."""
    onward: Callable[[P], str]
    """The address to go on to after a deed."""

    def done(self, key: str, act: Act, deed: Callable[[P], object]) -> ResponseReturnValue:
        """Do a deed that asks nothing, and go on."""
        paper = self.seen(key)
        deed(paper)
        db.session.commit()
        flash(_("%(number)s：%(act)s已办。", number=paper.number, act=said(act)))
        return redirect(self.onward(paper))

    def filled(self, key: str, act: Act, form: FlaskForm, deed: Callable[[P], object]) -> ResponseReturnValue:
        """Do a deed that asks for words. When it cannot be done, the words come back with the reason."""
        if not form.validate_on_submit():
            return self.page(self.seen(key), (act, form)), 422
        try:
            return self.done(key, act, deed)
        except StaleDataError:
            refusal: Refused = NotNow("刚才有人先办了这一步。您写的内容还在下面，请看过现状再定。")
        except Refused as against:
            refusal = against
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return self.page(self.seen(key), (act, form)), refusal.status


def blank_forms(
    forms: Mapping[Act, tuple[type[FlaskForm], str]], acts: list[Act], kept: Kept | None
) -> dict[Act, FlaskForm]:
    """The forms of the deeds that are open, and the one that came back even when it no longer is.

    `forms` says for every deed that asks for words its form and the prefix of its fields.
    """
    drawn: dict[Act, Any] = {act: forms[act][0](None, prefix=forms[act][1]) for act in acts if act in forms}
    return drawn | (dict([kept]) if kept else {})
