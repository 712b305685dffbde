"""No file that was acknowledged is lost or altered when every process is killed at any moment; none is left over."""

import os
import random
import shutil
import socket
import threading
import time

import pytest
from sqlalchemy import select

from tests import make
from tests.conftest import KEYS, furnished, settings
from tests.evidence.files import form
from tests.reliability.office import Web
from tests.reliability.uploading import Uploader
from tipline import create_app
from tipline.evidence import checking, jobs
from tipline.evidence.models import Exhibit
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.office import time as clock
from tipline.office import trail
from tipline.office.charter import Role

KILLS = int(os.environ.get("TIPLINE_KILLS", "4"))
HANDS = 2

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def house(address, tmp_path):
    return create_app(settings(address, evidence=str(tmp_path / "evidence")))


def keepers(address, tmp_path):
    """A furnished district in which each keeper has a lead of their own."""
    app = house(address, tmp_path)
    with app.app_context():
        if address.startswith("postgresql"):
            furnished(address)
        made = {}
        for _ in range(HANDS):
            keeper = make.officer(Role.LEDGER_KEEPER)
            made[keeper.login] = make.lead("village_head", by=keeper, at=clock.machine_now()).key
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return made


def under_fire(web, leads, kills):
    """Files are sent while all processes are killed, again and again."""
    chance, stop = random.Random(11), threading.Event()
    web.start()
    try:
        hands = [Uploader(web, login, make.PASSWORD, lead) for login, lead in leads.items()]
        threads = [threading.Thread(target=hand.send_until, args=(stop,)) for hand in hands]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            time.sleep(chance.uniform(1.0, 3.0))
            web.kill()
            web.start()
        time.sleep(1.0)
        stop.set()
        for thread in threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in threads)
    finally:
        web.kill()
    return [digest for hand in hands for digest in hand.acknowledged]


def lost(address, tmp_path, acknowledged):
    """How many acknowledged files are not there as they came; after the sweep nothing else may lie about."""
    app = house(address, tmp_path)
    with app.app_context():
        jobs.sweep(clock.machine_now())
        assert not list(checking.discrepancies())
        assert not list(trail.faults())
        kept = {one.digest: one.original for one in db.session.scalars(select(Exhibit))}
        missing = [digest for digest in acknowledged if digest not in kept or not cabinet.is_whole(kept[digest])]
        db.session.remove()
        db.engine.dispose()
    return len(missing)


@pytest.fixture
def env(monkeypatch, tmp_path):
    monkeypatch.setenv("TIPLINE_EVIDENCE", str(tmp_path / "evidence"))
    monkeypatch.setenv("TIPLINE_EVIDENCE_RESERVE_MB", "0")


def test_no_acknowledged_file_is_lost_when_everything_is_killed(env, address, tmp_path):
    web = Web(tmp_path, address, KEYS)
    acknowledged = under_fire(web, keepers(address, tmp_path), KILLS)
    assert len(acknowledged) > KILLS
    assert lost(address, tmp_path, acknowledged) == 0


def test_a_build_that_answers_before_it_keeps_the_file_is_found(env, sqlite_template, tmp_path):
    copy = tmp_path / "faulty.db"
    shutil.copy(sqlite_template, copy)
    address = f"sqlite:///{copy}"
    web = Web(tmp_path, address, KEYS, entry="tests.reliability.answering_first:app")
    acknowledged = under_fire(web, keepers(address, tmp_path), max(KILLS, 6))
    assert lost(address, tmp_path, acknowledged) > 0


def test_a_client_that_goes_away_at_each_tenth_leaves_nothing(env, sqlite_template, tmp_path):
    copy = tmp_path / "gone.db"
    shutil.copy(sqlite_template, copy)
    address = f"sqlite:///{copy}"
    web, leads = Web(tmp_path, address, KEYS), keepers(address, tmp_path)
    web.start()
    try:
        ((login, lead), *_) = leads.items()
        hand = Uploader(web, login, make.PASSWORD, lead)
        body, kind = form(b"x" * 3_000_000, "名单.txt", csrf_token=hand.get(hand.page)["csrf_token"])
        cookie = "; ".join(f"{one.name}={one.value}" for one in hand.jar)
        for tenth in range(10):
            with socket.create_connection(("127.0.0.1", web.port)) as line:
                head = f"POST {hand.page}/attach HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
                line.sendall(f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
                line.sendall(body[: len(body) * tenth // 10])
        time.sleep(1)
        folder = tmp_path / "evidence"
        assert not [path for path in folder.rglob("*") if path.is_file()]
        assert hand.hand_in(b"words", hand.get(hand.page)["csrf_token"]) == 302
    finally:
        web.kill()
    assert lost(address, tmp_path, []) == 0


def slow_to(entry, sqlite_template, tmp_path, pause):
    """Half a file is sent, and then nothing, or a byte now and then. The status, once the house has had enough."""
    copy = tmp_path / "slow.db"
    shutil.copy(sqlite_template, copy)
    address = f"sqlite:///{copy}"
    web, leads = Web(tmp_path, address, KEYS, entry=entry), keepers(address, tmp_path)
    web.start()
    try:
        ((login, lead), *_) = leads.items()
        hand = Uploader(web, login, make.PASSWORD, lead)
        body, kind = form(b"x" * 3_000_000, "名单.txt", csrf_token=hand.get(hand.page)["csrf_token"])
        cookie = "; ".join(f"{one.name}={one.value}" for one in hand.jar)
        with socket.create_connection(("127.0.0.1", web.port)) as line:
            head = f"POST {hand.page}/attach HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
            line.sendall(f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
            line.sendall(body[: len(body) // 2])
            status = answer_to(line, pause)
        assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
        assert hand.hand_in(b"words", hand.get(hand.page)["csrf_token"]) == 302
    finally:
        web.kill()
    assert lost(address, tmp_path, []) == 0
    return status


def answer_to(line, pause) -> bytes:
    until = time.monotonic() + 10
    line.settimeout(pause or 10)
    while time.monotonic() < until:
        try:
            return line.recv(100)[9:12]
        except TimeoutError:
            line.sendall(b"x")
        except ConnectionError:
            return b""
    raise TimeoutError("still listening")


@pytest.mark.parametrize("pause", [None, 0.2])
def test_a_client_that_stalls_or_drips_is_cut_off_and_leaves_nothing(env, sqlite_template, tmp_path, pause):
    status = slow_to("tests.reliability.impatient:app", sqlite_template, tmp_path, pause)
    assert status in {b"400", b""}  # refused, or the line simply ends


def test_a_build_with_more_patience_than_the_test_is_found(env, sqlite_template, tmp_path):
    with pytest.raises(TimeoutError, match="still listening"):
        slow_to("app:app", sqlite_template, tmp_path, 0.2)
