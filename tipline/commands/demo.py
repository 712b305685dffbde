"""flask demo: fill an empty rehearsal. `python -m tipline.commands demo run` sets one up and runs it."""

import random
from datetime import date

import click

from tipline.commands.group import Group
from tipline.kit.db import db
from tipline.rehearsal import campaign, district, leads, reckoning

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


@command.command("campaign")
def live() -> None:
    """Live the whole campaign, May to December, where there is no rehearsal yet, and check what came of it.

    Takes minutes. Ends with an error when anything does not hold.
    """
    if not district.furnish():
        click.echo("the rehearsal is as it was left")
        return
    year = campaign.Campaign(random.Random(campaign.SEED))
    year.plan_year()
    year.live(told=_say_month)
    found = list(reckoning.faults(campaign.LAST))
    for line in reckoning.summary(campaign.LAST):
        click.echo(line)
    if found:
        raise click.ClickException("\n".join(found))


def _say_month(day: date) -> None:
    if day.day == 1:
        click.echo(f"{day:%Y-%m}")
