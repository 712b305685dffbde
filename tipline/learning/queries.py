"""Questions about what is learnt: the numbers of a period, and who may see which summary, improvement and action."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, Text, and_, cast, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from tipline.evidence import queries as evidence
from tipline.kit.db import db
from tipline.law import campaign
from tipline.law.campaign import Every, Period
from tipline.learning import rules, signals  # noqa: F401 (this room's signals are among all others)
from tipline.learning.figures import KINDS, figures
from tipline.learning.lifecycle import STANDING, TOLD_TO_THE_TOWN, ActionState, ImprovementState, Sort
from tipline.learning.models import ActionFile, Improvement, IssueSummary, TownAction
from tipline.learning.rules import Repeated, Tally
from tipline.office import editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Entry, Officer, Paper
from tipline.office.signals import signals as known_signals
from tipline.reports import queries as reports
from tipline.reports.figures import Figure
from tipline.reports.queries import Numbers
from tipline.reports.rules import ELSEWHERE, TOTAL, Part, Span, Times

ROWS = 50

evidence.holders.append(ActionFile)


# --- the numbers of a period


def periods(today: date) -> list[Period]:
    """Every period that is summed up, the running one first; none where the notice asks for no summary."""
    duty = editions.notice().learning.summary
    return list(campaign.periods(duty, today))[::-1] if duty else []


def is_over(period: Period, today: date) -> bool:
    return period.ends.last < today


def times_of(period: Period, on: date) -> Times:
    """The times of a period as seen on that day."""
    duty = editions.notice().learning.summary
    return reports.times_of(period.ends, on, 3 if duty and duty.every is Every.QUARTER else 1)


def count(times: Times) -> Numbers:
    """Every figure of the period as the rows give it now, counted like those of the monthly report."""
    notice = editions.notice()
    return reports.count(figures(notice, times), times, [code for code, _ in reports.towns(notice)])


@dataclass(frozen=True)
class Summed:
    """The problems of one period."""

    times: Times
    numbers: Numbers
    towns: list[tuple[str, str]]
    """Code and name of the columns; what lies elsewhere stands last."""

    def number(self, figure: str, town: str = TOTAL, span: Span = Span.MONTH) -> int:
        return self.numbers.get((figure, span, town), 0)

    @property
    def figures(self) -> dict[str, Figure]:
        return {one.key: one for one in figures(editions.notice(), self.times)}

    @property
    def parts(self) -> list[tuple[Part, list[Figure]]]:
        """The kinds of problems that were met, by where they come from."""
        met = [one for one in self.figures.values() if one.part in KINDS and self.number(one.key)]
        return [(part, found) for part in KINDS if (found := [one for one in met if one.part is part])]

    @property
    def repeated(self) -> list[Repeated]:
        """What came back, in several towns or again in the same."""
        codes = [code for code, _ in self.towns if code != ELSEWHERE]
        kinds = [one.key for _, found in self.parts for one in found]

        def by_town(key: str, span: Span) -> Mapping[str, int]:
            return {code: self.number(key, code, span) for code in codes}

        tallies = [Tally(key, by_town(key, Span.MONTH), by_town(key, Span.BEFORE)) for key in kinds]
        return rules.repeated(tallies, codes)


def summed(times: Times, numbers: Numbers) -> Summed:
    """These numbers under the names of their columns."""
    return Summed(times, numbers, [*reports.towns(editions.notice()), (ELSEWHERE, ELSEWHERE)])


# --- who may see what


def summaries_visible_to(officer: Officer) -> Select[IssueSummary]:
    """The bureau all of them, under the notice one works by."""
    seen = true() if officer.may(Act.READ_SUMMARIES) else false()
    people = joinedload(IssueSummary.written_by), joinedload(IssueSummary.confirmed_by)
    of = IssueSummary.notice == editions.notice().key
    return select(IssueSummary).where(seen, of).options(*people).order_by(IssueSummary.id.desc())


def summary_of(period: Period) -> IssueSummary | None:
    query = select(IssueSummary).filter_by(notice=editions.notice().key, period=period.key)
    return db.session.scalars(query).one_or_none()


def improvements_visible_to(officer: Officer) -> Select[Improvement]:
    """The bureau all; a town what was decided upon: practices spread to it or its own, and its own gaps."""
    query = select(Improvement).options(joinedload(Improvement.place), joinedload(Improvement.summary))
    return query.where(_learnt_by(officer)).order_by(Improvement.id.desc())


def _learnt_by(officer: Officer) -> ColumnElement[bool]:
    if not officer.may(Act.READ_IMPROVEMENTS):
        return false()
    if officer.role not in TOWN_ROLES:
        return true()
    town = str(officer.office.place_code)
    spread = and_(Improvement.sort == Sort.PRACTICE, cast(Improvement.spread_to, Text).contains(f'"{town}"'))
    return and_(Improvement.state.in_(STANDING), or_(Improvement.place_code == town, spread))


def actions_visible_to(officer: Officer) -> Select[TownAction]:
    """The bureau all; a town its own, once they are decided."""
    query = select(TownAction).options(joinedload(TownAction.office), joinedload(TownAction.proposed_by))
    query = query.order_by(TownAction.id.desc())
    if not officer.may(Act.READ_ACTIONS):
        return query.where(false())
    if officer.role not in TOWN_ROLES:
        return query
    return query.where(TownAction.office_id == officer.office_id, TownAction.state.in_(TOLD_TO_THE_TOWN))


def files_visible_to(officer: Officer) -> Select[ActionFile]:
    """The files of what an officer sees."""
    seen = actions_visible_to(officer).with_only_columns(TownAction.id).order_by(None)
    return select(ActionFile).where(ActionFile.action_id.in_(seen)).options(joinedload(ActionFile.added_by))


def improvements(officer: Officer, sort: Sort | None, after: str) -> tuple[list[Improvement], str | None]:
    """A page of improvements of one kind or all, and the key after which the next begins."""
    query = improvements_visible_to(officer)
    if sort is not None:
        query = query.where(Improvement.sort == sort)
    if after:
        query = query.where(Improvement.id < select(Improvement.id).filter_by(key=after).scalar_subquery())
    rows = list(db.session.scalars(query.limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].key if len(rows) > ROWS else None


def actions(officer: Officer, after: str) -> tuple[list[TownAction], str | None]:
    """A page of actions, and the key after which the next begins."""
    query = actions_visible_to(officer)
    if after:
        query = query.where(TownAction.id < select(TownAction.id).filter_by(key=after).scalar_subquery())
    rows = list(db.session.scalars(query.limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].key if len(rows) > ROWS else None


def town_names() -> dict[str, str]:
    """The towns of every campaign by their codes."""
    return {code: name for notice in editions.campaigns() for code, name in reports.towns(notice)}


def came_of(summary: IssueSummary) -> list[Improvement]:
    """The improvements that came of a summary."""
    query = select(Improvement).where(Improvement.summary_id == summary.id).options(joinedload(Improvement.place))
    return list(db.session.scalars(query.order_by(Improvement.id).limit(ROWS)))


def adopted(limit: int = ROWS) -> list[Improvement]:
    """What is to be done by a day, the earliest first."""
    query = select(Improvement).where(Improvement.state == ImprovementState.ADOPTED, Improvement.due_on.is_not(None))
    return list(db.session.scalars(query.order_by(Improvement.due_on, Improvement.id).limit(limit)))


def history(paper: Paper) -> list[Entry]:
    """What was done to a paper, but for the looks at it."""
    reads = (Act.READ_SUMMARIES, Act.READ_IMPROVEMENTS, Act.READ_ACTIONS)
    lines = select(Entry).where(Entry.paper == paper.ref, Entry.act.not_in(reads)).order_by(Entry.seq.desc())
    shown = lines.options(joinedload(Entry.by), joinedload(Entry.office)).limit(ROWS)
    return list(db.session.scalars(shown))[::-1]


def due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How much the officer's office must have put right by that day, for the bell."""
    owed = (TownAction.office_id == officer.office_id, TownAction.state == ActionState.DECIDED, TownAction.due_on <= on)
    return select(func.count(TownAction.id)).where(*owed).scalar_subquery()


# --- the facts about a town


def facts(first: date, last: date) -> dict[str, dict[str, int]]:
    """What every signal that speaks for a ground counts, by signal and town: as many questions as there are signals."""
    asked = {name for ground in editions.notice().learning.grounds for name in ground.signals} & known_signals.keys()
    return {name: dict(known_signals[name].counts(first, last)) for name in sorted(asked)}


def since(today: date) -> date:
    """From when the facts about towns are counted: the campaign's first day."""
    return min(editions.notice().period.valid_from or date(today.year, 1, 1), today)
