"""Somebody leaves: what they hold is handed on by their own office, unseen by administrators; nothing is orphaned."""

import contextlib
import random
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import S, brought_to, cast, proposed
from tipline.commands import findings
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted, Refused
from tipline.law.bodies import Body
from tipline.leads import recusals
from tipline.office import handing_on, holdings, leaving, roster, trail
from tipline.office.charter import Act, Role
from tipline.office.lifecycle import LEAVING_LIFE, LeavingState
from tipline.office.models import Entry, Session
from tipline.referrals import holding, jobs, operations, queries

LATER = make.NOON + timedelta(days=1)
KIND = holding.KIND


@pytest.fixture
def admin(app):
    make.officer(Role.SYSTEM_ADMIN)
    return make.officer(Role.SYSTEM_ADMIN)


def open_leaving(officer, admin):
    one = leaving.start(officer, by=admin, at=LATER)
    db.session.commit()
    return one


def test_whoever_signs_holds_it_and_it_passes_by_name(app, admin):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    referral = brought_to(S.IN_DISPOSITION, players)
    assert referral.held_by is players.inspector
    one = open_leaving(players.inspector, admin)
    with pytest.raises(Incomplete):
        handing_on.complete(one, by=mate, at=LATER)
    handing_on.hand_on(one, KIND, referral.key, mate, by=mate, at=LATER)
    assert referral.held_by is mate
    handing_on.complete(one, by=mate, at=LATER)
    db.session.commit()
    assert (one.state, players.inspector.active) == (LeavingState.DONE, False)
    assert holdings.orphans() == 0
    assert not list(trail.faults())


def test_the_counter_hands_on_and_completes_and_every_session_ends(app, sign_in, admin):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    leaver, stays, starts = sign_in(players.inspector), sign_in(mate), sign_in(admin)
    assert starts.post(f"/admin/roster/{players.inspector.key}/start-leaving").status_code == 302
    assert "离岗交接" in stays.get("/desk/").text
    page = stays.get("/leaving/").text
    assert referral.number in page
    one = leaving.open_one(players.inspector, players.inspector.office)
    assert stays.post(f"/leaving/{one.key}/complete").status_code == 422
    door = f"/leaving/{one.key}/{KIND}/{referral.key}/hand-on"
    assert stays.post(door, data={f"{referral.key}-to": ""}).status_code == 422
    assert stays.post(door, data={f"{referral.key}-to": mate.key}).status_code == 302
    assert leaver.get("/desk/").status_code == 200
    assert stays.post(f"/leaving/{one.key}/complete").status_code == 302
    assert leaver.get("/desk/").status_code == 302
    assert db.session.scalar(select(Session.id).filter_by(officer_id=players.inspector.id)) is None


def test_no_administrator_and_no_stranger_sees_what_is_handed_on(app, sign_in, admin):
    players = cast()
    make.officer(Role.TOWN_INSPECTOR)
    brought_to(S.SIGNED_FOR, players)
    idle = make.officer(Role.TOWN_INSPECTOR)
    starts, keys = sign_in(admin), {}
    for officer in (players.inspector, idle):
        starts.post(f"/admin/roster/{officer.key}/start-leaving")
        page = starts.get(f"/admin/roster/{officer.key}").text
        keys[officer.login] = page.replace(officer.key, "").replace(officer.login, "").replace(officer.name, "")
    told = [page.partition("<main")[2].partition("任职经历")[0] for page in keys.values()]
    assert tokenless(told[0]) == tokenless(told[1])  # somebody who holds much and somebody who holds nothing
    one = leaving.open_one(players.inspector, players.inspector.office)
    assert starts.get("/leaving/").status_code == 404
    for officer in (players.stranger, players.keeper):
        browser = sign_in(officer)
        assert players.inspector.name not in browser.get("/leaving/").text
        assert browser.post(f"/leaving/{one.key}/complete").status_code == 404


def tokenless(page: str) -> str:
    return re.sub(r'csrf_token" value="[^"]*"|[a-z0-9-]+@jinnan.example', "", page)


def test_what_the_one_who_works_it_may_not_know_is_handed_on_without_them(app, admin):
    players = cast()
    mate, third = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    recusals.recuse(referral.lead, "other", reason="两家是多年的邻居。", by=mate, at=LATER)
    one = open_leaving(players.inspector, admin)
    assert holdings.held_by(players.inspector, players.inspector.office, mate) == []
    handing_on.complete(one, by=mate, at=LATER)
    assert referral.held_by is third
    line = db.session.scalars(select(Entry).filter_by(paper=referral.ref, act=Act.HAND_ON)).one()
    assert line.by.role is Role.CLOCK  # nobody is named on a paper that they may not know of


def test_what_nobody_left_may_know_is_raised(app, admin):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    recusals.recuse(referral.lead, "other", reason="两家是多年的邻居。", by=mate, at=LATER)
    handing_on.complete(open_leaving(players.inspector, admin), by=mate, at=LATER)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 1
    assert referral.body is Body.DISTRICT_DISCIPLINE_BODY


def test_the_principal_works_it_where_there_is_one(app, admin):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    head, security = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.SECURITY_ADMIN)
    roster.move(head, head.role, head.office, title="书记", heads=True, by=security, at=make.NOON)
    one = open_leaving(players.inspector, admin)
    with pytest.raises(NotPermitted):
        handing_on.complete(one, by=mate, at=LATER)
    handing_on.complete(one, by=head, at=LATER)
    again = open_leaving(head, admin)
    with pytest.raises(NotPermitted):
        handing_on.complete(again, by=head, at=LATER)  # nobody hands on their own
    handing_on.complete(again, by=mate, at=LATER)


def test_only_a_colleague_who_may_know_can_take_it(app, admin):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    walled = make.officer(Role.TOWN_INSPECTOR, name=make.NAMES[0])
    referral = brought_to(S.SIGNED_FOR, players)
    one = open_leaving(players.inspector, admin)
    assert holding.hands_of(referral) == [mate]
    for other in (walled, players.stranger, players.keeper, players.inspector):
        with pytest.raises(Incomplete):
            handing_on.hand_on(one, KIND, referral.key, other, by=mate, at=LATER)


def test_a_stopped_account_and_a_move_open_the_hand_over_and_an_opened_one_calls_it_off(app, admin):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    security = make.officer(Role.SECURITY_ADMIN)
    brought_to(S.SIGNED_FOR, players)
    office = players.inspector.office
    roster.disable(players.inspector, by=admin, at=LATER)
    assert leaving.open_one(players.inspector, office)
    roster.enable(players.inspector, by=admin, at=LATER)
    assert leaving.open_one(players.inspector, office) is None
    roster.move(
        players.inspector,
        Role.DISTRICT_INSPECTOR,
        make.office(Body.DISTRICT_DISCIPLINE_BODY),
        title="",
        by=security,
        at=LATER,
    )
    one = leaving.open_one(players.inspector, office)
    assert holdings.orphans() == 0
    with pytest.raises(Incomplete):
        leaving.call_off(one, by=admin, at=LATER)
    (thing,) = holdings.held_by(players.inspector, office, mate)
    handing_on.hand_on(one, KIND, thing.key, mate, by=mate, at=LATER)
    handing_on.complete(one, by=mate, at=LATER)
    assert players.inspector.active  # they work elsewhere now


def test_every_pair_of_the_table(app, admin):
    for state in LeavingState:
        for act in (Act.COMPLETE_LEAVING, Act.CALL_OFF_LEAVING):
            leaver, mate = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
            one = open_leaving(leaver, admin)
            if state is LeavingState.DONE:
                one.state = state
            elif state is LeavingState.CALLED_OFF:
                leaving.call_off(one, by=admin, at=LATER)
            deed = {
                Act.COMPLETE_LEAVING: lambda one=one, mate=mate: handing_on.complete(one, by=mate, at=LATER),
                Act.CALL_OFF_LEAVING: lambda one=one: leaving.call_off(one, by=admin, at=LATER),
            }[act]
            if (state, act) in LEAVING_LIFE.moves:
                deed()
                assert one.state is LEAVING_LIFE.moves[state, act]
            else:
                with pytest.raises((NotNow, NotPermitted)):
                    deed()
            for officer in (leaver, mate):
                officer.active = False
            db.session.flush()


def test_the_last_administrator_of_a_kind_cannot_leave(app):
    only, security = make.officer(Role.SYSTEM_ADMIN), make.officer(Role.SECURITY_ADMIN)
    with pytest.raises(Incomplete):
        leaving.start(only, by=security, at=LATER)


def drawn(seed: int, admin, security) -> None:
    """A random history of an office: papers come, people come, go, are moved, hand on; no step loses anything."""
    chance = random.Random(seed)
    players = cast()
    staff = [players.inspector, make.officer(Role.TOWN_INSPECTOR)]
    at = make.NOON
    for _ in range(40):
        at += timedelta(hours=1)
        here = [one for one in staff if one.active and one.office_id == players.inspector.office_id]
        with contextlib.suppress(Refused):
            step(chance, players, staff, here, admin, security, at)
        db.session.flush()
        assert holdings.orphans() == 0
        for one in staff:
            if not one.active and leaving.open_one(one, one.office) is None:
                held = [room.held(one, one.office, mate) for room in holdings.rooms for mate in here]
                assert not any(held)
    db.session.commit()


def step(chance, players, staff, here, admin, security, at):
    deed = chance.choice(["paper", "admit", "start", "disable", "enable", "move", "hand on", "complete", "recuse"])
    one = chance.choice(here or staff)
    if deed == "paper" and here:
        referral = brought_to(S.HANDED_OVER, players, proposed(players, at=at), at=at)
        operations.sign_for(referral, by=one, at=at)
    elif deed == "admit":
        staff.append(make.officer(Role.TOWN_INSPECTOR))
    elif deed == "start":
        leaving.start(one, by=admin, at=at)
    elif deed == "disable":
        roster.disable(one, by=admin, at=at)
    elif deed == "enable":
        roster.enable(chance.choice(staff), by=admin, at=at)
    elif deed == "move":
        office = make.office(Body.TOWN_DISCIPLINE_BODY, make.XINZHUANG)
        roster.move(one, Role.TOWN_INSPECTOR, office, title="", by=security, at=at)
    elif deed == "recuse":
        for referral in db.session.scalars(queries.visible_to(one).limit(1)):
            recusals.recuse(referral.lead, "other", reason="两家是多年的邻居。", by=one, at=at)
    else:
        for hand_over in db.session.scalars(handing_on.worked_by(one)).all():
            for thing in holdings.held_by(hand_over.officer, hand_over.office, one):
                if thing.hands:
                    handing_on.hand_on(hand_over, thing.kind, thing.key, chance.choice(thing.hands), by=one, at=at)
            if deed == "complete":
                handing_on.complete(hand_over, by=one, at=at)


@pytest.mark.parametrize("seed", range(6))
def test_no_history_leaves_an_orphan(app, admin, seed):
    drawn(seed, admin, make.officer(Role.SECURITY_ADMIN))
    assert not list(trail.faults())


def test_a_planted_fault_leaves_an_orphan_and_the_doctor_sees_it(app, admin, monkeypatch):
    monkeypatch.setattr(leaving, "open_for", lambda *args, **more: None)
    players = cast()
    brought_to(S.SIGNED_FOR, players)
    roster.disable(players.inspector, by=admin, at=LATER)
    assert holdings.orphans() == 1
    assert [one.state for one in findings.chairs()][-1] == "BAD"
