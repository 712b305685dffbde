"""A PostgreSQL cluster to throw away: made in half a second, heard only on a socket, gone afterwards."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROLE = "tipline"
PATIENCE = 30  # seconds for the server to answer, or to stop
ROOM = 2 * 1024**3  # bytes

MODEST = ("shared_buffers=32MB", "max_connections=60", "max_wal_senders=0", "wal_level=minimal")
# What is made here need not survive a power cut, unless a test is about that.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off", "autovacuum=off")


class Absent(RuntimeError):
    """This machine has no PostgreSQL that the tests could start: skip, but where CI=true promised it, fail."""


@dataclass
class Cluster:
    """A running server. Databases are copied from templates, which takes milliseconds."""

    home: Path
    binaries: Path
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{ROLE}@/{database}?host={self.home}"

    def fresh_database(self, template: str = "template0", *, name: str | None = None) -> str:
        """The URL of a new copy of the template; nobody may be connected to that one meanwhile."""
        name = name or f"{template}_{next(self.numbers)}"
        self.say("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.say("DROP DATABASE IF EXISTS {} WITH (FORCE)", url.partition("@/")[2].partition("?")[0])

    def say(self, statement: str, *names: str) -> None:
        with self.connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(host=str(self.home), user=ROLE, dbname="postgres", autocommit=True)


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A server of our own for as long as the block lasts; `durable` keeps every commit through a crash."""
    place = binaries()
    found = Cluster(home=Path(tempfile.mkdtemp(prefix="tipline-pg-", dir=short())), binaries=place)
    try:
        become = owner_of(found.home)
        initialise(found, become)
        server = start(found, MODEST if durable else MODEST + HASTY, become)
        try:
            wait_for(found, server)
            yield found
        finally:
            stop(server)
    finally:
        shutil.rmtree(found.home, ignore_errors=True)


def binaries() -> Path:
    """Where initdb and postgres stand together: on the PATH, or where Debian keeps them, newest first."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: float(place.parent.name), reverse=True)
    for place in [*([Path(on_path).resolve().parent] if on_path else []), *debian]:
        if all(os.access(place / name, os.X_OK) for name in ("initdb", "postgres")):
            return place
    raise Absent("PostgreSQL is not on this machine: neither the PATH nor /usr/lib/postgresql has initdb and postgres")


def short() -> str | None:
    """In memory where there is room; short, for the whole path of the socket may not be longer than 107 bytes."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM:
        return str(memory)
    return "/tmp" if os.access("/tmp", os.W_OK) else None


def owner_of(home: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs, and owns its home, as an ordinary user."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def initialise(found: Cluster, become: dict[str, Any]) -> None:
    command = [found.binaries / "initdb", "--no-sync", "--auth=trust", f"--username={ROLE}"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", f"--pgdata={found.home / 'data'}"]
    done = subprocess.run(command, cwd=found.home, capture_output=True, text=True, check=False, **become)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stderr}")


def start(found: Cluster, settings: tuple[str, ...], become: dict[str, Any]) -> "subprocess.Popen[bytes]":
    command = [str(found.binaries / "postgres"), "-D", str(found.home / "data"), "-k", str(found.home)]
    for setting in ("listen_addresses=", *settings):
        command += ["-c", setting]
    with (found.home / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=found.home, stdout=log, stderr=log, **become)


def wait_for(found: Cluster, server: "subprocess.Popen[bytes]") -> None:
    """Until it answers; a server that died says why."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            found.connect().close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {(found.home / 'log').read_text()}") from None
            time.sleep(0.02)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Fast shutdown: open transactions are rolled back; one that does not stop is ended."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
