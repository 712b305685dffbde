"""The first day: three sentences for each role on the desk, until they are put away."""

import pytest

from tests import make
from tipline.desk.tour import WHERE, tour
from tipline.kit.db import db
from tipline.office.charter import Role

PEOPLE = [role for role in Role if role is not Role.CLOCK]


def test_every_role_hears_three_sentences_and_each_of_them_ends():
    for role in PEOPLE:
        said = [str(sentence) for sentence in tour(role)]
        assert len(said) == 3, role
        assert all(words.endswith("。") and words.count("。") == 1 for words in said), role
    assert tour(Role.CLOCK) == []


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_it_is_put_away_once_and_for_its_reader_alone(app, sign_in, role):
    mine, other = make.officer(role), make.officer(role)
    browser, beside = sign_in(mine), sign_in(other)
    assert str(tour(role)[0]) in browser.get("/desk/").text
    assert browser.post("/desk/end-tour").status_code == 302
    assert str(WHERE) not in browser.get("/desk/").text
    assert str(WHERE) in beside.get("/desk/").text
    db.session.refresh(mine)
    assert mine.toured
