"""What may be done to inspections and findings. Operations never commit; the edge does, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tipline.evidence.operations import Received
from tipline.evidence.rules import clean_name
from tipline.inspections import queries
from tipline.inspections.lifecycle import FindingState, InspectionState, Kind, Side
from tipline.inspections.models import (
    Finding,
    FindingFile,
    FindingLead,
    Inspection,
    InspectionMember,
    InspectionPlace,
)
from tipline.intake.operations import receive_once
from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.series import next_number
from tipline.law.bodies import Body
from tipline.law.entries import Post
from tipline.leads.call import Call, PersonSaid
from tipline.leads.models import Lead
from tipline.office import calendars, editions, outbox, roster
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer, Place
from tipline.sampling.rules import draw
from tipline.screening.models import ScreeningRecord


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Who goes where, when and why."""

    sort: Kind
    since: date
    until: date
    places: Sequence[Place]
    reason: str
    members: Sequence[Officer]
    leader: Officer
    by_lot: int = 0
    contractor: str = ""
    contract_no: str = ""
    outsiders: str = ""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was found: where, with whom, and of which kind."""

    style: bool
    term: str
    place: Place
    """The village, or the town as such."""
    on: date
    words: str
    record: ScreeningRecord | None = None
    source: str | None = None


def plan(said: Plan, seed: str, *, by: Officer, at: datetime) -> Inspection:
    """Plan an inspection; its seed is in the trail before anything is drawn. Raises Incomplete for what is missing."""
    if said.since > said.until:
        raise Incomplete("起始日期不能晚于截止日期。")
    if not said.places and not said.by_lot:
        raise Incomplete("请选择要去的镇或村，或写明抽几个村。")
    if said.sort is Kind.THIRD_PARTY and not (said.contractor and said.contract_no):
        raise Incomplete("第三方检查要写明受托单位和合同编号。")
    if said.sort is Kind.TEAM and any(one.role is Role.THIRD_PARTY for one in said.members):
        raise Incomplete("第三方检查员只参加第三方检查。")
    year = local(at).year
    new = Inspection(
        number=f"DC{year}-{next_number('inspection', year):02d}",
        notice=editions.notice().key,
        sort=said.sort,
        since=said.since,
        until=said.until,
        leader=said.leader,
        contractor=said.contractor or None,
        contract_no=said.contract_no or None,
        seed=seed,
        by_lot=said.by_lot,
    )
    new.reason, new.outsiders = said.reason, said.outsiders or None
    going = {one.id: one for one in (*said.members, said.leader)}
    new.members = [InspectionMember(officer=one) for one in going.values()]
    new.places = [InspectionPlace(place=place) for place in said.places]
    enact(Act.PLAN_INSPECTION, new, by=by, at=at, note=said.reason, seed=seed, number=str(said.by_lot))
    db.session.add(new)
    db.session.flush()
    return new


def start(paper: Inspection, *, by: Officer, at: datetime) -> None:
    """Approve it, by somebody else than who planned it, and draw the villages of the lot."""
    pool = queries.pool({one.place_code for one in paper.places})
    lot = draw(paper.seed, pool, paper.by_lot).keys if paper.by_lot else ()
    enact(Act.START_INSPECTION, paper, by=by, at=at, drawn=",".join(lot) or "-")
    paper.started_at = at
    paper.places += [InspectionPlace(place_code=code, drawn=True) for code in lot]


def call_off(paper: Inspection, *, reason: str, by: Officer, at: datetime) -> None:
    """Nobody goes."""
    enact(Act.CALL_OFF_INSPECTION, paper, by=by, at=at, note=reason)


def finish(paper: Inspection, *, summary: str, by: Officer, at: datetime) -> None:
    """The visit is over; what it found goes on until it is put right."""
    enact(Act.FINISH_INSPECTION, paper, by=by, at=at)
    paper.summary, paper.finished_at = summary, at


def look(paper: Inspection, act: Act, *, by: Officer, at: datetime) -> None:
    """Write down that somebody looked at the households, or took the list away."""
    if paper.state is not InspectionState.UNDER_WAY:
        raise NotNow("督查开始以后、结束以前才有走访名单。")
    witness(act, paper, by=by, at=at)


def record(paper: Inspection, seen: Seen, file: Received | None = None, *, by: Officer, at: datetime) -> Finding:
    """Write down what was found. Raises NotNow outside of an inspection, Incomplete for another's place or day."""
    if paper.state is not InspectionState.UNDER_WAY:
        raise NotNow("现在是“%(state)s”，不登记问题。", state=paper.state)
    if not paper.since <= seen.on <= day_of(at):
        raise Incomplete("发现日期应在督查开始以后、今天以前。")
    new = Finding(
        number=f"{paper.number}-{next_number(f'inspection-{paper.id}', 0):03d}",
        inspection=paper,
        style=seen.style,
        term=_known(seen),
        office=roster.office_of(Body.TOWN_GOVERNMENT, queries.town_of(seen.place)),
        place_code=seen.place.code,
        record=seen.record,
        source=seen.source,
        found_on=seen.on,
        found_by=by,
        recorded_at=at,
    )
    new.seen = seen.words
    enact(Act.RECORD_FINDING, new, by=by, at=at, term=seen.term, place=seen.place.code)
    db.session.add(new)
    db.session.flush()
    _keep(new, file, Side.FOUND, by=by, at=at)
    return new


def _known(seen: Seen) -> str:
    rules = editions.notice().inspection
    return editions.notice().term(rules.style if seen.style else rules.wrong, seen.term).key


def note_style(finding: Finding, term: str, *, by: Officer, at: datetime) -> Finding:
    """What was found also shows a problem of work style: a finding of its own, in one step (R-7)."""
    place = finding.place or finding.office.place
    assert place is not None  # a finding has its place
    seen = Seen(style=True, term=term, place=place, on=finding.found_on, words=finding.seen, record=finding.record)
    if finding.inspection.state is not InspectionState.UNDER_WAY:
        raise NotNow("现在是“%(state)s”，不登记问题。", state=finding.inspection.state)
    witness(Act.NOTE_STYLE_PROBLEM, finding, by=by, at=at, term=term)
    return record(finding.inspection, seen, by=by, at=at)


def turn_into_lead(
    finding: Finding, post: Post, name: str, problem: str, words: str, *, by: Officer, at: datetime
) -> Lead:
    """Enter a lead about somebody behind a finding, as if a call had told it; it goes its own way from here.

    The same words sent twice by an impatient hand become one lead.
    """
    town = str(finding.office.place_code)
    village = finding.place_code if finding.place_code != town else None
    person = PersonSaid.in_post(post, name=name, allegation=words, town_code=town, village_code=village)
    wrong = {term.key for term in editions.notice().taxonomies.get("wrong_dibao_type", ())}
    call = Call(
        channel=editions.notice().channel("other"),
        received_at=at,
        people=(person,),
        narrative=f"督查发现（{finding.number}）：{words}",
        place_code=village,
        town_code=town,
        problems=(problem,),
        wrong_dibao=(finding.term,) if not finding.style and finding.term in wrong else (),
    )
    witness(Act.TURN_INTO_LEAD, finding, by=by, at=at)
    lead = receive_once(call, "|".join((finding.ref, post.key, name, problem, words)), by=by, at=at)
    db.session.merge(FindingLead(finding_id=finding.id, lead_id=lead.id))
    db.session.flush()
    return lead


def demand(finding: Finding, words: str, due_on: date | None = None, *, by: Officer, at: datetime) -> None:
    """Say what the town must put right and by when, and write to it."""
    due_on = due_on or _usual_day(at)
    if due_on < day_of(at):
        raise Incomplete("整改期限已经过去，请核对。")
    enact(Act.DEMAND_RECTIFICATION, finding, by=by, at=at, note=words, due_on=due_on.isoformat())
    finding.demand, finding.due_on = words, due_on
    _tell(finding, "demanded", at=at)


def _usual_day(at: datetime) -> date:
    return calendars.calendar().add_working_days(day_of(at), editions.notice().inspection.rectify_days)


def correct_on_spot(finding: Finding, words: str, file: Received | None = None, *, by: Officer, at: datetime) -> None:
    """It was put right while the team was there (立查立纠); somebody else still confirms it."""
    enact(Act.CORRECT_ON_SPOT, finding, by=by, at=at, note=words)
    _done(finding, words, file, by=by, at=at)


def let_rest(finding: Finding, reason: str, *, by: Officer, at: datetime) -> None:
    """Nothing is to be put right, and why."""
    enact(Act.LET_FINDING_REST, finding, by=by, at=at, note=reason)
    finding.returned = reason


def report_rectified(finding: Finding, words: str, file: Received | None = None, *, by: Officer, at: datetime) -> None:
    """The town says what it has done, with proof if there is any."""
    if finding.office_id != by.office_id:
        raise NotPermitted("由%(office)s报告整改。", office=finding.office.name)
    enact(Act.REPORT_RECTIFIED, finding, by=by, at=at, note=words)
    _done(finding, words, file, by=by, at=at)


def _done(finding: Finding, words: str, file: Received | None, *, by: Officer, at: datetime) -> None:
    finding.done, finding.done_on, finding.done_by_id = words, day_of(at), by.id
    _keep(finding, file, Side.DONE, by=by, at=at)


def confirm(finding: Finding, *, by: Officer, at: datetime) -> None:
    """Somebody of the inspecting side, who neither found it nor put it right, has looked."""
    if finding.state is FindingState.DONE and finding.done_by_id == by.id:
        raise NotPermitted("整改情况须由另一人核实。")
    enact(Act.CONFIRM_RECTIFIED, finding, by=by, at=at)


def send_back(finding: Finding, reason: str, *, by: Officer, at: datetime) -> None:
    """It is not good yet: the town puts it right anew, within the usual days."""
    enact(Act.SEND_BACK_RECTIFIED, finding, by=by, at=at, note=reason)
    finding.returned, finding.due_on = reason, _usual_day(at)
    finding.demand = finding.demand or reason
    _tell(finding, f"sent-back/{finding.last_seq}", at=at)


def _tell(finding: Finding, what: str, *, at: datetime) -> None:
    outbox.write(
        f"{finding.ref}/{what}",
        to=finding.office,
        role=Role.TOWN_CLERK,
        letter="finding_demanded",
        at=at,
        number=finding.number,
        due=finding.due_on,
    )


def _keep(finding: Finding, file: Received | None, side: Side, *, by: Officer, at: datetime) -> None:
    if file is None:
        return
    kept = file.original
    new = FindingFile(finding=finding, side=side, added_at=at, added_by=by, filetype=file.filetype)
    new.name, new.digest, new.secret = clean_name(file.name, file.filetype), kept.digest, kept.secret
    new.file, new.size = kept.name, kept.size
    db.session.add(new)
    db.session.flush()


def give(file: FindingFile, *, by: Officer, at: datetime) -> Kept:
    """Let a file go out, and write down to whom."""
    witness(Act.DOWNLOAD_FINDING_FILE, file, by=by, at=at)
    return file.original
