"""Every door names its act and asks who enters; a door that forgets cannot be hung."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from tests import make
from tests.conftest import Browser, settings
from tipline import create_app
from tipline.kit.db import db
from tipline.kit.vault import fresh_keys
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.doors import Doors
from tipline.office.powers import PERMITTED, PUBLIC

OPEN_TO_ALL = {
    "office.sign_in",
    "office.open_session",
    "office.language",
    "office.health",
    "duties.feed",
    "telephone.announce",
}
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The whole house, rehearsal included; its database is empty."""
    place = tmp_path_factory.mktemp("house") / "empty.db"
    return create_app(settings(f"sqlite:///{place}", keys=fresh_keys(), rehearsal=True))


def doors(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def act_of(app: Flask, rule: Rule) -> Act | None:
    return app.view_functions[rule.endpoint].act


def address(rule: Rule) -> str:
    """The door's address, with something that exists nowhere in each place."""
    values = {name: 1999 if "int" in type(rule._converters[name]).__name__.lower() else "q" for name in rule.arguments}
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return built[1]


def test_every_door_names_its_act(house):
    assert [rule.endpoint for rule in doors(house) if not hasattr(house.view_functions[rule.endpoint], "act")] == []


def test_the_public_doors_are_these_six(house):
    assert {rule.endpoint for rule in doors(house) if act_of(house, rule) is PUBLIC} == OPEN_TO_ALL


def test_a_door_without_an_act_cannot_be_hung():
    with pytest.raises(TypeError, match="act"):

        @Doors("shed", __name__).get("/")
        def door() -> str: ...


def test_one_door_has_one_way_in(house):
    assert not [rule for rule in doors(house) if len((rule.methods or set()) & {"GET", "POST"}) != 1]


def test_a_deed_says_its_name_at_the_end_of_its_address(house):
    posts = [rule.rule for rule in doors(house) if "POST" in (rule.methods or ())]
    assert [rule for rule in posts if rule.endswith(("/", ">"))] == []


def test_every_act_of_a_role_that_has_a_door_can_reach_it(house):
    behind = {act_of(house, rule) for rule in doors(house)} - {PUBLIC}
    assert behind <= set().union(*PERMITTED.values())


def test_a_stranger_is_sent_to_sign_in_by_every_page_and_refused_every_deed(app):
    stranger = Browser(app)
    for rule in doors(app):
        if rule.endpoint in OPEN_TO_ALL:
            continue
        if "POST" in rule.methods:
            assert stranger.post(address(rule)).status_code == 401, rule
            continue
        answer = stranger.get(address(rule))
        assert answer.status_code == 302, rule
        assert answer.location.startswith("/sign-in"), rule


def test_who_may_not_enter_finds_no_door(app, sign_in):
    officers = {role: sign_in(make.officer(role)) for role in Role if role is not Role.CLOCK}
    before = state_of_the_house()
    for rule in doors(app):
        act = act_of(app, rule)
        outside = [role for role in officers if act not in PERMITTED[role]]
        if act is PUBLIC or not outside:
            continue
        method = "POST" if "POST" in rule.methods else "GET"
        assert officers[outside[0]].open(address(rule), method=method).status_code == 404, rule
    assert state_of_the_house() == before


def test_there_is_no_third_way_in(app, sign_in):
    officer = sign_in(make.officer(Role.AUDITOR))
    for place in [*map(address, doors(app)), "/static/tipline.css", "/nowhere"]:
        for method in METHODS:
            assert officer.open(place, method=method).status_code == 405, (method, place)


def test_a_page_does_not_answer_a_post_nor_a_deed_a_get(app, sign_in):
    officer = sign_in(make.officer(Role.SYSTEM_ADMIN))
    found = {
        method: [(rule, address(rule)) for rule in doors(app) if method in (rule.methods or ())]
        for method in ("GET", "POST")
    }
    for method, other in (("GET", "POST"), ("POST", "GET")):
        taken = {place for _, place in found[other]}
        for rule, place in found[method]:
            if place not in taken:
                assert officer.open(place, method=other).status_code in (404, 405), rule


def test_no_deed_is_done_without_a_token(app, sign_in):
    officers = {role: sign_in(make.officer(role)) for role in Role if role is not Role.CLOCK}
    app.config.update(WTF_CSRF_ENABLED=True, TELEPHONE_SECRET="of the one machine that signs what it posts")
    before = state_of_the_house()
    for rule in doors(app):
        if "POST" not in rule.methods:
            continue
        act = act_of(app, rule)
        who = next(officers[role] for role in officers if act is PUBLIC or act in PERMITTED[role])
        for forged in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 91}):
            due = 401 if rule.endpoint == "telephone.announce" else 400
            assert who.post(address(rule), data=forged).status_code == due, rule
    assert state_of_the_house() == before


def test_with_its_token_a_deed_is_done(app, sign_in):
    officer = make.officer(Role.AUDITOR)
    browser = sign_in(officer)
    app.config["WTF_CSRF_ENABLED"] = True
    token = browser.get("/account").text.partition('name="csrf-token" content="')[2].partition('"')[0]
    assert browser.post("/language", data={"language": "en", "csrf_token": token}).status_code == 302
    assert officer.language == "en"


def state_of_the_house() -> tuple[object, ...]:
    """The end of the trail and the number of rows of every table: a deed would move one of them."""
    db.session.rollback()
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables]
    return trail.head(), counts
