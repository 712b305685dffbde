"""How an official letter looks: read once from its file, checked, and asked by both drawers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

POINTS_PER_MM = 72 / 25.4
SHIPPED = Path(__file__).with_name("layout.toml")


class LayoutWrong(ValueError):
    """The file of the layout cannot be used; the message says why."""


@dataclass(frozen=True)
class PageShape:
    """Paper and type area in millimetres, and the grid inside it."""

    width: float
    height: float
    top: float
    left: float
    type_width: float
    type_height: float
    lines: int
    characters: int

    @property
    def right(self) -> float:
        return self.width - self.left - self.type_width

    @property
    def bottom(self) -> float:
        return self.height - self.top - self.type_height

    @property
    def line_pitch(self) -> float:
        """From one line to the next, in points."""
        return self.type_height * POINTS_PER_MM / self.lines

    @property
    def character_pitch(self) -> float:
        """From one character to the next, in points."""
        return self.type_width * POINTS_PER_MM / self.characters


@dataclass(frozen=True)
class TextShape:
    size: float
    indent: int
    title_size: float
    title_pitch: float
    lines_before_title: int
    lines_before_addressee: int
    date_from_right: int
    copies_size: float


@dataclass(frozen=True)
class MarkShape:
    top: float
    size: float
    red: str


@dataclass(frozen=True)
class LinesShape:
    width: float
    below_mark: float
    above_edge: float
    thick: float
    thin: float
    gap: float
    number_below: float


@dataclass(frozen=True)
class PageNumberShape:
    size: float
    below_type: float
    from_edge: int


@dataclass(frozen=True)
class StampShape:
    size: float
    above_edge: float
    grey: str


@dataclass(frozen=True)
class FaceChoice:
    """Which families draw a part of the letter, best first; and what the bureau's word processor is asked for."""

    families: tuple[str, ...]
    office: tuple[str, str, str]


@dataclass(frozen=True)
class Layout:
    """The whole look of a letter."""

    page: PageShape
    text: TextShape
    mark: MarkShape
    lines: LinesShape
    page_number: PageNumberShape
    stamp: StampShape
    faces: Mapping[str, FaceChoice]

    def mark_size(self, name: str) -> float:
        """The size of the mark in points: as the layout says, or what lets the name fit into the type area."""
        return min(self.mark.size, self.page.type_width * POINTS_PER_MM / max(len(name), 1))


PARTS = ("body", "title", "heading", "subheading", "figures")
T = TypeVar("T")


@lru_cache(maxsize=8)
def read(path: Path = SHIPPED) -> Layout:
    """The layout in this file. Raises LayoutWrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        faces = {name: FaceChoice(tuple(one["families"]), tuple(one["office"])) for name, one in told["faces"].items()}
        layout = Layout(
            page=_part(PageShape, told["page"]),
            text=_part(TextShape, told["text"]),
            mark=_part(MarkShape, told["mark"]),
            lines=_part(LinesShape, told["lines"]),
            page_number=_part(PageNumberShape, told["page_number"]),
            stamp=_part(StampShape, told["stamp"]),
            faces=faces,
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LayoutWrong(f"{path}: {error}") from error
    _check(layout, path)
    return layout


def _part(kind: type[T], told: dict[str, Any]) -> T:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if wrong := names ^ set(told):
        raise KeyError(f"{kind.__name__}: {'、'.join(sorted(wrong))}")
    return kind(**told)


def _check(layout: Layout, path: Path) -> None:
    page = layout.page
    if min(page.right, page.bottom, page.left, page.top) < 0 or page.lines < 1 or page.characters < 1:
        raise LayoutWrong(f"{path}: the type area does not fit on the paper")
    if missing := set(PARTS) - set(layout.faces):
        raise LayoutWrong(f"{path}: no faces for {', '.join(sorted(missing))}")
    if wrong := [name for name, face in layout.faces.items() if len(face.office) != 3 or not face.families]:
        raise LayoutWrong(f"{path}: faces.{wrong[0]} needs families and three office names")
