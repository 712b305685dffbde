"""The letters of the rehearsal's past: some referrals leave with one, and some drafts still wait."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import select

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
from tipline.rehearsal.hands import who

EVERY = 4
"""One referral in so many leaves with a letter."""


def begin(referral: Referral, *, at: datetime) -> None:
    """Somebody drafts the letter that is to go with a referral, once it is approved."""
    writer = None if referral.id % EVERY else _writer(referral)
    if writer is not None:
        operations.draft(TRANSFERS[referral.transfer], referral, by=writer, at=at)


def finish(referral: Referral, *, at: datetime) -> None:
    """The draft is submitted, approved and issued before the referral leaves, each by the first officer who may."""
    query = select(OfficialLetter).where(OfficialLetter.referral_id == referral.id)
    letter = db.session.scalars(query.where(OfficialLetter.state == LetterStage.DRAFT)).first()
    if letter is None or blanks(letter.latest.text):
        return
    for act, deed in STEPS:
        by = who(act, letter, queries.visible_to, partial(objections.open_acts, letter, now=at), at)
        if by is None:
            return
        deed(letter, by=by, at=at)


STEPS: tuple[tuple[Act, Callable[..., None]], ...] = (
    (Act.SUBMIT_LETTER, operations.submit),
    (Act.APPROVE_LETTER, operations.approve),
    (Act.ISSUE_LETTER, operations.issue),
)


def _writer(referral: Referral) -> Officer | None:
    for officer in roster.officers():
        if TRANSFERS[referral.transfer] in kinds_now(referral, officer):
            seen = referral_queries.visible_to(officer).where(Referral.key == referral.key)
            if db.session.scalar(seen) is not None:
                return officer
    return None
