"""What no letter may carry: numbers and names by which somebody could be found."""

import re
import unicodedata
from collections.abc import Callable

from tipline.kit.identity import plain_name
from tipline.kit.vault import vault

IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])")
HAN = re.compile(r"[㐀-鿿豈-﫿𠀀-𳿿][㐀-鿿豈-﫿𠀀-𳿿·•・]*")
SHORTEST_NAME, LONGEST_NAME = 2, 4

Linter = Callable[[str], str | None]
"""Reads a letter and says what kind of thing it must not carry, or None."""


def no_identity_number(text: str) -> str | None:
    """Eighteen digits, or seventeen and an X, are taken for a citizen's number."""
    return "identity number" if IDENTITY.search(unicodedata.normalize("NFKC", text)) else None


def no_mobile_number(text: str) -> str | None:
    """Eleven digits that begin as mobile numbers do, in one run or grouped."""
    return "telephone number" if MOBILE.search(unicodedata.normalize("NFKC", text)) else None


def name_marks(text: str) -> set[str]:
    """Keyed hashes of everything in the text that could be a name: two to four neighbouring characters.

    A room that keeps names asks whether any of its own is among them, and nobody reads a name.
    """
    marks: set[str] = set()
    for run in HAN.findall(unicodedata.normalize("NFKC", text)):
        plain = plain_name(run)
        for length in range(SHORTEST_NAME, LONGEST_NAME + 1):
            marks.update(vault.blind("name", plain[at : at + length]) for at in range(len(plain) - length + 1))
    return marks
