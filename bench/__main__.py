"""python -m bench [SIZE …]: CPU per request and statements per page, as ratios to a minimal page in the same run."""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

import flask_migrate
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select, text

from bench import filling, matching, minimal, reading
from config import Settings
from tests import make, postgres
from tipline import create_app
from tipline.kit.db import db
from tipline.kit.vault import fresh_keys
from tipline.leads import saved
from tipline.leads.models import Lead
from tipline.office.charter import Role

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
EACH = 12


def main() -> None:
    """Measure on SQLite, then on PostgreSQL where it can be started."""
    sizes = tuple(int(size) for size in sys.argv[1:]) or SIZES
    reading.report()
    matching.report()
    with tempfile.TemporaryDirectory() as folder:
        measure(f"sqlite:///{Path(folder) / 'bench.db'}", "SQLite", sizes)
    try:
        with postgres.cluster(durable=True) as cluster:
            measure(cluster.fresh_database("template0", name="bench"), "PostgreSQL", sizes)
    except postgres.Absent as absent:
        print(f"\nPostgreSQL not measured: {absent}")


def measure(address: str, engine: str, sizes: tuple[int, ...]) -> None:
    """Grow one ledger through the sizes and measure every page at each of them."""
    settings = Settings(database=address, keys=fresh_keys(), secret="bench", hosts=("localhost",))
    app = create_app(settings.for_flask() | {"WTF_CSRF_ENABLED": False})
    app.register_blueprint(minimal.bp)
    with app.app_context():
        flask_migrate.upgrade()
        db.session.execute(text("CREATE TABLE minimal (town varchar(12), body text)"))
        make.district()
        keepers = make.officer(Role.LEDGER_KEEPER), make.officer(Role.LEDGER_KEEPER)
        logins = make.officer(Role.OPERATOR).login, *(keeper.login for keeper in keepers)
        for n in range(saved.MOST):
            saved.save(str(n), {"flag": "media", "month": f"2018-{n + 1:02}"}, by=keepers[1], at=make.NOON)
        db.session.commit()
    for size in sizes:
        begun = time.perf_counter()
        with app.app_context():
            filling.fill(size, logins[0])
            key = db.session.scalar(select(Lead.key).order_by(Lead.id.desc()).limit(1))
            engine_of_db = db.engine
        print(f"\n{engine}, {size:,} leads (filled in {time.perf_counter() - begun:.0f} s)")
        print(f"{'':34}{'CPU ms':>8}{'× minimal':>11}{'statements':>12}")
        report(engine_of_db, str(key), *(signed_in(app, login) for login in logins))
    engine_of_db.dispose()


def signed_in(app: Flask, login: str) -> FlaskClient:
    browser = app.test_client()
    assert browser.post("/sign-in", data={"login": login, "password": make.PASSWORD}).status_code == 302
    return browser


def report(engine: Engine, key: str, operator: FlaskClient, keeper: FlaskClient, viewer: FlaskClient) -> None:
    """One line per page: its CPU, the ratio to its bound, its SQL statements."""
    town = make.SHUANGGANG
    line = partial(compare, engine)
    minimal_list = lambda: keeper.get(f"/minimal/list?town={town}")  # noqa: E731
    minimal_one = lambda: keeper.get(f"/minimal/one/{key}")  # noqa: E731
    minimal_create = lambda: operator.post("/minimal/create", data={"town": town, "body": "村里有人" * 40})  # noqa: E731
    line("ledger, 25 rows, one town", lambda: keeper.get(f"/leads/?town={town}"), minimal_list)
    line(f"the same, {saved.MOST} saved views", lambda: viewer.get(f"/leads/?town={town}"), minimal_list)
    line(
        "search, 2 characters, 1 in 100",
        lambda: keeper.post("/leads/search", data={"q": filling.RARE[:2]}),
        minimal_list,
    )
    line("search, 4 characters, everywhere", lambda: keeper.post("/leads/search", data={"q": "低保名单"}), minimal_list)
    line("open a lead", lambda: keeper.get(f"/leads/{key}"), minimal_one)
    line("register a lead", lambda: operator.post("/intake/register", data=call_sheet()), minimal_create, status=302)


def call_sheet() -> dict[str, str]:
    """A filled-in call sheet, new each time."""
    return {
        "token": uuid4().hex,
        "channel": "call",
        "received_at": "2018-06-04 09:30",
        "wants_secrecy": "yes",
        "wants_answer": "no",
        "named": "no",
        "people-0-post": "village_head",
        "people-0-name": "佘仁杰",
        "people-0-town": make.SHUANGGANG,
        "town": make.SHUANGGANG,
        "problems": "nepotism",
        "narrative": "村里有人不够条件却吃低保，问了几次都没有答复。" * 6,
        "told_duty": "y",
        "read_back": "y",
    }


def compare(
    engine: Engine, name: str, ours: Callable[[], object], bound: Callable[[], object], *, status: int = 200
) -> None:
    """Interleave the page and its bound, and print the medians."""
    statements = counted(engine, ours, status)
    bound()
    pairs = [(cpu(ours), cpu(bound)) for _ in range(ROUNDS)]
    own = statistics.median(own for own, _ in pairs)
    ratio = statistics.median(own / least for own, least in pairs)
    print(f"{name:34}{own * 1000:8.1f}{ratio:11.1f}{statements:12}")


def cpu(page: Callable[[], object]) -> float:
    begun = time.process_time()
    for _ in range(EACH):
        page()
    return (time.process_time() - begun) / EACH


def counted(engine: Engine, page: Callable[[], object], status: int) -> int:
    """The SQL statements of one request, which must answer as expected."""
    page()
    seen: list[str] = []
    note = lambda _c, _cur, statement, *_: seen.append(statement)  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    try:
        response = page()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert response.status_code == status, (response.status_code, response.text[:2000])  # type: ignore[attr-defined]
    return len(seen)


if __name__ == "__main__":
    main()
