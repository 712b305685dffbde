"""The words of a circular, part by part, and the skeleton with which a draft begins. Pure.

Opening line; of each case post and name, period and act, amount, decision, money recovered, then risk point, gap and
measure; a paragraph of lesson, a paragraph of demands.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from tipline.kit.words import Sentence
from tipline.law.circulars import CircularRules, Naming
from tipline.letters.wording import Wording, blank

DIGITS = "〇一二三四五六七八九"
TWINS = "甲乙丙丁戊己庚辛壬癸"
COVER = "某"
PERSON = re.compile(r"^[（(]?([一-鿿]{2,4})(?:[，,、（(：:；;\s]+(.*?)[）)]?)?$", re.DOTALL)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "闻人", "司徒")
SPACED = re.compile(rf"^([（(]?(?:[一-鿿]|{'|'.join(COMPOUND)}))\s+(?=[一-鿿]{{1,2}}(?:\W|$))")
"""A blank after the surname, as names of two are printed below names of three."""
LABELLED = re.compile(r"(风险点|制度漏洞|漏洞|整改措施|措施)[：:]")
CASE_PARTS = {
    "heading": Sentence("标题"),
    "words": Sentence("案情"),
    "risk": Sentence("风险点"),
    "gap": Sentence("制度漏洞"),
    "measure": Sentence("整改措施"),
}
HEAD_PARTS = {"title": Sentence("标题"), "addressee": Sentence("主送"), "opening": Sentence("开头")}
TAIL_PARTS = {"lesson": Sentence("教训"), "demands": Sentence("工作要求"), "copies": Sentence("抄送")}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A typical case as a town reported it."""

    person: str | None
    facts: str
    problem: str
    decided_on: date | None
    decided_by: str | None
    sanction: str | None
    recovered_fen: int | None
    analysis: str | None


@dataclass(frozen=True)
class CaseWords:
    """What a circular says of one case; R-31 asks for risk point, gap and measure."""

    heading: str
    words: str
    risk: str = ""
    gap: str = ""
    measure: str = ""

    @property
    def analysis(self) -> str:
        """The three as one paragraph; those that are empty are left out."""
        told = (("风险点", self.risk), ("制度漏洞", self.gap), ("整改措施", self.measure))
        return "".join(f"{label}：{ended(words)}" for label, words in told if words)


@dataclass(frozen=True)
class Draft:
    """A circular, part by part."""

    title: str
    addressee: str
    opening: str
    cases: tuple[CaseWords, ...]
    lesson: str
    demands: str
    copies: str = ""

    @classmethod
    def parse(cls, text: str) -> "Draft":
        """As it is kept."""
        told = json.loads(text)
        return cls(**told | {"cases": tuple(CaseWords(**case) for case in told["cases"])})

    @property
    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def parts(self) -> Iterator[tuple[str, Sentence, str]]:
        """Every part by the name of its field, with what it is called."""
        for key, name in HEAD_PARTS.items():
            yield key, name, getattr(self, key)
        for at, case in enumerate(self.cases):
            for key, name in CASE_PARTS.items():
                called = Sentence("第%(n)s个案例的%(part)s", {"n": at + 1, "part": name})
                yield f"cases-{at}-{key}", called, getattr(case, key)
        for key, name in TAIL_PARTS.items():
            yield key, name, getattr(self, key)

    @property
    def wording(self) -> Wording:
        """The same as a letter that can be drawn."""
        paragraphs = [self.opening]
        for at, case in enumerate(self.cases):
            paragraphs += [f"{numeral(at + 1)}、{case.heading}", *_lines(case.words), case.analysis]
        paragraphs += [*_lines(self.lesson), *_lines(self.demands)]
        return Wording(self.title, self.addressee, tuple(line for line in paragraphs if line), (), self.copies)


def first_draft(matters: Sequence[Matter], span: str, rules: CircularRules) -> Draft:
    """What the reports tell, in the skeleton; what they do not tell is marked to be filled in."""
    counted = {"n": str(len(matters)), "span": span}
    found = [person_of(one.person) for one in matters]
    called = masked_names([name for name, _ in found]) if rules.naming is Naming.MASKED else {}
    cases = [_case(one, called.get(name, name), post, called) for one, (name, post) in zip(matters, found, strict=True)]
    return Draft(
        title=rules.title % counted,
        addressee=rules.addressee,
        opening=rules.opening % counted,
        cases=tuple(cases),
        lesson=rules.lesson,
        demands=rules.demands,
    )


def person_of(told: str | None) -> tuple[str, str]:
    """Name and post from what a town wrote, name first; "" for what cannot be told apart."""
    match = PERSON.match(SPACED.sub(r"\1", (told or "").strip()))
    return (match[1], (match[2] or "").strip()) if match else ("", (told or "").strip())


def masked_names(names: Sequence[str]) -> dict[str, str]:
    """Surname and 某; of one surname several are 某甲, 某乙. What is masked already stays as it is."""
    plain = [name for name in dict.fromkeys(names) if name and COVER not in name]
    by_surname: dict[str, list[str]] = {}
    for name in plain:
        by_surname.setdefault(surname(name), []).append(name)
    return {
        name: f"{head}{COVER}{TWINS[at % len(TWINS)] if len(same) > 1 else ''}"
        for head, same in by_surname.items()
        for at, name in enumerate(same)
    }


def surname(name: str) -> str:
    """One character, or two where the surname has two."""
    return name[:2] if name.startswith(COMPOUND) and len(name) > 2 else name[:1]


def _case(matter: Matter, name: str, post: str, called: Mapping[str, str]) -> CaseWords:
    told = [ended(hidden(matter.facts, called)), _decision(matter, name), _money(matter.recovered_fen)]
    case = CaseWords(f"{post}{name or blank('人员')}{matter.problem}问题", "".join(told))
    return replace(case, **_analysed(hidden(matter.analysis or "", called)))


def hidden(text: str, called: Mapping[str, str]) -> str:
    """The text with every name as the circular has it, in one paragraph."""
    for name, cover in called.items():
        text = text.replace(name, cover)
    return "".join(_lines(text))


def _decision(matter: Matter, name: str) -> str:
    on = matter.decided_on
    day = f"{on.year}年{on.month}月{on.day}日" if on else blank("决定日期")
    by, sanction = matter.decided_by or blank("决定机关"), matter.sanction or blank("处理结果")
    kind = "" if sanction.endswith(("处分", "处理")) else "处理"
    return f"{day}，经{by}决定，{name or '当事人'}受到{sanction}{kind}。"


def _money(fen: int | None) -> str:
    if fen is None:
        return blank("追缴退赔，没有的删去")
    yuan = f"{fen // 100}.{fen % 100:02d}".removesuffix(".00")
    return f"已追缴退赔{yuan}元。" if fen else ""


def _analysed(text: str) -> dict[str, str]:
    """Risk point, gap and measure, where a town has set them apart; otherwise all of it is the risk point."""
    first, *rest = LABELLED.split(text)
    found = {"risk": first.strip()}
    keys = {"风险点": "risk", "制度漏洞": "gap", "漏洞": "gap", "整改措施": "measure", "措施": "measure"}
    for label, words in zip(rest[::2], rest[1::2], strict=True):
        found[keys[label]] = (found.get(keys[label], "") + words.strip()).strip()
    return found


def numeral(n: int) -> str:
    """A number under a hundred in Chinese."""
    tens, ones = divmod(n, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def ended(text: str) -> str:
    """With a full stop at its end."""
    return text if not text or text.endswith(("。", "！", "？")) else f"{text.rstrip('；;，,.')}。"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
