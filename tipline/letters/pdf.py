"""Draws a letter as PDF. Words travel as data, never as markup."""

import io
import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst
from pypdf import PdfReader, PdfWriter

from tipline.letters.layout import Layout
from tipline.letters.typefaces import Typefaces, fonts_of
from tipline.letters.wording import Sheet, attachment_lines, face_of

LETTER = Path(__file__).with_name("letter.typ")
STAMP = Path(__file__).with_name("stamp.typ")
ARCHIVAL: Literal["a-2b"] = "a-2b"
JOINT = re.compile(r"(?<=\w)-(?=\w)")
"""Long numbers may be broken after a hyphen, or the line before would be torn apart."""


def draw(sheet: Sheet, layout: Layout, faces: Typefaces, *, at: datetime) -> bytes:
    """The letter as a PDF/A, dated `at`."""
    words = sheet.wording
    told = {
        "layout": told_of(layout),
        "faces": {part: faces.families(layout, part) for part in layout.faces},
        "mark": sheet.mark,
        "mark_size": layout.mark_size(sheet.mark),
        "number": sheet.number,
        "title": words.title,
        "addressee": words.addressee,
        "paragraphs": [{"text": JOINT.sub("-\u200b", line), "face": face_of(line)} for line in words.paragraphs],
        "attachments": attachment_lines(words.attachments) if words.attachments else [],
        "signature": sheet.signature,
        "dated": sheet.dated,
        "copies": words.copies.rstrip("。"),
    }
    return typeset(LETTER, told, faces, at=at)


def stamped(original: bytes, words: str, layout: Layout, faces: Typefaces, *, at: datetime) -> bytes:
    """A copy of an issued PDF with the words of the stamp in the lower margin of every page."""
    told = {"layout": told_of(layout), "font": faces.families(layout, "body"), "words": words}
    over = PdfReader(io.BytesIO(typeset(STAMP, told, faces, at=at))).pages[0]
    copy = PdfWriter(clone_from=io.BytesIO(original))
    for page in copy.pages:
        page.merge_page(over)
    out = io.BytesIO()
    copy.write(out)
    return out.getvalue()


def told_of(layout: Layout) -> dict[str, Any]:
    """The layout with what follows from it, as the typesetter reads it."""
    page = layout.page
    derived = {
        "right": page.right,
        "bottom": page.bottom,
        "line_pitch": page.line_pitch,
        "character_pitch": page.character_pitch,
    }
    told = asdict(layout)
    told.pop("faces")
    return told | {"page": told["page"] | derived}


def typeset(source: Path, told: dict[str, Any], faces: Typefaces, *, at: datetime) -> bytes:
    """One of the product's own typescripts with this data."""
    compiler = typst.Compiler(
        input=source.read_bytes(),
        root=str(source.parent),
        font_paths=fonts_of(faces.folders),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
    )
    drawn = compiler.compile(format="pdf", pdf_standards=ARCHIVAL, timestamp=at.astimezone(UTC).replace(microsecond=0))
    assert isinstance(drawn, bytes)
    return drawn
