"""The page of a letter, measured in millimetres against the layout's figures, never against a picture of itself."""

import io
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from tipline.letters import docx as word
from tipline.letters import layout, pdf, typefaces
from tipline.letters.layout import POINTS_PER_MM
from tipline.letters.wording import Sheet, Wording

LOOK = layout.read()
FACES = typefaces.typefaces()
AT = datetime(2018, 6, 4, 4, tzinfo=UTC)
LONG = "反映该村有人不够条件却吃低保问了几次都没有答复群众意见很大" * 40
LETTER = Sheet(
    "津南区民政局",
    Wording.parse(
        f"关于移送群众举报问题线索的函\n双港镇纪委：\n一、反映的主要问题\n{LONG}\n附件：线索登记表\n抄送：区纪委监委"
    ),
    "津南民函〔2018〕3号",
    "津南区民政局",
    date(2018, 6, 4),
)
NEAR = 0.35
"""So many millimetres a measured place may differ."""


def mm(points):
    return points / POINTS_PER_MM


def measured(sheet=LETTER, look=LOOK):
    """What a page measurer finds in the PDF, in millimetres from the upper left corner."""
    with pdfplumber.open(io.BytesIO(pdf.draw(sheet, look, FACES, at=AT))) as told:
        return [Measured(page) for page in told.pages]


class Measured:
    """One page: its lines of characters, and its red bars."""

    def __init__(self, page):
        self.width, self.height = mm(page.width), mm(page.height)
        lines = defaultdict(list)
        for char in page.chars:
            if char["text"].strip("\u200b "):
                lines[round(char["bottom"])].append(char)
        self.lines = [sorted(line, key=lambda char: char["x0"]) for _, line in sorted(lines.items())]
        red = [rect for rect in page.rects if rect["non_stroking_color"] and rect["non_stroking_color"][0] > 0.8]
        self.bars = sorted((mm(r["top"]), mm(r["height"]), mm(r["x0"]), mm(r["width"])) for r in red)

    def line(self, words):
        """The line that begins with these words."""
        return next(line for line in self.lines if "".join(char["text"] for char in line).startswith(words))

    def of_size(self, points):
        """The lines of characters of this size."""
        return [line for line in self.lines if abs(line[0]["size"] - points) < 0.1]


def faults(pages, look=LOOK):
    """Everything on the pages that is not where the layout puts it."""
    page, lines = look.page, look.lines
    first, second = pages[0], pages[1]
    places = {
        "paper": (first.width, page.width),
        "paper's height": (first.height, page.height),
        "upper bar": (first.bars[0][3], lines.width),
        "upper bar's side": (first.bars[0][2], (page.width - lines.width) / 2),
        "thick over thin": (first.bars[0][1], lines.thick),
        "thin under thick": (first.bars[1][1], lines.thin),
        "thin over thick": (first.bars[2][1], lines.thin),
        "lower edge": (page.height - first.bars[3][0] - first.bars[3][1], lines.above_edge),
        "left edge": (mm(first.line("双港镇纪委")[0]["x0"]), page.left),
        "left of a full line": (mm(min(line[0]["x0"] for line in second.of_size(look.text.size))), page.left),
        "right of a full line": (
            mm(max(line[-1]["x1"] for line in second.of_size(look.text.size))),
            page.width - page.right,
        ),
        "first line of page two": (mm(second.of_size(look.text.size)[0][0]["top"]), page.top),
        "number's right edge": (mm(first.line("津南民函")[-1]["x1"]), page.width - page.right),
    }
    return {name: found for name, found in places.items() if abs(found[0] - found[1]) > NEAR}


def test_every_part_stands_where_the_layout_puts_it():
    assert faults(measured()) == {}


@pytest.mark.parametrize("wrong", [{"left": 30.0}, {"top": 35.0}, {"type_width": 150.0}, {"width": 215.9}])
def test_a_wrong_margin_is_caught(wrong):
    planted = replace(LOOK, page=replace(LOOK.page, **wrong))
    assert faults(measured(look=planted))


@pytest.mark.parametrize("wrong", [{"width": 156.0}, {"above_edge": 35.0}, {"thick": 0.25}])
def test_a_wrong_line_is_caught(wrong):
    planted = replace(LOOK, lines=replace(LOOK.lines, **wrong))
    assert faults(measured(look=planted))


def test_a_page_has_22_lines_of_28_characters():
    full = next(page for page in measured()[1:] if len(page.of_size(LOOK.text.size)) >= LOOK.page.lines)
    lines = full.of_size(LOOK.text.size)
    assert len(lines) == LOOK.page.lines == 22
    assert {len(line) for line in lines[:-1]} == {LOOK.page.characters} == {28}
    pitches = {round(later[0]["top"] - line[0]["top"], 1) for line, later in pairwise(lines)}
    assert all(abs(pitch - LOOK.page.line_pitch) < 0.15 for pitch in pitches)


def test_the_mark_is_red_and_thirty_millimetres_below_the_edge():
    first = measured()[0]
    mark = first.line("津南区民政局")
    assert mark[0]["non_stroking_color"][0] > 0.8
    assert "FandolSong" in mark[0]["fontname"]
    size = LOOK.mark_size(LETTER.mark)
    assert first.bars[0][0] - LOOK.lines.below_mark - LOOK.mark.top == pytest.approx(mm(size), abs=1.2)


def test_the_number_stands_right_under_the_line_and_the_title_two_lines_below():
    first = measured()[0]
    number, title = first.line("津南民函"), first.line("关于移送")
    below = mm(number[0]["top"]) - (first.bars[1][0] + first.bars[1][1])
    assert below == pytest.approx(mm(LOOK.lines.number_below), abs=0.6)
    middle = mm(title[0]["x0"] + title[-1]["x1"]) / 2
    assert middle == pytest.approx(LOOK.page.left + LOOK.page.type_width / 2, abs=NEAR)
    assert title[0]["size"] == pytest.approx(LOOK.text.title_size)
    gap = (title[0]["top"] - number[0]["top"]) / LOOK.page.line_pitch
    assert 2.5 < gap < 3.5


def test_paragraphs_begin_two_characters_in_and_headings_have_their_face():
    first = measured()[0]
    heading, body = first.line("一、"), first.line("反映该村")
    indent = LOOK.text.indent * mm(LOOK.page.character_pitch)
    for line in (heading, body):
        assert mm(line[0]["x0"]) - LOOK.page.left == pytest.approx(indent, abs=NEAR)
    assert "FandolHei" in heading[0]["fontname"]
    assert "FandolFang" in body[0]["fontname"]


def test_the_date_is_four_characters_from_the_right_and_the_name_centred_over_it():
    last = measured()[-1]
    dated, signed = last.line("2018年6月4日"), last.line("津南区民政局")
    right = LOOK.page.width - LOOK.page.right - LOOK.text.date_from_right * mm(LOOK.page.character_pitch)
    assert mm(dated[-1]["x1"]) == pytest.approx(right, abs=0.8)
    centres = [(line[0]["x0"] + line[-1]["x1"]) / 2 for line in (dated, signed)]
    assert mm(abs(centres[0] - centres[1])) < 0.8


def test_page_one_has_no_number_and_the_others_turn_sides():
    pages = measured()
    figures = [[line for line in page.lines if line[0]["text"] == "—"] for page in pages]
    assert figures[0] == []
    assert all(len(found) == 1 for found in figures[1:])
    sides = [mm(found[0][0]["x0"]) > LOOK.page.width / 2 for found in figures[1:]]
    assert sides == [at % 2 == 1 for at in range(2, len(pages) + 1)]
    below = mm(figures[1][0][0]["top"]) - (LOOK.page.top + LOOK.page.type_height)
    assert below == pytest.approx(LOOK.page_number.below_type, abs=3)


def test_copies_stand_at_the_foot_of_the_last_page():
    last = measured()[-1]
    assert mm(last.line("抄送")[0]["bottom"]) == pytest.approx(LOOK.page.top + LOOK.page.type_height, abs=1.5)


def test_words_are_never_read_as_markup():
    told = "#eval(1) $x$ *粗* @cite <b> {{ 1 }} `code` // \\"
    sheet = replace(LETTER, wording=Wording("标题", "某单位", (told,)))
    with pdfplumber.open(io.BytesIO(pdf.draw(sheet, LOOK, FACES, at=AT))) as drawn:
        text = "".join(char["text"] for char in drawn.pages[0].chars)
    assert told.replace(" ", "") in text.replace(" ", "")
    document = docx.Document(io.BytesIO(word.draw(sheet, LOOK, at=AT)))
    assert told in [paragraph.text for paragraph in document.paragraphs]


def test_a_rare_character_falls_back_and_one_in_no_face_is_named():
    sheet = replace(LETTER, wording=Wording("标题", "某单位", ("喆㛃𬭚",)))
    assert [FACES.unknown(LOOK, part, text) for part, text in sheet.parts().items()] == [[]] * 5
    with pdfplumber.open(io.BytesIO(pdf.draw(sheet, LOOK, FACES, at=AT))) as drawn:
        fonts = {char["text"]: char["fontname"] for char in drawn.pages[0].chars}
    assert all("NotoSerif" in fonts[sign] for sign in "喆㛃𬭚")
    assert FACES.unknown(LOOK, "body", "一𪚥二") == ["𪚥"]


# The Word document


def opened(sheet=LETTER, look=LOOK):
    return docx.Document(io.BytesIO(word.draw(sheet, look, at=AT)))


def faults_of_word(document, look=LOOK):
    """Everything in the Word document that is not as the layout says."""
    page, section = look.page, document.sections[0]
    places = {
        "width": (section.page_width.mm, page.width),
        "height": (section.page_height.mm, page.height),
        "top": (section.top_margin.mm, page.top),
        "left": (section.left_margin.mm, page.left),
        "right": (section.right_margin.mm, page.right),
        "bottom": (section.bottom_margin.mm, page.bottom),
    }
    body = [p for p in document.paragraphs if p.text and p.style.name == "Normal"]
    for paragraph in body:
        pitch = paragraph.paragraph_format.line_spacing.pt
        if abs(pitch - look.page.line_pitch) > 0.1 and abs(pitch - look.text.title_pitch) > 0.1:
            places[paragraph.text[:6]] = (pitch, look.page.line_pitch)
    return {name: found for name, found in places.items() if abs(found[0] - found[1]) > NEAR}


def test_the_word_document_has_the_same_page():
    assert faults_of_word(opened()) == {}


def test_a_wrong_margin_of_the_word_document_is_caught():
    planted = replace(LOOK, page=replace(LOOK.page, left=31.7))
    assert "left" in faults_of_word(opened(look=planted))


def test_every_run_names_its_faces_for_chinese_too():
    document = opened(replace(LETTER, wording=Wording("标题", "某单位", ("他说“喆”——𪚥……",))))
    bodies = [
        document,
        *(part for s in document.sections for part in (s.first_page_header, s.footer, s.even_page_footer)),
    ]
    runs = [run for body in bodies for paragraph in body.paragraphs for run in paragraph.runs]
    assert runs
    for run in runs:
        fonts = run._r.rPr.rFonts
        names = {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(names - {None}) == len(names) == 1, run.text
        assert fonts.get(qn("w:hint")) == "eastAsia"
    written = [run for paragraph in document.paragraphs for run in paragraph.runs]
    faces = {sign: run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in written for sign in run.text}
    office = LOOK.faces["body"].office
    assert {faces[sign] for sign in "他说“”—…"} == {office[0]}
    assert (faces["喆"], faces["𪚥"]) == (office[1], office[2])


def test_the_red_lines_and_the_mark_are_on_the_first_page_only():
    section = opened().sections[0]
    assert section.different_first_page_header_footer
    head = section.first_page_header
    assert head.paragraphs[0].text == LETTER.mark
    borders = [found.get(qn("w:val")) for found in head._element.iter(qn("w:top")) if found.get(qn("w:val"))]
    assert borders == ["thickThinSmallGap", "thinThickSmallGap"]
    widths = {int(frame.get(qn("w:w"))) / word.TWIPS_PER_MM for frame in head._element.iter(qn("w:framePr"))}
    assert all(width == pytest.approx(LOOK.lines.width, abs=0.1) for width in widths)
    assert not [p for p in section.header.paragraphs if p.text]
    assert not [p for p in section.first_page_footer.paragraphs if p.text]


def test_nothing_in_the_files_says_on_which_machine_they_were_made():
    kept = opened().core_properties
    assert {kept.author, kept.last_modified_by, kept.title, kept.comments} == {""}
    with pdfplumber.open(io.BytesIO(pdf.draw(LETTER, LOOK, FACES, at=AT))) as drawn:
        assert not {"Author", "Title"} & {name for name, value in drawn.metadata.items() if value}


def test_a_layout_that_does_not_fit_is_refused(tmp_path):
    text = layout.SHIPPED.read_text(encoding="utf-8")
    for wrong in (
        text.replace("type_width = 156.0", "type_width = 260.0"),
        text.replace("[faces.title]", "[faces.titel]"),
    ):
        file = tmp_path / f"{len(wrong)}.toml"
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(layout.LayoutWrong):
            layout.read(file)
