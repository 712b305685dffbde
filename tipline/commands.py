"""flask clock · officer · demo · trail · import · rules · keys · doctor."""

from flask import Flask


def install(app: Flask) -> None:
    """Hang the commands on the app."""
