"""What triage decides by itself: how long papers are kept, and which part of a lead is slowest. Pure."""

from collections.abc import Iterable

from tipline.kit.errors import Incomplete
from tipline.law.entries import Retention
from tipline.law.notice import Notice
from tipline.referrals.lifecycle import ReferralState

S = ReferralState

PROGRESS = (
    S.RETURNED,
    S.RECALLED,
    S.PROPOSED,
    S.REDIRECTING,
    S.APPROVED,
    S.HANDED_OVER,
    S.SIGNED_FOR,
    S.SHELVED,
    S.IN_DISPOSITION,
    S.CASE_FILED,
    S.CONCLUDED,
    S.FED_BACK,
    S.WITHDRAWN,
)
"""From the least to the most advanced; what was withdrawn holds nothing up."""

ASKED_BACK = "information_asked", "information_given"
"""The limit for an answer to a call back runs between these; the notice says how long."""

TOLD_WHETHER = "report_received", "acceptance_told"
"""The same for telling a named reporter whether the report is accepted."""


def least_advanced(states: Iterable[ReferralState]) -> ReferralState | None:
    """The state by which a lead is shown: that of its slowest part (4.2)."""
    return min(states, key=PROGRESS.index, default=None)


def retention_of(notice: Notice, *, leader_instruction: bool, result: bool) -> Retention:
    """How long the papers are kept (7.6): the first class of the notice that fits. Raises Incomplete when none does."""
    for retention in notice.retentions:
        if retention.fits(leader_instruction=leader_instruction, result=result):
            return retention
    raise Incomplete("规则没有写明这类材料的保管期限，请先在规则中补上。")
