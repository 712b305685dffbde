"""A copy that tells nothing of device, place, author and editing. Runs in the child process.

Pictures are not decoded: their pixels stay as they are, bit for bit, and only what stands around them goes.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD"),
    *(b"acTL", b"fcTL", b"fdAT"),
}
JPG_DROPPED = {*range(0xE1, 0xEE), 0xEF, 0xFE}
"""APP1 (EXIF with place and device, XMP) to APP15 and comments; APP0 and APP14 say how to read the colours."""
ALONE = {0x01, *range(0xD0, 0xD9)}
ORIENTATION = 0x0112
PDF_TELLTALES = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/OpenAction",
    "/AA",
    "/Names",
    "/URI",
    "/Collection",
    "/AF",
)
RELATIONSHIP = re.compile(
    rb"<(?:\w+:)?Relationship\b[^>]*\bTarget\s*=\s*[\"']/?docProps/[^\"']*[\"'][^>]*/>", re.IGNORECASE
)
OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*\bPartName\s*=\s*[\"']/docProps/[^\"']*[\"'][^>]*/>", re.IGNORECASE)
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def strip(kind: str, content: bytes) -> bytes:
    """The clean copy. Raises anything when the file is not built as it should be: then there is none."""
    return STRIPPERS[kind](content)


def _jpg(content: bytes) -> bytes:
    kept = bytearray(b"\xff\xd8")
    for marker, segment in _segments(content):
        if marker == 0xE1 and (turned := _orientation(segment[4:])) > 1:
            kept += _turned(turned)
        elif marker == 0xE0:
            kept += segment if segment[4:9] != b"JFIF\x00" else _without_thumbnail(segment)
        elif marker not in JPG_DROPPED:
            kept += segment
    return bytes(kept) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a JPEG up to its end; what hangs behind the end is left behind."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            return
        elif marker in ALONE:
            at += 2
        else:
            end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
            if marker == 0xDA:
                end = _end_of_scan(content, end)
            yield marker, content[at:end]
            at = end


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(exif: bytes) -> int:
    """How the camera was held: the one thing of EXIF without which a picture lies on its side."""
    if exif[:6] != b"Exif\x00\x00":
        return 0
    tiff, order = exif[6:], "<" if exif[6:8] == b"II" else ">"
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for entry in range(struct.unpack_from(f"{order}H", tiff, start)[0]):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * entry)
            if tag == ORIENTATION and value in range(1, 9):
                return int(value)
    except struct.error:
        return 0
    return 0


def _turned(orientation: int) -> bytes:
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", 2 + 6 + len(tiff)) + b"Exif\x00\x00" + tiff


def _without_thumbnail(segment: bytes) -> bytes:
    return b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"


def _png(content: bytes) -> bytes:
    kept, at = bytearray(PNG_HEAD), len(PNG_HEAD)
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise ValueError("cut off")
        if name in PNG_KEPT:
            kept += content[at:end]
        if name == b"IEND":
            return bytes(kept)
        at = end


def _pdf(content: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise ValueError("locked")
    writer = PdfWriter(clone_from=reader)
    for thing in writer._objects:
        if isinstance(thing, DictionaryObject):
            _forget(thing)
    return _written(PdfWriter(clone_from=PdfReader(io.BytesIO(_written(writer)))))  # what nothing leads to stays behind


def _written(writer: PdfWriter) -> bytes:
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _forget(thing: DictionaryObject) -> None:
    """Take from a part of a PDF who made it, what it does by itself, and the files that hang on it."""
    for key in PDF_TELLTALES:
        thing.pop(NameObject(key), None)
    if thing.get("/Type") == "/Annot" or ("/Subtype" in thing and "/Rect" in thing):
        for key in ("/A", "/T", "/M", "/CreationDate", "/NM", "/FS"):
            thing.pop(NameObject(key), None)


def _office(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in given.infolist():
            if part.is_dir() or part.filename.lower().startswith("docprops/"):
                continue
            words = given.read(part)
            if part.filename == "_rels/.rels":
                words = RELATIONSHIP.sub(b"", words)
            elif part.filename == "[Content_Types].xml":
                words = OVERRIDE.sub(b"", words)
            plain = zipfile.ZipInfo(part.filename, LONG_AGO)
            plain.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(plain, words)
    return out.getvalue()


STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "pdf": _pdf,
    "jpg": _jpg,
    "png": _png,
    "docx": _office,
    "xlsx": _office,
}
