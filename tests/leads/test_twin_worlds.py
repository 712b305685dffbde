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
from tipline.bundles import operations as bundles
from tipline.bundles import queries as bundle_queries
from tipline.bundles.queries import readable
from tipline.bundles.rules import LinkKind
from tipline.kit import db as kit
from tipline.kit.db import db
from tipline.leads import access, ledger, operations, queries, recusals, walls
from tipline.leads.lifecycle import RecusalState
from tipline.office import time as clock
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.referrals import operations as referral_operations

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
        seed("bundles", monkeypatch)
        bundle(kinds["approver"])
        if hidden:
            seed("hidden bundles", monkeypatch)
            bundle_hidden(outside)
        db.session.commit()
        return {kind: officer.login for kind, officer in kinds.items()}


def bundle(by: Officer) -> None:
    """In both worlds the first calls are one matter, and hang together with a later one."""
    later = make.NOON + timedelta(minutes=30)
    third, second, first = db.session.scalars(readable(by, later).limit(3))
    bundles.bundle(first, [second], reason="同一件事。", by=by, at=later)
    bundles.link(first, third, LinkKind.RELATED, reason="相关的事。", by=by, at=later)


def bundle_hidden(by: Officer) -> None:
    """Hidden leads are one matter among themselves: opened with a reason, for they have left."""
    later = make.NOON + timedelta(minutes=30)
    hidden = [lead for lead in db.session.scalars(queries.visible_to(by)) if lead.walled and lead.narrative_sealed]
    hidden = [lead for lead in hidden if access.listed_for(lead) == access.listed_for(hidden[0])][:3]
    assert len(hidden) == 3
    for lead in hidden:
        if not queries.may_read_content(by, lead, later):
            operations.open_content(lead, reason="比对是否重复反映。", by=by, at=later)
    bundles.bundle(hidden[2], hidden[1:2], reason="同一件事。", by=by, at=later)
    bundles.link(hidden[2], hidden[0], LinkKind.RELATED, reason="相关的事。", by=by, at=later)


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
        listed += re.findall(r'row-link" href="(/referrals/[^"]+)"', got["/referrals/"].text)
        got |= {page: browser.get(page) for page in listed}
        got |= {f"alike {page}": browser.get(page.replace("/leads/", "/bundles/alike/")) for page in listed}
        bundled = re.findall(r'row-link" href="(/bundles/[^"]+)"', got["/bundles/"].text) if "/bundles/" in got else []
        got |= {page: browser.get(page) for page in bundled}
        got |= {"narrowed": browser.get("/leads/?bundled=yes"), "repeats": browser.get("/leads/?repeat=yes")}
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


def uncounted_walls(monkeypatch):
    """A bundle that lists and counts whatever is in it, and candidates out of everything."""
    monkeypatch.setattr(bundle_queries, "seen_by", lambda officer: queries.select(queries.Lead.id))


@pytest.mark.parametrize("fault", [unscoped, sequential, unwalled_likeness, uncounted_walls])
def test_a_fault_that_tells_is_found(worlds, monkeypatch, fault):
    fault(monkeypatch)
    assert any(worlds().values())


def decline_or_ask(app, monkeypatch, *, asked: bool) -> str:
    """A town's discipline body with six referrals; in the second world a seventh, from which one inspector is out."""
    with app.app_context():
        seed("recusal", monkeypatch)
        inspector = make.officer(Role.TOWN_INSPECTOR, name="某回避")
        mate, clerk = make.officer(Role.TOWN_INSPECTOR, name="某同事"), make.officer(Role.TOWN_CLERK, name="某镇员")
        leader, keeper = (
            make.officer(Role.BUREAU_LEADER, name="某领导"),
            make.officer(Role.LEDGER_KEEPER, name="某台账"),
        )
        make.officer(Role.DISTRICT_INSPECTOR, name="某区纪检")
        operator = make.officer(Role.OPERATOR, name="某接线")
        db.session.commit()
        for step in range(4):
            seed(f"with the body {step}", monkeypatch)
            to_the_body(make.lead("village_head", by=clerk, names=(f"某村{step}",), at=make.NOON), leader, keeper)
            if asked and step == 1:
                seed("out of sight", monkeypatch)
                lead = make.lead("village_head", by=operator, names=(NAME,), narrative="低保 镇 村", at=make.NOON)
                to_the_body(lead, leader, keeper)
                asked_for = recusals.request(
                    lead, inspector, "interest", reason="两家是多年的邻居。", by=mate, at=make.NOON
                )
                assert asked_for.state is RecusalState.ASKED
                db.session.flush()
            db.session.commit()
        return inspector.login


def to_the_body(lead, leader: Officer, keeper: Officer) -> None:
    for referral in make.referrals(lead):
        referral_operations.approve(referral, by=leader, at=make.NOON)
        referral_operations.hand_over(referral, by=keeper, at=make.NOON)


@pytest.fixture
def recusal_worlds(sqlite_template, tmp_path, monkeypatch):
    """The same office for somebody who was asked to stand aside, and for somebody who never had the lead."""
    monkeypatch.setattr(clock, "machine_now", lambda: make.NOON + timedelta(hours=1))
    built = {}

    def both() -> list[str]:
        shown = {}
        for name, asked in (("without", False), ("with", True)):
            copy = tmp_path / f"{name}-recusal.db"
            shutil.copy(sqlite_template, copy)
            app = create_app(settings(f"sqlite:///{copy}", secret="one secret for both worlds"))
            built[name] = app
            login = decline_or_ask(app, monkeypatch, asked=asked)
            shown[name] = everything(app, login)
        one, other = shown["without"], shown["with"]
        return [door for door in one | other if one.get(door) != other.get(door)]

    yield both
    for app in built.values():
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def test_who_is_asked_to_stand_aside_cannot_tell_the_worlds_apart(recusal_worlds):
    assert recusal_worlds() == []


def test_a_recusal_that_draws_no_wall_is_found(recusal_worlds, monkeypatch):
    monkeypatch.setattr(walls, "_aside", lambda lead, for_good: set())
    assert recusal_worlds()


def declaring(app, monkeypatch, *, named: bool, early: bool) -> dict[str, str]:
    """What a ledger keeper gets who declares a relative, where a lead names that name and where none does."""
    with app.app_context():
        seed("kin", monkeypatch)
        keeper, clerk = make.officer(Role.LEDGER_KEEPER, name="某试探"), make.officer(Role.TOWN_CLERK, name="某镇员")
        make.officer(Role.SECURITY_ADMIN, name="某保密")
        for step in range(3):
            seed(f"lead {step}", monkeypatch)
            name = NAME if named and step == 1 else f"某村{step}"
            make.lead("village_head", by=clerk, names=(name,), at=make.NOON)
        kin = make.roster.declare_kin(keeper, NAME, "sibling", at=make.NOON)
        if early:
            make.kinship.confirm(kin, by=make.voucher(), at=make.NOON)
        db.session.commit()
        login = keeper.login
    shown = everything(app, login)
    with app.app_context():
        app.test_client_class = Browser
        browser = app.test_client()
        browser.post("/sign-in", data={"login": login, "password": make.PASSWORD})
        answer = browser.post("/account/declare-kin", data={"name": NAME, "relation": "child"})
        shown["declared"] = f"{answer.status_code} {answer.location} {masked(browser.get('/account').text)}"
    return {door: text for door, text in shown.items() if not door.startswith(("search", "panel"))}


@pytest.mark.parametrize("early", [False, True], ids=["as it is", "planted: drawn at once"])
def test_declaring_a_relative_tells_nothing_of_the_leads(sqlite_template, tmp_path, monkeypatch, early):
    monkeypatch.setattr(clock, "machine_now", lambda: make.NOON + timedelta(hours=1))
    shown = {}
    for world in (False, True):
        copy = tmp_path / f"{world}-kin.db"
        shutil.copy(sqlite_template, copy)
        app = create_app(settings(f"sqlite:///{copy}", secret="one secret for both worlds"))
        shown[world] = declaring(app, monkeypatch, named=world, early=early)
        with app.app_context():
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
    differing = {door for door in shown[True] | shown[False] if shown[True].get(door) != shown[False].get(door)}
    assert bool(differing) is early
