"""What each disposition must say, which steps can follow, and by when a body looks again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tipline.handling.lifecycle import Manner, Step
from tipline.kit.words import Sentence
from tipline.law.calendar import Calendar
from tipline.law.clocks import deadline
from tipline.law.notice import Notice
from tipline.referrals.lifecycle import Disposition
from tipline.referrals.rules import REVIEWED, SHELVED

CLOSING_REASONS = "closing_reason"
"""The notice's list of reasons to close without action."""


@dataclass(frozen=True)
class Chosen:
    """A disposition with what it must say: `on` is the day of the talk, of the letter's receipt, or of the approval."""

    disposition: Disposition
    on: date | None = None
    manner: Manner | None = None
    approver: str | None = None
    cause: str | None = None
    review_on: date | None = None
    reason: str | None = None


def missing(chosen: Chosen, today: date) -> Sentence | None:
    """What the disposition still lacks."""
    if chosen.disposition is Disposition.SHELVED:
        return None if chosen.reason else Sentence("请写明理由。")
    if chosen.disposition is Disposition.TALK_OR_INQUIRY:
        return None if chosen.manner and chosen.on else Sentence("谈话函询须写明方式，以及谈话日期或函件送达日期。")
    if not chosen.approver or chosen.on is None:
        return Sentence("%(disposition)s须写明批准人和批准日期。", {"disposition": chosen.disposition})
    if chosen.on > today:
        return Sentence("批准日期不能晚于今天。")
    if chosen.disposition is Disposition.CLOSED_NO_ACTION and not chosen.cause:
        return Sentence("予以了结须从清单中选择原因。")
    return None


def days_of(chosen: Chosen, today: date) -> dict[str, str]:
    """The days that begin the clocks of this disposition; that of a verification is a column of the referral."""
    if chosen.disposition is Disposition.SHELVED:
        return {SHELVED: today.isoformat()}
    if chosen.on is None or chosen.disposition is not Disposition.TALK_OR_INQUIRY:
        return {}
    return {"talk_ended" if chosen.manner is Manner.TALK else "inquiry_received": chosen.on.isoformat()}


def last_review(today: date, notice: Notice, calendar: Calendar) -> date | None:
    """The last day on which what is kept pending from today must be looked at again; None where none is set."""
    clocks = notice.clocks_started_by(SHELVED, today)
    clock = next((clock for clock in clocks if REVIEWED in clock.stops_on and clock.unit.is_counted), None)
    return deadline(clock, today, calendar).on if clock else None


def wrong_review(review_on: date | None, today: date, notice: Notice, calendar: Calendar) -> Sentence | None:
    """What is wrong with the day that was set for the review."""
    last = last_review(today, notice, calendar)
    if review_on is None or review_on <= today:
        return Sentence("请写明今后的复查日期。")
    if last is not None and review_on > last:
        return Sentence("复查日期不能晚于%(last)s。", {"last": last})
    return None


AFTER: dict[Step, tuple[str, ...]] = {
    Step.INQUIRY_ANSWERED: ("inquiry_received",),
    Step.TALK_REPORTED: ("talk_ended", "inquiry_answered"),
    Step.VERIFICATION_REPORTED: ("verification_approved",),
    Step.INVESTIGATION_REPORTED: ("case_filed",),
    Step.CASE_RECEIVED: ("case_filed",),
    Step.CASE_ADJUDICATED: ("case_received",),
}
"""What must have happened, one of these, before a step can be reached."""


def steps_ahead(happened: Mapping[str, date]) -> list[Step]:
    """The steps that can be reached now; another kind of progress always can."""
    ahead = [step for step, words in AFTER.items() if step not in happened and _since(words, happened)]
    if "case_filed" in happened:
        ahead = [step for step in ahead if "case_filed" in AFTER[step] or "case_received" in AFTER[step]]
    return [*ahead, Step.OTHER]


def too_early(step: Step, on: date, happened: Mapping[str, date]) -> bool:
    """Whether the day lies before what the step follows."""
    since = _since(AFTER.get(step, ()), happened)
    return since is not None and on < since


def _since(words: tuple[str, ...], happened: Mapping[str, date]) -> date | None:
    return max((happened[word] for word in words if word in happened), default=None)
