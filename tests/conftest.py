"""The app on both databases, a clean copy for every test, and signed-in browsers."""

import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, make_url

from config import Settings
from tests import make, postgres
from tipline import create_app
from tipline.kit.cabinet import MEGABYTE, Cabinet
from tipline.kit.db import db, prepare
from tipline.kit.vault import fresh_keys
from tipline.office import time
from tipline.office.charter import Role
from tipline.office.models import Officer

LONGEST_FIRST = (
    "browser/test_every_page.py",
    "leads/test_twin_worlds.py",
    "rehearsal/test_campaign.py",
    "house/test_access_matrix.py",
    "duties/test_ladder.py",
    "browser/",
)
"""Where a worker is busy for minutes: it begins with these, so that none is left alone with them at the end."""

KEYS = fresh_keys()
TOKENS = re.compile(r'(csrf.token" (?:value|content)=")[^"]+')
MARGIN = re.compile(r'(<p class="margin-note">\S+ )[^<]+')
LARGEST = Settings.evidence_file_mb * MEGABYTE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first; all else stays in its order."""

    def rank(item: pytest.Item) -> int:
        return next((n for n, place in enumerate(LONGEST_FIRST) if f"tests/{place}" in item.nodeid), len(LONGEST_FIRST))

    items.sort(key=rank)


def settings(database: str, **others: Any) -> dict[str, Any]:
    """What an app under test is made with."""
    values = {"database": database, "keys": KEYS, "secret": secrets.token_hex(16), "hosts": ("localhost",)}
    values |= {"evidence_reserve_mb": 0, **others}
    return Settings(**values).for_flask() | {"TESTING": True, "WTF_CSRF_ENABLED": False}


def furnished(database: str) -> None:
    """Bring a database to the newest migration and enter what every district has."""
    app = create_app(settings(database))
    with app.app_context():
        flask_migrate.upgrade()
        make.district()
        db.session.commit()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "tipline.db"
    furnished(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    try:
        with postgres.cluster() as running:
            yield running
    except postgres.Absent as absent:
        postgres.missing(absent)


@pytest.fixture(scope="session")
def postgres_template(cluster: postgres.Cluster) -> str:
    furnished(cluster.fresh_database("template0", name="furnished"))
    return "furnished"


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a furnished database of its own, on each engine in turn."""
    if request.param == "sqlite":
        copy = tmp_path / "tipline.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), copy)
        yield f"sqlite:///{copy}"
        return
    template = request.getfixturevalue("postgres_template")
    running: postgres.Cluster = request.getfixturevalue("cluster")
    address = running.fresh_database(template)
    yield address
    running.drop(address)


@pytest.fixture(scope="session")
def assembled(sqlite_template: Path) -> Flask:
    """Tipline, put together once: its doors and templates are the same over every database."""
    built = create_app(settings(f"sqlite:///{sqlite_template}"))
    with built.app_context():
        db.engines[None].dispose()
    return built


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """One of each kind, by its driver: what it has learnt of the house's statements serves every test."""
    return {}


@pytest.fixture
def engine(engines: dict[str, Engine], database: str) -> Iterator[Engine]:
    """The engine of this test's kind, connected to this test's database."""
    url = make_url(database)
    found = engines.get(url.drivername)
    if found is None:
        found = engines[url.drivername] = create_engine(url)
        prepare(found)

        @event.listens_for(found, "do_connect")
        def connect(dialect: Any, *_: object) -> Any:
            words, named = dialect.create_connect_args(engines[url.drivername].url)
            return dialect.connect(*words, **named)

    found.url = url
    yield found
    found.dispose()


@pytest.fixture
def app(assembled: Flask, database: str, engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    """Tipline over a furnished database, inside an application context."""
    usual, extensions = dict(assembled.config), dict(assembled.extensions)
    assembled.config.update(settings(database, evidence=str(tmp_path / "evidence")))
    assembled.extensions["cabinet"] = Cabinet(tmp_path / "evidence", limit=LARGEST, reserve=0)
    with assembled.app_context():
        db.engines[None] = engine
        yield assembled
        db.session.remove()
    assembled.config.clear()
    assembled.config.update(usual)
    assembled.extensions = extensions


def timeless(page: str) -> str:
    """A page but for what tells when it was made: its tokens against forgery, and the minute in its margin."""
    return MARGIN.sub(r"\1…", TOKENS.sub(r"\1…", page))


class Browser(FlaskClient):
    """A browser that forgets the last request before the next, as real ones do."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()  # whatever a test did not commit is not there
        db.session.expire_all()
        for kept in list(g):  # the test's own context outlives the request: its officer must not
            g.pop(kept)
        response = super().open(*args, **kwargs)
        db.session.rollback()
        return response


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Officer], FlaskClient]:
    """A browser with this officer signed in."""
    app.test_client_class = Browser

    def signed_in(officer: Officer) -> FlaskClient:
        browser = app.test_client()
        login = officer.login
        make.give_password(officer)
        db.session.commit()
        response = browser.post("/sign-in", data={"login": login, "password": make.PASSWORD})
        assert response.status_code == 302, response.text
        return browser

    return signed_in


@pytest.fixture
def operator(app: Flask) -> Officer:
    """Whoever sits at the telephone of the bureau, with a keeper behind."""
    somebody = make.officer(Role.OPERATOR)
    make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    return somebody


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the machine's clock at a moment, for all who ask it."""

    def stopped(moment: datetime) -> None:
        monkeypatch.setattr(time, "datetime", type("Stopped", (datetime,), {"now": staticmethod(lambda _: moment)}))

    return stopped
