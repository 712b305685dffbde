"""What every answer carries, and what no request may do to the house."""

import re

import pytest

from tests import make
from tests.conftest import Browser, timeless
from tipline.kit.db import db
from tipline.office.charter import Role
from tipline.office.frame import HEADERS

PLACES = {"/sign-in": 200, "/healthz": 200, "/nowhere": 404, "/static/tipline.css": 200, "/static/nothing.css": 404}
ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%2f/evil.example/",
    "/%5cevil.example",
    "https:/evil.example",
    "https:///evil.example",
    "/sign-out",
    "/account/end-others",
    "/..//evil.example",
    "/.//evil.example",
    "@evil.example",
    "/@evil.example",
    "evil.example",
    "//evil.example/%2f..",
    "/;@evil.example",
    "https://localhost@evil.example",
    "/nowhere",
    "?next=//evil.example",
    "",
)


@pytest.fixture(autouse=True)
def every_request_begins_anew(app) -> None:
    app.test_client_class = Browser


@pytest.mark.parametrize(("place", "status"), list(PLACES.items()))
def test_every_answer_carries_the_headers(app, place, status):
    answer = app.test_client().get(place)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    answer.close()


def test_a_page_is_kept_by_no_cache_and_a_file_is(app, sign_in):
    officer = sign_in(make.officer(Role.AUDITOR))
    for place in ("/sign-in", "/account", "/nowhere"):
        assert officer.get(place).headers["Cache-Control"] == "no-store"
    file = officer.get("/static/tipline.css")
    assert "max-age=31536000" in file.headers["Cache-Control"]
    file.close()


def test_a_failure_of_ours_says_so_and_carries_the_headers(app, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "office.health", broken)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 500
    assert "没有改动任何内容" in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_no_page_allows_foreign_hosts_or_inline_script(app, sign_in):
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    page = sign_in(make.officer(Role.SYSTEM_ADMIN)).get("/admin").text
    assert not re.findall(r"<script(?![^>]* src=)|\son[a-z]+=|\sstyle=", page)
    assert not re.findall(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)


def test_robots_are_told_to_stay_away(app):
    assert app.test_client().get("/sign-in").headers["X-Robots-Tag"] == "noindex, nofollow"
    assert app.test_client().get("/robots.txt").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "127.0.0.1"])
def test_another_host_name_is_refused(app, host):
    answer = app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_a_forwarded_host_is_not_believed(app):
    answer = app.test_client().get("/account", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 302
    assert "evil.example" not in answer.location


def test_nothing_not_yours_and_no_such_door_look_the_same(app, sign_in):
    admin, auditor = make.officer(Role.SYSTEM_ADMIN), make.officer(Role.AUDITOR)
    real = f"/admin/roster/{admin.key}"
    browser = sign_in(auditor)
    pages = {
        timeless(browser.get(place).text.replace(place, "…"))
        for place in ("/nowhere", "/admin/roster/nobody", real, "/static/nothing.css", "/admin/roster")
    }
    assert len(pages) == 1


def test_a_body_without_measure_is_refused(app):
    answer = app.test_client().post("/sign-in", data={"login": "x" * 13_000_000, "password": "x"})
    assert answer.status_code == 413
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_form_of_a_thousand_parts_is_refused(app):
    fields = {f"part{number}": "x" for number in range(2500)}
    answer = app.test_client().post("/sign-in", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 413


@pytest.mark.parametrize("next_page", ELSEWHERE)
def test_nobody_is_led_elsewhere(app, next_page):
    officer = make.officer(Role.AUDITOR)
    login = officer.login
    db.session.commit()
    answer = app.test_client().post("/sign-in", data={"login": login, "password": make.PASSWORD, "next": next_page})
    assert (answer.status_code, answer.location) == (302, "/")
    answer = app.test_client().post("/language", data={"language": "en", "back": next_page})
    assert (answer.status_code, answer.location) == (302, "/")


def test_a_page_of_the_house_is_returned_to(app):
    answer = app.test_client().post("/language", data={"language": "en", "back": "/rules?x=1"})
    assert (answer.status_code, answer.location) == (302, "/rules?x=1")
