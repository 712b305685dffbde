"""Forms speak their reader's language, rows of forms too."""

from flask_wtf import FlaskForm
from wtforms import Form

import tipline
from tipline.office.forms import Part


def kinds(base: type) -> set[type]:
    return {one for kind in base.__subclasses__() for one in (kind, *kinds(kind))}


def test_no_form_of_the_house_is_without_a_language():
    house = {kind for kind in kinds(Form) if kind.__module__.startswith(f"{tipline.__name__}.")}
    assert house - kinds(FlaskForm) == set()
    assert len(house & kinds(Part)) > 8
