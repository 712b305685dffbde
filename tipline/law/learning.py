"""What is learnt from what was found: how often the problems are summed up, and how towns answer for themselves."""

from dataclasses import dataclass

from tipline.kit.words import Bilingual
from tipline.law.campaign import Duty
from tipline.law.reading_campaign import read_duty
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table


@dataclass(frozen=True)
class Ground:
    """Why a town is held to account, R-38, and the signals that speak for it; whether it is met a person says."""

    key: str
    name: Bilingual
    signals: tuple[str, ...]
    """Names under which rooms answer; see `office/signals.py`."""
    clause: str
    mark: Mark


@dataclass(frozen=True)
class ActionMeasure:
    """In which way a town is held to account."""

    key: str
    name: Bilingual
    clause: str
    mark: Mark


@dataclass(frozen=True)
class LearningRules:
    """What the notice and the bureau agreed on, R-25 and R-38; a notice may say nothing of it."""

    summary: Duty | None
    """The summary of problems: how often it is written, from when, and by when."""
    grounds: tuple[Ground, ...]
    measures: tuple[ActionMeasure, ...]
    correct_days: int
    """Working days that a town has to put right what it answers for."""


def learning_rules(file: Table) -> LearningRules:
    """From the notice's file."""
    if not file.has("learning"):
        return LearningRules(None, (), (), 0)
    head = file.table("learning")
    rules = LearningRules(
        summary=read_duty(head.table("summary")),
        grounds=tuple(_ground(row) for row in head.rows("ground")),
        measures=tuple(_measure(row) for row in head.rows("measure")),
        correct_days=head.number("correct_days"),
    )
    head.done()
    if rules.summary and rules.summary.first is None:
        raise MalformedNotice("%(where)s：小结应按月或按季度，请改正", where=head.where)
    return rules


def _ground(row: Table) -> Ground:
    ground = Ground(
        row.text("key"), row.bilingual(), row.texts("signals"), row.text("clause"), row.choice("mark", Mark)
    )
    row.done()
    return ground


def _measure(row: Table) -> ActionMeasure:
    measure = ActionMeasure(row.text("key"), row.bilingual(), row.text("clause"), row.choice("mark", Mark))
    row.done()
    return measure
