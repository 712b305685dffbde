"""What should not stand in a circular, and exactly where. Pure; what is banned says the notice.

It knows the draft, the cases from which the draft was made, and the notice; never the ledger. Asked about a name, it
answers the same whether or not somebody of that name is in a lead.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

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
    return [spot for key, name, text in draft.parts() for spot in _of_part(key, name, phrases(text), rules, names)]


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
