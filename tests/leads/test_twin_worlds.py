"""Two worlds, one with leads hidden from the reader: every byte they can get is the same in both."""

import itertools
import random
import re
import shutil
from datetime import timedelta

import pytest

from tests import make
from tests.conftest import Browser, settings
from tipline import create_app
from tipline.kit import db as kit
from tipline.kit.db import db
from tipline.leads import access, ledger, operations, queries
from tipline.office import time as clock
from tipline.office.charter import Role
from tipline.office.models import Officer

NAME = "佘仁杰"
HIDDEN = ("bureau_clerk", "bureau_deputy_head", "village_head", "stationed_group_officer", "district_mayor")
QUERIES = (NAME, "佘", "srj", "sherenjie", "镇", "2018", "MZ2018-0002", "低保", "村", "双港", "不存在", "0")
MASKS = re.compile(r'((?:csrf_token" value|csrf-token" content|name="token"[^>]*value)=)"[^"]*"')


OUTBOX = re.compile(r'<p class="strip [a-z]+">.*?</p>\s*', re.DOTALL)
"""Whoever keeps the machine must see that letters wait, and so how many: a count over all rooms and all towns.
Their strip, and the pages of the clock that only they open, are therefore left out."""


def seed(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance of its own for every step, so that a step between two others moves neither."""
    chance = random.Random(step)
    monkeypatch.setattr(kit.secrets, "choice", chance.choice)
    monkeypatch.setattr(operations.secrets, "randbelow", chance.randrange)
    make._numbers = itertools.count(int.from_bytes(step.encode()[:3]) % 1000)


def people() -> dict[str, Officer]:
    """The nine kinds of people who must not learn of what is hidden; the bureau's are near to its own people."""
    kinds = {
        "named": make.officer(Role.LEDGER_KEEPER, name=NAME),
        "same sound": make.officer(Role.LEDGER_KEEPER, name="蛇人节"),
        "relative": make.officer(Role.LEDGER_KEEPER, name="某亲属"),
        "superior": make.officer(Role.BUREAU_LEADER, name="某领导"),
        "colleague": make.officer(Role.OPERATOR, name="某接线"),
        "approver": make.officer(Role.LEDGER_KEEPER, name="某批办"),
        "system": make.officer(Role.SYSTEM_ADMIN, name="某系统"),
    }
    make.kin(kinds["relative"], NAME)
    return kinds


def build(app, monkeypatch, *, hidden: bool) -> dict[str, str]:
    """A district in which things happen; in the second world something happens in between that is nobody's business."""
    with app.app_context():
        seed("people", monkeypatch)
        kinds = people()
        outside = make.officer(Role.TOWN_CLERK, name="某镇员")
        make.officer(Role.DISTRICT_INSPECTOR, name="某纪检")
        db.session.commit()
        for step in range(6):
            seed(f"open {step}", monkeypatch)
            by = kinds["colleague"] if step % 2 else outside
            make.lead("village_head", by=by, names=(f"某村{step}",), at=make.NOON + timedelta(minutes=step))
            if hidden:
                for post in HIDDEN:
                    seed(f"hidden {step} {post}", monkeypatch)
                    hide(post, outside)
            db.session.commit()
        return {kind: officer.login for kind, officer in kinds.items()}


def hide(post: str, by: Officer) -> None:
    """A lead that names people of the bureau and the namesake, so that all the nine are behind its wall."""
    with_him = (post, "bureau_clerk") if post in {"village_head", "district_mayor"} else (post,)
    make.lead(*with_him, by=by, names=(NAME, NAME), narrative="低保 镇 村", at=make.NOON)


def everything(app, login: str) -> dict[str, str]:
    """All that one reader can get: every page without a key, every search, every file, the pages of what is listed."""
    with app.app_context():
        app.test_client_class = Browser
        browser = app.test_client()
        assert browser.post("/sign-in", data={"login": login, "password": make.PASSWORD}).status_code == 302
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
        doors = sorted({rule.rule for rule in rules})
        got = {door: browser.get(door) for door in doors if not door.startswith("/clock")}
        listed = re.findall(r'row-link" href="(/leads/[^"]+)"', got["/leads/"].text) if "/leads/" in got else []
        got |= {page: browser.get(page) for page in listed}
        got |= {f"search {q}": browser.post("/leads/search", data={"q": q}) for q in QUERIES}
        got |= {f"panel {q}": browser.post("/intake/preview", data=looked_for(q)) for q in QUERIES}
        got |= {"file": browser.post("/leads/export", data={"format": "csv"})}
        shown = {door: f"{answer.status_code} {masked(answer.text)}" for door, answer in got.items()}
        for answer in got.values():
            answer.close()
        return shown


def looked_for(name: str) -> dict[str, str]:
    return {"people-0-name": name, "people-0-post": "village_head", "household": name}


def masked(text: str) -> str:
    return OUTBOX.sub("", MASKS.sub(r"\1", text))


@pytest.fixture
def worlds(sqlite_template, tmp_path, monkeypatch):
    """The two worlds, at the same standing moment of the same clock."""
    built = {}
    monkeypatch.setattr(clock, "machine_now", lambda: make.NOON + timedelta(hours=1))

    def both() -> dict[str, list[str]]:
        for name, hidden in (("without", False), ("with", True)):
            copy = tmp_path / f"{name}.db"
            shutil.copy(sqlite_template, copy)
            app = create_app(settings(f"sqlite:///{copy}", secret="one secret for both worlds"))
            built[name] = app, build(app, monkeypatch, hidden=hidden)
        differing = {}
        for kind, login in built["without"][1].items():
            one, other = (everything(built[name][0], login) for name in ("without", "with"))
            differing[kind] = [door for door in one | other if one.get(door) != other.get(door)]
        return differing

    yield both
    for app, _ in built.values():
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def test_a_walled_officer_cannot_tell_the_worlds_apart(worlds):
    assert {kind: doors for kind, doors in worlds().items() if doors} == {}


def unscoped(monkeypatch):
    monkeypatch.setattr(
        ledger, "visible_to", lambda officer: queries.select(queries.Lead).order_by(queries.Lead.id.desc())
    )


def sequential(monkeypatch):
    monkeypatch.setattr(access, "betrayed_by_a_gap", lambda lead: False)


def unwalled_likeness(monkeypatch):
    monkeypatch.setattr(queries, "not_walled", lambda officer: queries.true())


@pytest.mark.parametrize("fault", [unscoped, sequential, unwalled_likeness])
def test_a_fault_that_tells_is_found(worlds, monkeypatch, fault):
    fault(monkeypatch)
    assert any(worlds().values())
