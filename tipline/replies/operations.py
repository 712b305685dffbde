"""What may be said to a reporter, and taken from one. Operations never commit; the edge does, once."""

from datetime import datetime

from tipline.intake import operations as intake
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.identity import tidy
from tipline.law.clocks import deadline
from tipline.leads.call import Call, PersonSaid, ReporterSaid
from tipline.leads.models import Lead
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer
from tipline.referrals import objections as referral_objections
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import DONE
from tipline.referrals.models import Referral
from tipline.replies import queries
from tipline.replies.models import Addition, CheckIn, Manner, Objection, Outcome, ReporterNotice, Told, Word

TELLING = {Told.ACCEPTANCE: referrals.tell_acceptance, Told.RESULT: referrals.tell_result}
OBJECTION = "objection_noted", "objection_decided"


def tell(referral: Referral, of: Told, manner: Manner, words: str, *, by: Officer, at: datetime) -> ReporterNotice:
    """Tell a named reporter of the acceptance or of the result, once, and keep what was said."""
    said = _words(words)
    TELLING[of](referral, by=by, at=at)
    notice = ReporterNotice(referral=referral, of=of, manner=manner, words=said, at=at, by=by)
    db.session.add(notice)
    return notice


def write_word(referral: Referral, text: str, *, by: Officer, at: datetime) -> Word:
    """Leave a word for an anonymous reporter: it is read out to whoever says the code."""
    _inside(referral, by)
    if referral.lead.code_hash is None:
        raise NotNow("本件没有查询码，无法给匿名举报人留话。")
    witness(Act.WRITE_WORD, referral, by=by, at=at)
    word = Word(lead=referral.lead, office_id=by.office_id, by=by, at=at, text=_words(text))
    db.session.add(word)
    return word


def pass_on(word: Word, *, by: Officer, at: datetime) -> None:
    """The word has been read out to the caller."""
    if word.passed_on_at is None:
        witness(Act.PASS_ON_WORD, word.lead, by=by, at=at)
        word.passed_on_at, word.passed_on_by = at, by


def take_addition(lead: Lead, text: str, *, by: Officer, at: datetime) -> Addition:
    """Take down what the reporter adds, without reading the case."""
    words = _words(text)
    witness(Act.TAKE_ADDITION, lead, by=by, at=at)
    addition = Addition(lead=lead, taken_by=by, at=at, text=words)
    db.session.add(addition)
    return addition


def see_additions(referral: Referral, *, by: Officer, at: datetime) -> int:
    """The handling body has read what the reporter added. Returns how many were new."""
    _inside(referral, by)
    fresh = [addition for addition in queries.additions_to(referral.lead) if addition.seen_at is None]
    if fresh:
        witness(Act.SEE_ADDITION, referral, by=by, at=at, count=str(len(fresh)))
    for addition in fresh:
        addition.seen_at, addition.seen_by = at, by
    return len(fresh)


def note_objection(referral: Referral, text: str, *, new_evidence: bool, by: Officer, at: datetime) -> Objection:
    """Note what the reporter holds against the result, and by when it is answered."""
    _inside(referral, by)
    if referral.state not in DONE:
        raise NotNow("本件尚未办结，补充的情况请记为补充。")
    due = deadline(referral.lead.rules.limit(*OBJECTION, day_of(at)), day_of(at), calendars.calendar())
    objection = Objection(
        number=f"{referral.number}-Y{len(queries.objections_to(referral)) + 1}",
        referral=referral,
        new_evidence=new_evidence,
        text=_words(text),
        noted_at=at,
        due_on=due.on,
    )
    enact(Act.NOTE_OBJECTION, objection, by=by, at=at, new_evidence="yes" if new_evidence else "no")
    db.session.add(objection)
    return objection


def uphold(objection: Objection, answer: str, *, by: Officer, at: datetime) -> None:
    """There is something to it: the referral is taken up again by its body."""
    _decide(Act.UPHOLD_OBJECTION, objection, answer, by=by, at=at)
    referrals.reopen(objection.referral, reason=_words(answer), by=by, at=at)


def answer(objection: Objection, words: str, *, by: Officer, at: datetime) -> None:
    """The result stands; the reporter is told why."""
    _decide(Act.ANSWER_OBJECTION, objection, words, by=by, at=at)


def _decide(act: Act, objection: Objection, words: str, *, by: Officer, at: datetime) -> None:
    referral = objection.referral
    _inside(referral, by)
    said = _words(words)
    if queries.concluded_by(referral) == by.id and referral_objections.others_who_sign(referral, by):
        raise NotPermitted("异议须由办结本件以外的人员办理。")
    enact(act, objection, by=by, at=at)
    objection.answer, objection.decided_at = said, at


def record_check_in(
    referral: Referral, round_: str, outcome: Outcome, words: str, *, by: Officer, at: datetime
) -> CheckIn:
    """A call to a named reporter after the case. Trouble needs its words."""
    owed = {
        one.round for one in queries.owed_to(by, calendars.calendar(), day_of(at)) if one.referral.id == referral.id
    }
    if round_ not in owed:
        raise NotNow("这次回访不到期，或者已经做过。")
    told = tidy(words)
    if outcome is Outcome.TROUBLE and not told:
        raise Incomplete("请写明举报人反映的打击报复情况。")
    witness(Act.RECORD_CHECK_IN, referral, by=by, at=at, round=round_, outcome=outcome.value)
    check_in = CheckIn(referral=referral, round=round_, outcome=outcome, words=told or None, at=at, by=by)
    db.session.add(check_in)
    return check_in


def raise_retaliation(check_in: CheckIn, who: PersonSaid, *, by: Officer, at: datetime) -> Lead:
    """Register the retaliation as a lead of its own, for another body than the one that handled the case."""
    if check_in.outcome is not Outcome.TROUBLE or check_in.lead is not None:
        raise NotNow("没有待登记的打击报复情况。")
    first, told = check_in.referral, check_in.words or ""
    reporter = first.lead.reporter
    call = Call(
        channel=first.lead.rules.channel("call"),
        received_at=check_in.at,
        people=(who,),
        narrative=told,
        named=True,
        wants_secrecy=True,
        wants_answer=True,
        reporter=ReporterSaid(name=reporter.name or "", phone=reporter.phone or "") if reporter else None,
        town_code=who.town_code or first.lead.town_code,
        major=True,
        major_reason="回访中反映因举报遭到打击报复。",
        told_duty=True,
        away_from=frozenset({first.body}),
    )
    witness(Act.RAISE_RETALIATION, first, by=by, at=at)
    with editions.under(first.lead.rules.digest):
        check_in.lead = intake.receive(call, by=by, at=at)
    return check_in.lead


def _inside(referral: Referral, by: Officer) -> None:
    if referral.to_id != by.office_id:
        raise NotPermitted("只有承办机关才能与举报人往来。")


def _words(text: str) -> str:
    words = tidy(text)
    if not words:
        raise Incomplete("请写明内容。")
    return words
