"""The access matrix: every door to a paper × role × {own, other town, other body, closed, walled, nonexistent}.

What is expected comes from two policies: the charter says who has an act, `scopes.csv` whose papers it opens.
"""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import flask.templating
import pytest
from flask import Flask, request
from flask_login import current_user
from sqlalchemy import select, true
from werkzeug.routing import Rule

from tests import make, postgres
from tests.conftest import Browser, settings
from tests.house.district import World
from tests.house.district import furnished as district
from tests.house.papers import TODAY, Args
from tipline import create_app
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads import queries as leads
from tipline.leads.models import Lead
from tipline.office import frame, refusals
from tipline.office import time as clock
from tipline.office.charter import Act, Role
from tipline.office.powers import PERMITTED, PUBLIC
from tipline.referrals import queries as referrals

SCOPES = Path(__file__).with_name("scopes.csv")
RELATIONS = ("own", "other town", "other body", "closed")
ROLES = {
    "OP": Role.OPERATOR,
    "TC": Role.TOWN_CLERK,
    "TD": Role.TOWN_DEPUTY,
    "LK": Role.LEDGER_KEEPER,
    "BL": Role.BUREAU_LEADER,
    "GI": Role.GROUP_INSPECTOR,
    "DI": Role.DISTRICT_INSPECTOR,
    "TI": Role.TOWN_INSPECTOR,
    "SA": Role.SYSTEM_ADMIN,
    "SC": Role.SECURITY_ADMIN,
    "AU": Role.AUDITOR,
    "TP": Role.THIRD_PARTY,
}
OPEN, SHUT, ABSENT = "open", "shut", "not there"
LETTERS = {
    "O": (OPEN, ABSENT, ABSENT, OPEN),
    "D": (OPEN, OPEN, OPEN, OPEN),
    "N": (OPEN, OPEN, ABSENT, OPEN),
    "L": (OPEN, SHUT, SHUT, OPEN),
    "S": (SHUT, ABSENT, ABSENT, SHUT),
    "X": (SHUT, SHUT, SHUT, SHUT),
    "W": (OPEN, ABSENT, ABSENT, ABSENT),
    "B": (OPEN, OPEN, ABSENT, ABSENT),
    "V": (OPEN, OPEN, OPEN, ABSENT),
    "-": (ABSENT, ABSENT, ABSENT, ABSENT),
}


@dataclass(frozen=True)
class Scope:
    """One row of the policy: a kind of paper, its doors, and by role the letter that says which of them open."""

    name: str
    paper: str
    doors: tuple[str, ...]
    letters: dict[Role, str]

    @property
    def tells_shut(self) -> bool:
        """Whether the words may be shut to somebody who knows of the paper; elsewhere a refused deed is an answer."""
        return not {"L", "S", "X"}.isdisjoint(self.letters.values())


def policy() -> list[Scope]:
    lines = [line for line in SCOPES.read_text().splitlines() if not line.startswith("#")]
    return [
        Scope(
            row["object"],
            row["paper"],
            tuple(row["doors"].split()),
            {role: row[code] for code, role in ROLES.items() if row[code]},
        )
        for row in csv.DictReader(lines)
    ]


POLICY = {scope.name: scope for scope in policy()}


@dataclass(frozen=True)
class House:
    """The furnished house, and by role the cookies of whoever asks."""

    app: Flask
    world: World
    cookies: dict[Role, str]
    refusals: dict[Role, str]
    """By role the page that says that something is not there: it is always the same."""

    def rule(self, door: str) -> Rule:
        return next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == door)

    def act(self, door: str) -> Act:
        act: Act = self.app.view_functions[door].act
        return act

    def papers(self, scope: Scope, role: Role, relation: str) -> Args | None:
        return self.world.papers[role, relation].get(scope.paper)

    def asked(self, door: str, role: Role, args: Args, *, tells_shut: bool) -> str:
        """What a role gets at a door. A page must come; a deed may be refused to whoever may know of its paper."""
        built = self.rule(door).build(args, append_unknown=True)
        assert built is not None
        method = "GET" if "GET" in (self.rule(door).methods or ()) else "POST"
        browser = self.app.test_client(use_cookies=False)
        cookie = {"Cookie": self.cookies[role]}
        answer = browser.open(built[1], method=method, data=self.said(door, role), headers=cookie)
        if answer.status_code == 404:
            same = self.refusals.setdefault(role, page := answer.text)
            return ABSENT if page == same else "told apart by its page"
        if answer.status_code == 403 and tells_shut:
            return SHUT
        refused = (403, 409, 422) if method == "POST" else ()
        return OPEN if answer.status_code in {200, 302, *refused} else f"answer {answer.status_code}"

    def said(self, door: str, role: Role) -> dict[str, str] | None:
        """Forms are sent empty, but for the three doors that answer nothing to an empty one."""
        if door == "notes.ask_to_watch":
            return {"ask-officer": self.world.mates[role].key}
        return {"form": "pdf"} if door in {"letters.print_copy", "circulars.print_copy"} else None


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One district on each engine, furnished once. Nothing that is done in it is kept."""
    place = tmp_path_factory.mktemp("matrix")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), place / "tipline.db")
        address = f"sqlite:///{place / 'tipline.db'}"
    else:
        template = request.getfixturevalue("postgres_template")
        cluster: postgres.Cluster = request.getfixturevalue("cluster")
        address = cluster.fresh_database(template)
    app = create_app(settings(address, evidence=str(place / "evidence")))
    app.test_client_class = Browser
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        world = district()
        patch.setattr(clock, "machine_now", lambda: TODAY + timedelta(hours=1))
        cookies = {role: signed_in(app, officer.login) for role, officer in world.readers.items()}
        patch.setattr(db.session, "commit", db.session.flush)
        draw_little(patch)
        yield House(app, world, cookies, {})
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def signed_in(app: Flask, login: str) -> str:
    """The cookies of somebody who has just signed in; what later pages put there is not kept."""
    answer = app.test_client().post("/sign-in", data={"login": login, "password": make.PASSWORD})
    assert answer.status_code == 302
    return "; ".join(cookie.partition(";")[0] for cookie in answer.headers.getlist("Set-Cookie"))


def draw_little(patch: pytest.MonkeyPatch) -> None:
    """Thousands of pages are asked for: their frame is worked out once for each reader, the page of a refusal is
    drawn once for each sentence, and the page on which a deed's form comes back not at all.
    """
    whole, render, frames, refusals = frame._frame, flask.templating._render, {}, {}

    def once(*asked):
        reader = current_user.get_id()
        if reader not in frames:
            frames[reader] = whole(*asked)
        return frames[reader]

    def briefly(app, template, context):
        if template.name != "refused.html":
            return render(app, template, context) if request.method == "GET" else ""
        told = current_user.get_id(), context["status"], context["sentence"], context["back"]
        if told not in refusals:
            refusals[told] = render(app, template, context)
        return refusals[told]

    patch.setattr(frame, "_frame", once)
    patch.setattr(flask.templating, "_render", briefly)


def answers(house: House, scope: Scope, doors: tuple[str, ...]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Where what is answered differs from the policy: by door, role and relation what was got and what was due."""
    found = {}
    for door in doors:
        for role in ROLES.values():
            for relation, args, due in asked_of(house, scope, door, role):
                got = house.asked(door, role, args, tells_shut=scope.tells_shut)
                if got != due:
                    found[door, role.value, relation] = got, due
    return found


def asked_of(house: House, scope: Scope, door: str, role: Role) -> Iterator[tuple[str, Args, str]]:
    """The papers that a role asks for at a door, and what is due to it."""
    if house.act(door) not in PERMITTED[role]:
        yield from ((at, args, ABSENT) for at in ("own",) if (args := house.papers(scope, role, at)))
        return
    for relation, due in zip(RELATIONS, LETTERS[scope.letters.get(role, "-")], strict=True):
        if args := house.papers(scope, role, relation):
            yield relation, args, due
    if args := house.papers(scope, role, "walled"):
        yield "walled", args, ABSENT
    some = next((args for at in RELATIONS if (args := house.papers(scope, role, at))), {})
    for name in {"key", "keys"} & house.rule(door).arguments & some.keys():
        yield "nonexistent", some | {name: "2" * 16}, ABSENT


def doors_asked(house: House, scope: Scope) -> tuple[str, ...]:
    """All of them; on the second engine the pages, or the first door where there is none: it is another SQL that is
    asked there, behind the same doors."""
    if db.engine.dialect.name == "sqlite":
        return scope.doors
    pages = tuple(door for door in scope.doors if "GET" in (house.rule(door).methods or ()))
    return pages or scope.doors[:1]


@pytest.mark.parametrize("name", POLICY)
def test_every_door_opens_to_whom_it_should(house, name):
    scope = POLICY[name]
    wrong = answers(house, scope, doors_asked(house, scope))
    assert not wrong, "\n".join(f"{' × '.join(where)}: {got}, due: {due}" for where, (got, due) in wrong.items())


def test_the_matrix_lists_every_door_to_a_paper(assembled):
    assert keyed(assembled) == {door for scope in POLICY.values() for door in scope.doors}


def keyed(app: Flask) -> set[str]:
    """The doors that have something in their address and ask who enters."""
    public = {name for name, view in app.view_functions.items() if getattr(view, "act", name) is PUBLIC}
    return {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments} - public - {"static"}


def test_a_role_has_a_letter_where_the_charter_gives_it_one_of_the_acts(assembled):
    for scope in POLICY.values():
        acts = {assembled.view_functions[door].act for door in scope.doors}
        assert set(scope.letters) == {role for role in ROLES.values() if acts & PERMITTED[role]}, scope.name


def test_what_a_letter_opens_is_asked_for(house):
    unasked = {
        (scope.name, role.value)
        for scope in POLICY.values()
        for role, letter in scope.letters.items()
        if letter != "-"
        and not any(
            house.papers(scope, role, relation)
            for relation, due in zip(RELATIONS, LETTERS[letter], strict=True)
            if due != ABSENT
        )
    }
    assert unasked == set()


def everything_seen(monkeypatch):
    monkeypatch.setattr(leads, "visible_to", lambda officer: select(Lead))


def no_wall(monkeypatch):
    monkeypatch.setattr(leads, "not_walled", lambda officer: true())


def no_wall_before_referrals(monkeypatch):
    monkeypatch.setattr(referrals, "not_walled", lambda officer: true())


def one_act_more(monkeypatch):
    monkeypatch.setitem(PERMITTED, Role.OPERATOR, PERMITTED[Role.OPERATOR] | {Act.READ_REFERRALS})


def words_of_its_own(monkeypatch):
    monkeypatch.setitem(refusals.FAILURES, 404, Sentence("这件您看不到。"))


FAULTS = {
    everything_seen: ("lead", "leads.show"),
    no_wall: ("lead", "leads.show"),
    no_wall_before_referrals: ("referral", "referrals.show"),
    one_act_more: ("referral", "referrals.show"),
    words_of_its_own: ("letter", "letters.show"),
}


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(house, monkeypatch, fault):
    name, door = FAULTS[fault]
    assert answers(house, POLICY[name], (door,)) == {}
    fault(monkeypatch)
    assert answers(house, POLICY[name], (door,)) != {}


def test_a_door_that_is_not_listed_is_found():
    shed = Flask("shed")
    shed.add_url_rule("/shed/<key>", "shed.show", lambda key: key)
    assert keyed(shed) == {"shed.show"}
