"""What is remembered, and until when."""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import g

from tests import make
from tipline.kit.db import db
from tipline.office import time
from tipline.office.charter import Act, Role
from tipline.office.deeds import witness
from tipline.office.unchanged import once, stand_at, unchanged


@pytest.fixture
def ask():
    """A question, and how often it was put to the house."""
    times = []

    def asked(row):
        times.append(row.id)
        return len(times)

    return once(asked)


@contextmanager
def a_request(app):
    """One of its own: the test's context outlives it."""
    for kept in list(g):
        g.pop(kept)
    with app.test_request_context():
        yield


ONE, OTHER = SimpleNamespace(id=1), SimpleNamespace(id=2)


def something_is_done():
    officer = make.officer(Role.OPERATOR)
    witness(Act.SIGN_IN, officer, by=officer, at=make.NOON)


def test_parts_of_a_page_ask_once_and_a_deed_asks_anew(app, ask):
    with a_request(app):
        assert [ask(ONE), ask(ONE), ask(OTHER), ask(ONE)] == [1, 1, 2, 1]
        something_is_done()
        assert ask(ONE) == 3
    with a_request(app):
        assert ask(ONE) == 4, "another request knows nothing of it"


def test_what_was_seen_inside_a_deed_that_came_to_nothing_is_forgotten(app, ask):
    with a_request(app):
        something_is_done()
        stand_at("here")
        assert [ask(ONE), unchanged("what", lambda: "inside")] == [1, "inside"]
        db.session.rollback()
        assert [ask(ONE), unchanged("what", lambda: "outside")] == [2, "outside"]


def test_jobs_and_commands_always_ask(app, ask):
    assert [ask(ONE), ask(ONE)] == [1, 2]
    assert [unchanged("what", lambda n=n: n) for n in (1, 2)] == [1, 2]


def test_the_house_answers_as_of_the_end_of_its_trail(app):
    def at(head, answer):
        stand_at(head)
        return unchanged("what", lambda: answer)

    assert [at("a", 1), at("a", 2), at("b", 3), at("a", 4)] == [1, 1, 3, 4]


def test_a_request_is_answered_as_of_one_moment(app, set_clock):
    with a_request(app):
        set_clock(make.NOON)
        first = time.now()
        set_clock(make.NOON + timedelta(hours=1))
        assert time.now() == first == make.NOON
    with a_request(app):
        assert time.now() == make.NOON + timedelta(hours=1)
