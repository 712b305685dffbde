"""What may be attached, what its name may be, and why something is not taken. Pure."""

import re
import unicodedata
from urllib.parse import quote

from tipline.kit.words import Labelled


class FileType(Labelled):
    """What a file is, by its content; nothing else is taken. The value is the extension it leaves with."""

    PDF = "pdf", "PDF文件"
    JPG = "jpg", "JPEG图片"
    PNG = "png", "PNG图片"
    MP3 = "mp3", "MP3录音"
    M4A = "m4a", "M4A录音"
    WAV = "wav", "WAV录音"
    AMR = "amr", "AMR录音"
    MP4 = "mp4", "MP4视频"
    DOCX = "docx", "Word文档"
    XLSX = "xlsx", "Excel工作簿"
    TXT = "txt", "文本"


class Fault(Labelled):
    """Why a file is not taken."""

    EMPTY = "empty", "文件是空的，没有收下。请重新选择。"
    UNKNOWN = "unknown", "不收这种文件。可收：pdf、jpg、png、mp3、m4a、wav、amr、mp4、docx、xlsx、txt。"
    MISMATCH = "mismatch", "文件内容与扩展名不符，没有收下。请确认选对了文件，不要改扩展名。"
    DOUBLE = "double", "文件里还藏着另一个文件，没有收下。请用原来的软件另存后再传。"
    MARKUP = "markup", "这个文本其实是网页或程序，没有收下。请把文字另存为纯文本。"
    MACRO = "macro", "文件带有宏、控件或外部链接，没有收下。请另存为不带宏的文件，或转为PDF。"
    BOMB = "bomb", "文件解开后过大，没有收下。请拆成几个文件，或转为PDF。"
    LOCKED = "locked", "文件加了密码，无法核对内容，没有收下。请去掉密码后再传。"
    BROKEN = "broken", "文件已损坏或无法安全核对，没有收下。请重新取得后再传。"


EXTENSIONS = {kind.value: kind for kind in FileType} | {"jpeg": FileType.JPG}
CAN_BE_CLEANED = {FileType.PDF, FileType.JPG, FileType.PNG, FileType.DOCX, FileType.XLSX}
"""Of these a copy is made without what tells of device, place and author; the others are only given out as they are."""

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FORBIDDEN = re.compile(r'[<>:"|?*]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
LONGEST_STEM = 80
NAMELESS = "附件"


def type_of(name: str) -> FileType | None:
    """What the file's name says that it is; None for what is not taken."""
    _, dot, extension = seen(name).rpartition(".")
    return EXTENSIONS.get(extension.lower()) if dot else None


def seen(name: str) -> str:
    """A file's name without folders, without marks that nobody sees, and in one normal form."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in UNSEEN)
    return unicodedata.normalize("NFC", visible).strip()


def clean_name(name: str, kind: FileType) -> str:
    """The name under which the file is kept and leaves: harmless on every machine, with the extension it deserves."""
    stem = FORBIDDEN.sub("_", seen(name).rpartition(".")[0])
    stem = stem.strip(" .")[:LONGEST_STEM].strip(" .") or NAMELESS
    if RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}.{kind.value}"


def disposition(name: str) -> str:
    """How a browser is told to put a file away, and under which name: RFC 6266, with a plain name for old ones."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
