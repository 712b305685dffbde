"""What rooms above put on the page of a lead: each appends a function, in the order of the page.

A room says in its own `views.py`:

    panels.on_a_lead.append(lambda lead, officer: render_template("referrals/_of_lead.html", …))

The function gets a lead that the officer may see, and answers with the words of its part, already escaped
by its template, or "" when it has nothing to say to this officer.

A form in such a part names in its address the paper on whose page it stands, so that it can come back there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tipline.kit.errors import NotFound
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.models import Officer

Panel = Callable[[Lead, Officer], str]

on_a_lead: list[Panel] = []

Finder = Callable[[str, Officer], str]
"""The paper of a room that bears exactly this number, as a row, or "" where the officer knows of none."""

on_a_search: list[Finder] = []


@dataclass(frozen=True)
class Host:
    """A kind of paper whose page gives room to forms of other rooms."""

    act: Act
    """Whoever may do this may read the page."""
    seen: Callable[[str], Any]
    """The paper of that key, or a 404 for whoever may not see it."""
    page: Callable[[Any, Mapping[Any, str]], str]
    """Its page, with parts that their rooms have drawn themselves."""

    def again(self, key: str, part: Callable[..., str], officer: Officer, kept: object) -> str:
        """Its page with a form that came back, in the part where it was written."""
        paper = self.seen(key)
        return self.page(paper, {part: part(paper, officer, kept)})


hosts: dict[str, Host] = {}
"""By the place that an address names: `leads`, and what rooms above add."""


def host_of(place: str, officer: Officer) -> Host:
    """Who gives room at that place; a 404 where nobody does, or for whoever reads no such pages."""
    host = hosts.get(place)
    if host is None or not officer.may(host.act):
        raise NotFound("没有这个页面，或您无权查看。")
    return host
