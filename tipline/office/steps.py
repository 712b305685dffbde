"""The deeds on one kind of paper at the counter: done, committed, told; or the words come back with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.orm.exc import StaleDataError

from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.time import now

Forms = Mapping[Act, tuple[type[FlaskForm], str]]
"""The deeds that ask for words, each with its form and the prefix of its fields."""

Kept = tuple[Act, FlaskForm]
"""A form that came back with errors, and the deed it was for."""


class Numbered(Protocol):
    """A paper that people call by its number."""

    @property
    def number(self) -> str: ...


P = TypeVar("P", bound=Numbered)
D = TypeVar("D", bound=Callable[..., object])


@dataclass(frozen=True)
class Steps(Generic[P]):
    """How a room answers when somebody does a deed to one of its papers."""

    seen: Callable[[str], P]
    """The paper of that key, or a 404 for whoever may not see it."""
    page: Callable[[P, Kept | None], str]
    """Its page, with the form that came back."""
    onward: Callable[[P], str]
    """The address to go on to after a deed."""
    forms: Forms = field(default_factory=dict)

    def reading(self, doors: Doors, act: Act, rule: str = "/<key>", name: str = "show") -> None:
        """Hang the door to the page of a paper; that it was read is written down."""

        def view(key: str) -> str:
            paper: Any = self.seen(key)
            witness(act, paper, by=current_user, at=now())
            page = self.page(paper, None)
            db.session.commit()
            return page

        view.__name__ = name
        doors.get(rule, act=act, traced=True)(view)

    def door(self, doors: Doors, act: Act, rule: str | None = None, **options: Any) -> Callable[[D], D]:
        """Hang a door for one deed, at `/<key>/` and its name unless `rule` says otherwise.

        The deed is called with the paper, with its form if it has one, with what else the address says,
        and with whose hand it is: `by` and `at`.
        """

        def hang(deed: D) -> D:
            def view(key: str, **there: str) -> ResponseReturnValue:
                whose = {"by": current_user, "at": now()}
                if act not in self.forms:
                    return self.done(key, act, lambda paper: deed(paper, **there, **whose))
                paper = self.seen(key)  # a form may offer what belongs to the paper, or to its notice
                form = drawn(self.forms, act, lambda: paper)
                return self.filled(key, act, form, lambda paper: deed(paper, form, **there, **whose))

            view.__name__ = deed.__name__
            doors.post(rule or f"/<key>/{deed.__name__.replace('_', '-')}", act=act, **options)(view)
            return deed

        return hang

    def done(self, key: str, act: Act, deed: Callable[[P], object]) -> ResponseReturnValue:
        """Do a deed that asks nothing, and go on."""
        paper = self.seen(key)
        deed(paper)
        db.session.commit()
        tell_done(paper.number, act)
        return redirect(self.onward(paper))

    def filled(self, key: str, act: Act, form: FlaskForm, deed: Callable[[P], object]) -> ResponseReturnValue:
        """Do a deed that asks for words. When it cannot be done, the words come back with the reason."""
        return attempt(form, lambda: self.done(key, act, deed), lambda: self.page(self.seen(key), (act, form)))


def attempt(form: FlaskForm, deed: Callable[[], ResponseReturnValue], again: Callable[[], str]) -> ResponseReturnValue:
    """The answer of a deed that asks for words; or, when it cannot be done, the page on which they come back."""
    if not form.validate_on_submit():
        return again(), 422
    try:
        return deed()
    except StaleDataError:
        refusal: Refused = NotNow("刚才有人先办了这一步。您写的内容还在下面，请看过现状再定。")
    except Refused as against:
        refusal = against
    db.session.rollback()
    form.form_errors.append(said(refusal.sentence))
    return again(), refusal.status


def tell_done(number: str, act: Act) -> None:
    """Say on the next page which deed was done to which paper."""
    flash(_("%(number)s：“%(act)s”办妥。", number=number, act=said(act)))


def drawn(forms: Forms, act: Act, paper: Callable[[], object], *posted: None) -> Any:
    """The form of a deed, as posted or with None blank; one that offers what belongs to the paper is told which."""
    kind, prefix = forms[act]
    form: Any = kind(*posted, prefix=prefix)
    return form.about(paper()) if hasattr(form, "about") else form


def blank_forms(forms: Forms, acts: list[Act], kept: Kept | None, paper: object = None) -> dict[Act, FlaskForm]:
    """The forms of the deeds that are open, and the one that came back even when it no longer is."""
    blank = {act: drawn(forms, act, lambda: paper, None) for act in acts if act in forms}
    return blank | (dict([kept]) if kept else {})
