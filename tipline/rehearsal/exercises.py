"""值班练习: calls that nobody made, registered on the ordinary sheet and graded by the rules in force."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from tipline.intake.operations import proposal_for
from tipline.kit.db import BigId, Model, db
from tipline.kit.errors import Incomplete
from tipline.kit.words import Bilingual, Sentence
from tipline.law.bodies import Secrecy
from tipline.leads.call import Call, PersonSaid
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.plan import Plan
from tipline.leads.queries import visible_to
from tipline.office import editions
from tipline.office.models import Officer
from tipline.referrals.models import Referral

CALLS = Path(__file__).with_name("exercises.toml")


@dataclass(frozen=True)
class Exercise:
    """One call as it is spoken, and what should be caught of it."""

    key: str
    name: Bilingual
    said: Bilingual
    posts: tuple[str, ...]
    problems: frozenset[str] = frozenset()
    secrecy: bool = False
    answer: bool = False
    named: bool = False
    media: bool = False


@dataclass(frozen=True)
class Point:
    """One thing that is graded: whether it was caught, what would have been right, and by which clause."""

    what: Sentence
    right: bool
    due: Sequence[object]
    why: Sequence[object]


class ExerciseStart(Model):
    """Somebody began an exercise: the first lead they registered since is their answer."""

    id: Mapped[BigId]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    exercise: Mapped[str] = mapped_column(String(40), comment="a key of the list of exercises")
    after: Mapped[int] = mapped_column(comment="inner number of the newest lead then")


@dataclass(frozen=True)
class Tried:
    """An exercise and how the officer's latest try at it ended; no points while the call is not registered."""

    exercise: Exercise
    begun: bool = False
    lead: Lead | None = None
    points: tuple[Point, ...] = ()

    @property
    def right(self) -> int:
        return sum(point.right for point in self.points)


def exercises() -> list[Exercise]:
    """All of them, in the order in which one learns."""
    return [_read(**one) for one in tomllib.loads(CALLS.read_text("utf-8"))["exercise"]]


def _read(*, zh: str, en: str, said_zh: str, said_en: str, **facts: Any) -> Exercise:
    facts |= {"posts": tuple(facts["posts"]), "problems": frozenset(facts.get("problems", ()))}
    return Exercise(name=Bilingual(zh, en), said=Bilingual(said_zh, said_en), **facts)


def begin(key: str, *, by: Officer) -> Exercise:
    """Begin an exercise, or begin it anew. Raises Incomplete when there is none of that name."""
    found = next((one for one in exercises() if one.key == key), None)
    if found is None:
        raise Incomplete("请选择一个练习。")
    newest = db.session.scalar(select(func.max(Lead.id))) or 0
    db.session.add(ExerciseStart(officer_id=by.id, exercise=key, after=newest))
    return found


def tried(officer: Officer, at: datetime) -> list[Tried]:
    """Every exercise with the officer's latest try at it."""
    answers = dict(_answers(officer))
    return [_tried(one, answers, at) for one in exercises()]


def _tried(exercise: Exercise, answers: dict[str, Lead | None], at: datetime) -> Tried:
    lead = answers.get(exercise.key)
    points = tuple(grade(exercise, lead, at)) if lead else ()
    return Tried(exercise, exercise.key in answers, lead, points)


def _answers(officer: Officer) -> Iterator[tuple[str, Lead | None]]:
    """What was registered between one start and the next, the latest start last."""
    starts = list(db.session.scalars(select(ExerciseStart).filter_by(officer_id=officer.id).order_by(ExerciseStart.id)))
    first = starts[0].after if starts else 0
    own = visible_to(officer).where(Lead.registered_by_id == officer.id, Lead.id > first).order_by(None)
    own = own.where(Lead.notice == editions.notice().key)
    leads = list(db.session.scalars(own.order_by(Lead.id))) if starts else []
    ends = [*(start.after for start in starts[1:]), None]
    for start, end in zip(starts, ends, strict=False):
        since = (one for one in leads if one.id > start.after and (end is None or one.id <= end))
        yield start.exercise, next(since, None)


def grade(exercise: Exercise, lead: Lead, at: datetime) -> Iterator[Point]:
    """What was caught of the call; where one had to stop writing, only whether one did."""
    notice = lead.rules
    people = tuple(PersonSaid.in_post(notice.post(post), town_code=lead.town_code) for post in exercise.posts)
    due = proposal_for(Call("call", at, people, "…", town_code=lead.town_code), at)
    stop = due.secrecy is Secrecy.STUB_ONLY
    yield Point(
        Sentence("该停笔就停笔，不该停的记下来"),
        (lead.state is LeadState.STUB) is stop,
        [Sentence("停笔，只留密送件的编号") if stop else Sentence("不必停笔")],
        ["检举控告工作规则 第十五条"],
    )
    if stop or lead.state is LeadState.STUB:
        return
    yield _routed(lead, due)
    terms = [notice.term("problem_type", key) for key in sorted(exercise.problems)]
    yield Point(
        Sentence("问题类型"),
        set(lead.problems) == exercise.problems,
        [term.name for term in terms],
        sorted({term.clause for term in terms}),
    )
    clause = {question.asks_for: question.clause for question in notice.script}
    media = notice.term("supervision_trigger", "media").clause
    for what, name, is_due, basis in (
        (Sentence("身份是否保密"), "wants_secrecy", exercise.secrecy, clause.get("wants_secrecy")),
        (Sentence("是否要求答复"), "wants_answer", exercise.answer, clause.get("wants_answer")),
        (Sentence("实名还是匿名"), "named", exercise.named, clause.get("named")),
        (Sentence("媒体关注"), "media", exercise.media, media),
    ):
        yield Point(
            what,
            getattr(lead, name) is is_due,
            [Sentence("是") if is_due else Sentence("否")],
            [basis] if basis else [],
        )


def _routed(lead: Lead, due: Plan) -> Point:
    """Every person to the body that the rules choose for such a person."""
    bodies = Counter(db.session.scalars(select(Referral.body).filter_by(lead_id=lead.id)))
    wanted = Counter(decision.body for decision in due.decisions)
    names, reasons = [one.body for one in due.decisions], [one.sentence for one in due.decisions]
    return Point(Sentence("每个人的去向"), bodies == wanted, names, reasons)
