"""Why a person goes where: the sentence, the facts it rests on, and the rules that did not fit."""

from dataclasses import dataclass

from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.bodies import Body
from tipline.law.entries import Rule
from tipline.law.facts import FactValue, PersonFacts, mismatch


class FactName(Labelled):
    """What the facts are called where a decision is explained."""

    KIND = "kind", "身份"
    MANAGED_BY = "managed_by", "管理权限"
    SUPERVISION_OBJECT = "supervision_object", "监察对象"
    PARTY_MEMBER = "party_member", "政治面貌"
    RANK_CLASS = "rank_class", "职级"
    UNIT = "unit", "所在单位"
    ORGANISATION_LEVEL = "organisation_level", "组织层级"
    CRIME_SIGNS = "crime_signs", "有犯罪迹象"
    TOWN_HAS_SUPERVISION_OFFICE = "town_has_supervision_office", "该镇设有监察办公室"
    UNIT_HAS_GROUP = "unit_has_group", "其单位设有纪检监察机构"
    DEPUTY = "deputy", "是代表或委员"
    FORMER = "former", "已离任"
    ENTRUSTED = "entrusted", "受委托管理公共事务"
    COLLUSION = "collusion", "多人反映或干部串通"


FACT_NAMES = {name.value: name for name in FactName}


@dataclass(frozen=True)
class UsedFact:
    """One fact a decision rests on."""

    name: FactName
    value: FactValue


@dataclass(frozen=True)
class Rejected:
    """A rule that was tried earlier, and the fact that kept it from fitting."""

    rule: str
    reason: Sentence


def used_facts(rule: Rule, facts: PersonFacts) -> tuple[UsedFact, ...]:
    """The facts the rule asked about, with what they were."""
    return tuple(UsedFact(FACT_NAMES[name], getattr(facts, name)) for name in rule.when)


def sentence(rule: Rule, body: Body, raised_from: tuple[Body, ...]) -> Sentence:
    """The rule, its clause, the facts and the body in one plain sentence, without a name."""
    values: dict[str, object] = {"rule": rule.number, "clause": rule.clause, "reason": rule.reason, "body": body}
    if raised_from:
        values["passed"] = raised_from[-1]
        return Sentence("规则%(rule)s（%(clause)s）：%(reason)s；因%(passed)s应当回避，提级送%(body)s。", values)
    return Sentence("规则%(rule)s（%(clause)s）：%(reason)s，送%(body)s。", values)


def rejected(rule: Rule, facts: PersonFacts) -> Rejected:
    """Why an earlier rule did not fit: the first of its facts that is different."""
    name = FACT_NAMES[str(mismatch(rule.when, facts))]
    reason = Sentence("%(fact)s不符：%(value)s", {"fact": name, "value": fact_word(getattr(facts, name))})
    return Rejected(rule.number, reason)


def fact_word(value: FactValue) -> Labelled | Bilingual:
    """What the value of a fact is called on the screen."""
    if isinstance(value, bool):
        return Bilingual("是", "yes") if value else Bilingual("否", "no")
    return value
