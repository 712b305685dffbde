"""Names, identity numbers and telephone numbers as people give them on the phone."""

import re
import unicodedata
from datetime import date

from pypinyin import lazy_pinyin

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
PART_OF_A_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,6}")
INVISIBLE = {"Cf", "Cc", "Cs", "Co"}


def tidy(text: str) -> str:
    """Text as typed, without marks that nobody can see (NUL, direction marks) and in one normal form.

    Line breaks and tabs stay; every other control or format character goes.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in INVISIBLE)
    return unicodedata.normalize("NFC", text).strip()


def plain_name(name: str) -> str:
    """A name for comparison: full width, spaces and middle dots do not count."""
    folded = unicodedata.normalize("NFKC", tidy(name)).casefold()
    return re.sub(r"[\s·•・.]", "", folded)


def sound_of(name: str) -> str:
    """A name as it sounds, without tones: people with equal sounds are taken for the same at first."""
    return "".join(lazy_pinyin(plain_name(name)))


def sounds(words: str) -> str:
    """Part of a name, two to six Chinese characters, as it sounds; nothing for what cannot be one."""
    return sound_of(words) if PART_OF_A_NAME.fullmatch(words) else ""


def sounds_within(words: str, name: str) -> bool:
    """Whether part of the name sounds like these words, character by character: misheard, or written otherwise."""
    asked, told = lazy_pinyin(words), lazy_pinyin(plain_name(name))
    spans = (told[at : at + len(asked)] for at in range(len(told) - len(asked) + 1))
    return bool(sounds(words)) and asked in spans


def check_digit(first_17: str) -> str:
    """The 18th character of a citizen identity number (GB 11643-1999)."""
    return CHECKS[sum(int(d) * w for d, w in zip(first_17, WEIGHTS, strict=True)) % 11]


def identity_number(typed: str, today: date) -> str:
    """The number with 18 characters, digits half width, X upper case; 15 digits are lengthened.

    Raises ValueError with a Chinese sentence when it cannot be anybody's number.
    """
    text = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", tidy(typed))).upper().replace("×", "X")
    if re.fullmatch(r"\d{15}", text):
        text = text[:6] + "19" + text[6:]
        text += check_digit(text)
    if not re.fullmatch(r"\d{17}[\dX]", text):
        raise ValueError("身份证号应为18位（或旧式15位），末位可为X。")
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise ValueError("身份证号中的出生日期不存在，请核对第7至14位。") from None
    if born > today:
        raise ValueError("身份证号中的出生日期晚于今天，请核对第7至14位。")
    if check_digit(text[:17]) != text[17]:
        raise ValueError("身份证号末位校验码不符，请逐位核对。")
    return text


def digits_of(phone: str) -> str:
    """A telephone number for comparison: its digits only; whatever the caller gave is kept as typed."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))


def masked(text: str) -> str:
    """Enough to recognise, too little to find somebody: 王*，154****8890."""
    if len(text) <= 3:
        return text[:1] + "*" * (len(text) - 1)
    keep = 3 if len(text) >= 7 else 1
    return (
        text[:keep]
        + "*" * min(len(text) - keep - (4 if len(text) >= 11 else 0), 8)
        + (text[-4:] if len(text) >= 11 else "")
    )
