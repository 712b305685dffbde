"""The letters that are owed: a deed was done elsewhere that wants one, and nobody has begun it.

Found by asking, never by being called: a deed undone is no longer owed for, and one done while nobody looked is.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from tipline.handling.models import Extension
from tipline.handling.queries import extensions_to_tell
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads import queries as ledger
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.letters.kinds import About, LetterKind
from tipline.letters.lifecycle import LetterStage
from tipline.letters.models import OfficialLetter
from tipline.office.charter import INSPECTORS, Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.referrals.lifecycle import AT_WORK, ReferralState
from tipline.referrals.models import Referral
from tipline.replies.models import Manner, ReporterNotice, Told
from tipline.supervision import queries as supervision
from tipline.supervision.lifecycle import CaseState
from tipline.supervision.models import SupervisedCase

MOST = 50


@dataclass(frozen=True)
class Debt:
    """A deed on a referral after which its body owes a letter."""

    kind: LetterKind
    when: ColumnElement[bool]
    since: ScalarSelect[datetime | None] | None = None
    """An older letter of this kind does not count; None: any does."""


def _told_in_writing(of: Told) -> ColumnElement[bool]:
    """The named reporter is to have it in writing; who was told by phone or in person is owed no letter."""
    told = select(ReporterNotice.id).where(ReporterNotice.referral_id == Referral.id)
    return told.where(ReporterNotice.of == of, ReporterNotice.manner == Manner.LETTER).exists()


_LONGER = (
    extensions_to_tell().with_only_columns(func.max(Extension.decided_at)).order_by(None).correlate(Referral)
).scalar_subquery()
"""When the body was last given longer time that the named reporter must hear of."""

DEBTS = (
    Debt(LetterKind.RETURN, Referral.state == ReferralState.RETURNED),
    Debt(LetterKind.EXTENSION, _LONGER.is_not(None) & Referral.state.in_(AT_WORK), since=_LONGER),
    Debt(LetterKind.ACCEPTANCE, _told_in_writing(Told.ACCEPTANCE)),
    Debt(LetterKind.RESULT, _told_in_writing(Told.RESULT)),
)


def by(officer: Officer) -> list[Waiting]:
    """What this officer's office owes, as far as the officer may draft it."""
    if not officer.may(Act.DRAFT_LETTER):
        return []
    found = [_waiting(debt.kind, About.REFERRAL, one) for debt in DEBTS for one in _referrals(officer, debt)]
    cases = db.session.scalars(_cases(officer).limit(MOST))
    found += [_waiting(LetterKind.SUPERVISION, About.CASE, case) for case in cases]
    leads = db.session.scalars(_leads(officer).limit(MOST))
    return found + [_waiting(LetterKind.NOT_ACCEPTED, About.LEAD, lead) for lead in leads]


def _referrals(officer: Officer, debt: Debt) -> list[Referral]:
    """Of the officer's body: also those it has sent back, which it no longer sees otherwise."""
    if officer.role not in INSPECTORS:
        return []
    query = select(Referral).join(Referral.lead).where(Referral.to_id == officer.office_id, not_walled(officer))
    written = _begun(debt.kind).where(OfficialLetter.referral_id == Referral.id)
    written = written.where(OfficialLetter.office_id == officer.office_id)
    if debt.since is not None:
        written = written.where(OfficialLetter.drafted_at >= debt.since)
    owed = query.where(debt.when, ~written.exists()).order_by(Referral.id.desc())
    return list(db.session.scalars(owed.limit(MOST)))


def _cases(officer: Officer) -> Select[SupervisedCase]:
    """Opened by the officer's office, and the handling body has nothing in writing."""
    written = _begun(LetterKind.SUPERVISION).where(OfficialLetter.case_id == SupervisedCase.id)
    opened = SupervisedCase.opened_by.has(Officer.office_id == officer.office_id)
    under = SupervisedCase.state == CaseState.UNDER_SUPERVISION
    return supervision.visible_to(officer).where(under, opened, ~written.exists())


def _leads(officer: Officer) -> Select[Lead]:
    """Refused by the officer's office, and the named reporter has nothing in writing."""
    written = _begun(LetterKind.NOT_ACCEPTED).where(OfficialLetter.lead_id == Lead.id)
    refused = (Lead.state == LeadState.NOT_ACCEPTED) & Lead.named & (Lead.office_id == officer.office_id)
    return ledger.visible_to(officer).where(refused, ~written.exists())


def _begun(kind: LetterKind) -> Select[int]:
    return select(OfficialLetter.id).where(OfficialLetter.sort == kind, OfficialLetter.state != LetterStage.CANCELLED)


def _waiting(kind: LetterKind, about: About, paper: Referral | SupervisedCase | Lead) -> Waiting:
    return Waiting(
        what=Sentence("起草%(kind)s", {"kind": kind}),
        number=paper.number,
        act=Act.DRAFT_LETTER,
        endpoint="letters.new",
        values={"kind": kind.value, "about": about.value, "key": paper.key},
    )
