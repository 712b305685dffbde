"""A played rehearsal, made once for each engine and copied for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import postgres
from tests.conftest import settings
from tipline import create_app
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.rehearsal import district, leads


def played(database: str) -> None:
    """Fill a furnished database as the first start of a rehearsal does."""
    built = create_app(settings(database, rehearsal=True))
    with built.app_context():
        assert district.furnish()
        assert leads.play() == (47 if cabinet.folder else 46)
        district.curtain_up()
        db.session.commit()
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def played_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("played") / "tipline.db"
    shutil.copy(sqlite_template, path)
    played(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def played_postgres(cluster: postgres.Cluster, postgres_template: str) -> str:
    played(cluster.fresh_database(postgres_template, name="played"))
    return "played"


@pytest.fixture
def played_database(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """A rehearsal of its own for every test, on the engine whose turn it is."""
    if database.startswith("sqlite"):
        copy = tmp_path / "played.db"
        shutil.copy(request.getfixturevalue("played_sqlite"), copy)
        yield f"sqlite:///{copy}"
        return
    template = request.getfixturevalue("played_postgres")
    running: postgres.Cluster = request.getfixturevalue("cluster")
    address = running.fresh_database(template)
    yield address
    running.drop(address)


@pytest.fixture
def app(played_database: str) -> Iterator[Flask]:
    """A rehearsal that has just begun, inside an application context."""
    built = create_app(settings(played_database, rehearsal=True))
    with built.app_context():
        yield built
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def stage(app: Flask) -> None:
    """The rehearsal as whoever starts it finds it."""
