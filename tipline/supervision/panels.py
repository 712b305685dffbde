"""What rooms above put on the page of a supervised case.

A room says in its own `views.py`:

    panels.on_a_case.append(lambda case, officer: render_template("letters/_of_paper.html", …))
"""

from collections.abc import Callable

from tipline.office.models import Officer
from tipline.supervision.models import SupervisedCase

Panel = Callable[[SupervisedCase, Officer], str]
"""The words of a room's part, already escaped by its template, or "" when it has nothing for this officer."""

on_a_case: list[Panel] = []
