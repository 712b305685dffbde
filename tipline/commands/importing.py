"""flask import: a list of leads read in from a file, row by row."""

import sys
from pathlib import Path

import click

from tipline.commands.group import Group
from tipline.commands.officer import BY, find
from tipline.intake.importing import Verdict, read_in
from tipline.kit.db import db
from tipline.office import editions
from tipline.office.time import now

command = Group("import", help="Lists that were kept elsewhere.")


@command.command("leads")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@BY
@click.option("--dry", is_flag=True, help="Only say what would become of every row.")
@click.option("--campaign", help="Key of the notice under which they are entered, when it is not the first.")
def leads(file: Path, by: str, dry: bool, campaign: str | None) -> None:
    """Enter the leads of FILE; a row that was entered before is left alone. Ends with 1 when a row was refused."""
    if campaign is not None and not editions.choose(campaign):
        raise click.BadParameter(f"no notice in force has the key {campaign}", param_hint="--campaign")
    report = read_in(file.read_bytes(), file.name, by=find(by), at=now(), dry=dry)
    db.session.commit()
    for row in report.rows:
        click.echo(f"{row.line:6}  {row.verdict.value:8} {row.number or row.trouble or ''}")
    refused = report.count(Verdict.REFUSED)
    click.echo(f"{len(report.rows)} rows, {refused} refused")
    sys.exit(1 if refused else 0)
