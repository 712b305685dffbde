"""Whether a case is to be supervised jointly: the three triggers of 津南民字〔2018〕17号 四（三）."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tipline.kit.words import Sentence
from tipline.law.bodies import SupervisionTrigger
from tipline.law.facts import PersonFacts
from tipline.law.notice import Notice
from tipline.law.sources import Mark

TAXONOMY = "supervision_trigger"


@dataclass(frozen=True)
class TriggerReason:
    """A trigger that is met, why, and where that stands."""

    trigger: SupervisionTrigger
    reason: Sentence
    clause: str
    mark: Mark


def triggers(
    persons: Sequence[PersonFacts],
    notice: Notice,
    *,
    media: bool = False,
    leader_instruction: bool = False,
    major_by_hand: bool = False,
    amount_fen: int | None = None,
) -> tuple[TriggerReason, ...]:
    """Every trigger that is met, each with its reason; any one of them suffices."""
    said = {
        SupervisionTrigger.MAJOR: (major_by_hand, Sentence("由人工认定为重大问题线索")),
        SupervisionTrigger.MEDIA: (media, Sentence("重大违规问题被媒体曝光")),
        SupervisionTrigger.LEADER_INSTRUCTION: (leader_instruction, Sentence("重大违规问题有领导批示")),
    }
    by_hand = tuple(_said(trigger, reason, notice) for trigger, (met, reason) in said.items() if met)
    return by_hand + tuple(_major(persons, notice, amount_fen))


def trigger_set(reasons: Sequence[TriggerReason]) -> frozenset[SupervisionTrigger]:
    """The triggers alone, as they are stored."""
    return frozenset(reason.trigger for reason in reasons)


def _said(trigger: SupervisionTrigger, reason: Sentence, notice: Notice) -> TriggerReason:
    term = notice.term(TAXONOMY, trigger)
    return TriggerReason(trigger, reason, term.clause, term.mark)


def _major(persons: Sequence[PersonFacts], notice: Notice, amount_fen: int | None) -> Iterator[TriggerReason]:
    test = notice.major
    high = next((person for person in persons if person.managed_by in test.managed_by), None)
    officials = sum(person.kind not in test.not_officials for person in persons)
    if high:
        yield _tested(Sentence("涉及%(managed)s干部", {"managed": high.managed_by}), notice)
    if officials >= test.officials:
        values: dict[str, object] = {"count": officials, "least": test.officials}
        yield _tested(Sentence("涉及%(count)s名干部或经办人员，达到%(least)s名", values), notice)
    if amount_fen is not None and amount_fen >= test.amount_fen:
        values = {"amount": amount_fen // 100, "least": test.amount_fen // 100}
        yield _tested(Sentence("涉及金额%(amount)s元，达到%(least)s元", values), notice)


def _tested(reason: Sentence, notice: Notice) -> TriggerReason:
    return TriggerReason(SupervisionTrigger.MAJOR, reason, notice.major.clause, notice.major.mark)
