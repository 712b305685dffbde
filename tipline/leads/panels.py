"""What rooms above put on the page of a lead: each appends a function, in the order of the page.

A room says in its own `views.py`:

    panels.on_a_lead.append(lambda lead, officer: render_template("referrals/_of_lead.html", …))

The function gets a lead that the officer may see, and answers with the words of its part, already escaped
by its template, or "" when it has nothing to say to this officer.
"""

from collections.abc import Callable

from tipline.leads.models import Lead
from tipline.office.models import Officer

Panel = Callable[[Lead, Officer], str]

on_a_lead: list[Panel] = []

Finder = Callable[[str, Officer], str]
"""The paper of a room that bears exactly this number, as a row, or "" where the officer knows of none."""

on_a_search: list[Finder] = []
