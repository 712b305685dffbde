"""flask demo: fill an empty rehearsal. `python -m tipline.commands demo run` sets one up and runs it."""

import click

from tipline.commands.group import Group
from tipline.kit.db import db
from tipline.rehearsal import district, leads

command = Group("demo", help="The rehearsal's district.")


@command.command("seed")
def seed() -> None:
    """Enter officers and leads where there are none, all or nothing; a played rehearsal stays as it is."""
    if not district.furnish():
        click.echo("the rehearsal is as it was left")
        return
    number = leads.play()
    district.curtain_up()
    db.session.commit()
    click.echo(f"a district with {number} leads")
