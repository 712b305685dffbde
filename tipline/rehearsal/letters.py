"""The letters of the rehearsal's past: some referrals leave with one, and some drafts still wait."""

from datetime import datetime, timedelta

from tipline.kit.db import db
from tipline.letters import objections, operations, queries
from tipline.letters.kinds import TRANSFERS
from tipline.letters.lifecycle import LetterStage
from tipline.letters.models import OfficialLetter
from tipline.letters.occasions import kinds_now
from tipline.letters.wording import blanks
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.referrals import queries as referral_queries
from tipline.referrals.models import Referral

EVERY, UNFINISHED = 4, 12
"""One referral in so many has a letter, and one in so many a draft that nobody has submitted."""


def accompany(referral: Referral, *, at: datetime) -> None:
    """Write the letter that goes with a referral, each step by the first officer who may."""
    if referral.id % EVERY:
        return
    writer = _writer(referral)
    if writer is None:
        return
    letter = operations.draft(TRANSFERS[referral.transfer], referral, by=writer, at=at)
    if blanks(letter.latest.text) or referral.id % UNFINISHED == 0:
        return
    operations.submit(letter, by=writer, at=at + timedelta(minutes=1))
    for minutes, (act, deed) in enumerate(
        ((Act.APPROVE_LETTER, operations.approve), (Act.ISSUE_LETTER, operations.issue)), start=2
    ):
        by = _who(act, letter, at)
        if by is None:
            return
        deed(letter, by=by, at=at + timedelta(minutes=minutes))
    assert letter.state is LetterStage.ISSUED


def _writer(referral: Referral) -> Officer | None:
    for officer in roster.officers():
        if TRANSFERS[referral.transfer] in kinds_now(referral, officer):
            seen = referral_queries.visible_to(officer).where(Referral.key == referral.key)
            if db.session.scalar(seen) is not None:
                return officer
    return None


def _who(act: Act, letter: OfficialLetter, at: datetime) -> Officer | None:
    for officer in roster.officers():
        seen = queries.visible_to(officer).where(OfficialLetter.key == letter.key)
        if act in objections.open_acts(letter, officer, at) and db.session.scalar(seen) is not None:
            return officer
    return None
