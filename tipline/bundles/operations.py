"""What a person may decide about leads that belong together. Operations never commit; the edge does, once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from tipline.bundles import candidates, queries
from tipline.bundles.models import Bundle, BundleMember, LeadLink
from tipline.bundles.rules import LinkKind
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow, NotPermitted
from tipline.kit.identity import tidy
from tipline.leads import access
from tipline.leads.lifecycle import IN_TRIAGE, LeadState
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import ON_OUR_SIDE, ReferralState
from tipline.referrals.models import Referral
from tipline.referrals.reckoning import reckon

REPEAT = "repeat"
"""Why referrals were withdrawn, as the trail says it."""

NOT_BUNDLED = {LeadState.STUB, LeadState.VOIDED}


def bundle(primary: Lead, repeats: Sequence[Lead], *, reason: str, by: Officer, at: datetime) -> Bundle:
    """Take leads as one matter: `primary` leads, the others are its repeats, kept and not handled again (第十四条).

    Joins the bundle that `primary` leads already. Nothing of any lead is moved or hidden.
    """
    why = _reason(reason)
    _hold(primary, *repeats)
    _check(primary, repeats, by, at)
    known = queries.standing(primary)
    if known is not None:
        _require_side(Act.JOIN_BUNDLE, known, by)
        enact(Act.JOIN_BUNDLE, known, by=by, at=at, note=why, leads=str(len(repeats)))
        found = known
    else:
        found = _new(primary, why, len(repeats), by=by, at=at)
    evidence = candidates.compared([primary, *repeats])
    for lead, likeness in zip(repeats, evidence, strict=True):
        member = BundleMember(lead=lead, joined_at=at, joined_by=by, evidence=likeness.evidence, withdrawn=[])
        found.members.append(member)
        witness(Act.MARK_REPEAT, lead, by=by, at=at, note=why, bundle=found.key)
        _take_in(member, primary, by=by, at=at)
    return found


def undo(bundle: Bundle, *, reason: str, by: Officer, at: datetime) -> None:
    """Undo a bundle: every lead and referral stands again exactly where it stood."""
    why = _reason(reason)
    standing = [member for member in bundle.members if member.undone_at is None]
    _hold(bundle.primary, *(member.lead for member in standing))
    _require_side(Act.UNDO_BUNDLE, bundle, by)
    if len(_seen([member.lead for member in standing], by)) < len(standing):
        raise NotPermitted("并案中有您无权查看的线索，请由原经办人拆分。")
    enact(Act.UNDO_BUNDLE, bundle, by=by, at=at, note=why)
    bundle.undo_reason, bundle.undone_at, bundle.undone_by = why, at, by
    for member in standing:
        member.undone_at = at
        witness(Act.UNMARK_REPEAT, member.lead, by=by, at=at, bundle=bundle.key)
        _let_out(member, by=by, at=at)


def link(one: Lead, other: Lead, kind: LinkKind, *, reason: str, by: Officer, at: datetime) -> LeadLink:
    """Note that two leads hang together; each goes its own way."""
    why = _reason(reason)
    _require_readable([one, other], by, at)
    if one.id == other.id:
        raise Incomplete("不能与自身关联。")
    if queries.link_between(one, other) is not None:
        raise NotNow("%(one)s与%(other)s已经关联。", one=one.number, other=other.number)
    if len(_audiences([one, other])) > 1:
        raise NotNow("各件的知悉范围不同，不能并案或关联。")
    for lead in (one, other):
        witness(Act.LINK_LEADS, lead, by=by, at=at, note=why, kind=kind.value)
    found = LeadLink(one=one, other=other, kind=kind, reason=why, linked_at=at, linked_by=by)
    db.session.add(found)
    return found


def unlink(link: LeadLink, *, by: Officer, at: datetime) -> None:
    """They do not hang together after all; that it was thought so stays on record.

    Whoever made the link read both; a reader of their shells does not judge it.
    """
    if link.undone_at is not None:
        raise NotNow("关联已解除。")
    if by.may(Act.UNLINK_LEADS) and by.office_id != link.one.office_id:
        raise NotPermitted("只有经办单位才能%(act)s。", act=Act.UNLINK_LEADS)
    for lead in (link.one, link.other):
        witness(Act.UNLINK_LEADS, lead, by=by, at=at, kind=link.kind.value)
    link.undone_at, link.undone_by = at, by


def _new(primary: Lead, why: str, repeats: int, *, by: Officer, at: datetime) -> Bundle:
    """A bundle lends its number from its first report: no series of its own could tell of hidden ones."""
    before = db.session.scalar(select(func.count()).select_from(Bundle).where(Bundle.primary_id == primary.id)) or 0
    made = Bundle(
        number=f"{primary.number}-B{before + 1}",
        primary=primary,
        office=by.office,
        reason=why,
        bundled_at=at,
        bundled_by=by,
    )
    enact(Act.BUNDLE_LEADS, made, by=by, at=at, note=why, leads=str(repeats + 1))
    db.session.add(made)
    return made


def _take_in(member: BundleMember, primary: Lead, *, by: Officer, at: datetime) -> None:
    lead = member.lead
    lead.primary = primary
    lead.primary_id = primary.id
    taken = []
    for referral in _referrals_of(lead):
        if referral.state in ON_OUR_SIDE:
            referrals.withdraw(referral, cause=REPEAT, by=by, at=at)
            taken.append(referral.key)
        else:
            reckon(referral)  # whoever has it already tells nobody a second time
    member.withdrawn = taken


def _let_out(member: BundleMember, *, by: Officer, at: datetime) -> None:
    lead = member.lead
    lead.primary = lead.primary_id = None
    for referral in _referrals_of(lead):
        if referral.key in member.withdrawn and referral.state is ReferralState.WITHDRAWN:
            referrals.restore(referral, by=by, at=at)
        else:
            reckon(referral)


def _referrals_of(lead: Lead) -> list[Referral]:
    return list(db.session.scalars(select(Referral).filter_by(lead_id=lead.id).order_by(Referral.id)))


def _hold(*leads: Lead) -> None:
    """Keep the leads from every other hand until the transaction ends, and see them as they are now."""
    query = select(Lead).where(Lead.id.in_([lead.id for lead in leads])).order_by(Lead.id).with_for_update()
    list(db.session.scalars(query.execution_options(populate_existing=True)))


def _check(primary: Lead, repeats: Sequence[Lead], by: Officer, at: datetime) -> None:
    if not repeats:
        raise Incomplete("请选取要并入的线索，并选定其中一件为初次件。")
    if len({primary.id, *(lead.id for lead in repeats)}) <= len(repeats):
        raise Incomplete("同一件线索只能选一次。")
    _require_readable([primary, *repeats], by, at)
    if primary.primary_id is not None:
        raise NotNow("%(number)s本身是重复件，请选它的初次件。", number=primary.number)
    if primary.state in NOT_BUNDLED:
        raise NotNow("%(number)s现在是“%(state)s”，不能并案。", number=primary.number, state=primary.state)
    for lead in repeats:
        _check_repeat(lead)
    if len(_audiences([primary, *repeats])) > 1:
        raise NotNow("各件的知悉范围不同，不能并案或关联。")


def _check_repeat(lead: Lead) -> None:
    if lead.state not in IN_TRIAGE:
        raise NotNow("%(number)s现在是“%(state)s”，不能并案。", number=lead.number, state=lead.state)
    if lead.primary_id is not None:
        raise NotNow("%(number)s已经并案，请先拆分。", number=lead.number)
    if queries.standing(lead) is not None:
        raise NotNow("%(number)s已是另一并案的初次件，请先拆分。", number=lead.number)


def _audiences(leads: Sequence[Lead]) -> set[frozenset[int] | None]:
    """Who may know of the leads: were two audiences made one matter, either would hear of the other's lead."""
    return {frozenset(access.listed_for(lead)) if lead.walled else None for lead in leads}


def _require_readable(leads: Sequence[Lead], by: Officer, at: datetime) -> None:
    """Raises NotFound for what the officer may not know of, NotPermitted for words that are closed to them."""
    if len(_seen(leads, by)) < len({lead.id for lead in leads}):
        raise NotFound("没有这个页面，或您无权查看。")
    ids = [lead.id for lead in leads]
    readable = queries.readable(by, at).with_only_columns(Lead.id).where(Lead.id.in_(ids))
    if set(db.session.scalars(readable)) < set(ids):
        raise NotPermitted("有的内容未向您开放，请先说明理由调阅。")


def _seen(leads: Sequence[Lead], by: Officer) -> set[int]:
    query = queries.seen_by(by).where(Lead.id.in_([lead.id for lead in leads]))
    return set(db.session.scalars(query))


def _require_side(act: Act, bundle: Bundle, by: Officer) -> None:
    if by.may(act) and bundle.office_id != by.office_id:
        raise NotPermitted("只有经办单位才能%(act)s。", act=act)


def _reason(text: str) -> str:
    reason = tidy(text)
    if not reason:
        raise Incomplete("请写明理由。")
    return reason
