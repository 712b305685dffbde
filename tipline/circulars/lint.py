"""What should not stand in a circular, and exactly where. Pure; what is banned says the notice.

It knows the draft, the cases from which the draft was made, and the notice; never the ledger. Asked about a name, it
answers the same whether or not somebody of that name is in a lead.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from tipline.circulars.wording import COVER, Draft, surname
from tipline.kit.identity import plain_name
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.publicity import PublicityRules, Sort
from tipline.publicity import lint as walls
from tipline.publicity.lists import PostedList
from tipline.typical_cases.rules import Unmasked, unmasked

PHRASES = re.compile(r"[^。；，！？\n]*[。；，！？\n]?")
NEVER = {Sort.IDENTITY, Sort.ACCOUNT}
"""What no circular carries, whoever has looked it over."""
SORTS = {Unmasked.IDENTITY_NUMBER: Sort.IDENTITY, Unmasked.PHONE: Sort.PHONE, Unmasked.BANK_CARD: Sort.ACCOUNT}

BETWEEN = r"[\s,.·_/|\-\u200b-\u200f\u2060\ufeff]{1,3}"
APART = re.compile(rf"[0-9]+(?:{BETWEEN}[0-9]+)*(?:(?:{BETWEEN})?[xX])?")
PIECES = re.compile(r"[0-9]+(?:[xX](?![0-9]))?|[xX]")
LONGEST = 18
"""So many pieces an identity number can fall into."""
THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
COUNTED = re.compile(r"\s*[元万亿户人名件次笔张亩%年月日号期余多]")
"""What was counted, or numbered, is nobody's number."""
MOBILE = re.compile(r"(?:86)?1[3-9][0-9]{9}")

LEAVE_OUT = Sentence("通报里不写，请删去或改写。")


class Told(Labelled):
    """What is wrong, where neither the notice nor the towns' reports have a word for it."""

    FULL_NAME = "full_name", "当事人全名"
    HOUSEHOLD = "household", "群众全名"


@dataclass(frozen=True)
class Spot:
    """One phrase of one part that should be looked at."""

    part: str
    """The name of its field."""
    name: Sentence
    n: int
    """Which phrase of the part, from 1."""
    words: str
    what: Labelled | Bilingual
    advice: Sentence
    never: bool


def phrases(text: str) -> list[str]:
    """A text cut after its stops and commas; nothing is lost."""
    return [phrase for phrase in PHRASES.findall(text) if phrase]


def spots(draft: Draft, rules: PublicityRules, names: Collection[str]) -> list[Spot]:
    """All of them, from the top. `names` are those of sanctioned people who are not to be named in full."""
    return [
        spot
        for key, name, text in draft.parts()
        for spot in [*_of_part(key, name, phrases(text), rules, names), *_cut(key, name, text, rules)]
    ]


def _cut(key: str, name: Sentence, text: str, rules: PublicityRules) -> Iterator[Spot]:
    """Numbers of people that fall into several phrases, or that no phrase by itself gives away."""
    ends = list(accumulate(map(len, phrases(text))))
    for what, begin, end in cut_numbers(text):
        first, last = (bisect_right(ends, at) for at in (begin, end - 1))
        words = "".join(phrases(text)[first : last + 1])
        sort = SORTS[what]
        told = {*(hit.ban.sort for hit in walls.hits(_as_posted(0, words), rules)), *_sorts_of(words)}
        if first != last or sort not in told:
            yield Spot(key, name, first + 1, words, what, LEAVE_OUT, sort in NEVER)


def _sorts_of(words: str) -> set[Sort]:
    return {SORTS[trace.what] for trace in unmasked(words) if trace.what in SORTS}


def cut_numbers(text: str) -> Iterator[tuple[Unmasked, int, int]]:
    """Identity numbers and mobile numbers whose digits are of full width, or set apart by commas, blanks or line
    breaks, each with its place. Days, sums with their thousands set apart, and what is counted are none.
    """
    plain = walls.DAYS.sub(lambda day: "日" * len(day[0]), "".join(map(_half_width, text)))
    for run in APART.finditer(plain):
        pieces = [(run.start() + piece.start(), run.start() + piece.end()) for piece in PIECES.finditer(run[0])]
        for at, (begin, _) in enumerate(pieces):
            for _, end in pieces[at : at + LONGEST]:
                if what := _number_in(plain[begin:end], plain[end:]):
                    yield what, begin, end


def _number_in(words: str, after: str) -> Unmasked | None:
    if THOUSANDS.fullmatch(words) or COUNTED.match(after):
        return None
    number = re.sub(r"[^0-9xX]", "", words)
    if MOBILE.fullmatch(number):
        return Unmasked.PHONE
    return Unmasked.IDENTITY_NUMBER if walls.sort_of(number) is Sort.IDENTITY else None


def _half_width(sign: str) -> str:
    """The same sign in half width; one that would become several stays, so that places stay."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _of_part(
    key: str, name: Sentence, cut: Sequence[str], rules: PublicityRules, names: Collection[str]
) -> Iterator[Spot]:
    for n, phrase in enumerate(cut, start=1):
        known = set()
        for hit in walls.hits(_as_posted(n, phrase), rules):
            known.add(hit.ban.sort)
            yield Spot(key, name, n, phrase, hit.ban.name, LEAVE_OUT, hit.ban.sort in NEVER)
        for trace in unmasked(phrase):
            sort = SORTS.get(trace.what)
            if sort is None:
                yield Spot(key, name, n, phrase, Told.HOUSEHOLD, _masking(trace.words), never=False)
            elif sort not in known:
                yield Spot(key, name, n, phrase, trace.what, LEAVE_OUT, sort in NEVER)
        for full in names:
            if plain_name(full) in re.sub(r"\W", "", plain_name(phrase)):
                yield Spot(key, name, n, phrase, Told.FULL_NAME, _masking(full), never=False)


def _as_posted(n: int, phrase: str) -> PostedList:
    """A phrase as the lint of postings reads a line beside a list."""
    return PostedList(at=0, names=(), keys=(), rows=(), around=((n, (phrase,)),))


def _masking(words: str) -> Sentence:
    return Sentence("改为“%(masked)s”。", {"masked": f"{surname(words)}{COVER}"})
