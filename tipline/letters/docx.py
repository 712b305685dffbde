"""Draws a letter as .docx, with the same geometry and with faces set on every run."""

import io
import math
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tipline.kit.dates import local
from tipline.letters.layout import POINTS_PER_MM, Layout
from tipline.letters.wording import Sheet, attachment_lines, face_of

TWIPS_PER_MM = 1440 / 25.4
FONTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
WIDE = 0x2E7F
"""From here on a character is as wide as the grid; what stands before is about half as wide."""


def draw(sheet: Sheet, layout: Layout, *, at: datetime) -> bytes:
    """The letter as a Word document."""
    document = docx.Document()
    _blank_properties(document, at)
    _page(document, layout)
    head = _head(document, sheet, layout)
    words, text = sheet.wording, layout.text
    number = _paragraph(document, layout, sheet.number, align=WD_ALIGN_PARAGRAPH.RIGHT)
    above = (layout.page.line_pitch - text.size) * 0.75  # what an exact line leaves above its characters
    below_head = head - layout.page.top * POINTS_PER_MM + layout.lines.number_below
    number.paragraph_format.space_before = Pt(max(0, below_head - above))
    for _ in range(text.lines_before_title):
        _paragraph(document, layout, "")
    title = _paragraph(document, layout, words.title, "title", size=text.title_size, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.line_spacing = Pt(text.title_pitch)
    for _ in range(text.lines_before_addressee):
        _paragraph(document, layout, "")
    if words.addressee:
        _paragraph(document, layout, f"{words.addressee}：")
    for line in words.paragraphs:
        _indent(_paragraph(document, layout, line, face_of(line)), layout, first=text.indent)
    _attachments(document, sheet, layout)
    _signature(document, sheet, layout)
    if words.copies:
        copies = _paragraph(document, layout, f"抄送：{words.copies.rstrip('。')}。", size=text.copies_size)
        _frame(copies, layout)
    return _bytes(document)


def stamped(original: bytes, words: str, layout: Layout) -> bytes:
    """A copy of an issued document with the words of the stamp in the lower margin of every page."""
    document = docx.Document(io.BytesIO(original))
    for section in document.sections:
        for footer in (section.footer, section.first_page_footer, section.even_page_footer):
            paragraph = footer.paragraphs[0].insert_paragraph_before()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _exactly(paragraph, layout.stamp.size)
            _runs(paragraph, layout, words, "body", layout.stamp.size, colour=layout.stamp.grey)
            lowest = layout.page.height - layout.stamp.above_edge - layout.stamp.size / POINTS_PER_MM
            _frame(paragraph, layout, top=lowest)
    return _bytes(document)


def _bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank_properties(document: Document, at: datetime) -> None:
    """Nothing in the file says who made it, or on which machine."""
    kept = document.core_properties
    kept.author = kept.title = kept.comments = kept.last_modified_by = kept.keywords = kept.subject = ""
    kept.created = kept.modified = local(at).replace(tzinfo=None)
    kept.revision = 1


def _page(document: Document, layout: Layout) -> None:
    page, section = layout.page, document.sections[0]
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance = Mm(page.top / 2)
    figure = layout.page_number.size / POINTS_PER_MM
    section.footer_distance = Mm(page.bottom - layout.page_number.below_type - figure)
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(page.line_pitch * 20)))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    normal = document.styles["Normal"]
    normal.font.size = Pt(layout.text.size)
    _face(normal.element.get_or_add_rPr(), layout.faces["body"].office[0])
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _page_number(footer.paragraphs[0], layout, side)


def _head(document: Document, sheet: Sheet, layout: Layout) -> float:
    """The mark and the two red lines, on the first page only. Returns where the head ends, in points."""
    header, size, lines = document.sections[0].first_page_header, layout.mark_size(sheet.mark), layout.lines
    mark = header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _exactly(mark, size)
    _runs(mark, layout, sheet.mark, "title", size, colour=layout.mark.red)
    _frame(mark, layout, top=layout.mark.top)
    first = layout.mark.top + size / POINTS_PER_MM + lines.below_mark
    height = lines.thick + lines.gap + lines.thin
    _double(header.add_paragraph(), "thickThinSmallGap", layout, first)
    _double(header.add_paragraph(), "thinThickSmallGap", layout, layout.page.height - lines.above_edge - height)
    header.add_paragraph()  # a frame holds only before something that flows
    return (first + height) * POINTS_PER_MM


def _double(paragraph: Paragraph, style: str, layout: Layout, top: float) -> None:
    """A double line as the upper border of an empty frame."""
    _exactly(paragraph, 1)
    _frame(paragraph, layout, top=top, height=20)
    borders, top_border = OxmlElement("w:pBdr"), OxmlElement("w:top")
    lines = layout.lines
    eighths = round(lines.thick * POINTS_PER_MM * 8)
    for name, value in (("val", style), ("sz", str(eighths)), ("space", "0"), ("color", layout.mark.red.lstrip("#"))):
        top_border.set(qn(f"w:{name}"), value)
    borders.append(top_border)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _attachments(document: Document, sheet: Sheet, layout: Layout) -> None:
    if sheet.wording.attachments:
        _paragraph(document, layout, "")
        for line in attachment_lines(sheet.wording.attachments):
            _indent(_paragraph(document, layout, line), layout, left=layout.text.indent)


def _signature(document: Document, sheet: Sheet, layout: Layout) -> None:
    """The body's name centred over the date, the date so many characters from the right; never alone on a page."""
    last = document.paragraphs[-1]
    for paragraph in (last, _paragraph(document, layout, "")):
        paragraph.paragraph_format.keep_with_next = True
    right = layout.text.date_from_right
    over = right + (_width(sheet.dated) - _width(sheet.signature)) / 2
    for line, edge in ((sheet.signature, max(0, over)), (sheet.dated, right)):
        paragraph = _paragraph(document, layout, line, align=WD_ALIGN_PARAGRAPH.RIGHT)
        paragraph.paragraph_format.right_indent = Pt(edge * layout.page.character_pitch)
        paragraph.paragraph_format.keep_with_next = line is sheet.signature


def _width(text: str) -> float:
    return sum(1 if ord(sign) > WIDE else 0.5 for sign in text)


def _paragraph(
    document: Document,
    layout: Layout,
    text: str,
    face: str = "body",
    size: float | None = None,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    _exactly(paragraph, layout.page.line_pitch)
    _runs(paragraph, layout, text, face, size or layout.text.size)
    return paragraph


def _exactly(paragraph: Paragraph, points: float) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def _indent(paragraph: Paragraph, layout: Layout, *, first: int = 0, left: int = 0) -> None:
    """Indents counted in characters, with the same in points for programs that do not count."""
    pitch = layout.page.character_pitch
    paragraph.paragraph_format.first_line_indent = Pt(first * pitch) if first else None
    paragraph.paragraph_format.left_indent = Pt(left * pitch) if left else None
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, characters in (("w:firstLineChars", first), ("w:leftChars", left)):
        if characters:
            indent.set(qn(name), str(characters * 100))


def _runs(paragraph: Paragraph, layout: Layout, text: str, face: str, size: float, colour: str | None = None) -> None:
    """The text in runs, each in the face whose character set holds all of it."""
    for name, signs in groupby(CONTROL.sub("", text), lambda sign: _office_face(layout.faces[face].office, sign)):
        run = paragraph.add_run("".join(signs))
        _dress(run, name, size, colour)
        if size == layout.text.size:
            _close(run, layout)


def _dress(run: Run, face: str, size: float, colour: str | None = None) -> None:
    run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    _face(run._r.get_or_add_rPr(), face)


def _close(run: Run, layout: Layout) -> None:
    """Characters so close that a line holds as many as the grid says, in any word processor."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(math.floor((layout.page.character_pitch - layout.text.size) * 20)))
    run._r.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _face(properties: Any, face: str) -> None:
    """One face for Latin, Chinese and the quotation marks between them."""
    fonts = properties.get_or_add_rFonts()
    for name in FONTS:
        fonts.set(qn(name), face)
    fonts.set(qn("w:hint"), "eastAsia")


def _office_face(office: tuple[str, str, str], sign: str) -> str:
    """What to ask of the bureau's machine for one character: most faces stop at GB 2312, some at GBK."""
    if sign in "“”‘’—…·〔〕" or _within(sign, "gb2312"):
        return office[0]
    return office[1] if _within(sign, "gbk") else office[2]


def _within(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _page_number(paragraph: Paragraph, layout: Layout, side: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = side
    edge = Pt(layout.page_number.from_edge * layout.page.character_pitch)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = edge
    _exactly(paragraph, layout.page_number.size)
    for part in _number_parts():
        run = paragraph.add_run(part if isinstance(part, str) else "")
        _dress(run, layout.faces["figures"].office[0], layout.page_number.size)
        if not isinstance(part, str):
            run._r.append(part)


def _number_parts() -> Iterator[Any]:
    """— 2 —, the figure counted by the word processor."""
    yield "— "
    for kind in ("begin", None, "end"):
        if kind is None:
            code = OxmlElement("w:instrText")
            code.text = "PAGE"
            yield code
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            yield mark
    yield " —"


def _frame(paragraph: Paragraph, layout: Layout, *, top: float | None = None, height: int | None = None) -> None:
    """Take a paragraph out of the flow: centred on the paper at this height, or at the foot of the type area."""
    frame = OxmlElement("w:framePr")
    places = {"w": str(_twips(layout.lines.width)), "wrap": "notBeside", "hAnchor": "page", "xAlign": "center"}
    if top is None:
        places = {"w": str(_twips(layout.page.type_width)), "wrap": "notBeside", "hAnchor": "margin"}
        places |= {"vAnchor": "margin", "yAlign": "bottom"}
    else:
        places |= {"vAnchor": "page", "y": str(_twips(top))}
    if height is not None:
        places |= {"h": str(height), "hRule": "exact"}
    for name, value in places.items():
        frame.set(qn(f"w:{name}"), value)
    after = ("w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(frame, *after)


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)
