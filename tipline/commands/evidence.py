"""flask evidence: compare every file in the cabinet with its hash, clear away what was never acknowledged."""

import sys

import click

from tipline.commands.group import Group
from tipline.evidence import checking, jobs
from tipline.kit.cabinet import cabinet
from tipline.kit.db import reading
from tipline.office.time import now

command = Group("evidence", help="The sealed files that came with leads.")


@command.command("verify")
def verify() -> None:
    """Read every file to its end. Ends with 0 when each is there and unaltered and no other lies about."""
    reading()
    found = 0
    for wrong in checking.discrepancies():
        found += 1
        click.echo(str(wrong))
    click.echo(f"{found} discrepancies" if found else f"whole: {len(cabinet.names())} files")
    sys.exit(1 if found else 0)


@command.command("sweep")
def sweep() -> None:
    """Remove what uploads left that were cut off by force; what is being written just now stays."""
    click.echo(f"{jobs.sweep(now())} files removed")
