"""The operator's manual calls everything as the screen does, and shows pictures that are there."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

HOUSE = Path(__file__).parents[2]
MANUAL = HOUSE / "docs" / "manual.md"


def on_the_screen() -> set[str]:
    with (HOUSE / "tipline/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def unknown(manual: str) -> list[str]:
    """Words set as words of the screen that no screen has."""
    known = on_the_screen()
    return [word for word in re.findall("「([^」]+)」", manual) if word and word not in known]


def test_its_words_are_those_of_the_screen():
    assert unknown(MANUAL.read_text()) == []
    assert unknown("按「飞走」。") == ["飞走"]


def test_its_pictures_are_there():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", MANUAL.read_text())
    assert len(pictures) > 5
    assert [name for name in pictures if not (MANUAL.parent / name).is_file()] == []
