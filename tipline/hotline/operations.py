"""What may be done about published numbers: registered, tried by lot, found faulty, mended. Operations never commit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from tipline.evidence.operations import Received
from tipline.evidence.rules import clean_name
from tipline.hotline import queries, rules
from tipline.hotline.lifecycle import LineState
from tipline.hotline.models import DialTest, HotlineLine, LineFault, LineProof, TestRound
from tipline.hotline.rules import Hours
from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.series import next_number
from tipline.law.bodies import Body
from tipline.law.hotline import Hotline
from tipline.office import calendars, editions, outbox
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact, witness
from tipline.office.models import Office, Officer
from tipline.sampling.rules import draw


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is registered of a number."""

    number: str
    office: Office
    owner: str
    hours: Hours
    where: str
    since: date
    until: date | None = None


def add(said: Said, *, by: Officer, at: datetime) -> HotlineLine:
    """Register a published number. Raises Incomplete for what is none, NotNow for one that is registered."""
    line = HotlineLine()
    _write(line, said)
    told = "\n".join(f"{name}：{now}" for name, now in _told(line).items())
    enact(Act.ADD_LINE, line, by=by, at=at, note=told)
    db.session.add(line)
    _flush(NotNow("这个号码已经登记在用。"))
    return line


def amend(line: HotlineLine, said: Said, *, by: Officer, at: datetime) -> None:
    """Change what is registered; what stood before and what stands now is written into the trail, sealed."""
    before = _told(line)
    _write(line, said)
    changed = [f"{name}：{before[name]} → {now}" for name, now in _told(line).items() if now != before[name]]
    if not changed:
        raise Incomplete("没有改动。")
    enact(Act.AMEND_LINE, line, by=by, at=at, note="\n".join(changed))
    _flush(NotNow("这个号码已经登记在用。"))


def end(line: HotlineLine, until: date, *, reason: str, by: Officer, at: datetime) -> None:
    """The number is given up; a test that was ordered is dropped. Calls that nobody answered are still rung back."""
    if until < line.since:
        raise Incomplete("停用日期不能早于启用日期。")
    if until > day_of(at):
        raise Incomplete("停用日期还没有到；到时停用的，请用“变更登记”写明。")
    enact(Act.END_LINE, line, by=by, at=at, note=reason)
    line.until = until
    for test in queries.due_tests_of(line):
        enact(Act.DROP_TEST, test, by=by, at=at)


def note_proof(
    line: HotlineLine, published_on: date, words: str, file: Received | None, *, by: Officer, at: datetime
) -> LineProof:
    """Note that the number stood where people can read it. Raises NotPermitted for another office's number."""
    _must_be_own(line, by)
    if published_on > day_of(at):
        raise Incomplete("公开日期还没有到，请核对。")
    if not words and file is None:
        raise Incomplete("请选择照片等文件，或写明在哪里可以查到。")
    proof = LineProof(line=line, published_on=published_on, noted_at=at, noted_by=by)
    proof.words = words or None
    if file:
        kept = file.original
        proof.name, proof.filetype = clean_name(file.name, file.filetype), file.filetype
        proof.file, proof.size, proof.digest, proof.secret = kept.name, kept.size, kept.digest, kept.secret
    enact(Act.NOTE_PROOF, line, by=by, at=at)
    line.published_on = max(published_on, line.published_on or published_on)
    db.session.add(proof)
    return proof


def give(proof: LineProof, *, by: Officer, at: datetime) -> Kept:
    """Let a proof go out, and write down to whom."""
    if proof.original is None:
        raise NotNow("这份凭证没有文件。")
    witness(Act.DOWNLOAD_PROOF, proof, by=by, at=at)
    return proof.original


def propose_round(seed: str, *, by: Officer, at: datetime) -> TestRound:
    """Publish a seed over all numbers in force, so that nobody can choose afterwards who is tried."""
    size = editions.notice().hotline.numbers_a_round
    keys = sorted(line.key for line in queries.in_force(day_of(at)))
    lot = draw(seed, keys, size)
    one = TestRound(seed=seed, size=size, population=keys, digest=lot.digest, proposed_at=at)
    enact(Act.PROPOSE_ROUND, one, by=by, at=at, seed=seed, digest=lot.digest)
    year = local(at).year
    one.number = f"BC{year}-{next_number('test-round', year):02d}"
    db.session.add(one)
    return one


def draw_round(one: TestRound, *, by: Officer, at: datetime) -> list[DialTest]:
    """Draw by lot which numbers are tried, on which day and at which hour. One that waits for a test gets no second."""
    enact(Act.DRAW_ROUND, one, by=by, at=at, digest=one.digest)
    one.drawn_at = at
    hotline, calendar = editions.notice().hotline, calendars.calendar()
    busy = queries.waiting_for_a_test()
    lines = {line.key: line for line in queries.in_force(day_of(at)) if line.id not in busy}
    tests = []
    for key in draw(one.seed, one.population, one.size).keys:
        if key not in lines:
            continue
        day, hour = rules.slot(one.seed, key, hours_of(lines[key], hotline), hotline.test_within)
        test = DialTest(line=lines[key], round=one, hour=hour, due_on=calendar.add_working_days(day_of(at), day))
        enact(Act.DRAW_ROUND, test, by=by, at=at)
        tests.append(test)
    db.session.add_all(tests)
    return tests


def hours_of(line: HotlineLine, hotline: Hotline) -> tuple[int, ...]:
    """The hours at which the number may be dialled."""
    return hotline.hours_all_day if line.hours is Hours.ALL_DAY else hotline.hours


def order_test(line: HotlineLine, *, by: Officer, at: datetime) -> DialTest:
    """Have a number tried today, whatever the lot says: one that is silent, or that somebody complained of."""
    if line.state is not LineState.IN_FORCE:
        raise NotNow("号码已停用。")
    return _order(line, calendars.calendar().next_working_day(day_of(at)), None, by=by, at=at)


def record_test(
    test: DialTest, result: str, dialled_at: datetime, *, seconds: int | None, words: str, by: Officer, at: datetime
) -> LineFault | None:
    """Write down what came of a test. A failed one is repeated; failed so often in a row, the line has a fault."""
    hotline = editions.notice().hotline
    said = hotline.result(result)
    if dialled_at > at:
        raise Incomplete("拨打时间还没有到，请核对。")
    enact(Act.RECORD_TEST, test, by=by, at=at, result=result)
    test.result, test.passed, test.dialled_at, test.dialled_by = result, said.passed, dialled_at, by
    test.seconds, test.words = seconds, words or None
    if said.passed:
        return None
    db.session.flush()
    if rules.failed_in_a_row(queries.latest_results(test.line, hotline.tries)) >= hotline.tries:
        if queries.has_open_fault(test.line, said.fault):
            return None
        return note_fault(test.line, said.fault, found="", test=test, by=by, at=at)
    due_on = calendars.calendar().add_working_days(day_of(at), hotline.retest_within)
    _order(test.line, due_on, test, by=by, at=at)
    return None


def note_fault(
    line: HotlineLine, problem: str, *, found: str, by: Officer, at: datetime, test: DialTest | None = None
) -> LineFault:
    """The line is not published, dead or unused; its office hears of it and has so many days. Raises NotNow twice."""
    hotline = editions.notice().hotline
    if line.state is not LineState.IN_FORCE:
        raise NotNow("号码已停用。")
    if problem not in hotline.faults:
        raise Incomplete("请选择线路问题。")
    if queries.has_open_fault(line, problem):
        raise NotNow("这个号码的这个问题已在整改。")
    due_on = calendars.calendar().add_working_days(day_of(at), hotline.correct_within)
    fault = LineFault(line=line, problem=problem, test_id=test.id if test else None, noted_at=at, due_on=due_on)
    fault.found = found or None
    enact(Act.NOTE_FAULT, fault, by=by, at=at, problem=problem)
    db.session.add(fault)
    tell(fault, "noted", at=at)
    return fault


def correct(fault: LineFault, words: str, *, by: Officer, at: datetime) -> None:
    """Say what the office of the number did about it. Raises NotPermitted for another office's."""
    _must_be_own(fault.line, by)
    enact(Act.CORRECT_FAULT, fault, by=by, at=at)
    fault.correction, fault.corrected_at = words, at


def send_back(fault: LineFault, reason: str, *, by: Officer, at: datetime) -> None:
    """It is not mended yet; the days are counted anew, and the office hears of it."""
    enact(Act.RETURN_FAULT, fault, by=by, at=at, note=reason)
    fault.reason, fault.returns = reason, fault.returns + 1
    days = editions.notice().hotline.correct_within
    fault.due_on = calendars.calendar().add_working_days(day_of(at), days)
    tell(fault, "returned", at=at)


def confirm(fault: LineFault, words: str, *, by: Officer, at: datetime) -> None:
    """Somebody else has seen that it is mended, and says how."""
    enact(Act.CONFIRM_FAULT, fault, by=by, at=at)
    fault.confirmation, fault.confirmed_at = words, at


def tell(fault: LineFault, step: str, *, at: datetime) -> int:
    """Write to the office of the number, once for every step."""
    office = fault.line.office
    role = Role.LEDGER_KEEPER if office.body is Body.CIVIL_AFFAIRS_BUREAU else Role.TOWN_CLERK
    name = editions.notice().term("problem_type", fault.problem).name
    facts: dict[str, Any] = {"problem": name, "step": step, "due": fault.due_on}
    return outbox.write(about(fault, step), to=office, role=role, letter="hotline_fault", at=at, **facts)


def about(fault: LineFault, step: str) -> str:
    """What a letter about a fault is about, which exists once."""
    return f"{fault.ref}/{fault.returns}/{step}"


def _order(line: HotlineLine, due_on: date, again_for: DialTest | None, *, by: Officer, at: datetime) -> DialTest:
    test = DialTest(line=line, due_on=due_on, again_for_id=again_for.id if again_for else None)
    enact(Act.ORDER_TEST, test, by=by, at=at)
    db.session.add(test)
    _flush(NotNow("这个号码已经安排了拨测。"))
    return test


def _write(line: HotlineLine, said: Said) -> None:
    if said.until is not None and said.until < said.since:
        raise Incomplete("停用日期不能早于启用日期。")
    line.digits = rules.published_number(said.number)
    line.number, line.office, line.owner, line.hours = said.number, said.office, said.owner, said.hours
    line.where, line.since, line.until = said.where, said.since, said.until


def _told(line: HotlineLine) -> dict[str, str]:
    """What is registered, by the words that the trail keeps it under."""
    return {
        "号码": line.number,
        "单位": line.office.name,
        "责任人": line.owner,
        "接听时间": line.hours.label,
        "公开在哪里": line.where,
        "启用日期": line.since.isoformat(),
        "停用日期": line.until.isoformat() if line.until else "—",
    }


def _must_be_own(line: HotlineLine, by: Officer) -> None:
    if by.office_id != line.office_id:
        raise NotPermitted("这个号码由%(office)s负责。", office=line.office.name)


def _flush(taken: NotNow) -> None:
    try:
        db.session.flush()
    except IntegrityError:
        raise taken from None
