"""flask district: furnish an empty installation with its places, offices, calendar and rules."""

from pathlib import Path

import click

from tipline.commands.group import Group
from tipline.kit.db import db
from tipline.letters.rules import CODE
from tipline.office import district, roster
from tipline.office.time import now

command = Group("district", help="The places of the district and the offices in them.")


@command.command("load")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), default=district.JINNAN)
@click.option("--mail-host", help="Gives every office an address there, e.g. sg@HOST for 双港.")
def load(file: Path, mail_host: str | None) -> None:
    """Read a divisions FILE (code,name,level,parent_code). Doing it again changes nothing."""
    district.furnish(file, at=now(), mail_host=mail_host)
    db.session.commit()
    for office in roster.offices():
        click.echo(f"{office.code:24} {office.name}")


@command.command("doc-code")
@click.argument("office")
@click.argument("code")
def doc_code(office: str, code: str) -> None:
    """Set the CODE before the document numbers (发文字号) of an OFFICE, e.g. 津南民函. A code begins at 1 each year."""
    found = next((one for one in roster.offices() if one.code == office), None)
    if found is None:
        raise click.ClickException(f"there is no office {office}; see: flask district load")
    if not CODE.match(code):
        raise click.ClickException(f"{code} is not a code: two to eleven Chinese characters")
    found.doc_code = code
    db.session.commit()
    click.echo(f"{found.name}: {code}〔{now().year}〕1号 …")
