"""What may be done to summaries, improvements and actions. Operations never commit; the edge does, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tipline.evidence.operations import Received
from tipline.evidence.rules import clean_name
from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.series import next_number
from tipline.kit.words import Sentence
from tipline.law.campaign import Period
from tipline.learning import queries
from tipline.learning.lifecycle import Sort
from tipline.learning.models import ActionFile, Improvement, IssueSummary, TownAction
from tipline.office import calendars, editions, outbox, trail
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact, witness
from tipline.office.models import Entry, Office, Officer
from tipline.office.trail import Fault
from tipline.reports.sealing import digest_of, spelled

# --- summaries


def write(period: Period, behind: str, proposals: str, *, by: Officer, at: datetime) -> IssueSummary:
    """Count a period that is over and say what lies behind it. What was sent back is counted anew. Raises NotNow."""
    if not queries.is_over(period, day_of(at)):
        raise NotNow("这一期还没有过完，不能写小结。")
    notice, today = editions.notice(), day_of(at)
    figures = spelled(queries.count(queries.times_of(period, today)))
    new = queries.summary_of(period) or IssueSummary(notice=notice.key, period=period.key)
    new.edition_digest, new.counted_on = notice.digest, today
    new.figures, new.digest = figures, digest_of(figures)
    new.behind, new.proposals, new.written_at, new.written_by = behind, proposals, at, by
    enact(Act.WRITE_SUMMARY, new, by=by, at=at, **_counted(new))
    db.session.add(new)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才有人先写了这一期的小结，请刷新后再看。") from None
    return new


def _counted(summary: IssueSummary) -> dict[str, str]:
    """What the trail keeps of the numbers: every column by which they are found and read."""
    return {
        "period": summary.period,
        "digest": summary.digest,
        "notice": summary.notice,
        "edition": summary.edition_digest,
        "counted_on": summary.counted_on.isoformat(),
    }


def confirm(summary: IssueSummary, *, by: Officer, at: datetime) -> None:
    """The leader agrees; from now on the numbers stay as they were counted."""
    enact(Act.CONFIRM_SUMMARY, summary, by=by, at=at, digest=summary.digest)
    summary.confirmed_by, summary.confirmed_at = by, at


def send_back(summary: IssueSummary, *, reason: str, by: Officer, at: datetime) -> None:
    """It is to be written anew."""
    enact(Act.SEND_BACK_SUMMARY, summary, by=by, at=at, note=reason)
    summary.returned = reason


def faults() -> Iterator[Fault]:
    """Summaries whose numbers are no longer what the trail says."""
    for summary in db.session.scalars(select(IssueSummary)):
        lines = select(Entry).where(Entry.paper == summary.ref, Entry.act == Act.WRITE_SUMMARY)
        told = db.session.scalars(lines.order_by(Entry.seq.desc()).limit(1)).first()
        if told is None or told.facts != _counted(summary) or digest_of(summary.figures) != summary.digest:
            yield Fault(summary.last_seq, Sentence("%(ref)s：小结的数字与留痕的摘要不符", {"ref": summary.ref}))


trail.further.append(faults)


# --- improvements


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What should be done better."""

    sort: Sort
    found: str
    proposal: str
    town: str | None = None
    spread_to: Sequence[str] = ()
    due_on: date | None = None
    summary: IssueSummary | None = None


def propose_improvement(said: Proposed, *, by: Officer, at: datetime) -> Improvement:
    """Put it before the leader. Raises Incomplete for what its kind needs."""
    if said.sort is not Sort.POLICY and said.town is None:
        raise Incomplete("请选择镇。")
    if said.sort is Sort.PRACTICE and not said.spread_to:
        raise Incomplete("请选择推广到哪些镇。")
    if said.sort is not Sort.PRACTICE and said.due_on is None:
        raise Incomplete("请填写期限。")
    if said.due_on is not None and said.due_on < day_of(at):
        raise Incomplete("期限已经过去，请核对。")
    year = local(at).year
    new = Improvement(
        number=f"GJ{year}-{next_number('improvement', year):02d}",
        sort=said.sort,
        place_code=None if said.sort is Sort.POLICY else said.town,
        spread_to=list(said.spread_to) if said.sort is Sort.PRACTICE else [],
        due_on=said.due_on,
        summary=said.summary,
        proposed_at=at,
    )
    new.found, new.proposal = said.found, said.proposal
    enact(Act.PROPOSE_IMPROVEMENT, new, by=by, at=at, sort=said.sort.value)
    db.session.add(new)
    db.session.flush()
    return new


def adopt(paper: Improvement, *, by: Officer, at: datetime) -> None:
    """Another person agrees: it is to be done."""
    enact(Act.ADOPT_IMPROVEMENT, paper, by=by, at=at)


def decline(paper: Improvement, *, reason: str, by: Officer, at: datetime) -> None:
    """It is not to be done, and why."""
    enact(Act.DECLINE_IMPROVEMENT, paper, by=by, at=at, note=reason)
    paper.decision = reason


@dataclass(frozen=True)
class Finished:
    """How it was done; where a service was bought for it, under which contract."""

    words: str
    contract_no: str = ""
    since: date | None = None
    until: date | None = None


def finish(paper: Improvement, said: Finished, *, by: Officer, at: datetime) -> None:
    """It is done. Raises Incomplete for a contract without its days."""
    if bool(said.contract_no) != bool(said.since and said.until):
        raise Incomplete("购买服务的，请写明合同编号和起止日期。")
    if said.since and said.until and said.since > said.until:
        raise Incomplete("起始日期不能晚于截止日期。")
    enact(Act.FINISH_IMPROVEMENT, paper, by=by, at=at, note=said.words)
    paper.done = said.words
    if paper.sort is Sort.CAPACITY:
        paper.contract_no, paper.since, paper.until = said.contract_no or None, said.since, said.until


# --- towns that answer for themselves


def propose_action(office: Office, ground: str, measure: str, words: str, *, by: Officer, at: datetime) -> TownAction:
    """Ask that a town be held to account; what the signals say of it now is kept with it."""
    notice, today, year = editions.notice(), day_of(at), local(at).year
    first, town = queries.since(today), str(office.place_code)
    counted = {name: by_town.get(town, 0) for name, by_town in queries.facts(first, today).items()}
    new = TownAction(
        notice=notice.key,
        number=f"WZ{year}-{next_number('town-action', year):02d}",
        office=office,
        ground=notice.ground(ground).key,
        measure=notice.action_measure(measure).key,
        since=first,
        until=today,
        facts={name: str(number) for name, number in counted.items() if number},
        proposed_at=at,
        proposed_by=by,
    )
    new.words = words
    enact(Act.PROPOSE_ACTION, new, by=by, at=at, note=words, ground=ground, measure=measure, town=town)
    db.session.add(new)
    db.session.flush()
    return new


def decide(
    action: TownAction, doc_no: str, demand: str, due_on: date | None = None, *, by: Officer, at: datetime
) -> None:
    """Another person decides, under the number of a paper; the town is told what to put right by when."""
    due_on = due_on or _usual_day(action, at)
    if due_on < day_of(at):
        raise Incomplete("整改期限已经过去，请核对。")
    enact(Act.DECIDE_ACTION, action, by=by, at=at, note=demand, doc_no=doc_no, due_on=due_on.isoformat())
    action.doc_no, action.demand, action.due_on, action.decided_at = doc_no, demand, due_on, at
    _tell(action, "decided", at=at)


def _usual_day(action: TownAction, at: datetime) -> date:
    return calendars.calendar().add_working_days(day_of(at), action.rules.learning.correct_days)


def drop(action: TownAction, *, reason: str, by: Officer, at: datetime) -> None:
    """The town is not held to account, and why; it never hears of it."""
    enact(Act.DROP_ACTION, action, by=by, at=at, note=reason)
    action.returned = reason


def answer(action: TownAction, words: str, file: Received | None = None, *, by: Officer, at: datetime) -> None:
    """The town says what it has put right, with proof. Raises Incomplete without, while nothing was handed in."""
    if action.office_id != by.office_id:
        raise NotPermitted("由%(office)s报告整改。", office=action.office.name)
    if file is None and not action.files:
        raise Incomplete("请附上整改材料。")
    enact(Act.ANSWER_ACTION, action, by=by, at=at, note=words)
    action.answer, action.answered_on = words, day_of(at)
    if file is not None:
        _keep(action, file, by=by, at=at)


def _keep(action: TownAction, file: Received, *, by: Officer, at: datetime) -> None:
    kept = file.original
    new = ActionFile(action=action, added_at=at, added_by=by, filetype=file.filetype, file=kept.name, size=kept.size)
    new.name, new.digest, new.secret = clean_name(file.name, file.filetype), kept.digest, kept.secret
    db.session.add(new)
    db.session.flush()


def send_back_action(action: TownAction, *, reason: str, by: Officer, at: datetime) -> None:
    """It is not good yet: within the usual days, anew."""
    enact(Act.SEND_BACK_ACTION, action, by=by, at=at, note=reason)
    action.returned, action.due_on = reason, _usual_day(action, at)
    _tell(action, f"sent-back/{action.last_seq}", at=at)


def close(action: TownAction, words: str, *, by: Officer, at: datetime) -> None:
    """The bureau has looked, and says at what."""
    enact(Act.CLOSE_ACTION, action, by=by, at=at, note=words)
    action.closing = words


def _tell(action: TownAction, what: str, *, at: datetime) -> None:
    for role in (Role.TOWN_CLERK, Role.TOWN_DEPUTY):
        outbox.write(
            f"{action.ref}/{what}",
            to=action.office,
            role=role,
            letter="town_action",
            at=at,
            number=action.number,
            due=action.due_on,
        )


def give(file: ActionFile, *, by: Officer, at: datetime) -> Kept:
    """Let a file go out, and write down to whom."""
    witness(Act.DOWNLOAD_ACTION_FILE, file, by=by, at=at)
    return file.original
