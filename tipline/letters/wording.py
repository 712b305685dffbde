"""The words of a letter: a plain text that a person can write, and the parts it is made of. Pure.

关于移送问题线索的函          title: the first line
双港镇纪委：                  addressee: the second
现将……                       paragraphs, one a line
附件：线索登记表              attachments, any number of lines that begin so
抄送：区纪委监委              copies
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ATTACHED, COPIED = "附件：", "抄送："
BLANK = re.compile(r"【待填：([^】]+)】")
HEADING = re.compile(r"^[一二三四五六七八九十]+、[^。；]{1,24}$")
SUBHEADING = re.compile(r"^（[一二三四五六七八九十]+）[^。；]{1,24}$")
REPORTER = "【举报人】"
"""Stands for the reporter's name in every draft; the name itself is only ever in the files that are issued."""
REPORTER_LINE = "【举报人身份】"
"""Stands for the reporter's name and contact in a letter to the body that handles the lead."""


@dataclass(frozen=True)
class Wording:
    """The parts of a letter."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    attachments: tuple[str, ...] = ()
    copies: str = ""

    @classmethod
    def parse(cls, text: str) -> "Wording":
        """The parts of a plain text."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        head, rest = [*lines, "", ""][:2], lines[2:]
        kept = [line for line in rest if not line.startswith((ATTACHED, COPIED))]
        attached = [line.removeprefix(ATTACHED) for line in rest if line.startswith(ATTACHED)]
        copied = [line.removeprefix(COPIED) for line in rest if line.startswith(COPIED)]
        return cls(head[0], head[1].rstrip("：:"), tuple(kept), tuple(attached), "，".join(copied))

    @property
    def text(self) -> str:
        """The same as a plain text."""
        lines = [self.title, f"{self.addressee}：" if self.addressee else "", *self.paragraphs]
        lines += [f"{ATTACHED}{name}" for name in self.attachments]
        return "\n".join([*lines, *([f"{COPIED}{self.copies}"] if self.copies else [])])


@dataclass(frozen=True)
class Sheet:
    """Everything that is drawn: the words, and what the office adds to them."""

    mark: str
    wording: Wording
    number: str = ""
    signature: str = ""
    on: date | None = None

    @property
    def dated(self) -> str:
        """The date as letters write it: Arabic figures, no leading zeros."""
        return f"{self.on.year}年{self.on.month}月{self.on.day}日" if self.on else ""

    def parts(self) -> dict[str, str]:
        """All that is to be drawn, by the face that draws it."""
        words = self.wording
        plain = [line for line in words.paragraphs if face_of(line) == "body"]
        body = [words.addressee, self.number, self.signature, self.dated, words.copies, *words.attachments, *plain]
        return {
            "title": self.mark + words.title,
            "body": "：附件抄送．0123456789" + "".join(body),
            "heading": "".join(line for line in words.paragraphs if face_of(line) == "heading"),
            "subheading": "".join(line for line in words.paragraphs if face_of(line) == "subheading"),
            "figures": "— 0123456789",
        }


def face_of(paragraph: str) -> str:
    """The face of a paragraph: headings of the first and second level have their own."""
    if HEADING.match(paragraph):
        return "heading"
    return "subheading" if SUBHEADING.match(paragraph) else "body"


def attachment_lines(names: Iterable[str]) -> list[str]:
    """The note of the attachments: numbered only when there are several, without full stops."""
    names = [re.sub(r"^\d+[.．、]\s*", "", name).rstrip("。；") for name in names]
    if len(names) == 1:
        return [f"{ATTACHED}{names[0]}"]
    return [f"{ATTACHED if at == 1 else '　' * 3}{at}．{name}" for at, name in enumerate(names, 1)]


def blanks(text: str) -> list[str]:
    """What is still to be filled in, each once, in the order of the letter."""
    return list(dict.fromkeys(BLANK.findall(text)))


def blank(label: str) -> str:
    """The mark that stands where something is missing."""
    return f"【待填：{label}】"
