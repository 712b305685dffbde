"""The figures of a summary: those of the monthly report over a longer time, and those of what inspections found."""

from collections.abc import Iterator

from sqlalchemy import and_, true

from tipline.inspections.lifecycle import FindingState
from tipline.inspections.models import Finding
from tipline.law.notice import Notice
from tipline.learning.rules import Told
from tipline.referrals.lifecycle import DONE
from tipline.referrals.models import Referral
from tipline.reports.families import FINDINGS, REFERRALS, Condition
from tipline.reports.figures import BREAKDOWNS, HANDED_OVER, Figure, Word, measures
from tipline.reports.rules import Asked, Part, Times

OF_THE_REPORT = (Asked.HANDED_OVER, Asked.CONCLUDED, Asked.FOUND_TRUE)
KINDS = (Part.PROBLEM, Part.WRONG, Part.INSPECTION)
"""The parts that are told by kind and town: of leads, and of what inspections found."""


def figures(notice: Notice, times: Times) -> list[Figure]:
    """Every figure of a summary, in the order of the page."""
    report = measures(notice)
    told = [Figure(Told.LEADS, Told.LEADS, *report[Asked.LEADS][1:])]
    told += [Figure(str(asked), *report[asked]) for asked in OF_THE_REPORT]
    ended = and_(HANDED_OVER, Referral.state.in_(DONE))
    told.append(Figure(Told.ENDED, Told.ENDED, Part.HANDLING, REFERRALS, Referral.handed_over_at, ended))
    kinds = [one for breakdown in BREAKDOWNS if breakdown.part in KINDS for one in breakdown.figures(notice)]
    return [*told, *kinds, *_of_inspections(notice, times), *_by_kind(notice)]


def _of_inspections(notice: Notice, times: Times) -> Iterator[Figure]:
    state, due = Finding.state, Finding.due_on
    for told, where, standing in (
        (Told.FOUND, true(), False),
        (Told.MENDED, state == FindingState.CONFIRMED, False),
        (Told.OPEN, state.in_((FindingState.DEMANDED, FindingState.DONE)), True),
        (Told.LATE, and_(state == FindingState.DEMANDED, due < times.on), True),
    ):
        moment = None if standing else Finding.recorded_at
        yield Figure(told, told, Part.STANDING if standing else Part.OUTCOME, FINDINGS, moment, where)


def _by_kind(notice: Notice) -> Iterator[Figure]:
    rules = notice.inspection
    for term in notice.terms(rules.wrong):
        yield _found(f"found.{term.key}", term.name, and_(Finding.style.is_(False), Finding.term == term.key))
    for term in notice.terms(rules.style):
        if term.group == rules.style_group:
            yield _found(f"style.{term.key}", term.name, and_(Finding.style.is_(True), Finding.term == term.key))


def _found(key: str, name: Word, where: Condition) -> Figure:
    return Figure(key, name, Part.INSPECTION, FINDINGS, Finding.recorded_at, where)
