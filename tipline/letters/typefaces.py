"""The faces this machine has, which of them draws a character, and the characters that none of them knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from tipline.kit.glyphs import Face, NotAFont, faces
from tipline.letters.layout import Layout

SHIPPED = Path(__file__).with_name("fonts")
KINDS = {".otf", ".ttf", ".ttc"}
UNSEEN = {"\n", "\t", "\u200b"}


@dataclass(frozen=True)
class Typefaces:
    """The faces in the folders of the bureau and of the product, by the families they answer to."""

    folders: tuple[Path, ...]
    known: dict[str, Face]

    def families(self, layout: Layout, part: str) -> list[str]:
        """The families for one part of a letter that this machine has, best first."""
        return [family for family in layout.faces[part].families if family in self.known]

    def unknown(self, layout: Layout, part: str, text: str) -> list[str]:
        """The characters of the text that no face of this part can draw, each once, in order."""
        has = [self.known[family] for family in self.families(layout, part)]
        wanted = dict.fromkeys(text)
        return [sign for sign in wanted if sign not in UNSEEN and not any(face.has(sign) for face in has)]


@lru_cache(maxsize=8)
def typefaces(folders: tuple[Path, ...] = ()) -> Typefaces:
    """The faces of these folders and of the product."""
    everywhere = (*folders, SHIPPED)
    known: dict[str, Face] = {}
    for file in _files(everywhere):
        try:
            found = faces(file)
        except NotAFont:
            continue
        for face in found:
            for family in face.families:
                known.setdefault(family, face)
    return Typefaces(everywhere, known)


def _files(folders: Iterable[Path]) -> list[Path]:
    return [
        file
        for folder in folders
        if folder.is_dir()
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in KINDS
    ]


@lru_cache(maxsize=8)
def fonts_of(folders: tuple[Path, ...]) -> typst.Fonts:
    """The same faces as the typesetter knows them; no others of the machine."""
    places = [str(folder) for folder in folders if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=places)
