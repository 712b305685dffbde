"""The papers of a published number: proved, dialled, faulty, rung by somebody; and one of each that is ended."""

from datetime import datetime, timedelta
from itertools import count

from tests.hotline.dial import FIRST, SINCE, said
from tests.house.papers import Papers, a_file
from tipline.hotline import calls, operations
from tipline.hotline.calls import Rang
from tipline.hotline.models import DialTest, HotlineLine, LineFault, MissedCall, TestRound
from tipline.hotline.rules import Missed
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office.models import Office, Officer

numbers = count(1)


def published(office: Office, keeper: Officer, prover: Officer, operator: Officer, at: datetime) -> Papers:
    """An office's number with everything that is open about it."""
    line = operations.add(said(office, FIRST.format(next(numbers))), by=keeper, at=at)
    proof = operations.note_proof(line, SINCE, "", a_file(), by=prover, at=at)
    test = operations.order_test(line, by=keeper, at=at)
    fault = operations.note_fault(line, "hotline_unused", found="没人知道。", by=keeper, at=at)
    call = calls.enter(Rang(line, at, Missed.MISSED, FIRST.format(next(numbers))), by=operator, at=at)
    db.session.flush()
    kinds = {"line": line, "proof": proof, "dial test": test, "line fault": fault, "missed call": call}
    return {kind: {"key": paper.key} for kind, paper in kinds.items()}


def given_up(
    office: Office, keeper: Officer, clerk: Officer, second: Officer, operator: Officer, at: datetime
) -> Papers:
    """The same, all of it ended."""
    papers = published(office, keeper, clerk, operator, at)
    one = db.session.query
    test = one(DialTest).filter_by(**papers["dial test"]).one()
    operations.record_test(test, "helpful", at, seconds=5, words="", by=keeper, at=at)
    fault = one(LineFault).filter_by(**papers["line fault"]).one()
    operations.correct(fault, "已培训。", by=clerk, at=at)
    operations.confirm(fault, "问过了。", by=second, at=at)
    calls.ring_back(one(MissedCall).filter_by(**papers["missed call"]).one(), "nothing", by=operator, at=at)
    line = one(HotlineLine).filter_by(**papers["line"]).one()
    operations.end(line, day_of(at), reason="不再公布。", by=keeper, at=at)
    return papers


def rounds(clock: Officer, keeper: Officer, at: datetime) -> tuple[TestRound, TestRound]:
    """A round that waits for its lot, and one that was drawn."""
    drawn, waiting = (operations.propose_round(seed, by=clock, at=at + timedelta(minutes=1)) for seed in ("a", "b"))
    operations.draw_round(drawn, by=keeper, at=at + timedelta(minutes=2))
    db.session.flush()
    return waiting, drawn
