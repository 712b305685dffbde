"""Alembic's way into Tipline: one engine, whole transactions, plain column types in the scripts."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

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


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=plainly,
            transaction_per_migration=False,
            **({"include_object": of_ours} | current_app.extensions["migrate"].configure_args),
        )
        with context.begin_transaction():
            context.run_migrations()


run()
