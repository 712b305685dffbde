"""Alembic's way into Tipline: one engine, whole transactions, plain column types in the scripts."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy import Connection

from tipline.kit.db import Instant, MonthColumn, db

SEARCH = "lead_search"
"""The search index is no model; its tables are made by hand, and SQLite adds shadows of its own."""


def of_ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
    return not (kind == "table" and (name or "").startswith(SEARCH))


def plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations must not import the application: write types by their plain names."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, MonthColumn):
        return "sa.String(7)"
    if type(item).__name__ == "Enum":
        return f"sa.String({item.length})"
    return False


@contextmanager
def tables_made_anew(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which no row that refers to it may hinder meanwhile."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")  # heard only outside a transaction
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def nothing_is_lost(connection: Connection) -> None:
    """Before it is kept: every row still finds what it refers to."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"rows that refer to nothing: {lost[:5]}")


def run() -> None:
    with db.engine.connect() as connection, tables_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=plainly,
            transaction_per_migration=False,
            **({"include_object": of_ours} | current_app.extensions["migrate"].configure_args),
        )
        with context.begin_transaction():
            context.run_migrations()
            nothing_is_lost(connection)


run()
