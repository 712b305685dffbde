"""No lead that was acknowledged is lost, doubled or without its line when every process is killed at any moment."""

import os
import random
import shutil
import threading
import time

import pytest
from sqlalchemy import func, select, text

from tests import make
from tests.conftest import KEYS, settings
from tests.reliability.office import Hand, Web
from tipline import create_app
from tipline.intake.operations import mark_of
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer

KILLS = int(os.environ.get("TIPLINE_KILLS", "6"))
"""How often the plug is pulled; 60 by hand."""
HANDS = 3
PATIENCE = 60
"""So many seconds a slow machine has to acknowledge more sheets than it had bursts."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def operators(address: str) -> list[str]:
    """A furnished district with three operators."""
    app = create_app(settings(address))
    with app.app_context():
        if address.startswith("postgresql"):
            from tests.conftest import furnished

            furnished(address)
        made = [make.officer(Role.OPERATOR).login for _ in range(HANDS)]
        make.officer(Role.LEDGER_KEEPER)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return made


def under_fire(web: Web, logins: list[str], kills: int) -> dict[str, list[str]]:
    """Sheets are sent while all processes are killed, again and again; then everybody finishes in peace."""
    chance, stop = random.Random(7), threading.Event()
    web.start()
    try:
        hands = {login: Hand(web, login, make.PASSWORD) for login in logins}
        threads = [threading.Thread(target=hand.send_until, args=(stop,)) for hand in hands.values()]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            time.sleep(chance.uniform(0.2, 1.5))
            web.kill()
            web.start()
        time.sleep(0.5)
        patience = time.monotonic() + PATIENCE
        while sum(len(hand.acknowledged) for hand in hands.values()) <= kills and time.monotonic() < patience:
            time.sleep(0.5)
        stop.set()
        for thread in threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in threads)
    finally:
        web.kill()
    return {login: hand.acknowledged for login, hand in hands.items()}


def lost(address: str, acknowledged: dict[str, list[str]]) -> int:
    """How many acknowledged sheets are not exactly one lead with exactly one line; the rest must be whole."""
    app, missing = create_app(settings(address)), 0
    with app.app_context():
        for login, marks in acknowledged.items():
            officer = db.session.scalars(select(Officer).filter_by(login=login)).one()
            for mark in marks:
                leads = db.session.scalars(select(Lead).filter_by(submitted_as=mark_of(mark, officer))).all()
                lines = [lines_of(lead) for lead in leads]
                missing += lines != [1]
        assert not list(trail.faults())
        numbers = db.session.scalars(select(Lead.number)).all()
        assert len(set(numbers)) == len(numbers)
        if address.startswith("sqlite"):
            assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        db.session.remove()
        db.engine.dispose()
    return missing


def lines_of(lead: Lead) -> int:
    query = select(func.count()).select_from(Entry).where(Entry.paper == lead.ref, Entry.act == Act.REGISTER_LEAD)
    return db.session.scalar(query) or 0


def test_no_acknowledged_lead_is_lost_when_everything_is_killed(address, tmp_path):
    web = Web(tmp_path, address, KEYS)
    acknowledged = under_fire(web, operators(address), KILLS)
    assert sum(map(len, acknowledged.values())) > KILLS
    assert lost(address, acknowledged) == 0


def test_a_build_that_answers_before_it_commits_is_found(sqlite_template, tmp_path):
    copy = tmp_path / "faulty.db"
    shutil.copy(sqlite_template, copy)
    address = f"sqlite:///{copy}"
    web = Web(tmp_path, address, KEYS, entry="tests.reliability.answering_first:app")
    acknowledged = under_fire(web, operators(address), max(KILLS, 8))
    assert lost(address, acknowledged) > 0
