"""Every kind of paper that stands on one matter, open or ended, made by real deeds."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests import make
from tests.outcomes import telling
from tests.supervision.test_every_move import report
from tipline.bundles import operations as bundles
from tipline.bundles.models import Bundle
from tipline.bundles.rules import LinkKind
from tipline.eligibility.models import EligibilityReview
from tipline.evidence import operations as evidence
from tipline.evidence.models import Exhibit
from tipline.evidence.operations import Received, Side
from tipline.evidence.rules import FileType
from tipline.handling import extensions, slips
from tipline.handling import operations as handling
from tipline.handling.models import Extension, Slip
from tipline.handling.rules import Chosen
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.leads import recusals
from tipline.leads.call import ReporterSaid
from tipline.leads.models import Lead, Lift, Recusal, RecusalHand
from tipline.letters import operations as letters
from tipline.letters.models import OfficialLetter
from tipline.letters.occasions import kinds_now
from tipline.office import calendars
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Office, Officer
from tipline.outcomes import clearing, tolerance
from tipline.outcomes.models import AccusationApproval, Clarification, ToleranceReview
from tipline.outcomes.tolerance import Decision
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import Disposition, ReferralState
from tipline.referrals.models import Referral
from tipline.rehearsal import petitions
from tipline.replies import operations as replies
from tipline.replies import queries as reply_queries
from tipline.replies.models import Objection, Outcome
from tipline.supervision import joining
from tipline.supervision import operations as supervision
from tipline.supervision.lifecycle import Stage
from tipline.supervision.models import SupervisedCase
from tipline.triage import operations as triage

CALLED = make.NOON
"""Monday 4 June 2018: what is at work or ended came then."""
TODAY = datetime(2018, 7, 2, 2, tzinfo=UTC)
"""Monday 2 July 2018, ten in the morning: what is fresh comes now."""
DUE = date(2018, 7, 20)
VILLAGERS, BUREAU_STAFF = ("village_head", "village_accountant"), ("bureau_clerk", "bureau_contract_staff")
TOWN_LEADERS = ("town_deputy_mayor", "town_party_committee_member")
CALLER = ReporterSaid(name="阚秋实", phone="15400001234")

Args = dict[str, str]
Papers = dict[str, Args]
"""By kind of paper, what its doors need in their addresses."""


@dataclass(frozen=True)
class Matter:
    """Where a matter comes in, who sends it on and who handles it, and who else has to do with it."""

    registrar: Officer
    sender: Officer
    approver: Officer
    handler: Officer
    mate: Officer
    """Another of the office that registered it, who is asked to stand aside."""
    helper: Office
    second: Officer
    """Another inspector, for what the handler may not do too."""
    releaser: Officer
    posts: tuple[str, str] = VILLAGERS
    town: str = make.SHUANGGANG
    joint: Office | None = None
    """Supervises it too."""
    lifted: Officer | None = None
    """Behind a wall that two persons may lift."""

    @property
    def writer(self) -> Officer:
        """Who writes letters where it came in: an operator writes none."""
        return self.sender if self.registrar.role is Role.OPERATOR else self.registrar


def opened(matter: Matter, name: str) -> Papers:
    """All papers of a matter that is still open."""
    return fresh(matter, name) | at_work(matter, name) | supervised(matter, name) | petition(matter, name)


def call(matter: Matter, name: str, *posts: str, at: datetime = CALLED, **said: Any) -> Lead:
    """A call about two people; the first has the name by which a wall may be drawn."""
    told = {"named": True, "reporter": CALLER, "names": (name, "闻人杉"), "town": matter.town}
    found = make.lead(*(posts or matter.posts), by=matter.registrar, at=at, **(told | said))
    db.session.flush()
    return found


def fresh(matter: Matter, name: str) -> Papers:
    """What came an hour ago, bundled and linked: it has not left, and its words are open where it was registered."""
    first, second = (call(matter, name, *VILLAGERS, at=TODAY + timedelta(minutes=n)) for n in range(2))
    by, at = matter.writer, TODAY + timedelta(minutes=5)
    linked = bundles.link(first, second, LinkKind.RELATED, reason="相关的事。", by=by, at=at)
    bundled = bundles.bundle(first, [second], reason="同一件事。", by=by, at=at)
    exhibit = handed_in(Side(first), matter.registrar, at)
    asked = recusals.request(first, matter.mate, "interest", reason="两家是邻居。", by=by, at=at)
    db.session.flush()
    return {
        "lead": of_lead(first) | {"keys": f"{first.key}.{second.key}"},
        "exhibit": {"key": exhibit.key},
        "bundle": {"key": bundled.key},
        "link": {"key": linked.key},
        "recusal": {"key": asked.key},
    }


def of_lead(lead: Lead) -> Args:
    return {"key": lead.key, "person": lead.people[0].key, "place": "leads", "ring": "internal"}


def of_referral(referral: Referral) -> Args:
    return {"key": referral.key, "place": "referrals", "ring": "internal"}


def handed_in(side: Side, by: Officer, at: datetime) -> Exhibit:
    """A file that came with a lead or with a referral."""
    return evidence.attach(a_file(), side, [], most_mb=1, by=by, at=at)


def a_file() -> Received:
    """A copy of what hangs on a village's board."""
    tray = cabinet.tray()
    tray.write("抄自村公示栏。".encode())
    tray.seek(0)
    return Received("抄件.txt", FileType.TXT, tray.keep(), None)


def at_work(matter: Matter, name: str) -> Papers:
    """Of two people the first is being looked into, and the second is dealt with."""
    lead = call(matter, name)
    by, at = matter.handler, CALLED + timedelta(days=1)
    working, ended = make.referrals(lead)
    for referral in (working, ended):
        taken_up(referral, matter)
    slip = slips.engage(working, matter.helper, task="调取流水。", due_on=DUE, shows_person=False, by=by, at=at)
    extension = extensions.ask(working, "C-22", reason="账目多。", by=by, at=at)
    letter = letters.draft(kinds_now(working, matter.writer)[0], working, by=matter.writer, at=at)
    papers = {
        "known lead": of_lead(lead) | {"keys": f"{lead.key}.{lead.key[::-1]}"},
        "referral": of_referral(working),
        "exhibit of a body": {"key": handed_in(Side(lead, working), by, at).key},
        "slip": {"key": slip.key},
        "extension": {"key": extension.key},
        "letter": {"key": letter.key, "n": "1"},
        "occasion": {"kind": letter.sort.value, "about": "referral", "key": working.key},
        "approval": {"key": working.key, "paper": telling.approval(working, by).key},
        "tolerance": {"key": telling.review(working, by).key},
    }
    if matter.lifted:
        until = day_of(TODAY) + timedelta(days=9)
        asked = recusals.ask_lift(lead, matter.lifted, until=until, reason="须其说明情况。", by=by, at=at)
        db.session.flush()
        papers["lift"] = {"key": asked.key}
    return papers | dealt_with(ended, matter, at)


def taken_up(referral: Referral, matter: Matter) -> None:
    """From the proposal to the body, which looks into it; what may go directly has gone already."""
    at = CALLED + timedelta(hours=1)
    if referral.state is ReferralState.PROPOSED:
        referrals.approve(referral, by=matter.approver, at=at)
        referrals.hand_over(referral, by=matter.sender, at=at)
    referrals.sign_for(referral, by=matter.handler, at=at)
    chosen = Chosen(Disposition.PRELIMINARY_VERIFICATION, on=day_of(at), approver="书记")
    handling.set_disposition(referral, chosen, by=matter.handler, at=at)


def dealt_with(referral: Referral, matter: Matter, at: datetime) -> Papers:
    """Nothing was found: concluded, the name to be cleared; the reporter does not agree, and is called later."""
    by, later = matter.handler, at + timedelta(days=120)
    make.concluded(referral, by=by, at=at, finding="not_substantiated", form=None)
    cleared = clearing.propose(
        referral, reason="不属实。", manner="letter", audience="村", requested_on=None, by=by, at=at
    )
    objection = replies.note_objection(referral, "不服。", new_evidence=False, by=by, at=at)
    db.session.flush()
    papers = {
        "ended": of_referral(referral),
        "clarification": {"key": referral.key, "paper": cleared.key},
        "objection": {"key": referral.key, "which": objection.key},
    }
    owed = reply_queries.owed_to(matter.second, calendars.calendar(), day_of(later))
    round_ = next(one.round for one in owed if one.referral.id == referral.id)
    made = replies.record_check_in(referral, round_, Outcome.CALM, "", by=matter.second, at=later)
    db.session.flush()
    return papers | {"check-in": {"key": referral.key, "which": made.key, "round_": round_}}


def supervised(matter: Matter, name: str) -> Papers:
    """A case that somebody watches over, jointly where the body could not watch otherwise."""
    posts = matter.posts if matter.joint is None else VILLAGERS
    lead = call(matter, name, *posts, major=True, major_reason="涉及户数多。")
    case = db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)).one()
    at = CALLED + timedelta(hours=1)
    supervision.open_supervision(case, "查清资金去向。", [(Stage.PLAN, DUE)], by=matter.approver, at=at)
    if matter.joint:
        joining.join_body(case, matter.joint, by=matter.approver, at=at)
    db.session.flush()
    return {"case": {"key": case.key, "step": case.milestones[0].key, "place": "cases"}}


def petition(matter: Matter, name: str) -> Papers:
    """The dibao side of a matter, decided; discipline bodies have none."""
    if matter.registrar.role in INSPECTORS:
        return {}
    of = "policy_only" if matter.registrar.role is Role.LEDGER_KEEPER else "recipient"
    (review,) = petitions.of_lead(call(matter, name, of, problems=()).id)
    for hours, step in enumerate(petitions.SAID):
        petitions.do(step, review, at=CALLED + timedelta(hours=hours), draw=random.Random(1))
    db.session.flush()
    return {"review": {"key": review.key, "opinion": review.opinions[0].key}}


def closed(matter: Matter, name: str) -> Papers:
    """All papers of a matter, each of which has come to its end."""
    papers, later = opened(matter, name), TODAY + timedelta(minutes=30)
    end(papers, matter, later)
    end_inside(papers, matter, CALLED + timedelta(days=2))
    release(papers, matter, CALLED + timedelta(days=2))
    settle(papers, matter, later)
    if "review" in papers:
        review = one(EligibilityReview, papers["review"])
        for step in (Act.EXECUTE_DECISION, Act.DELIVER_ANSWER):
            petitions.do(step, review, at=later, draw=random.Random(1))
    db.session.flush()
    return papers


def one(kind: Any, args: Args, name: str = "key") -> Any:
    return db.session.scalars(select(kind).filter_by(key=args[name])).one()


def of_office(office: Office, act: Act, but: Officer | None = None) -> Officer:
    """Somebody of an office who may do the deed."""
    found = db.session.scalars(
        select(Officer).where(Officer.office_id == office.id, Officer.active).order_by(Officer.id)
    )
    return next(officer for officer in found if officer.may(act) and officer is not but)


def end(papers: Papers, matter: Matter, at: datetime) -> None:
    """Where it came in: undone, cancelled, refused and filed away."""
    by = matter.writer
    bundles.undo(one(Bundle, papers["bundle"]), reason="不是同一件事。", by=by, at=at)
    evidence.void(one(Exhibit, papers["exhibit"]), reason="拿错了材料。", by=by, at=at)
    letters.cancel(one(OfficialLetter, papers["letter"]), reason="不再需要。", by=by, at=at)
    lead = one(Lead, papers["lead"])
    triage.propose_refusal(lead, "no_substance", "说不出时间、地点。", by=by, at=at)
    refuser = of_office(by.office, Act.REFUSE_LEAD, by) if by.role in INSPECTORS else matter.approver
    triage.refuse(lead, by=refuser, at=at)
    triage.tell_refusal(lead, "已电话告知。", by=by, at=at)
    triage.archive(lead, "2018-1", by=by, at=at)


def end_inside(papers: Papers, matter: Matter, at: datetime) -> None:
    """In the body: answered, decided, concluded."""
    by, other = matter.handler, of_office(matter.handler.office, Act.CONCLUDE, matter.handler)
    slips.withdraw(one(Slip, papers["slip"]), by=by, at=at)
    extension = one(Extension, papers["extension"])
    decider = of_office(extension.decider, Act.REFUSE_EXTENSION, by)
    extensions.refuse(extension, reason="人手可以调整。", by=decider, at=at)
    evidence.void(one(Exhibit, papers["exhibit of a body"]), reason="拿错了材料。", by=by, at=at)
    approval, cleared = papers["approval"], papers["clarification"]
    clearing.decline_approval(one(AccusationApproval, approval, "paper"), reason="文号不符。", by=other, at=at)
    clearing.decline(one(Clarification, cleared, "paper"), reason="范围过大。", by=other, at=at)
    replies.answer(one(Objection, papers["objection"], "which"), "维持原结论。", by=other, at=at)
    review, decision = (
        one(ToleranceReview, papers["tolerance"]),
        Decision(decision="not_applicable", ground="不符合条件。"),
    )
    tolerance.decide(review, decision, by=matter.second, at=at)
    make.concluded(one(Referral, papers["referral"]), by=by, at=at, finding="not_substantiated", form=None)


def release(papers: Papers, matter: Matter, at: datetime) -> None:
    """The case: reported, accepted, let go."""
    case = one(SupervisedCase, papers["case"])
    supervision.report_result(case, report(on=day_of(at)), by=of_office(case.lead_office, Act.REPORT_RESULT), at=at)
    watcher = matter.approver
    supervision.accept_result(case, by=watcher, at=at)
    supervision.release(case, by=matter.releaser, at=at)


def settle(papers: Papers, matter: Matter, at: datetime) -> None:
    """What waited for somebody's word has it."""
    recusal = one(Recusal, papers["recusal"])
    hand = db.session.scalars(
        select(Officer)
        .join(RecusalHand, RecusalHand.officer_id == Officer.id)
        .where(RecusalHand.recusal_id == recusal.id)
    ).first()
    recusals.decline(recusal, reason="没有利害关系。", by=hand, at=at)
    if "lift" in papers:
        recusals.decline_lift(one(Lift, papers["lift"]), by=matter.second, at=at)
