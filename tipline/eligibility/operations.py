"""What may be done to a petition about dibao. Operations never commit; the edge does, once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from tipline.eligibility import opening, reckoning, rules
from tipline.eligibility.lifecycle import ReviewState
from tipline.eligibility.models import EligibilityReview, PetitionItem, ReviewCheck
from tipline.eligibility.objections import do, ways_on
from tipline.eligibility.reckoning import reckon
from tipline.eligibility.rules import CheckKind
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer

REFUSALS = "not_accepted_reason"
"""The notice's list of reasons for not accepting."""


def open_review(
    lead: Lead, person: ImplicatedPerson | None = None, *, matter: str = "", by: Officer, at: datetime
) -> EligibilityReview:
    """Open the dibao side of a lead: of one household it names, or of a matter that names nobody.

    The law says under which rule and who is in conflict; the household's town handles it, the bureau where the
    town may not. `matter` is the petition in words of its own, where the lead says more than that. Raises
    Incomplete when town and bureau must both stand aside, NotNow when there is one already.
    """
    if opening.is_open(lead, person):
        raise NotNow("这一事项已经开立过资格复核。")
    notice = lead.rules
    decisions = reckoning.decisions_on(lead, notice, day_of(at))
    decision = reckoning.among(decisions, lead, person)
    handler = opening.office_for(decision, lead, person)
    if handler is None:
        raise Incomplete("镇人民政府和区民政局都须回避，请转送信访部门。")
    review = EligibilityReview(
        number=opening.number_for(lead, person, handler, at),
        lead=lead,
        person=person,
        matter=tidy(matter) or None,
        whole=bool(lead.people) and all(map(rules.is_petition, decisions[:-1])),
        handler=handler,
        edition_digest=notice.digest,
        rule=decision.rule,
        opened_at=at,
    )
    facts = {"rule": decision.rule, "basis": decision.basis, "edition": notice.digest[:16], "to": handler.code}
    enact(Act.OPEN_REVIEW, review, by=by, at=at, **facts)
    db.session.add(review)
    db.session.flush()  # letters ask below who may know of it
    opening.let_in(review)
    if handler.id != by.office_id:
        opening.tell(review, "petition_opened", to=handler, at=at)
    reckon(review)
    return review


def accept(review: EligibilityReview, items: Sequence[str], *, told: bool = False, by: Officer, at: datetime) -> None:
    """Accept the petition, item by item; `told` when the petitioner was told in writing on the spot (第二十三条)."""
    asked = [text for text in map(tidy, items) if text]
    if not asked:
        raise Incomplete("请逐项写明受理的事项。")
    do(Act.ACCEPT_PETITION, review, by=by, at=at, items=str(len(asked)))
    review.items = [PetitionItem(position=place, text=text) for place, text in enumerate(asked)]
    review.accepted_at = at
    _note_progress(review.lead)
    if told and review.lead.named:
        tell_petitioner(review, by=by, at=at)
    reckon(review)


def refuse(review: EligibilityReview, *, cause: str, reason: str, by: Officer, at: datetime) -> None:
    """Do not accept it, with a cause from the notice's list and a reason; the petitioner is told which."""
    review.lead.rules.term(REFUSALS, cause)
    words = _words(reason)
    do(Act.REFUSE_PETITION, review, by=by, at=at, note=words, cause=cause)
    review.refusal, review.reason = cause, words
    _note_progress(review.lead)
    reckon(review)


def forward(review: EligibilityReview, to: Office, *, reason: str, by: Officer, at: datetime) -> None:
    """Pass it to the competent office of the dibao side, which may object within the limit (第二十三条)."""
    words = _words(reason)
    if review.state is ReviewState.OPENED and to not in ways_on(review):
        raise Incomplete("只能转送不须回避、有人可以办理的镇人民政府或区民政局。")
    do(Act.FORWARD_PETITION, review, by=by, at=at, note=words, to=to.code)
    review.from_office, review.handler, review.forwarded_at, review.reason = review.handler, to, at, words
    opening.let_in(review)
    opening.tell(review, "petition_forwarded", to=to, at=at)
    reckon(review)


def object_to_forward(review: EligibilityReview, *, reason: str, by: Officer, at: datetime) -> None:
    """Object to what was forwarded, with detailed reasons; the papers stay until the sender agrees."""
    words = _words(reason)
    do(Act.OBJECT_TO_FORWARD, review, by=by, at=at, note=words)
    review.objected_at, review.reason = at, words
    reckon(review)
    if review.from_office is not None:
        opening.tell(review, "petition_objected", to=review.from_office, at=at)


def agree_objection(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """The sender has verified the objection and takes the petition back."""
    do(Act.AGREE_OBJECTION, review, by=by, at=at)
    assert review.from_office is not None  # only what was forwarded is objected to
    review.handler, review.from_office = review.from_office, None
    review.forwarded_at = review.objected_at = review.reason = None
    reckon(review)


def decline_objection(review: EligibilityReview, *, reason: str, by: Officer, at: datetime) -> None:
    """The sender does not agree: the petition stays where it was forwarded."""
    words = _words(reason)
    do(Act.DECLINE_OBJECTION, review, by=by, at=at, note=words)
    review.reason = words
    reckon(review)
    opening.tell(review, "petition_forwarded", to=review.handler, at=at)


def tell_petitioner(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """The petitioner has been told in writing: accepted, not accepted and why, or to whom it went."""
    do(Act.TELL_PETITIONER, review, by=by, at=at)
    review.told_at = at
    reckon(review)


def start_checks(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """Begin to look: registers, home, neighbours."""
    do(Act.START_CHECKS, review, by=by, at=at)
    reckon(review)


def record_check(
    review: EligibilityReview,
    kind: CheckKind,
    done_on: date,
    *,
    found: str,
    report_no: str = "",
    visitors: Sequence[str] = (),
    by: Officer,
    at: datetime,
) -> ReviewCheck:
    """Write down what was looked at: the report's number of a means check, the two visitors of a home visit."""
    names, number = [name for name in map(tidy, visitors) if name], tidy(report_no)
    if kind is CheckKind.MEANS_CHECK and not number:
        raise Incomplete("请填写核对报告编号。")
    if kind is CheckKind.HOME_VISIT and len(set(names)) < 2:
        raise Incomplete("入户核查须由两人进行，请填写两人姓名。")
    if done_on > day_of(at):
        raise Incomplete("核查日期不能晚于今天。")
    words = _words(found)
    do(Act.RECORD_CHECK, review, by=by, at=at, check=kind.value, on=done_on.isoformat())
    check = ReviewCheck(
        kind=kind,
        done_on=done_on,
        report_no=number[:60] or None,
        visitors="、".join(names) or None,
        found=words,
        recorded_at=at,
        recorded_by=by,
    )
    review.checks.append(check)
    return check


def ask_more_time(review: EligibilityReview, *, reason: str, by: Officer, at: datetime) -> None:
    """Ask the head of the office for the longer limit (第三十四条)."""
    words = _words(reason)
    do(Act.ASK_MORE_TIME, review, by=by, at=at, note=words)
    review.more_time_asked_at, review.more_time_reason = at, words


def grant_more_time(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """The head of the office approves; the petitioner has to be told why."""
    do(Act.GRANT_MORE_TIME, review, by=by, at=at)
    review.extended_at, review.more_time_asked_at = at, None
    reckon(review)


def refuse_more_time(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """The head of the office does not approve; the limit stands."""
    do(Act.REFUSE_MORE_TIME, review, by=by, at=at)
    review.more_time_asked_at = review.more_time_reason = None


def tell_more_time(review: EligibilityReview, *, by: Officer, at: datetime) -> None:
    """The petitioner has been told that it takes longer, and why."""
    do(Act.TELL_MORE_TIME, review, by=by, at=at)
    review.extension_told_at = at


def _words(text: str) -> str:
    words = tidy(text)
    if not words:
        raise Incomplete("请写明理由或情况。")
    return words


def _note_progress(lead: Lead) -> None:
    """A lead has left when everybody it names is a matter of ours that has been taken or refused."""
    db.session.flush()  # the question below must see what was just done
    waiting = {ReviewState.OPENED, ReviewState.FORWARDED, ReviewState.OBJECTED}
    taken = select(EligibilityReview.person_id).where(
        EligibilityReview.lead_id == lead.id, EligibilityReview.state.not_in(waiting)
    )
    if {person.id for person in lead.people} <= set(db.session.scalars(taken)):
        lead.handed_over = True
