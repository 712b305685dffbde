"""The trail: chained, keyed, append-only, and honest about papers."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests import make
from tests.office.forgery import ON_PAPER_TOO, Forger, forgeries
from tipline.kit.db import db
from tipline.kit.vault import vault
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.deeds import witness
from tipline.office.models import Entry, Paper

READER = Path(__file__).resolve().parents[2] / "tools/verify_trail.py"


def test_a_fresh_district_has_a_whole_trail(app):
    make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    assert list(trail.faults()) == []
    assert trail.head()[0] == db.session.query(Entry).count() > 1


@pytest.mark.parametrize("deed", ["UPDATE entry SET paper = 'x'", "DELETE FROM entry"])
def test_the_database_itself_refuses_to_change_the_trail(app, deed):
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(deed))


@pytest.fixture
def forger(forge) -> Forger:
    """A trail of some length, with reasons in it, and hands that have the database but not the key."""
    officers = [make.officer(role) for role in (Role.LEDGER_KEEPER, Role.OPERATOR, Role.AUDITOR)]
    for number in range(24):
        somebody = officers[number % 3]
        witness(Act.KEEP_OWN_ACCOUNT, somebody, by=somebody, at=make.NOON, note=f"理由{number}", changed=str(number))
    db.session.commit()
    return Forger()


@pytest.mark.parametrize("seed", range(5))
def test_every_forgery_of_the_trail_is_found_and_named(forger, seed):
    assert list(trail.faults()) == []
    dice = random.Random(seed)
    for _ in range(100):
        kind = dice.choice(sorted(set(forgeries) - {"nothing"}))
        line = forger.commit_forgery(kind, dice)
        found = list(trail.faults())
        assert found, (kind, line)
        assert {fault.seq for fault in found} & {line - 1, line, line + 1}, (kind, line, found)
        forger.undo()
    assert list(trail.faults()) == []


def test_a_tail_cut_off_with_its_end_rewritten_is_found_by_what_was_published(forger):
    seq, digest = trail.head()
    published = {seq: digest}
    forger.cut(5)
    forger.sql(
        "UPDATE trail_head SET seq = (SELECT max(seq) FROM entry),"
        " hash = (SELECT hash FROM entry ORDER BY seq DESC LIMIT 1)"
    )
    assert list(trail.faults()) == []  # nothing inside can tell
    assert [fault.seq for fault in trail.faults(published)] == [seq]


def test_a_trail_written_anew_without_the_key_is_found(forger):
    forger.rewrite_all_without_the_key()
    assert len(list(trail.faults())) >= len(forger)


@pytest.mark.parametrize("seed", range(2))
def test_the_independent_reader_agrees_on_every_export(forger, tmp_path, seed):
    export, anchors, key = tmp_path / "trail.jsonl", tmp_path / "anchors.txt", tmp_path / "key"
    key.write_text(vault.trail_key.hex())
    seq, digest = trail.head()
    anchors.write_text(f"{seq} {digest}\n")

    def reader_finds_it_intact() -> bool:
        export.write_text("".join(f"{line}\n" for line in trail.export()), encoding="utf-8")
        command = [sys.executable, "-I", str(READER), str(export), str(anchors), "--key", str(key)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        assert not done.stderr
        return done.returncode == 0

    assert reader_finds_it_intact()
    dice = random.Random(seed)
    for number in range(50):
        kind = "nothing" if number % 10 == 0 else dice.choice(ON_PAPER_TOO)
        forger.commit_forgery(kind, dice)
        whole = not list(trail.faults({seq: digest}))
        assert reader_finds_it_intact() is whole is (kind == "nothing"), kind
        forger.undo()


def test_a_paper_changed_behind_the_trails_back_is_found(app):
    make.lead("village_party_secretary")
    db.session.commit()
    assert list(trail.faults()) == []
    bent = 0
    for kind in Paper.__subclasses__():
        for key, state in db.session.execute(text(f"SELECT key, state FROM {kind.__tablename__}")).all():
            for other in {str(value.value) for value in kind.life.moves.values()} - {state}:
                if state_is_bent(kind, key, other):
                    found = " ".join(str(fault.what) for fault in trail.faults())
                    assert f"{kind.kind}/{key}" in found
                    bent += 1
                db.session.rollback()
    assert bent > 1


def state_is_bent(kind: type[Paper], key: str, state: str) -> bool:
    """Whether the database let a paper's state be changed by hand; its own checks refuse some."""
    change = text(f"UPDATE {kind.__tablename__} SET state = :state WHERE key = :key")
    try:
        db.session.execute(change, {"state": state, "key": key})
    except IntegrityError:
        return False
    db.session.expire_all()
    return True
