"""Migrations: numbered in a row, one head, both ways, and equal to the models on both engines."""

import re
from datetime import timedelta

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from tests import make
from tests.referrals.cast import DEEDS, brought_to, cast
from tipline.kit.db import db
from tipline.notes import operations as notes
from tipline.notes.models import Ring
from tipline.office.charter import Act, Role
from tipline.referrals.lifecycle import ReferralState

SHADOWS = "lead_search"


def scripts(app):
    return ScriptDirectory(f"{app.root_path}/../migrations")


def test_migrations_are_numbered_in_one_row(app):
    revisions = [script.revision for script in scripts(app).walk_revisions()][::-1]
    assert len(scripts(app).get_heads()) == 1
    assert [revision[:4] for revision in revisions] == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z_]+", revision) for revision in revisions)


def test_models_equal_the_database(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": lambda o, n, kind, *_: not (n or "").startswith(SHADOWS)},
        )
        assert compare_metadata(context, db.metadata) == []


def test_a_planted_difference_is_seen(app):
    db.session.execute(db.text("ALTER TABLE lead ADD COLUMN planted INTEGER"))
    db.session.commit()
    with pytest.raises(AssertionError):
        test_models_equal_the_database(app)


def test_every_step_goes_down_and_up_again_with_data_in_it(app):
    make.officer(Role.LEDGER_KEEPER)
    make.lead("village_head", "town_civil_affairs_clerk")
    players = cast()
    referral = brought_to(ReferralState.CASE_FILED, players)
    DEEDS[Act.RECORD_MILESTONE](referral, players, make.NOON + timedelta(days=2))
    notes.write(referral, Ring.INTERNAL, "查存折。", by=players.inspector, at=make.NOON)
    db.session.commit()
    before = set(inspect(db.engine).get_table_names())
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert not {name for name in inspect(db.engine).get_table_names() if name != "alembic_version"}
    flask_migrate.upgrade()
    assert set(inspect(db.engine).get_table_names()) == before


def test_sqlite_keeps_what_it_acknowledged(app):
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        kept = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
