"""What a file really is. Runs in a child process without rights; nothing here believes a name or a header.

Every question reads the content and answers with a key of `rules.Fault`, or "" when the file is what it says.
"""

import io
import re
import zipfile
from collections.abc import Callable

import puremagic

from tipline.evidence import zips

HEAD = 4096
TEXTS = ("utf-8-sig", "gb18030")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(
    r"<\s*/?(?:!doctype|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|img|style|form|meta|link|base|math)\b"
    r"|<\?|<!--|\{\\rtf|\+ADw-|\+/v[89+/]|javascript:|vbscript:",
    re.IGNORECASE,
)
PROGRAMS = (b"%PDF-", b"%!PS", b"#!", b"PK\x03", b"MZ")
"""No text begins so."""
FAMILIES = {
    "pdf": {".pdf", ".ai", ".fdf"},
    "jpg": {".jpg", ".jpeg", ".jpe", ".jfif", ".jp2"},
    "png": {".png", ".apng"},
    "mp3": {".mp3", ".mp2", ".mpga"},
    "wav": {".wav"},
    "amr": {".amr"},
}
"""What puremagic may call such a file; a second opinion beside our own look."""
M4A_BRANDS = (b"M4A ", b"M4B ")
MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"MSNV",
    b"3gp4",
    b"3gp5",
)
VIDEO = re.compile(rb"hdlr.{8}vide", re.DOTALL)


def fault_of(kind: str, content: bytes) -> str:
    """Why the file is not what its extension says, or ""."""
    if not content:
        return "empty"
    if not LOOKS[kind](content):
        return "markup" if kind == "txt" and _is_markup(content) else "mismatch"
    if kind in zips.MAIN_PARTS:
        return zips.fault_of(kind, content)
    if kind != "txt" and not _agrees(kind, content):
        return "mismatch"
    return "double" if _hides_archive(content) else ""


def _agrees(kind: str, content: bytes) -> bool:
    """Whether puremagic, asked apart, would call it so too; where it knows nothing, our own look counts."""
    if kind not in FAMILIES:
        return True
    try:
        found = {match.extension for match in puremagic.magic_string(content[:HEAD])}
    except puremagic.PureError:
        return True
    return not found or bool(found & FAMILIES[kind])


def _hides_archive(content: bytes) -> bool:
    """Whether an archive hangs on the end: what opens as a picture here and as a program elsewhere."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return False


def _is_jpg(content: bytes) -> bool:
    return content[:3] == b"\xff\xd8\xff" and b"\xff\xd9" in content


def _is_png(content: bytes) -> bool:
    return content[:8] == b"\x89PNG\r\n\x1a\n" and content[12:16] == b"IHDR" and b"IEND" in content


def _is_pdf(content: bytes) -> bool:
    return re.match(rb"%PDF-[12]\.\d", content) is not None and b"%%EOF" in content[-2048:]


def _is_mp3(content: bytes) -> bool:
    """A tag and then sound, or sound at once: a frame of layer III with values that exist."""
    start = 0
    if content[:3] == b"ID3" and len(content) > 10:
        size = content[6:10]
        start = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
        start += next((n for n, byte in enumerate(content[start : start + 65536]) if byte), 0)
    frame = content[start : start + 4]
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE0 != 0xE0:
        return False
    version, layer, rate, sampling = frame[1] >> 3 & 3, frame[1] >> 1 & 3, frame[2] >> 4, frame[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in (0, 15) and sampling != 3


def _is_wav(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WAVE" and b"fmt " in content[:HEAD]


def _is_amr(content: bytes) -> bool:
    return content.startswith((b"#!AMR\n", b"#!AMR-WB\n"))


def _is_m4a(content: bytes) -> bool:
    brand = _brand(content)
    return brand in M4A_BRANDS or (brand in MP4_BRANDS and VIDEO.search(content) is None)


def _is_mp4(content: bytes) -> bool:
    return _brand(content) in MP4_BRANDS


def _brand(content: bytes) -> bytes:
    return content[8:12] if content[4:8] == b"ftyp" else b""


def _is_text(content: bytes) -> bool:
    text = text_of(content)
    if content.startswith(PROGRAMS):
        return False
    return text is not None and CONTROLS.search(text) is None and not _is_markup(content)


def _is_markup(content: bytes) -> bool:
    text = text_of(content)
    return text is not None and MARKUP.search(text.replace("\x00", "")) is not None


def text_of(content: bytes) -> str | None:
    """The content as the text that it may be: UTF-8, GB 18030, or UTF-16 with its mark."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else TEXTS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


LOOKS: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "jpg": _is_jpg,
    "png": _is_png,
    "mp3": _is_mp3,
    "m4a": _is_m4a,
    "wav": _is_wav,
    "amr": _is_amr,
    "mp4": _is_mp4,
    "docx": zips.is_archive,
    "xlsx": zips.is_archive,
    "txt": _is_text,
}
