"""What may be done to draws and call-backs. Operations never commit; the edge does, once."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.kit.series import next_number
from tipline.law.bodies import Body
from tipline.leads import telling
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.referrals import operations as referrals
from tipline.referrals import reckoning
from tipline.referrals.models import Referral
from tipline.referrals.objections import a_reason
from tipline.sampling import queries, rules
from tipline.sampling.models import SampledClosure, SampleDraw
from tipline.sampling.objections import do

NOT_REACHED = "not_reached"
LOOKING_AGAIN = (Body.DISTRICT_DISCIPLINE_BODY, Body.DISPATCHED_DISCIPLINE_GROUP)
"""The bodies that may look at a closure again; never the one that closed it."""


def publish_seed(since: date, until: date, size: int, seed: str, *, by: Officer, at: datetime) -> SampleDraw:
    """Publish the seed of a draw before anything is drawn, once the period is over.

    One period is drawn once: whoever does not like a lot cannot draw another.
    """
    if since > until:
        raise Incomplete("起始日期不能晚于截止日期。")
    if until >= day_of(at):
        raise Incomplete("要等这段时间过完，才能公布种子。")
    if size < 1:
        raise Incomplete("抽取件数至少为1。")
    if db.session.scalar(select(SampleDraw.id).where(SampleDraw.since <= until, SampleDraw.until >= since).limit(1)):
        raise Incomplete("这段时间已公布过种子，不能重抽。")
    draw = SampleDraw(since=since, until=until, size=size, seed=seed, published_at=at, population=[])
    enact(Act.PUBLISH_SEED, draw, by=by, at=at, seed=seed, since=since.isoformat(), until=until.isoformat())
    year = local(at).year
    draw.number = f"CJ{year}-{next_number('sample-draw', year):02d}"
    db.session.add(draw)
    return draw


def draw_sample(draw: SampleDraw, *, by: Officer, at: datetime) -> None:
    """Draw by lot, by somebody else than who published the seed; every closure drawn is to be called back."""
    closed = {referral.key: referral for referral in queries.closures(draw.since, draw.until)}
    lot = rules.draw(draw.seed, closed, draw.size)
    enact(Act.DRAW_SAMPLE, draw, by=by, at=at, digest=lot.digest, cutoff=lot.cutoff)
    draw.population, draw.digest, draw.cutoff, draw.drawn_at = sorted(closed), lot.digest, lot.cutoff, at
    for key in lot.keys:
        one = SampledClosure(draw_id=draw.id, referral=closed[key], papers=[])
        enact(Act.DRAW_SAMPLE, one, by=by, at=at)
        db.session.add(one)


def try_call_back(one: SampledClosure, *, by: Officer, at: datetime) -> None:
    """Nobody answered; somebody will try again."""
    do(Act.TRY_CALL_BACK, one, by=by, at=at)
    one.tries += 1


def record(one: SampledClosure, outcome: str, papers: Iterable[str], answer: str, *, by: Officer, at: datetime) -> None:
    """Write down what was answered and which papers the file holds. A doubt opens a re-check by another body.

    The finding is not touched: dissatisfaction is a reason to look again, never a result.
    """
    notice = one.referral.lead.rules
    term = notice.term(queries.OUTCOMES, outcome)
    held = sorted({notice.term(queries.PAPERS, paper).key for paper in papers})
    words = tidy(answer)
    if not words:
        raise Incomplete("请写明回访情况。")
    if term.sort == NOT_REACHED and not one.tries:
        raise Incomplete("请先记录未接通，再次联系后仍不通的，才能这样登记。")
    doubtful = term.group == queries.DOUBT
    recheck = body_for_recheck(one.referral) if doubtful else None
    do(Act.OPEN_RECHECK if doubtful else Act.RECORD_CALL_BACK, one, by=by, at=at, outcome=outcome)
    one.outcome, one.papers, one.answer, one.called_at, one.called_by = outcome, held, words, at, by
    one.recheck = recheck
    if recheck is not None:
        about = f"{one.ref}/recheck/{at:%Y%m%dT%H%M%S%f}"
        telling.write(about, one.referral.lead, to=recheck, letter="recheck_opened", at=at, number=one.number)


def uphold(one: SampledClosure, found: str, *, by: Officer, at: datetime) -> None:
    """The body that looked again finds that the closure was in order."""
    _look_again(Act.UPHOLD_CLOSURE, one, found, by=by, at=at)


def find_false(one: SampledClosure, found: str, *, by: Officer, at: datetime) -> None:
    """The body that looked again finds a closure on paper alone (虚假办结): whoever sent it is told to take it up."""
    _look_again(Act.FIND_FALSE_CLOSURE, one, found, by=by, at=at)
    about = f"{one.ref}/false/{at:%Y%m%dT%H%M%S%f}"
    sender = one.referral.from_office
    telling.write(about, one.referral.lead, to=sender, letter="false_closure", at=at, number=one.number)


def order_reopening(one: SampledClosure, reason: str, *, by: Officer, at: datetime) -> None:
    """Whoever leads the sending side decides that the body takes a false closure up again, and the body hears so."""
    do(Act.ORDER_REOPENING, one, by=by, at=at)
    referrals.reopen(one.referral, reason=reason, by=by, at=at, act=Act.ORDER_REOPENING)
    about = f"{one.ref}/reopened/{at:%Y%m%dT%H%M%S%f}"
    body = one.referral.to
    telling.write(about, one.referral.lead, to=body, letter="reopening_ordered", at=at, number=one.number)


def leave_closed(one: SampledClosure, reason: str, *, by: Officer, at: datetime) -> None:
    """A false closure is not taken up again: with a reason, and for good."""
    do(Act.LEAVE_CLOSED, one, by=by, at=at, note=a_reason(reason))


def body_for_recheck(referral: Referral) -> Office:
    """Who looks at a closure again: the next body above the one that closed it, never that one, none in conflict."""
    decision = reckoning.decision_of(referral)
    barred = decision.conflicts if decision else frozenset[Body]()
    for body in LOOKING_AGAIN:
        office = roster.find_office(body, None)
        if office is not None and office.id != referral.to_id and body not in barred:
            return office
    raise Incomplete("没有可以复查的机关，请报请上级纪检监察机关复查。")


def _look_again(act: Act, one: SampledClosure, found: str, *, by: Officer, at: datetime) -> None:
    words = tidy(found)
    if not words:
        raise Incomplete("请写明复查情况。")
    do(act, one, by=by, at=at)
    one.found, one.rechecked_at = words, at
