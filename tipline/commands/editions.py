"""flask rules: what another edition would change, and publishing it."""

from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tipline.commands.group import Group
from tipline.commands.officer import find
from tipline.kit.dates import day_of
from tipline.kit.db import db, reading
from tipline.law.notice import load
from tipline.law.replay import Case, differences
from tipline.leads.call import facts_of
from tipline.leads.models import Lead
from tipline.office import district, editions, roster
from tipline.office.time import now
from tipline.referrals.models import Referral

command = Group("rules", help="Editions of the notice's rules.")

FILE = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))


@command.command("replay")
@FILE
def replay(file: Path) -> None:
    """Route every past referral of the notice by the rules in FILE, and say which would go elsewhere and why."""
    reading()
    after = load(file)
    cases = list(_cases(after.key))
    found = differences(editions.of(after.key), after, cases)
    for difference in found:
        click.echo(f"{difference.reference}: {difference.reason}")
    click.echo(f"{len(found)} of {len(cases)} referrals would be treated differently")


def _cases(notice: str) -> Iterator[Case]:
    query = (
        select(Referral)
        .join(Referral.lead)
        .where(Lead.notice == notice)
        .options(joinedload(Referral.person))
        .order_by(Referral.id)
    )
    for referral in db.session.scalars(query):
        yield Case(referral.number, facts_of(referral.person), day_of(referral.proposed_at))


@command.command("publish")
@FILE
@click.option("--by", metavar="LOGIN", help="Who publishes; the installation itself when left out.")
@click.option("--mail-host", help="Gives every office that is opened an address there.")
def publish(file: Path, by: str | None, mail_host: str | None) -> None:
    """Put the rules in FILE in force. What was decided before keeps the edition that decided it.

    A notice with another number is put beside the others, and the places it addresses get their offices.
    """
    officer = find(by) if by else roster.clock_officer()
    edition = editions.publish(file.read_text(encoding="utf-8"), by=officer, at=now())
    opened = district.open_offices(editions.edition(edition.digest), mail_host)
    db.session.commit()
    for office in opened:
        click.echo(f"{office.code:24} {office.name}")
    click.echo(f"in force: {edition.notice} {edition.digest[:16]}")
