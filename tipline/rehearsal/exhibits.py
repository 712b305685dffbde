"""What a few callers brought along: pictures, a list, recordings that stay with the recorder; none of it is real."""

import hashlib
import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from tipline.evidence import operations
from tipline.evidence.examining import examine
from tipline.evidence.operations import Received, Recording, Side
from tipline.evidence.rules import FileType
from tipline.kit.cabinet import cabinet
from tipline.leads.models import Lead
from tipline.office.models import Officer

MOST_MB = 200
WORDS = "抄自村公示栏，2018年5月2日。\r\n序号 户主 人数 月保障金\r\n1 某甲 2 1480元\r\n2 某乙 1 860元\r\n"
BROUGHT = {
    "board": ("公示栏照片.jpg", "picture"),
    "card": ("存折内页.jpg", "picture"),
    "ghost": ("低保名单抄件.txt", "list"),
    "fee": ("来电录音", "recording"),
    "kin": ("来电录音", "recording"),
}
"""By what was told: the name of what came with it, and of which sort it is."""


def bring(lead: Lead, words: str, *, by: Officer, at: datetime) -> None:
    """Put with a lead what its caller brought along, if it is one of those who brought something."""
    name, sort = BROUGHT.get(words, ("", ""))
    if sort == "recording":
        operations.note_recording(_recording(lead, at), Side(lead), [], by=by, at=at)
    elif sort and cabinet.folder is not None:
        kind = FileType.JPG if sort == "picture" else FileType.TXT
        file = _received(name, kind, _picture() if sort == "picture" else WORDS.encode())
        operations.attach(file, Side(lead), [], most_mb=MOST_MB, by=by, at=at)


def _received(name: str, kind: FileType, content: bytes) -> Received:
    tray = cabinet.tray()
    tray.write(content)
    tray.seek(0)
    copy = examine(tray, kind, cabinet.tray).clean_copy
    return Received(name, kind, tray.keep(), copy.keep() if copy else None)


def _picture() -> bytes:
    """A sheet with lines on it, taken as if with a telephone that tells where it was."""
    sheet, exif, out = Image.new("RGB", (480, 640), "#efe9dc"), Image.Exif(), io.BytesIO()
    pen = ImageDraw.Draw(sheet)
    for line in range(60, 600, 30):
        pen.line((40, line, 440 - line % 7 * 20, line), fill="#556", width=3)
    exif[0x010F], exif[0x0110] = "Rehearsal", "Telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 56.0, 0.0), 3: "E", 4: (117.0, 21.0, 0.0)})
    sheet.save(out, "JPEG", quality=60, exif=exif)
    return out.getvalue()


def _recording(lead: Lead, at: datetime) -> Recording:
    started = at - timedelta(minutes=12)
    digest = hashlib.sha256(lead.key.encode()).hexdigest()
    return Recording(f"REC{started:%Y%m%d}-{started:%H%M}", digest, started, 11 * 60 + 20, "热线机房录音柜")
