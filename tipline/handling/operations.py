"""What a body does with what it has signed for: choose a disposition, reach a step, file a case. Never commits."""

from datetime import date, datetime, time

from tipline.handling import rules
from tipline.handling.lifecycle import Step
from tipline.handling.models import DispositionRecord, Milestone
from tipline.handling.rules import Chosen
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.referrals.lifecycle import LIFE, Disposition
from tipline.referrals.models import Referral
from tipline.referrals.objections import do
from tipline.referrals.reckoning import events_of, reckon


def set_disposition(referral: Referral, chosen: Chosen, *, by: Officer, at: datetime) -> None:
    """Choose one of the dispositions, with all that it must say; keeping it pending has an act of its own."""
    if chosen.disposition is Disposition.SHELVED:
        raise Incomplete("暂存待查另行办理。")
    _require(rules.missing(chosen, day_of(at)))
    if chosen.cause:
        referral.lead.rules.term(rules.CLOSING_REASONS, chosen.cause)
    facts = {"disposition": chosen.disposition.value} | ({"cause": chosen.cause} if chosen.cause else {})
    do(Act.SET_DISPOSITION, referral, by=by, at=at, **facts)
    _dispose(referral, chosen, by, at)


def shelve(referral: Referral, review_on: date | None, *, reason: str, by: Officer, at: datetime) -> None:
    """Keep it pending (暂存待查), until a day on which it is looked at again."""
    _pend(Act.SHELVE, referral, review_on, reason, by, at)


def keep_shelved(referral: Referral, review_on: date | None, *, reason: str, by: Officer, at: datetime) -> None:
    """It was looked at again, and stays pending until a further day."""
    _pend(Act.KEEP_SHELVED, referral, review_on, reason, by, at)


def _pend(act: Act, referral: Referral, review_on: date | None, reason: str, by: Officer, at: datetime) -> None:
    chosen = Chosen(Disposition.SHELVED, review_on=review_on, reason=tidy(reason))
    _require(rules.missing(chosen, day_of(at)))
    _require(rules.wrong_review(review_on, day_of(at), referral.lead.rules, calendars.calendar()))
    do(act, referral, by=by, at=at, review_on=review_on.isoformat() if review_on else "")
    _dispose(referral, chosen, by, at)


def _dispose(referral: Referral, chosen: Chosen, by: Officer, at: datetime) -> None:
    """The clocks of the disposition before end with it; the record of it stays."""
    verified = chosen.on if chosen.disposition is Disposition.PRELIMINARY_VERIFICATION else None
    referral.disposition, referral.disposed_at = chosen.disposition, referral.disposed_at or at
    referral.verification_at = at_clock(verified, time()) if verified else None
    referral.days = _kept(referral) | rules.days_of(chosen, day_of(at))
    referral.review_on, referral.moved_at = chosen.review_on, at
    record = DispositionRecord(
        referral=referral,
        body_id=referral.to_id,
        disposition=chosen.disposition,
        chosen_at=at,
        chosen_by=by,
        manner=chosen.manner,
        happened_on=chosen.on,
        review_on=chosen.review_on,
        cause=chosen.cause,
    )
    record.approver, record.reason = tidy(chosen.approver or "") or None, tidy(chosen.reason or "") or None
    db.session.add(record)
    reckon(referral)


OF_A_DISPOSITION = {
    "talk_ended",
    "inquiry_received",
    "shelved",
    Step.INQUIRY_ANSWERED,
    Step.TALK_REPORTED,
    Step.VERIFICATION_REPORTED,
}
"""Days that belong to the disposition that was chosen, and go with it."""


def _kept(referral: Referral) -> dict[str, str]:
    return {word: day for word, day in referral.days.items() if word not in OF_A_DISPOSITION}


def file_case(referral: Referral, *, by: Officer, at: datetime) -> None:
    """A case is opened formally (立案)."""
    do(Act.FILE_CASE, referral, by=by, at=at)
    referral.case_filed_at = referral.moved_at = at
    reckon(referral)


def record_milestone(
    referral: Referral, text: str, reached_on: date, *, step: Step = Step.OTHER, by: Officer, at: datetime
) -> Milestone:
    """Note a step the handling body has reached; only that body reads the words."""
    LIFE.after(referral.state, Act.RECORD_MILESTONE)  # whoever was too late hears that first
    happened = events_of(referral)
    if not tidy(text):
        raise Incomplete("请写明进展。")
    if reached_on > day_of(at):
        raise Incomplete("进展日期不能晚于今天。")
    if rules.too_early(step, reached_on, happened):
        raise Incomplete("日期不能早于它所接续的一步。")
    if step not in rules.steps_ahead(happened):
        raise NotNow("现在不能记录“%(step)s”。", step=step)
    do(Act.RECORD_MILESTONE, referral, by=by, at=at, step=step.value, reached_on=reached_on.isoformat())
    if step is not Step.OTHER:
        referral.days = referral.days | {step.value: reached_on.isoformat()}
    referral.moved_at = at
    milestone = Milestone(
        referral=referral,
        body_id=referral.to_id,
        step=step,
        reached_on=reached_on,
        recorded_at=at,
        recorded_by=by,
        text=tidy(text),
    )
    db.session.add(milestone)
    reckon(referral)
    return milestone


def _require(trouble: Sentence | None) -> None:
    if trouble is not None:
        raise Incomplete(trouble.text, **trouble.values)
