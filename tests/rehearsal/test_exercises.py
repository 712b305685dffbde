"""Calls to practise with: what is caught is graded by the rules in force, and only a rehearsal has them."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from tests import make
from tests.conftest import Browser
from tests.rehearsal.test_rehearsal import player
from tipline.intake.operations import receive
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office.time import now
from tipline.rehearsal import exercises
from tipline.rehearsal.district import PASSWORD


@pytest.fixture
def operator(app):
    return player("operator")


def right_call(exercise):
    """The call as whoever heard everything would enter it."""
    said = {"problems": tuple(exercise.problems), "media": exercise.media, "named": exercise.named}
    call = make.call(*exercise.posts, wants_secrecy=exercise.secrecy, wants_answer=exercise.answer, **said)
    return replace(call, received_at=now())


def answered(exercise, call, operator):
    exercises.begin(exercise.key, by=operator)
    receive(call, by=operator, at=now())
    db.session.flush()
    (found,) = [one for one in exercises.tried(operator, now()) if one.exercise == exercise]
    return found


def test_whoever_hears_everything_is_all_right_and_an_older_call_is_no_answer(app, operator):
    for exercise in exercises.exercises():
        found = answered(exercise, right_call(exercise), operator)
        assert found.points
        assert [str(point.what) for point in found.points if not point.right] == []
        assert all(point.due and point.why for point in found.points if str(point.what) != "实名还是匿名")
    first = exercises.exercises()[0]
    exercises.begin(first.key, by=operator)
    again = exercises.tried(operator, now())[0]
    assert again.begun
    assert again.lead is None


@pytest.mark.parametrize(
    ("key", "wrong", "told"),
    [
        ("brother", {"wants_secrecy": False}, "身份是否保密"),
        ("brother", {"problems": ("stalling",)}, "问题类型"),
        ("media", {"media": False}, "媒体关注"),
        ("two", {"people": 1}, "每个人的去向"),
        ("two", {"named": False}, "实名还是匿名"),
    ],
)
def test_what_was_not_caught_is_told_with_what_would_be_right(app, operator, key, wrong, told):
    exercise = next(one for one in exercises.exercises() if one.key == key)
    call = right_call(exercise)
    wrong = {"people": call.people[: wrong["people"]]} if "people" in wrong else wrong
    found = answered(exercise, replace(call, **wrong), operator)
    (missed,) = [point for point in found.points if not point.right]
    assert str(missed.what) == told
    assert found.right == len(found.points) - 1


def test_whoever_does_not_stop_or_stops_for_nothing_hears_the_clause(app, operator):
    calls = {one.key: one for one in exercises.exercises()}
    for key, other in (("stop", "brother"), ("brother", "stop")):
        first = answered(calls[key], right_call(calls[other]), operator).points[0]
        assert not first.right
        assert first.why == ["检举控告工作规则 第十五条"]


def test_the_page_leads_to_the_sheet_and_back_and_others_have_none(app):
    browser = signed_in(app, "operator")
    assert "弟弟一家" in browser.get("/rehearsal/exercises").text
    sheet = browser.post("/rehearsal/exercises/begin", data={"exercise": "brother"}, follow_redirects=True)
    assert "两辆货车" in sheet.text
    assert "还没有登记" in browser.get("/rehearsal/exercises").text
    assert browser.post("/rehearsal/exercises/begin", data={"exercise": "?"}).status_code == 422
    assert signed_in(app, "auditor").get("/rehearsal/exercises").status_code == 404


def signed_in(app, login):

    app.test_client_class = Browser
    browser = app.test_client()
    assert browser.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 302
    return browser


def test_where_nothing_is_rehearsed_there_are_no_exercises(assembled):
    assert not [rule for rule in assembled.url_map.iter_rules() if rule.endpoint.startswith("rehearsal.")]


def test_an_answer_under_another_notice_is_none(app, operator):
    exercise = exercises.exercises()[0]
    assert answered(exercise, right_call(exercise), operator).lead
    db.session.execute(update(Lead).values(notice="another"))
    assert exercises.tried(operator, now())[0].lead is None
