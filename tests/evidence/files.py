"""Small true files of every kind that is taken, and things around a lead that gets them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

PLACE = "Ganshuigou-39.0N117.2E"
AUTHOR = "Zhang-the-author-龘"


def jpg(*, comment: str = PLACE, size: int = 24) -> bytes:
    """A picture with its place, device and a comment in it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F], exif[0x0112] = comment, 6
    exif.get_ifd(0x8825)[1] = "N"
    picture = Image.linear_gradient("L").resize((size, size)).convert("RGB")
    picture.save(out, "JPEG", exif=exif, comment=comment.encode())
    return out.getvalue()


def png() -> bytes:
    out = io.BytesIO()
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_itxt("Author", AUTHOR)
    Image.linear_gradient("L").resize((16, 16)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def pdf(*, script: bool = False) -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": AUTHOR, "/Producer": PLACE})
    if script:
        told = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('opened')")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(told)
        writer.add_attachment("inside.txt", b"hidden file")
    writer.write(out)
    return out.getvalue()


def mp3() -> bytes:
    return b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + (b"\xff\xfb\x90\x00" + bytes(413)) * 4


def wav() -> bytes:
    sound = bytes(800)
    head = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", len(sound))
    return b"RIFF" + struct.pack("<I", 4 + len(head) + len(sound)) + b"WAVE" + head + sound


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def m4a() -> bytes:
    hdlr = box(b"hdlr", bytes(8) + b"soun" + bytes(13))
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42") + box(b"moov", box(b"trak", hdlr)) + box(b"mdat", bytes(64))


def mp4() -> bytes:
    hdlr = box(b"hdlr", bytes(8) + b"vide" + bytes(13))
    return box(b"ftyp", b"isom\x00\x00\x02\x00isomavc1") + box(b"moov", box(b"trak", hdlr)) + box(b"mdat", bytes(64))


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument."
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/{{main}}" ContentType="{{type}}"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""
RELS = f"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{RELATED}/officeDocument" Target="{{main}}"/>
<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
CORE = f'<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>'
MAINS = {
    "docx": ("word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml"),
}


def office(kind: str = "docx", *, type: str = "", **parts: Any) -> bytes:
    """An office document, with further parts: `word__x_xml=b""` stands for `word/x.xml`."""
    main, usual = MAINS[kind]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(main=main, type=type or usual))
        archive.writestr("_rels/.rels", RELS.format(main=main))
        archive.writestr("docProps/core.xml", CORE)
        archive.writestr(main, f"<w:document xmlns:w='w'><w:t>低保材料 {kind}</w:t></w:document>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (2, 2)).save(out, "GIF")
    return out.getvalue()


def archive(inside: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("Evil.class", inside)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


TRUE: dict[str, bytes] = {
    "pdf": pdf(),
    "jpg": jpg(),
    "png": png(),
    "mp3": mp3(),
    "m4a": m4a(),
    "wav": wav(),
    "amr": b"#!AMR\n" + bytes(64),
    "mp4": mp4(),
    "docx": office("docx"),
    "xlsx": office("xlsx"),
    "txt": "2018年5月，村里发的低保名单，抄自公示栏。\r\n".encode(),
}
"""One of every kind."""


def put(browser: Any, side: str, content: bytes, name: str = "照片.jpg", **more: str | list[str]) -> Any:
    """Hand in a file; `side` is the address of a lead's or a referral's exhibits."""
    body, kind = form(content, name, **more)
    return browser.post(f"/evidence/{side}/attach", data=body, content_type=kind)


def form(content: bytes, name: str, **more: str | list[str]) -> tuple[bytes, str]:
    """The body of the form as a browser writes it, and its type."""
    told = {field: [values] if isinstance(values, str) else values for field, values in more.items()}
    fields = [(field, value) for field, values in told.items() for value in values]
    parts = [f'Content-Disposition: form-data; name="{field}"\r\n\r\n{value}'.encode() for field, value in fields]
    shown = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'Content-Disposition: form-data; name="attach-file"; filename="{shown}"\r\n\r\n'
    parts.append(head.encode() + content)
    body = b"".join(b"--b0undary\r\n" + part + b"\r\n" for part in parts) + b"--b0undary--\r\n"
    return body, "multipart/form-data; boundary=b0undary"
