"""What keeps an officer from a deed of triage that their role includes."""

from datetime import datetime

from sqlalchemy import select

from tipline.eligibility import lifecycle as eligibility
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted, Refused
from tipline.leads.lifecycle import LIFE, LeadState
from tipline.leads.models import Access, Lead
from tipline.leads.queries import has_reporter
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Entry, Officer
from tipline.office.powers import SECOND_PERSON
from tipline.office.second_person import first_hands, is_same_hand
from tipline.referrals.lifecycle import DONE, WITH_THE_BODY, ReferralState
from tipline.referrals.models import Referral
from tipline.triage import gates, queries

ACTS = (
    Act.ASK_BACK,
    Act.NOTE_ANSWER,
    Act.REFUSE_LEAD,
    Act.KEEP_LEAD,
    Act.PROPOSE_REFUSAL,
    Act.PASS_ON,
    Act.SEPARATE_PETITION,
    Act.CONVERT_LEAD,
    Act.RECORD_PASS_RECEIPT,
    Act.TELL_REFUSAL,
    Act.ARCHIVE_LEAD,
    Act.REOPEN_LEAD,
)
"""The deeds of this room, in the order of its panel."""

DECIDING = {Act.REFUSE_LEAD, Act.KEEP_LEAD}
LEAVING = {Act.PROPOSE_REFUSAL, Act.PASS_ON, Act.CONVERT_LEAD}


def do(act: Act, lead: Lead, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> Entry:
    """Do a deed unless something stands against it. Raises the objection, and then nothing has changed."""
    if by.may(act) and (lead.state, act) in LIFE.moves and (against := objection(act, lead, by)):
        raise against
    return enact(act, lead, by=by, at=at, note=note, **facts)


def open_acts(lead: Lead, officer: Officer) -> list[Act]:
    """What the officer may do now: the buttons of the panel, each of which will work."""
    acts = [act for act in ACTS if (lead.state, act) in LIFE.moves and officer.may(act)]
    acts = [act for act in acts if objection(act, lead, officer) is None]
    first = first_hands([lead]) if SECOND_PERSON.keys() & set(acts) else {}
    return [act for act in acts if not is_same_hand(act, lead, officer, first)]


def objection(act: Act, lead: Lead, by: Officer) -> Refused | None:
    """Why this officer may not do this to this lead, although the role and the state would let them."""
    if act in DECIDING:
        return _of_deciding(act, lead, by)
    if lead.office_id != by.office_id or by.role is Role.BUREAU_LEADER:
        return NotPermitted("只有登记单位的台账员才能%(act)s。", act=act)
    if act is Act.ASK_BACK:
        return _of_asking(lead)
    if act is Act.SEPARATE_PETITION and lead.handed_over:
        return NotNow("线索已移送承办机关，由承办机关转来。")
    if act in LEAVING:
        return _of_leaving(lead)
    if act is Act.TELL_REFUSAL:
        return _of_telling(lead)
    if act is Act.RECORD_PASS_RECEIPT and (passed := queries.passed_on_of(lead)) and passed.receipt_at:
        return NotNow("外地机关的回执已登记。")
    if act is Act.ARCHIVE_LEAD:
        return _of_filing(lead)
    return None


def _of_deciding(act: Act, lead: Lead, by: Officer) -> Refused | None:
    """A second person; of the bureau for the bureau and its towns, a leader when the reporter gave a name."""
    if lead.office.body not in queries.OFFICES_OF_THE_BUREAU:
        own = lead.office_id == by.office_id
        return None if own else NotPermitted("只有登记机关才能%(act)s。", act=act)
    if by.role is Role.BUREAU_LEADER:
        return None
    if by.role is not Role.LEDGER_KEEPER:
        return NotPermitted("由区局决定是否受理。")
    if lead.named and _somebody_leads(lead):
        return NotPermitted("实名举报不予受理，须由区局领导决定。")
    return None


def _somebody_leads(lead: Lead) -> bool:
    """Whether a leader of the bureau may know of the lead."""
    query = select(Officer.id).where(Officer.active, Officer.role == Role.BUREAU_LEADER)
    if lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == lead.id))
    return db.session.scalar(query.limit(1)) is not None


def _of_asking(lead: Lead) -> Refused | None:
    if lead.handed_over:
        return NotNow("线索已移送承办机关，由承办机关核问。")
    if queries.call_back_of(lead) is not None:
        return NotNow("已回问过一次，不再回问。")
    if not has_reporter(lead):
        return NotNow("没有登记举报人的联系方式，无法回问。")
    return None


def _of_leaving(lead: Lead) -> Refused | None:
    """What a body already has cannot be refused or passed elsewhere over its head."""
    if any(referral.state in WITH_THE_BODY for referral in queries.referrals_of(lead)):
        return NotNow("已有承办机关收到本件，须先由其退回。")
    if any(review.state not in eligibility.DONE for review in queries.reviews_of(lead)):
        return NotNow("本件已开立资格复核，由复核的承办单位决定是否受理。")
    if lead.primary_id is not None:
        return NotNow("本件是重复件，只登记留存。")
    return None


def _of_telling(lead: Lead) -> Refused | None:
    refusal = queries.refusal_of(lead)
    if refusal is None or refusal.notice_due_on is None:
        return NotNow("匿名举报，不需告知。")
    return NotNow("已告知过，只告知一次。") if refusal.told_at else None


def _of_filing(lead: Lead) -> Refused | None:
    """All its papers must be done first."""
    if lead.state is LeadState.NOT_ACCEPTED and _owes_notice(lead):
        return NotNow("还没有告知实名举报人，不能归档。")
    if lead.state is LeadState.PASSED_ON and not _has_receipt(lead):
        return NotNow("还没有收到外地机关的回执，不能归档。")
    if not all(is_done(referral) for referral in queries.referrals_of(lead)):
        return NotNow("还有未办结的办理件，不能归档。")
    if any(review.state not in eligibility.DONE for review in queries.reviews_of(lead)):
        return NotNow("资格复核尚未结案，不能归档。")
    return next(filter(None, (gate(lead) for gate in gates.before_archiving)), None)


def _owes_notice(lead: Lead) -> bool:
    refusal = queries.refusal_of(lead)
    return refusal is not None and refusal.notice_due_on is not None and refusal.told_at is None


def _has_receipt(lead: Lead) -> bool:
    passed = queries.passed_on_of(lead)
    return passed is not None and passed.receipt_at is not None


def is_done(referral: Referral) -> bool:
    """Whether nothing is expected of a referral any more; a body that receives on paper reports nothing back."""
    if referral.state is ReferralState.CONCLUDED:
        return not referral.lead.named
    return referral.state in DONE | {ReferralState.WITHDRAWN} or referral.receipt_no is not None
