"""flask officer: the roster from the terminal, for the first officer and for the day nobody can sign in."""

import click
from sqlalchemy import select

from tipline.commands.group import Group
from tipline.kit.db import db
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.office.time import now

command = Group("officer", help="Admit and disable officers, give one-time passwords.")

ROLES = {role.value: role for role in Role if role is not Role.CLOCK}
BY = click.option("--by", "by", required=True, metavar="LOGIN", help="The administrator who answers for it.")


def find(login: str) -> Officer:
    """The officer of that login, or a usage error."""
    found = db.session.scalars(select(Officer).filter_by(login=login)).one_or_none()
    if found is None:
        raise click.BadParameter(f"there is no officer {login}")
    return found


@command.command("add")
@click.argument("login")
@click.argument("name")
@click.argument("role", type=click.Choice(list(ROLES)))
@click.option("--office", "code", help="Code of the office; the bureau when left out. Lists them with --office ?")
@click.option("--title", default="")
@click.option("--email")
@click.option("--by", metavar="LOGIN", help="Who answers for it; the installation itself when left out.")
def add(login: str, name: str, role: str, code: str | None, title: str, email: str | None, by: str | None) -> None:
    """Put an officer on the roster and print the one-time password."""
    offices = {office.code: office for office in roster.offices() if office.signs_in}
    if not offices:
        raise click.UsageError("there are no offices yet; run: flask district load FILE")
    office = _office(offices, code)
    officer = roster.new_officer(login, name, ROLES[role], office, title=title, email=email)
    password = roster.admit(officer, by=find(by) if by else roster.clock_officer(), at=now())
    db.session.commit()
    click.echo(f"{login} · {office.name} · one-time password: {password}")


def _office(offices: dict[str, Office], code: str | None) -> Office:
    if code is None:
        return next(iter(offices.values()))
    if code not in offices:
        known = "\n".join(f"  {known}  {office.name}" for known, office in offices.items())
        raise click.BadParameter(f"the offices are:\n{known}")
    return offices[code]


@command.command("disable")
@click.argument("login")
@BY
def disable(login: str, by: str) -> None:
    """Stop an account at once; every session ends."""
    roster.disable(find(login), by=find(by), at=now())
    db.session.commit()
    click.echo(f"{login} is disabled")


@command.command("password")
@click.argument("login")
@BY
def password(login: str, by: str) -> None:
    """Give a new one-time password; every session ends."""
    fresh = roster.reset_password(find(login), by=find(by), at=now())
    db.session.commit()
    click.echo(f"{login} · one-time password: {fresh}")
