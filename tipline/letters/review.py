"""What a letter still lacks before anybody may put it forward or print it: listed, with where to fill it in."""

from datetime import datetime

from tipline.kit.errors import Incomplete
from tipline.kit.words import Sentence
from tipline.letters.fields import HERE, Missing, gather
from tipline.letters.models import OfficialLetter
from tipline.letters.setting import house_style
from tipline.letters.wording import Sheet, Wording, blanks
from tipline.office.models import Officer

NO_FACE = Sentence("所有字库都没有这个字，请换写法或由系统管理员安装字库")


def lacks(letter: OfficialLetter, officer: Officer, at: datetime) -> list[Missing]:
    """Everything that is missing, in the order of the letter, each with where it is filled in."""
    text = letter.latest.text
    told = gather(letter.sort, letter.subject, officer, at).missing if blanks(text) else {}
    found = [told.get(label) or Missing(label, HERE[1]) for label in blanks(text)]
    found += [Missing(label, HERE[1]) for label in _empty_parts(Wording.parse(text))]
    return found + [Missing(sign, NO_FACE) for sign in unknown(draft_sheet(letter))]


def _empty_parts(words: Wording) -> list[str]:
    parts = (("标题", words.title), ("主送机关", words.addressee), ("正文", words.paragraphs))
    return [label for label, part in parts if not part]


def draft_sheet(letter: OfficialLetter) -> Sheet:
    """The letter as it would be drawn now, without number and date."""
    return Sheet(letter.office.name, Wording.parse(letter.latest.text), signature=letter.office.name)


def unknown(sheet: Sheet) -> list[str]:
    """The characters that no face can draw: never a box on an official letter."""
    style = house_style()
    signs = [sign for part, text in sheet.parts().items() for sign in style.faces.unknown(style.layout, part, text)]
    return list(dict.fromkeys(signs))


def must_be_complete(letter: OfficialLetter) -> None:
    """Raises Incomplete, naming everything that is missing."""
    text = letter.latest.text
    if missing := blanks(text) + _empty_parts(Wording.parse(text)):
        raise Incomplete("还有待填的内容：%(what)s。", what="、".join(missing))
    if signs := unknown(draft_sheet(letter)):
        raise Incomplete("字库里没有这些字：%(signs)s。", signs="、".join(signs))
