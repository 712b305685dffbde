"""What still keeps a person's part from being concluded: every fault of a sheet, each as a sentence. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tipline.kit.words import Sentence
from tipline.law.facts import PersonFacts
from tipline.law.notice import Notice
from tipline.law.sanctions import HEAVIEST, ONCE, Family, ends_on
from tipline.outcomes.money import reckoning, yuan
from tipline.outcomes.sheet import CorrectionSaid, MeasureSaid, Said

EXEMPT, NOT_APPLICABLE = "exempt", "not_applicable"
"""Keys of the notice's list of decisions on error tolerance."""
NO_SUCH_ORDER = -1


@dataclass(frozen=True)
class Around:
    """What is known beside the sheet when it is judged."""

    facts: PersonFacts
    today: date
    approved: bool = False
    """The approval that the finding needs is on file, entered by one and checked by another."""
    tolerance: str | None = None
    """What was decided on error tolerance, if anything was."""


def faults(said: Said, around: Around, notice: Notice) -> list[Sentence]:
    """Everything that keeps the sheet from being concluded, in the order of the page."""
    facts = replace(around.facts, party_member=said.party_member, supervision_object=said.supervision_object)
    return [
        *_of_the_finding(said, around, notice),
        *_of_tolerance(said, around),
        *_of_the_measures(said.measures, facts, around.today, notice),
        *_of_several(said.measures, notice),
        *_of_the_money(said),
        *_of_the_corrections(said.corrections, around.today, notice),
    ]


def _of_the_finding(said: Said, around: Around, notice: Notice) -> Iterator[Sentence]:
    if said.finding is None:
        yield Sentence("还没有填写查办结论。")
        return
    if not said.result:
        yield Sentence("还没有写明查办结果。")
    rule, word = notice.outcomes.finding(said.finding), notice.term("finding", said.finding).name
    exempted = said.tolerance and around.tolerance in (None, EXEMPT)  # undecided: said below
    if rule.asks_form and said.form is None and not said.form_reason and not exempted:
        yield Sentence("结论是“%(finding)s”，须填写运用的形态，或写明不适用四种形态的理由。", {"finding": word})
    if rule.approval is not None and not around.approved:
        yield Sentence(
            "认定“%(finding)s”须有%(body)s以上机关的批准文书，由一人登记、另一人核对（%(clause)s）。",
            {"finding": word, "body": rule.approval, "clause": rule.clause},
        )
    for family in dict.fromkeys(measure.family for measure in said.measures):
        if family in rule.forbids:
            yield Sentence("结论是“%(finding)s”，不能有%(family)s。", {"finding": word, "family": family})


def _of_tolerance(said: Said, around: Around) -> Iterator[Sentence]:
    if not said.tolerance:
        return
    if around.tolerance is None:
        yield Sentence("按容错纠错办结，须先有有权机关的决定。")
    elif around.tolerance == NOT_APPLICABLE:
        yield Sentence("已决定不适用容错，不能按容错纠错办结。")
    elif around.tolerance == EXEMPT and any(measure.family.is_sanction for measure in said.measures):
        yield Sentence("已决定免责，不能再给予处分。")


def _of_the_measures(
    measures: Sequence[MeasureSaid], facts: PersonFacts, today: date, notice: Notice
) -> Iterator[Sentence]:
    for number, measure in enumerate(measures, start=1):
        place = {"number": number, "family": measure.family}
        if measure.decided_on is None:
            yield Sentence("第%(number)s项处理（%(family)s）没有填写决定日期。", place)
            continue
        if measure.decided_on > today:
            yield Sentence("第%(number)s项处理（%(family)s）的决定日期晚于今天。", place)
        yield from _of_one(measure, facts, measure.decided_on, notice, place)


def _of_one(
    measure: MeasureSaid, facts: PersonFacts, on: date, notice: Notice, place: dict[str, object]
) -> Iterator[Sentence]:
    named = measure.family.is_sanction or measure.family is Family.PROSECUTION
    if not measure.decided_by:
        yield Sentence("第%(number)s项处理（%(family)s）没有填写决定机关。", place)
    if named and not measure.document:
        yield Sentence("第%(number)s项处理（%(family)s）没有填写文号。", place)
    if measure.family is Family.ADMIN and measure.decider is None:
        yield Sentence("第%(number)s项处理（%(family)s）没有注明是监察机关还是任免机关、单位决定。", place)
    limit = notice.outcomes.limit(measure.family, facts, on)
    if limit is not None and measure.kind not in limit.only:
        yield Sentence(
            "第%(number)s项处理（%(family)s）不能给予：%(why)s（%(clause)s）。",
            {**place, "why": limit.name, "clause": limit.clause},
        )
    if measure.kind is not None and months_of(measure, notice) is None and _choice(measure, on, notice):
        yield Sentence("第%(number)s项处理（%(family)s）没有填写决定所定的期限。", place)


def _choice(measure: MeasureSaid, on: date, notice: Notice) -> tuple[int, ...]:
    effect = notice.outcomes.effect(measure.family, measure.kind or "", on)
    return effect.months if effect else ()


def months_of(measure: MeasureSaid, notice: Notice) -> int | None:
    """How many months a measure has effect: the one length of the law, else the one the decision names."""
    if measure.decided_on is None or measure.kind is None:
        return None
    allowed = _choice(measure, measure.decided_on, notice)
    if len(allowed) == 1:
        return allowed[0]
    return measure.months if measure.months in allowed else None


def effect_ends_on(measure: MeasureSaid, notice: Notice) -> date | None:
    """The last day of the effect of a measure; None for what has none."""
    months = months_of(measure, notice)
    return None if months is None or measure.decided_on is None else ends_on(measure.decided_on, months)


def _of_several(measures: Sequence[MeasureSaid], notice: Notice) -> Iterator[Sentence]:
    """监察机关 and 任免机关 do not both sanction one breach, 政务处分法 第十六条."""
    sanctions = [measure for measure in measures if measure.family is Family.ADMIN and measure.decided_on]
    for breach in sorted({measure.breach for measure in sanctions}):
        same = [measure for measure in sanctions if measure.breach == breach]
        latest = max(measure.decided_on for measure in same if measure.decided_on)
        rule = notice.outcomes.rule(ONCE, latest)
        if rule is not None and len({measure.decider for measure in same if measure.decider}) > 1:
            yield Sentence(
                "第%(breach)s项违法行为既由监察机关又由任免机关、单位给予处分：%(why)s（%(clause)s）。",
                {"breach": breach, "why": rule.name, "clause": rule.clause},
            )


def executed(measures: Sequence[MeasureSaid], notice: Notice) -> set[int]:
    """The positions of the measures that are carried out: of several administrative sanctions only the heaviest."""
    carried = set(range(len(measures)))
    sanctions = [at for at in carried if measures[at].family is Family.ADMIN and measures[at].decided_on]
    if len(sanctions) < 2:
        return carried
    latest = max(on for at in sanctions if (on := measures[at].decided_on))
    if notice.outcomes.rule(HEAVIEST, latest) is None:
        return carried
    weights = {term.key: weight for weight, term in enumerate(notice.terms(Family.ADMIN.value))}
    heaviest = max(weights.get(measures[at].kind or "", NO_SUCH_ORDER) for at in sanctions)
    return carried - {at for at in sanctions if weights.get(measures[at].kind or "", NO_SUCH_ORDER) < heaviest}


def _of_the_money(said: Said) -> Iterator[Sentence]:
    sums = reckoning(said.money, said.established_fen, said.held_fen)
    amounts: dict[str, object] = {
        "came": yuan(sums.came_in),
        "gone": yuan(sums.accounted_for),
        "by": yuan(sums.missing),
        "established": yuan(sums.established),
    }
    if sums.missing > 0:
        yield Sentence(
            "钱款对不上：追缴退赔共%(came)s元，上缴、返还和暂存共%(gone)s元，还有%(by)s元没有去向。", amounts
        )
    elif sums.missing < 0:
        yield Sentence(
            "钱款对不上：追缴退赔共%(came)s元，上缴、返还和暂存共%(gone)s元，多出%(by)s元没有来处。", amounts
        )
    if sums.outstanding < 0:
        yield Sentence(
            "追缴退赔共%(came)s元，比认定的%(established)s元多%(by)s元。",
            amounts | {"by": yuan(sums.outstanding)},
        )
    elif sums.outstanding > 0 and not said.shortfall:
        yield Sentence(
            "认定%(established)s元，尚有%(by)s元没有追回，请写明原因。", amounts | {"by": yuan(sums.outstanding)}
        )


def _of_the_corrections(corrections: Sequence[CorrectionSaid], today: date, notice: Notice) -> Iterator[Sentence]:
    for number, correction in enumerate(corrections, start=1):
        place: dict[str, object] = {
            "number": number,
            "kind": notice.term("dibao_correction", correction.kind).name,
        }
        if correction.decided_on is None or correction.effective is None or not correction.document:
            yield Sentence("第%(number)s项低保纠正（%(kind)s）须写明决定日期、起始月份和文号。", place)
        elif correction.decided_on > today:
            yield Sentence("第%(number)s项低保纠正（%(kind)s）的决定日期晚于今天。", place)
        if correction.kind in ("recover", "fine") and not correction.amount_fen:
            yield Sentence("第%(number)s项低保纠正（%(kind)s）须写明金额。", place)
        if correction.kind == "fine" and correction.amount_fen and correction.decided_on:
            yield from _of_a_fine(correction, corrections, correction.decided_on, notice, place)


def _of_a_fine(
    fine: CorrectionSaid, all_of_them: Sequence[CorrectionSaid], on: date, notice: Notice, place: dict[str, object]
) -> Iterator[Sentence]:
    """A fine is one to three times what the household wrongly drew, 社会救助暂行办法 第六十八条."""
    limit = notice.outcomes.fine(on)
    drawn = sum(
        other.amount_fen or 0 for other in all_of_them if other.kind == "recover" and other.household == fine.household
    )
    amount = fine.amount_fen or 0
    if limit is not None and not limit.least * drawn <= amount <= limit.most * drawn:
        yield Sentence(
            "第%(number)s项低保纠正（%(kind)s）应在该户追回数额%(drawn)s元的%(least)s倍以上%(most)s倍以下（%(clause)s）。",
            {**place, "drawn": yuan(drawn), "least": limit.least, "most": limit.most, "clause": limit.clause},
        )
