"""What the machine under the house is like: database, disk, keys, the end of the trail."""

import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import Engine, exists, func, select

from tipline.kit.db import db
from tipline.kit.vault import vault
from tipline.office import calendars, trail
from tipline.office.models import Letter, LetterState

SAFE = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)}
"""What SQLite must be set to, so that an acknowledged lead survives a power cut (2 is FULL, 3 is EXTRA)."""
LEAST_FREE = 1 << 30


@dataclass(frozen=True)
class Machine:
    """Technical facts for the status page; none of them is about a person."""

    engine: str
    settings: dict[str, str]
    free: int
    total: int
    key: int
    head: str
    years: list[int]

    @property
    def disk_is_low(self) -> bool:
        return self.free < LEAST_FREE


def machine() -> Machine:
    """Everything the status page tells about the machine."""
    disk = shutil.disk_usage(home())
    _, head = trail.head()
    years = [year.year for year in calendars.known_years()]
    dialect = db.engine.dialect
    version = ".".join(map(str, dialect.server_version_info or ()))
    return Machine(
        f"{dialect.name} {version}", sqlite_settings(db.engine), disk.free, disk.total, vault.current, head, years
    )


def home() -> Path:
    """The folder whose disk the database fills, or the working folder when it is on another machine."""
    file = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    folder = Path(file).parent if file else Path(current_app.root_path)
    return folder if folder.is_dir() else Path(current_app.root_path)


def sqlite_settings(engine: Engine) -> dict[str, str]:
    """What SQLite really uses; empty on PostgreSQL. Asked outside of any transaction, so it never waits."""
    if engine.dialect.name != "sqlite":
        return {}
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return {name: str(driver.execute(f"PRAGMA {name}").fetchone()[0]) for name in SAFE}
    finally:
        connection.close()


def unsafe_settings(engine: Engine) -> dict[str, str]:
    """The settings of SQLite under which acknowledged work could be lost."""
    return {name: value for name, value in sqlite_settings(engine).items() if value not in SAFE[name]}


class Queue(NamedTuple):
    """Whether letters are held or wait, and since when the oldest does; never how many: a count tells of leads."""

    held: bool
    waiting: bool
    since: datetime | None


def queue() -> Queue:
    """How the outbox stands; letters delivered are past."""
    waits = Letter.state.in_((LetterState.DUE, LetterState.SENDING))
    since = db.session.scalar(select(func.min(Letter.written_at)).where(waits))
    held = db.session.scalar(select(exists().where(Letter.state == LetterState.HELD)))
    return Queue(bool(held), since is not None, since)
