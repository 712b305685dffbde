"""What a changed edition of the rules would do to referrals of the past."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tipline.kit.words import Sentence
from tipline.law.facts import PersonFacts
from tipline.law.notice import Notice
from tipline.law.routing import Decision, route


@dataclass(frozen=True)
class Case:
    """One past referral: its number, what was known of the person, and the day."""

    reference: str
    facts: PersonFacts
    on: date


@dataclass(frozen=True)
class Difference:
    """A referral that the other edition would treat differently."""

    reference: str
    before: Decision
    after: Decision
    reason: Sentence


def differences(before: Notice, after: Notice, cases: Iterable[Case]) -> tuple[Difference, ...]:
    """The referrals that the edition `after` would send elsewhere or keep more or less closely."""
    return tuple(_differences(before, after, cases))


def _differences(before: Notice, after: Notice, cases: Iterable[Case]) -> Iterator[Difference]:
    for case in cases:
        old, new = route(case.facts, before, case.on), route(case.facts, after, case.on)
        if (old.body, old.secrecy, old.copy_to) != (new.body, new.secrecy, new.copy_to):
            yield Difference(case.reference, old, new, _reason(old, new))


def _reason(old: Decision, new: Decision) -> Sentence:
    values: dict[str, object] = {"old": old.rule, "old_body": old.body, "new": new.rule, "new_body": new.body}
    if old.body is new.body:
        return Sentence("仍送%(new_body)s，但规则%(old)s改为规则%(new)s后，保密范围或抄送单位不同", values)
    values["why"] = new.sentence
    return Sentence("原按规则%(old)s送%(old_body)s；新版改送%(new_body)s。%(why)s", values)
