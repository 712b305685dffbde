"""Two worlds for those who are asked to stand aside, and for those who declare a relative: nothing tells them apart."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import make
from tests.conftest import settings
from tests.leads.readers import everything, shown, signed_in
from tests.leads.worlds import NAME, seed
from tipline import create_app
from tipline.intake import correcting
from tipline.kit.db import db
from tipline.leads import entering, recusals, walls
from tipline.leads.correcting import Correction
from tipline.leads.lifecycle import RecusalState
from tipline.office import time as clock
from tipline.office.charter import Role
from tipline.office.models import Officer
from tipline.referrals import operations as referral_operations

pytestmark = pytest.mark.timeout(900)  # two worlds are lived through before the first word is compared


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

    def both(build: Callable[..., str] = decline_or_ask) -> list[str]:
        shown = {}
        for name, asked in (("without", False), ("with", True)):
            copy = tmp_path / f"{name}-recusal.db"
            shutil.copy(sqlite_template, copy)
            app = create_app(settings(f"sqlite:///{copy}", secret="one secret for both worlds"))
            built[name] = app
            login = build(app, monkeypatch, asked=asked)
            shown[name] = everything(app, login)
        one, other = shown["without"], shown["with"]
        differing = [door for door in one | other if one.get(door) != other.get(door)]
        return [door for door in differing if not door.startswith("mail ")]  # what told of it before stays in their box

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


def misheard(app, monkeypatch, *, asked: bool) -> str:
    """A keeper whose name nobody heard at first; in the second world a town's last lead is corrected to it."""
    with app.app_context():
        seed("correction", monkeypatch)
        keeper, clerk = make.officer(Role.LEDGER_KEEPER, name=NAME), make.officer(Role.TOWN_CLERK, name="某镇员")
        make.officer(Role.TOWN_INSPECTOR, name="某镇纪")
        make.officer(Role.TOWN_CLERK, name="某镇二")
        for step in range(3 + asked):
            seed(f"lead {step}", monkeypatch)
            lead = make.lead("village_head", by=clerk, names=(f"某村{step}",), at=make.NOON)
        if asked:
            seed("corrected", monkeypatch)
            said = replace(entering.said_of(lead.people[0]), name=NAME)
            outlook = correcting.look(lead.people[0], Correction(said, lead.town_code, None), make.NOON)
            correcting.correct(outlook, reason="录音里是另一姓名。", by=clerk, at=make.NOON)
        db.session.commit()
        return keeper.login


def test_whose_name_a_correction_brings_cannot_tell_the_worlds_apart(recusal_worlds):
    assert recusal_worlds(misheard) == []


def test_a_correction_that_draws_no_wall_is_found(recusal_worlds, monkeypatch):
    monkeypatch.setattr(correcting.access, "hand_to", lambda lead, office: None)
    assert recusal_worlds(misheard)


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
    got = everything(app, login)
    with app.app_context():
        browser = signed_in(app, login)
        answer = browser.post("/account/declare-kin", data={"name": NAME, "relation": "child"})
        got["declared"] = shown(answer) + shown(browser.get("/account"))
    return {door: text for door, text in got.items() if not door.startswith(("search", "panel"))}


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
