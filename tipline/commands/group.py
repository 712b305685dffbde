"""A group of commands that tells a refusal in its one sentence."""

from typing import Any

import click
from flask.cli import AppGroup

from tipline.kit.errors import Refused


class Group(AppGroup):
    """Like Flask's, but what is refused ends with the sentence and not with a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from None
