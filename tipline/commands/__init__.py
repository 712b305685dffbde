"""flask clock · officer · district · keys · trail · rules · import · evidence · supervision · doctor · demo."""

from flask import Flask

from tipline.commands import (
    clock,
    demo,
    district,
    doctor,
    editions,
    evidence,
    importing,
    keys,
    officer,
    sampling,
    trail,
)


def install(app: Flask) -> None:
    """Hang the commands on the app, and refuse a database that could lose what was acknowledged."""
    doctor.refuse_unsafe_database(app)
    for module in (clock, officer, district, keys, trail, editions, importing, evidence, sampling, doctor):
        app.cli.add_command(module.command)
    if app.config["REHEARSAL"]:
        app.cli.add_command(demo.command)
