"""What the doctor looks at, each with its remedy."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from tipline.clock import queries, status
from tipline.commands.keys import samples
from tipline.evidence import checking
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db, reading
from tipline.kit.vault import vault
from tipline.law.calendar import Calendar, missing_year_alarm
from tipline.office import calendars, duty, envelope, holdings, roster
from tipline.office.charter import Role
from tipline.office.time import machine_now, now


@dataclass(frozen=True)
class Finding:
    """One line of the doctor."""

    state: str
    what: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Every finding in turn; what cannot be asked without tables is left out when there are none."""
    yield from configuration()
    try:
        reading()
        migrated = list(migrations(db.engine))
        yield from database(db.engine)
        yield from migrated
        if all(finding.state == "OK" for finding in migrated):
            yield from keys()
            yield from evidence()
            yield from people()
            yield from chairs()
            yield from calendar()
            yield from heart()
    except SQLAlchemyError as failure:
        yield Finding("BAD", f"the database does not answer: {type(failure).__name__}", "look at TIPLINE_DATABASE")
    finally:
        db.session.rollback()
    yield from telephone()
    yield from mail()
    yield from disk()


def configuration() -> Iterator[Finding]:
    """What the settings say that a district should not leave so."""
    config = current_app.config
    yield Finding("OK", f"pages are asked for at {config['BASE_URL']}")
    if config["REHEARSAL"]:
        yield Finding(
            "WARN", "this is a rehearsal: no mail leaves, and its date is its own", "never keep real leads here"
        )
    elif not config["BASE_URL"].startswith("https://"):
        yield Finding("WARN", "cookies travel without TLS", "put nginx in front and set TIPLINE_BASE_URL=https://…")
    if not config["ADMIN_EMAIL"]:
        yield Finding("WARN", "nobody is written to when the clock stands still", "set TIPLINE_ADMIN_EMAIL")


def database(engine: Engine) -> Iterator[Finding]:
    """The engine and, on SQLite, the settings on which durability rests."""
    yield Finding(
        "OK", f"database {engine.dialect.name} {'.'.join(map(str, engine.dialect.server_version_info or ()))}"
    )
    for name, value in status.sqlite_settings(engine).items():
        safe = value in status.SAFE[name]
        yield Finding("OK" if safe else "BAD", f"{name}={value}", "keep the database on a local disk")
    if engine.dialect.name == "sqlite" and engine.url.database:
        yield from _closed(Path(engine.url.database))


def _closed(file: Path) -> Iterator[Finding]:
    """A database file that others on this machine may read, and whose folder lets them in."""
    wide = file.exists() and file.stat().st_mode & 0o077 and file.parent.stat().st_mode & 0o077
    if wide:
        yield Finding("BAD", f"{file} can be read by others", f"chmod 700 {file.parent}")
    else:
        yield Finding("OK", "the database file is closed to others")


def migrations(engine: Engine) -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    script = ScriptDirectory(current_app.extensions["migrate"].directory)
    with engine.connect().execution_options(reading=True) as connection:
        here = set(MigrationContext.configure(connection).get_current_heads())
    wanted = set(script.get_heads())
    state = "OK" if here == wanted else "BAD"
    yield Finding(state, f"migrations at {', '.join(sorted(here)) or 'nothing'}", "flask --app app db upgrade")


def keys() -> Iterator[Finding]:
    """Whether the keys open what the database holds."""
    for version, opens in sorted(samples().items()):
        remedy = "bring back the key file with which this database was written"
        yield Finding("OK" if opens else "BAD", f"what seal.{version} has sealed can be opened", remedy)
    yield Finding("OK", f"new things are sealed with seal.{vault.current}")


def evidence() -> Iterator[Finding]:
    """Whether there is a closed folder for attachments, and in it every file that the rows tell of, unaltered."""
    folder = cabinet.folder
    if folder is None:
        yield Finding("WARN", "attachments are not taken: there is no folder for them", "set TIPLINE_EVIDENCE")
        return
    if folder.is_relative_to(Path(current_app.static_folder or "/nowhere")):
        yield Finding("BAD", f"{folder} is served to browsers", "set TIPLINE_EVIDENCE to a folder outside of the house")
    if folder.is_dir() and (not os.access(folder, os.W_OK) or folder.stat().st_mode & 0o077):
        yield Finding("BAD", f"{folder} is open to others or takes no files", f"chown tipline, chmod 700 {folder}")
    wrong = list(checking.discrepancies())
    strays = sum(1 for one in wrong if one.stray)
    yield Finding(
        "BAD" if len(wrong) > strays else "OK",
        f"attachments in {folder}: {len(wrong) - strays} missing or altered",
        "flask evidence verify names them; bring them back from the backup",
    )
    if strays:
        yield Finding("WARN", f"{strays} files that no row knows", "flask evidence sweep, or wait for the clock")


def people() -> Iterator[Finding]:
    """Whether there is anybody to work here, and each administrator that three-way separation needs."""
    present = {officer.role for officer in roster.officers()}
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.LEDGER_KEEPER):
        state = "OK" if role in present else "WARN"
        yield Finding(state, f"officers with the role {role.value}", f"flask officer add LOGIN NAME {role.value}")


def chairs() -> Iterator[Finding]:
    """Whether every route has a live owner, and every open thing a holder who is here."""
    gaps = duty.unmanned(day_of(now()))
    named = ", ".join(gap.office.code for gap in gaps)
    told = f"nobody is at work in {named}" if gaps else "somebody is at work in every office"
    yield Finding("WARN" if gaps else "OK", told, "admit officers there, or arrange who stands in")
    lost = holdings.orphans()
    told = "open papers are held by somebody who is gone" if lost else "every open paper has a holder who is here"
    yield Finding("BAD" if lost else "OK", told, "disable the account again: the hand-over opens with it")


def calendar() -> Iterator[Finding]:
    """Whether the years that are counted through have been entered."""
    years = [known.year for known in calendars.known_years()]
    missing = missing_year_alarm(day_of(now()), Calendar((), years))
    told = f"calendar of {', '.join(map(str, sorted(years)[-3:])) or 'no year'}"
    yield Finding(
        "WARN" if missing else "OK", told, f"enter the holidays of {missing}; until then days are provisional"
    )


def heart() -> Iterator[Finding]:
    """Whether a clock is running and has done what was due."""
    beat_at = queries.heartbeat()
    ago = f"{(machine_now() - beat_at).total_seconds():.0f} s ago" if beat_at else "never"
    troubles = queries.troubles(now())
    yield Finding("BAD" if troubles else "OK", f"the clock last beat {ago}", "systemctl start tipline-clock")
    yield from (Finding("BAD", f"clock: {trouble}", "look at the status page") for trouble in troubles[1:])


def mail() -> Iterator[Finding]:
    """Whether the mail host would speak with us."""
    config = current_app.config
    if config["REHEARSAL"]:
        yield Finding("OK", "mail stays in the rehearsal's outbox")
    elif not config["SMTP_HOST"]:
        yield Finding("WARN", "no mail host: letters stay in the outbox", "set TIPLINE_SMTP_HOST")
    else:
        told = f"mail host {config['SMTP_HOST']}:{config['SMTP_PORT']}"
        try:
            envelope.greet()
        except envelope.NotDelivered as failure:
            yield Finding(
                "BAD", f"{told}: {failure.trouble}", "look at TIPLINE_SMTP_HOST, _PORT, _STARTTLS, _USER, _PASSWORD"
            )
        else:
            yield Finding("OK", told)


def telephone() -> Iterator[Finding]:
    """Whether a telephone system may tell of calls."""
    connected = bool(current_app.config["TELEPHONE_SECRET"])
    told = f"signed announcements are taken at {current_app.config['BASE_URL']}/telephone/announce"
    yield Finding("OK", f"telephone system: {told if connected else 'none is connected'}")


def disk() -> Iterator[Finding]:
    """Whether there is room to go on writing."""
    free = shutil.disk_usage(status.home()).free
    state = "BAD" if free < status.LEAST_FREE else "OK"
    yield Finding(state, f"{free / 1e9:.1f} GB free where the database is", "make room or move to a larger disk")
