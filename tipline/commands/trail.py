"""flask trail: verify the chain, export it, print its end."""

import sys
from pathlib import Path
from typing import TextIO

import click

from tipline.commands.group import Group
from tipline.kit.db import reading
from tipline.office import trail

command = Group("trail", help="The trail of everything that was done.")


@command.command("verify")
@click.option("--anchors", type=click.Path(path_type=Path, exists=True), help="Lines `number hash`, as mailed daily.")
def verify(anchors: Path | None) -> None:
    """Find every change, gap and cut, in the trail and in the papers it tells of."""
    reading()
    known = dict(_anchors(line) for line in anchors.read_text().splitlines() if line.strip()) if anchors else {}
    found = 0
    for fault in trail.faults(known):
        found += 1
        click.echo(str(fault.what))
    seq, _ = trail.head()
    click.echo(f"{found} faults" if found else f"intact: {seq} entries, {len(known)} anchors")
    sys.exit(1 if found else 0)


def _anchors(line: str) -> tuple[int, str]:
    try:
        seq, digest = line.split()
        return int(seq), digest
    except ValueError:
        raise click.BadParameter(f"an anchor reads `number hash`, not {line!r}") from None


@command.command("export")
@click.option("--to", "out", type=click.File("w", encoding="utf-8"), default="-")
@click.option("--full", is_flag=True, help="With what was done to papers; without it, only the places of those lines.")
def export(out: TextIO, full: bool) -> None:
    """Write the trail as JSON lines, for tools/verify_trail.py on another machine."""
    reading()
    for line in trail.export(sealed=not full):
        out.write(f"{line}\n")


@command.command("head")
def head() -> None:
    """Print the number and hash of the last line: keep it where nobody can change it."""
    reading()
    seq, digest = trail.head()
    click.echo(f"{seq} {digest}")
