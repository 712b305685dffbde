"""The sheet of outcomes: saved as often as needed, then concluded with its referral. Operations never commit."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.law.notice import Notice
from tipline.law.sanctions import Family
from tipline.leads.call import facts_of
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.outcomes import queries, rules
from tipline.outcomes.lifecycle import SheetState
from tipline.outcomes.models import DibaoCorrection, Measure, MoneyMoved, OutcomeSheet
from tipline.outcomes.money import CAME_IN, WENT_ON, reckoning
from tipline.outcomes.objections import require_inside, require_unfinished
from tipline.outcomes.rules import Around
from tipline.outcomes.sheet import FORMS, CorrectionSaid, MeasureSaid, MoneySaid, Said
from tipline.referrals.models import Referral
from tipline.referrals.objections import do
from tipline.referrals.reckoning import reckon


def record(referral: Referral, said: Said, *, seen: int, by: Officer, at: datetime) -> OutcomeSheet:
    """Save the sheet as a draft. `seen` is the draft it was written over: somebody else's is never lost unseen."""
    require_unfinished(Act.RECORD_OUTCOME, referral)
    require_inside(Act.RECORD_OUTCOME, referral, by)
    _require_sound(said, referral, referral.lead.rules)
    sheet = _sheet_for(referral)
    if sheet.draft != seen:
        raise NotNow("刚才有人保存了新的一稿。您写的内容还在下面，请看过现状再定。")
    enact(Act.RECORD_OUTCOME, sheet, by=by, at=at, draft=str(seen + 1))
    sheet.recorded_at, sheet.recorded_by = at, by
    _write(sheet, said, referral.lead.rules)
    db.session.add(sheet)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才有人保存了新的一稿。您写的内容还在下面，请看过现状再定。") from None
    return sheet


def _sheet_for(referral: Referral) -> OutcomeSheet:
    """The sheet that is being filled in, or a fresh one that is not yet in the database."""
    last = queries.sheet_of(referral)
    if last is not None and last.state is SheetState.DRAFT:
        return last
    return OutcomeSheet(referral=referral, round=(last.round if last else 0) + 1, draft=0)


def _write(sheet: OutcomeSheet, said: Said, notice: Notice) -> None:
    """The words and rows of this draft; those of the drafts before stay where they are."""
    sheet.draft += 1
    sheet.finding, sheet.form, sheet.tolerance = said.finding, said.form, said.tolerance
    sheet.party_member, sheet.supervision_object = said.party_member, said.supervision_object
    sheet.established_fen, sheet.held_fen = said.established_fen, said.held_fen
    sheet.form_reason, sheet.result, sheet.shortfall = said.form_reason, said.result, said.shortfall
    sheet.ever_measures += [
        Measure(draft=sheet.draft, **vars(row) | {"months": rules.months_of(row, notice)}) for row in said.measures
    ]
    sheet.ever_money += [MoneyMoved(draft=sheet.draft, **vars(row)) for row in said.money]
    sheet.ever_corrections += [DibaoCorrection(draft=sheet.draft, **vars(row)) for row in said.corrections]


def conclude(sheet: OutcomeSheet, *, by: Officer, at: datetime) -> None:
    """Conclude the person's part: the sheet closes, and the referral keeps the finding and the sum as its summary."""
    referral = sheet.referral
    require_unfinished(Act.CONCLUDE, referral)
    require_inside(Act.CONCLUDE, referral, by)
    if against := faults_of(sheet, at):
        raise Incomplete(against[0].text, **against[0].values)
    sheet.life.after(sheet.state, Act.CONCLUDE)
    for earlier in queries.sheets_of(referral):
        earlier.current = earlier is sheet
    do(Act.CONCLUDE, referral, by=by, at=at, finding=sheet.finding or "")
    referral.finding, referral.result, referral.recovered_fen = sheet.finding, sheet.result, came_in(sheet)
    referral.concluded_at = at
    enact(Act.CONCLUDE, sheet, by=by, at=at)
    sheet.concluded_at = at
    reckon(referral)


def came_in(sheet: OutcomeSheet) -> int | None:
    """What was recovered and given back; None when there is no money in it."""
    sums = reckoning([row.said() for row in sheet.money], sheet.established_fen, sheet.held_fen)
    return None if sums.is_empty else sums.came_in


def faults_of(sheet: OutcomeSheet, at: datetime) -> list[Sentence]:
    """What still keeps the sheet from being concluded."""
    referral = sheet.referral
    around = Around(
        facts=facts_of(referral.person),
        today=day_of(at),
        approved=queries.is_approved(referral),
        tolerance=queries.tolerance_of(referral),
    )
    return rules.faults(sheet.said(), around, referral.lead.rules)


def _require_sound(said: Said, referral: Referral, notice: Notice) -> None:
    """Raises Refused for a word that no list has, an amount that cannot be, a finding that nobody approved."""
    if said.finding is not None:
        notice.term("finding", said.finding)
        if notice.outcomes.finding(said.finding).approval is not None and not queries.is_approved(referral):
            raise Incomplete(
                "“%(finding)s”须先登记有权机关的批准文书并由另一人核对，才能填写。",
                finding=notice.term("finding", said.finding).name,
            )
    if said.form is not None and said.form not in FORMS:
        raise Incomplete("形态只有第一至第四种。")
    if min(said.established_fen or 0, said.held_fen or 0) < 0:
        raise Incomplete("金额不能为负数。")
    for measure in said.measures:
        _require_measure(measure, notice)
    for movement in said.money:
        _require_money(movement)
    for correction in said.corrections:
        _require_correction(correction, notice)


def _require_measure(measure: MeasureSaid, notice: Notice) -> None:
    if measure.family is not Family.PROSECUTION:
        notice.term(measure.family.value, measure.kind or "")
    if measure.breach < 1:
        raise Incomplete("违法行为从1数起。")


def _require_money(movement: MoneySaid) -> None:
    if movement.kind not in (*CAME_IN, *WENT_ON):
        raise Incomplete("钱款只有追缴、退赔、上缴国库、返还四种。")
    if movement.amount_fen <= 0:
        raise Incomplete("每笔钱款须大于零。")


def _require_correction(correction: CorrectionSaid, notice: Notice) -> None:
    notice.term("dibao_correction", correction.kind)
    if not tidy(correction.household):
        raise Incomplete("低保纠正须写明是哪一户。")
    if (correction.amount_fen or 0) < 0:
        raise Incomplete("金额不能为负数。")
