"""What keeps an officer from a deed on an outcome: whose body it is, which step, and who is concerned."""

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted, Refused
from tipline.leads import walls
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Access
from tipline.office.charter import Act, Role
from tipline.office.models import Officer
from tipline.office.powers import PERMITTED
from tipline.office.second_person import first_hands, is_same_hand
from tipline.outcomes import queries
from tipline.outcomes.lifecycle import ClarificationState, SheetState, ToleranceState
from tipline.outcomes.models import AccusationApproval, Clarification, OutcomeSheet, ToleranceReview
from tipline.outcomes.rules import NOT_APPLICABLE
from tipline.referrals import panels
from tipline.referrals.lifecycle import LIFE
from tipline.referrals.models import Referral
from tipline.referrals.objections import objection
from tipline.referrals.queries import is_handled_by


def require_inside(act: Act, referral: Referral, by: Officer) -> None:
    """Raises NotPermitted for anybody who does not sit in the body that handles the referral."""
    if by.may(act) and not is_handled_by(by, referral):
        raise NotPermitted("只有承办机关才能%(act)s。", act=act)


def can_be_concluded(referral: Referral) -> bool:
    """Whether the referral stands where a conclusion may follow."""
    return (referral.state, Act.CONCLUDE) in LIFE.moves and referral.lead.state is not LeadState.VOIDED


def require_unfinished(act: Act, referral: Referral) -> None:
    """Raises NotNow when the referral does not stand where a conclusion may follow."""
    if not can_be_concluded(referral):
        voided = referral.lead.state is LeadState.VOIDED
        raise NotNow(
            "现在是“%(state)s”，不能%(act)s。", state=referral.lead.state if voided else referral.state, act=act
        )


def obstacles(referral: Referral) -> list[Refused]:
    """What rooms above still hold against the conclusion."""
    return [against for gate in panels.before_conclusion if (against := gate(referral))]


def against_clarifying(sheet: OutcomeSheet | None, earlier: list[Clarification]) -> Refused | None:
    """A name is cleared only once, and only after a finding that what was said is untrue."""
    if sheet is None or sheet.state is not SheetState.CONCLUDED or sheet.finding is None:
        return NotNow("办结以后才能澄清正名。")
    if not sheet.referral.lead.rules.outcomes.finding(sheet.finding).untrue:
        return Incomplete("只有反映的问题不实，才能澄清正名。")
    if any(one.state is not ClarificationState.DECLINED for one in earlier):
        return NotNow("已提请过澄清正名。")
    return None


def against_reviewing(referral: Referral, earlier: list[ToleranceReview], by: Officer) -> Refused | None:
    """One review at a time; another only after it was found not to apply; and somebody must be able to decide."""
    if earlier and (earlier[-1].state is ToleranceState.PROPOSED or earlier[-1].decision != NOT_APPLICABLE):
        return NotNow("已提请过容错纠错。")
    if not any(officer.id != by.id for officer in deciders(referral)):
        return NotNow("有权决定容错纠错的人员均须回避，不能提请。")
    return None


def deciders(referral: Referral) -> list[Officer]:
    """Who could decide on error tolerance: never the person, never a colleague, superior or relative, never a town."""
    roles = [role for role, acts in PERMITTED.items() if Act.DECIDE_TOLERANCE in acts]
    query = select(Officer).where(Officer.active, Officer.role.in_(roles)).order_by(Officer.id)
    if referral.lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == referral.lead_id))
    concerned = walls.walled_officers(referral.lead, [referral.person], referral.lead.rules)
    return [
        officer
        for officer in db.session.scalars(query)
        if officer.id not in concerned and _is_competent(officer, referral)
    ]


def _is_competent(officer: Officer, referral: Referral) -> bool:
    """The district's body decides for every body; the stationed group for what it handles itself."""
    return officer.role is Role.DISTRICT_INSPECTOR or officer.office_id == referral.to_id


def require_decider(referral: Referral, by: Officer) -> None:
    """Raises NotPermitted for whoever is concerned, or decides elsewhere."""
    if by.may(Act.DECIDE_TOLERANCE) and by.id not in {officer.id for officer in deciders(referral)}:
        raise NotPermitted("本人、其所在单位和所在镇，以及须回避的人员，不能决定容错纠错。")


OfAReferral = OutcomeSheet | AccusationApproval | Clarification | ToleranceReview


def open_acts(paper: OfAReferral, officer: Officer) -> list[Act]:
    """What the officer may do to one of these papers now; each button will work."""
    referral = paper.referral
    first = first_hands([paper])
    return [
        act
        for act in paper.life.open_acts(paper.state)
        if officer.may(act)
        and not is_same_hand(act, paper, officer, first)
        and _is_theirs(act, paper, referral, officer)
    ]


def _is_theirs(act: Act, paper: OfAReferral, referral: Referral, officer: Officer) -> bool:
    if act is Act.DECIDE_TOLERANCE:
        return officer in deciders(referral)
    if act is Act.MEET_CORRECTION and isinstance(paper, ToleranceReview) and not paper.owes_correction:
        return False
    if act is Act.CONCLUDE:
        return can_be_concluded(referral) and objection(Act.CONCLUDE, referral, officer) is None
    return is_handled_by(officer, referral)


def opening_acts(referral: Referral, officer: Officer) -> list[Act]:
    """What the officer may begin on a referral: a sheet, an approval, a clarification, a review."""
    if not is_handled_by(officer, referral):
        return []
    found = []
    if can_be_concluded(referral):
        found += [Act.RECORD_OUTCOME, Act.ENTER_APPROVAL]
        if against_reviewing(referral, queries.reviews_of(referral), officer) is None:
            found.append(Act.PROPOSE_TOLERANCE)
    if against_clarifying(queries.sheet_of(referral), queries.clarifications_of(referral)) is None:
        found.append(Act.PROPOSE_CLARIFICATION)
    return [act for act in found if officer.may(act)]
