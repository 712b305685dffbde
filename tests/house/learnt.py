"""The papers of learning: a summary, improvements of a town, and what the town answers for, open or over."""

from datetime import date, datetime

from tests.house.papers import Papers, a_file
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.learning import operations, queries
from tipline.learning.lifecycle import Sort
from tipline.learning.operations import Finished, Proposed
from tipline.office.models import Officer

WORDS = "入户核查没有按规定两人同行。"


def summed_up(keeper: Officer, at: datetime) -> Papers:
    """The summary of the quarter that is over, before it is confirmed."""
    period = next(one for one in queries.periods(day_of(at)) if queries.is_over(one, day_of(at)))
    paper = operations.write(period, WORDS, WORDS, by=keeper, at=at)
    return {"summed period": {"period": period.key, "figure": "leads"}, "summary": {"key": paper.key}}


def learnt(keeper: Officer, leader: Officer, clerk: Officer, at: datetime, *, over: bool = False) -> Papers:
    """A gap of the clerk's town, adopted or met; what the town answers for, answered or closed."""
    town, due = str(clerk.office.place_code), date(2018, 9, 28)
    said = Proposed(sort=Sort.CAPACITY, town=town, found=WORDS, proposal=WORDS, due_on=due)
    gap = operations.propose_improvement(said, by=keeper, at=at)
    operations.adopt(gap, by=leader, at=at)
    action = operations.propose_action(clerk.office, "lax_style", "talk", WORDS, by=keeper, at=at)
    operations.decide(action, "津南民〔2018〕41号", WORDS, by=leader, at=at)
    operations.answer(action, WORDS, a_file(), by=clerk, at=at)
    if over:
        operations.finish(gap, Finished(WORDS), by=keeper, at=at)
        operations.close(action, WORDS, by=leader, at=at)
    db.session.flush()
    return {
        "improvement": {"key": gap.key},
        "action": {"key": action.key},
        "action file": {"key": action.files[0].key},
    }
