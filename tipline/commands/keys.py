"""flask keys: make keys, add one, and seal everything anew with the newest."""

import os
import secrets
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import inspect, select, update

from tipline.kit.db import Model, db
from tipline.kit.vault import KeysWrong, Sealed, Unreadable, fresh_keys, read_key_file, vault
from tipline.office.models import Entry

command = AppGroup("keys", help="The keys of the vault.")

BATCH = 200


@command.command("new", with_appcontext=False)
def new() -> None:
    """Print the text of a fresh key file."""
    click.echo(fresh_keys(), nl=False)


@command.command("add", with_appcontext=False)
@click.argument("file", type=click.Path(path_type=Path), envvar="TIPLINE_KEYS")
def add(file: Path) -> None:
    """Add a sealing key to the key FILE. The old ones stay, for what they have sealed."""
    try:
        version = max(read_key_file(file)["seal"]) + 1
    except KeysWrong as wrong:
        raise click.ClickException(str(wrong)) from None
    beside = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(f"{file.read_text(encoding='ascii').rstrip()}\nseal.{version} {secrets.token_hex(32)}\n")
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
    click.echo(f"seal.{version} added. Put a copy in the safe, restart web and clock, then run: flask keys rotate")


@command.command("rotate")
@with_appcontext
def rotate() -> None:
    """Seal everything with the newest key, in batches; stopped half way, it goes on where it was.

    Notes of the trail stay as they were written, because its lines cannot be changed: keep their keys.
    """
    for model, name in Sealed.everywhere:
        if model is not Entry:
            click.echo(f"{model.__tablename__}.{name}: {reseal(model, name)}")


def reseal(model: type[Model], name: str) -> int:
    """Seal one attribute of every row anew. Returns the rows that were behind; commits batch by batch."""
    table: Any = model
    number, box = inspect(model).primary_key[0], getattr(table, f"{name}_sealed")
    last, changed = None, 0
    while True:
        query = select(number, table.key, box).where(box.is_not(None)).order_by(number).limit(BATCH)
        rows = db.session.execute(query if last is None else query.where(number > last)).all()
        if not rows:
            db.session.rollback()
            return changed
        for row_number, key, old in rows:
            if int.from_bytes(old[:2]) != vault.current:
                place = f"{model.__tablename__}|{name}|{key}"
                fresh = vault.seal(vault.open(old, place), place)
                same = update(model).where(number == row_number, box == old)
                db.session.execute(same.values({box: fresh}).execution_options(synchronize_session=False))
                changed += 1
        last = rows[-1][0]
        db.session.commit()


def samples() -> dict[int, bool]:
    """For every key version found in the oldest and newest rows: whether what it sealed opens."""
    found: dict[int, bool] = {}
    for model, name in Sealed.everywhere:
        table: Any = model
        number, box = inspect(model).primary_key[0], getattr(table, f"{name}_sealed")
        for order in (number.asc(), number.desc()):
            row = db.session.scalars(select(model).where(box.is_not(None)).order_by(order).limit(1)).first()
            if row is not None:
                version = int.from_bytes(getattr(row, f"{name}_sealed")[:2])
                found[version] = found.get(version, True) and _opens(row, name)
    return found


def _opens(row: Any, name: str) -> bool:
    try:
        getattr(row, name)
    except Unreadable:
        return False
    return True
