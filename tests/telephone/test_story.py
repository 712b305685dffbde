"""The telephone system tells of a call; somebody takes it on a sheet, or it is forgotten; its number lies nowhere."""

import json
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from tests import make
from tests.conftest import Browser
from tests.hotline.dial import line
from tests.intake.test_call_sheet import SHEET
from tests.leads.test_what_is_kept import everything_on_disk, spellings
from tipline.hotline.lifecycle import CallState
from tipline.hotline.models import MissedCall
from tipline.intake import keeping
from tipline.intake.models import UnfinishedCall
from tipline.kit.dates import HERE
from tipline.kit.db import db
from tipline.leads.models import Lead, Reporter
from tipline.office import duty
from tipline.office.charter import Role
from tipline.office.models import Entry, Officer
from tipline.telephone import jobs, operations, rules
from tipline.telephone.models import HeardNonce, Ring

SECRET = "a secret of a telephone system, 40 letters"
CALLER, MINUTE = "15477770017", timedelta(minutes=1)
TOKENS = count(1)


@pytest.fixture(autouse=True)
def _connected(app, set_clock):
    set_clock(make.NOON)
    app.config.update(TELEPHONE_SECRET=SECRET, RING_MINUTES=15)
    app.test_client_class = Browser


def announced(app, said=None, *, at=make.NOON, now=make.NOON, nonce="", secret=SECRET, body=None, **more):
    """What the telephone system posts, signed as docs/api.md says."""
    told = {"call": "pbx-1", "event": "ringing", "from": CALLER, "to": "022-28391234"}
    told |= {"at": at.astimezone(HERE).isoformat()} | (said or {})
    body = json.dumps(told).encode() if body is None else body
    moment, nonce = str(int(now.timestamp())), nonce or f"nonce-of-16-or-more-{next(TOKENS)}"
    heads = {"Time": moment, "Nonce": nonce, "Signature": rules.signature(secret, moment, nonce, body)} | more
    heads = {f"X-Tipline-{name}": value for name, value in heads.items()}
    return app.test_client().post("/telephone/announce", data=body, headers=heads)


def keeper():
    return db.session.scalars(select(Officer).filter_by(role=Role.LEDGER_KEEPER)).one()


def rings():
    return list(db.session.scalars(select(Ring).order_by(Ring.id)))


def test_a_call_is_seen_quietly_and_opens_a_sheet_with_number_line_and_time(app, operator, sign_in):
    browser = sign_in(operator)
    assert announced(app, at=make.NOON - MINUTE).status_code == 204
    assert announced(app, at=make.NOON - MINUTE).status_code == 204
    (ring,) = rings()
    page = browser.get("/telephone/").text
    assert "尾号0017" in page
    assert CALLER not in page
    live = browser.get("/telephone/?mark=")
    mark = live.text.partition('name="mark" value="')[2].partition('"')[0]
    assert browser.get(f"/telephone/?mark={mark}").status_code == 204, "nothing has changed, nothing moves"
    sheet = browser.post(f"/telephone/{ring.key}/take")
    page = browser.get(sheet.headers["Location"]).text
    for words in (f'value="{CALLER}"', "02228391234", 'value="2018-06-04T11:59"'):
        assert words in page, words
    (ring,) = rings()
    assert (ring.taken_by, ring.caller) == (operator, None), "the number stands on the sheet alone"
    assert browser.post(f"/telephone/{ring.key}/take").status_code == 409
    assert "尾号" not in browser.get("/telephone/").text
    announced(app, {"event": "missed"})
    assert db.session.scalar(select(func.count(MissedCall.id))) == 0, "somebody has taken it"


def test_who_stays_anonymous_leaves_no_number(app, operator, sign_in):
    browser = sign_in(operator)
    for name, change in {"pbx-1": {}, "pbx-2": {"number_agreed": "y"}, "pbx-3": {"phone": "022-28390000"}}.items():
        announced(app, {"call": name})
        browser.post(f"/telephone/{rings()[-1].key}/take")
        (call,) = db.session.scalars(select(UnfinishedCall))
        said = SHEET | keeping.sheet_of(call).to_dict() | change
        assert browser.post("/intake/register", data=said).status_code == 302, name
        assert db.session.scalars(select(UnfinishedCall)).all() == []
    leads = db.session.scalars(select(Lead).order_by(Lead.id))
    phones = {one.lead_id: one.phone for one in db.session.scalars(select(Reporter))}
    assert [phones.get(lead.id) for lead in leads] == [None, CALLER, "022-28390000"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another secret of forty letters, or about"},
        {"now": make.NOON - 6 * MINUTE},
        {"now": make.NOON + 6 * MINUTE},
        {"nonce": "short"},
        {"Signature": ""},
        {"Signature": "电话"},
        {"Time": "²"},
        {"Time": "9" * 4000},
        {"body": b"x" * 4097},
    ],
    ids=str,
)
def test_what_is_not_signed_now_is_refused_without_a_reason(app, operator, wrong):
    wrong = {
        name: value.encode().decode("latin-1") if name in ("Signature", "Time") else value
        for name, value in wrong.items()
    }
    answer = announced(app, **wrong)
    assert (answer.status_code, answer.text) == (401, "refused\n")
    assert rings() == []
    assert db.session.scalar(select(func.count(HeardNonce.nonce_hash))) == 0


def test_a_signature_that_is_not_asked_for_is_found(app, operator, monkeypatch):
    monkeypatch.setattr(rules, "check", lambda *_: None)
    with pytest.raises(AssertionError):
        test_what_is_not_signed_now_is_refused_without_a_reason(app, operator, {"secret": "x" * 40})


def test_the_same_message_is_not_heard_twice(app, operator):
    once = {"nonce": "sixteen-letters-"}
    assert announced(app, **once).status_code == 204
    assert announced(app, {"call": "pbx-2"}, **once).status_code == 401
    assert len(rings()) == 1
    operations.remember("another-nonce-16-letters", make.NOON + 20 * MINUTE)
    assert db.session.scalar(select(func.count(HeardNonce.nonce_hash))) == 1, (
        "what is too old to be signed is forgotten"
    )


@pytest.mark.parametrize(
    "said",
    [
        {"call": ""},
        {"call": "电话"},
        {"to": ""},
        {"to": "9" * 21},
        {"from": "1"},
        {"event": "answered"},
        {"at": "2018-06-04T12:00"},
        {"at": "2018-06-03T11:00+08:00"},
        {"at": "noon"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_said_to_whoever_may_sign(app, operator, said):
    answer = announced(app, said)
    assert answer.status_code == 422
    assert CALLER not in answer.text
    assert rings() == []
    assert announced(app, body=b"[" * 4000).status_code == 422
    assert announced(app, body=b"[]").status_code == 422


def test_where_no_telephone_system_is_connected_there_is_no_door(app, operator, sign_in):
    browser = sign_in(operator)
    assert 'hx-get="/telephone/"' in browser.get("/intake/").text
    app.config["TELEPHONE_SECRET"] = ""
    assert announced(app).status_code == 404
    assert '/telephone/"' not in browser.get("/intake/").text


def test_nobody_sees_it_but_who_is_on_duty_where_it_rings(app, operator, sign_in):
    clerk, elsewhere = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    absent = make.officer(Role.OPERATOR)
    today = make.NOON.date()
    duty.take_leave(absent, today, today, operator, by=absent, at=make.NOON)
    of_town = line(keeper(), 1, clerk.office)
    db.session.commit()
    announced(app, {"to": of_town.number})
    assert [len(operations.ringing(one, make.NOON)) for one in (clerk, elsewhere, operator)] == [1, 0, 0]
    (ring,) = rings()
    assert sign_in(elsewhere).post(f"/telephone/{ring.key}/take").status_code == 404
    announced(app, {"call": "pbx-2", "from": ""})
    assert [len(operations.ringing(one, make.NOON)) for one in (clerk, operator, absent)] == [1, 1, 0]
    assert "没有显示号码" in sign_in(operator).get("/telephone/").text


def test_what_nobody_answered_is_to_be_rung_back(app, operator):
    rung = line(keeper(), 1, operator.office)
    db.session.commit()
    announced(app, {"to": rung.number})
    announced(app, {"to": rung.number, "event": "abandoned"})
    announced(app, {"to": rung.number, "event": "missed"})
    announced(app, {"call": "pbx-2", "to": rung.number, "event": "missed", "from": ""}, at=make.NOON - 2 * MINUTE)
    first, hidden = db.session.scalars(select(MissedCall).order_by(MissedCall.id))
    assert (first.state, first.caller, first.missed.value) == (CallState.TO_RING_BACK, CALLER, "abandoned")
    assert hidden.state is CallState.LEFT
    assert all(ring.over and ring.caller is None for ring in rings())
    assert operations.ringing(operator, make.NOON) == []


def test_a_group_of_telephones_tells_of_one_call_at_once(app, operator, monkeypatch):
    rung = line(keeper(), 1, operator.office)
    db.session.commit()
    assert announced(app, {"to": rung.number}).status_code == 204
    late = Ring(call_blind=rings()[0].call_blind, line="1", office_id=operator.office_id, rang_at=make.NOON)
    late.heard_at, late.over = make.NOON, False
    assert operations._first(late).id == rings()[0].id, "the other hand was first"
    for call in ("pbx-2", "pbx-3"):
        assert announced(app, {"call": call, "to": rung.number, "event": "missed"}).status_code == 204
    assert db.session.scalar(select(func.count(MissedCall.id))) == 1
    assert [ring.over for ring in rings()] == [False, True, True], "both are over, and one is to be rung back"


def test_a_number_that_came_to_no_sheet_is_forgotten_and_lies_nowhere(
    app, operator, database, caplog, request, sign_in
):
    browser = sign_in(operator)
    announced(app)
    db.session.commit()
    told = everything_on_disk(database, request) + caplog.text.encode()
    told += "".join(str(entry.facts) + entry.paper for entry in db.session.scalars(select(Entry))).encode()
    assert not [spelling for spelling in spellings(CALLER) if spelling in told]
    later = make.NOON + 15 * MINUTE
    assert operations.ringing(operator, later) == []
    assert [jobs.forget(make.NOON + 14 * MINUTE), jobs.forget(later), jobs.forget(later)] == [0, 1, 0]
    assert rings() == []
    assert "尾号" not in browser.get("/telephone/").text


def test_asking_by_itself_keeps_nobody_signed_in(app, operator, sign_in, set_clock):
    browser = sign_in(operator)
    for minutes in range(0, 45, 5):
        set_clock(make.NOON + minutes * MINUTE)
        answer = browser.get("/telephone/?mark=")
    assert answer.status_code == 302
