"""A blueprint whose every route names its act, so that nobody can forget to ask who may enter."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, current_app, request
from flask.typing import RouteCallable
from flask_login import current_user, login_required

from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.models import Officer


class Doors(Blueprint):
    """Routes by act. `get` shows and only reads; `post` does. `PUBLIC` doors are open to anybody.

    `by_campaign=True`: the room's pages belong to one notice, which the address names unless it is the first.

    `listed=True`: a page is a list of papers and can be taken along as a sheet, see `office/listing.py`.

    `receives=True` lets a door take a file larger than the house's usual measure, see `office/receiving.py`.
    """

    def __init__(self, *args: Any, by_campaign: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_campaign = by_campaign
        if by_campaign:
            self.before_request(_work_by_the_chosen_notice)
            self.url_defaults(lambda _, values: values.update(editions.address() | values))

    def get(self, rule: str, **options: Any) -> Callable[[RouteCallable], RouteCallable]:  # type: ignore[override]
        return self._door(rule, "GET", options)

    def post(self, rule: str, **options: Any) -> Callable[[RouteCallable], RouteCallable]:  # type: ignore[override]
        return self._door(rule, "POST", options)

    def _door(self, rule: str, method: str, options: dict[str, Any]) -> Callable[[RouteCallable], RouteCallable]:
        if "act" not in options:
            raise TypeError(f"the door {rule} of {self.name} needs an act=")
        act: Act | None = options.pop("act")
        traced: bool = options.pop("traced", False)
        listed: bool = options.pop("listed", False)
        receives: bool = options.pop("receives", False)
        endpoint: str | None = options.pop("endpoint", None)

        def hang(view: RouteCallable) -> RouteCallable:
            def enter(*args: Any, **kwargs: Any) -> Any:
                if act is not None and not current_user.may(act):
                    abort(404)
                return view(*args, **kwargs)

            enter.__name__, enter.__module__ = view.__name__, view.__module__
            guarded: Any = enter if act is None else login_required(enter)
            guarded.act, guarded.traced = act, traced  # a GET that is not traced writes only in `kit.db.writing`
            guarded.receives, guarded.listed = receives, listed
            self.add_url_rule(rule, endpoint or view.__name__, guarded, methods=[method], **options)
            return view

        return hang


def may_enter(endpoint: str, officer: Officer) -> bool:
    """Whether the officer's role opens that door; whether the paper behind it is there for them is another question."""
    act: Act | None = getattr(current_app.view_functions.get(endpoint), "act", None)
    return act is not None and officer.may(act)


def _work_by_the_chosen_notice() -> None:
    """The notice that the address names; one that is not in force is not there."""
    key = request.args.get("campaign")
    if key is not None and not editions.choose(key):
        abort(404)
