"""How near a due day is, in the words of both languages."""

from datetime import date

import pytest
from flask_babel import force_locale

from tipline.law.calendar import shipped
from tipline.office.badges import plain

MONDAY = date(2018, 6, 4)


@pytest.mark.parametrize(("day", "english"), [(1, "days"), (3, "day"), (5, "working day"), (6, "working days")])
def test_one_day_is_one_and_more_are_many(app, day, english):
    with app.test_request_context(), force_locale("en"):
        assert plain(date(2018, 6, day), MONDAY, shipped()).unit == english
