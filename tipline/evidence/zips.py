"""Office documents, looked at as archives before anything in them is unpacked. Runs in the child process."""

import io
import re
import zipfile

MOST_PARTS = 1000
MOST_BYTES = 100 * 1024 * 1024
MOST_RATIO = 100
SMALL = 1024 * 1024
"""A part below this size may be packed as tightly as it likes: empty sheets are."""
MOST_TOLD = 4 * SMALL
"""What the parts that tell of the others may weigh."""
HEADER = 30
MAIN_PARTS = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
TYPES = "[Content_Types].xml"
ACTIVE = re.compile(r"vba|macro|activex|/?customui|oleobject|\.bin$|\.exe$|\.dll$|externallinks?/", re.IGNORECASE)
HARMLESS_BIN = re.compile(r"xl/printersettings/printersettings\d+\.bin$", re.IGNORECASE)
ACTIVE_TYPES = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject|ms-office\.vba", re.IGNORECASE)
OUTWARD = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
LINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def is_archive(content: bytes) -> bool:
    """Whether it is an archive from its first byte to its last, as office programs write them."""
    if content[:4] != b"PK\x03\x04":
        return content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an encrypted one comes in another box: told below
    end = content.rfind(b"PK\x05\x06")
    return end >= 0 and end + 22 + int.from_bytes(content[end + 20 : end + 22], "little") == len(content)


def fault_of(kind: str, content: bytes) -> str:
    """Why an office document is not taken, or ""; nothing larger than a few megabytes is unpacked."""
    if content[:4] != b"PK\x03\x04":
        return "locked" if "EncryptedPackage".encode("utf-16-le") in content else "mismatch"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _fault_of_parts(archive.infolist(), content) or _fault_of_words(kind, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, OSError, KeyError):
        return "broken"


def _fault_of_parts(parts: list[zipfile.ZipInfo], content: bytes) -> str:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        return "bomb"
    if any(part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts) or _overlap(parts):
        return "bomb"
    if any(part.flag_bits & 0x1 for part in parts):
        return "locked"
    if len({name.lower() for name in names}) != len(names) or any(_climbs(name) for name in names):
        return "broken"
    if any(ACTIVE.search(name) and not HARMLESS_BIN.match(name) for name in names):
        return "macro"
    return "" if min((part.header_offset for part in parts), default=1) == 0 else "double"


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether two parts share bytes, as only bombs do."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            return True
        end = part.header_offset + HEADER + len(part.orig_filename.encode()) + part.compress_size
    return False


def _climbs(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/") or "\x00" in name


def _fault_of_words(kind: str, archive: zipfile.ZipFile) -> str:
    types = _told(archive, TYPES)
    if DECLARED.search(types) or b"\x00" in types:
        return "broken"
    if ACTIVE_TYPES.search(types):
        return "macro"
    if MAIN_PARTS[kind] not in types:
        return "mismatch"
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            links = _told(archive, name)
            if DECLARED.search(links) or b"\x00" in links:
                return "broken"
            if any(not LINK.search(link) for link in OUTWARD.findall(links)):
                return "macro"
    return ""


def _told(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        words = part.read(MOST_TOLD + 1)
    if len(words) > MOST_TOLD:
        raise ValueError(name)
    return words
