"""flask supervision: draws by lot, done again from their published seeds."""

import sys

import click
from sqlalchemy import select

from tipline.commands.group import Group
from tipline.kit.db import db, reading
from tipline.kit.words import Sentence
from tipline.sampling import checking, rules
from tipline.sampling.models import SampleDraw

command = Group("supervision", help="Closures drawn by lot for an independent call-back.")


@command.command("sample")
@click.argument("number", required=False)
def sample(number: str | None) -> None:
    """Draw every published sample, or the one of that NUMBER, again, and compare.

    Prints the seed, every key that could be drawn with its ticket, and a star before the drawn.
    """
    reading()
    query = select(SampleDraw).order_by(SampleDraw.id)
    draws = list(db.session.scalars(query.where(SampleDraw.number == number) if number else query))
    if number and not draws:
        raise click.ClickException(f"no draw {number}")
    found = [str(fault) for draw in draws for fault in _told(draw)]
    for fault in found:
        click.echo(fault)
    click.echo(f"{len(found)} faults" if found else f"intact: {len(draws)} draws")
    sys.exit(1 if found else 0)


def _told(draw: SampleDraw) -> list[Sentence]:
    lot = rules.draw(draw.seed, draw.population, draw.size)
    click.echo(f"{draw.number} {draw.since} {draw.until} {draw.state.value} seed {draw.seed}")
    for key in sorted(draw.population, key=lambda key: rules.ticket(draw.seed, key)):
        click.echo(f"{'*' if key in lot.keys else ' '} {rules.ticket(draw.seed, key)} {key}")
    return list(checking.faults(draw))
