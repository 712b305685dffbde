"""The look of letters in this house: the layout it was told, and the faces its machine has."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from tipline.letters import layout, typefaces


@dataclass(frozen=True)
class Style:
    """A layout with the faces that draw it."""

    layout: layout.Layout
    faces: typefaces.Typefaces


def house_style() -> Style:
    """The style of this installation; its files are read once."""
    folders = tuple(Path(folder) for folder in current_app.config["FONT_DIRS"])
    return Style(layout.read(Path(current_app.config["LETTER_LAYOUT"])), typefaces.typefaces(folders))
