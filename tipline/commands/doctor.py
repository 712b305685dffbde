"""flask doctor: is everything as it should be? Each line says OK, WARN or BAD, and what to do."""

import sys

import click
from flask import Flask
from flask.cli import with_appcontext

from tipline.clock import status
from tipline.commands.findings import examine
from tipline.kit.db import db


class UnsafeDatabase(RuntimeError):
    """SQLite would forget acknowledged work in a power cut; the message says what is set wrongly."""


def refuse_unsafe_database(app: Flask) -> None:
    """Stop the start on SQLite without WAL or without full synchronisation."""
    with app.app_context():
        unsafe = status.unsafe_settings(db.engine)
        db.engine.dispose()  # a connection may not be carried into another process
    if unsafe:
        told = ", ".join(f"{name}={value}" for name, value in unsafe.items())
        raise UnsafeDatabase(
            f"SQLite runs with {told}: acknowledged work could be lost. Is its folder on a local disk?"
        )


@click.command("doctor")
@with_appcontext
def command() -> None:
    """Examine the installation. Ends with 0 when nothing is BAD."""
    bad = False
    for finding in examine():
        remedy = f"  -> {finding.remedy}" if finding.remedy and finding.state != "OK" else ""
        click.echo(f"{finding.state:4}  {finding.what}{remedy}")
        bad = bad or finding.state == "BAD"
    sys.exit(1 if bad else 0)
