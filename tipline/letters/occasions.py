"""Which letters make sense now about a paper, and which paper an address means."""

from sqlalchemy import select

from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.letters.fields import Subject, about_of
from tipline.letters.kinds import OCCASIONS, TRANSFERS, About, LetterKind, Occasion, Reader, Side
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.referrals import queries as referrals
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.models import Referral
from tipline.supervision import queries as supervision
from tipline.supervision.models import SupervisedCase
from tipline.supervision.objections import WATCHING

UNFOUNDED = "not_substantiated"
"""The finding after which somebody's name is to be cleared."""


def kinds_now(subject: Subject, officer: Officer) -> list[LetterKind]:
    """The kinds of letters that this officer may draft about this paper as it stands."""
    if not officer.may(Act.DRAFT_LETTER) or lead_of(subject).state is LeadState.VOIDED:
        return []
    about = about_of(subject)
    return [one.kind for one in OCCASIONS if one.about is about and _makes_sense(one, subject, officer)]


def _makes_sense(one: Occasion, subject: Subject, officer: Officer) -> bool:
    if subject.state not in one.states or not _is_on_side(one.side, subject, officer):
        return False
    if one.reader is Reader.REPORTER and not lead_of(subject).named:
        return False
    if isinstance(subject, Referral):
        if one.kind in TRANSFERS.values() and TRANSFERS[subject.transfer] is not one.kind:
            return False
        if one.kind is LetterKind.CLARIFICATION and subject.finding != UNFOUNDED:
            return False
    return not (isinstance(subject, Lead) and subject.handed_over)


def _is_on_side(side: Side, subject: Subject, officer: Officer) -> bool:
    if side is Side.WATCHER:
        return isinstance(subject, SupervisedCase) and officer.role in WATCHING
    if isinstance(subject, Referral):
        return officer.office_id == (subject.to_id if side is Side.BODY else subject.from_id)
    return officer.office_id == lead_of(subject).office_id


def lead_of(subject: Subject) -> Lead:
    """The lead behind a paper."""
    return subject if isinstance(subject, Lead) else subject.lead


def find(kind: LetterKind, about: About, key: str, officer: Officer) -> Subject | None:
    """The paper of that key, if the officer may see it and may draft this letter about it now."""
    found: Subject | None
    if about is About.REFERRAL:
        found = _referral(kind, key, officer)
    elif about is About.CASE:
        found = db.session.scalars(supervision.visible_to(officer).where(SupervisedCase.key == key)).one_or_none()
    else:
        found = db.session.scalars(ledger.visible_to(officer).where(Lead.key == key)).one_or_none()
    return found if found is not None and kind in kinds_now(found, officer) else None


def _referral(kind: LetterKind, key: str, officer: Officer) -> Referral | None:
    """A referral the officer sees, or one that their own body has just sent back and no longer sees."""
    if found := db.session.scalars(referrals.visible_to(officer).where(Referral.key == key)).one_or_none():
        return found
    if kind is not LetterKind.RETURN:
        return None
    query = select(Referral).join(Referral.lead).where(Referral.key == key, Referral.state == ReferralState.RETURNED)
    return db.session.scalars(query.where(Referral.to_id == officer.office_id, not_walled(officer))).one_or_none()
