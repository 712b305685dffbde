"""One definition per figure of the monthly report: it gives both the number and the rows behind it.

What is counted, by which moment it belongs to a month, and into which words of the notice it is broken up,
stands here as tables; a further measure or a further word is a further line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from tipline.circulars.models import Circular, CircularReading, Education
from tipline.hotline.lifecycle import CallState
from tipline.hotline.models import DialTest, MissedCall
from tipline.inspections.lifecycle import FindingState
from tipline.inspections.models import Finding
from tipline.kit.words import Bilingual, Labelled
from tipline.law.bodies import Body, RankClass
from tipline.law.notice import Notice
from tipline.law.registers import Side
from tipline.law.sanctions import Family as MeasureFamily
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office import editions
from tipline.outcomes.models import DibaoCorrection, Measure, MoneyMoved, OutcomeSheet, ToleranceReview
from tipline.outcomes.queries import with_measures
from tipline.referrals.lifecycle import DONE, WITH_THE_BODY, Disposition
from tipline.referrals.models import Referral
from tipline.relatives.models import RegisterEntry
from tipline.reports import families, owed
from tipline.reports.families import (
    CASES,
    CORRECTIONS,
    DIALLED,
    ENDED,
    FINDINGS,
    LEADS,
    LISTED,
    MEASURES,
    MISSED_CALLS,
    MONEY,
    PEOPLE,
    REFERRALS,
    REFUSALS,
    REPORTS,
    REVIEWED,
    SCREENED,
    SHEETS,
    SUPERVISED,
    Condition,
    Family,
)
from tipline.reports.owed import DutyFigure
from tipline.reports.rules import ELSEWHERE, TOTAL, Asked, Part, Span, Times
from tipline.screening.models import ScreeningRecord
from tipline.supervision.lifecycle import OPEN
from tipline.supervision.models import SupervisedCase
from tipline.triage.models import PassedOn, Refusal
from tipline.typical_cases.models import TypicalCaseReport

Word = Labelled | Bilingual
Moment = InstrumentedAttribute[Any] | None


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its name, which rows it counts, and by which moment they belong to a month.

    Without a moment it is a standing: how many there are on the day one looks.
    """

    key: str
    label: Word
    part: Part
    family: Family
    moment: Moment
    where: Condition = field(default_factory=true)
    money: InstrumentedAttribute[Any] | None = None
    """Add up this column, in 分, instead of counting rows."""
    states: Mapping[str | None, Word] = field(default_factory=dict)
    """What the states of its rows are called, where the state is a word of the notice."""

    @property
    def value(self) -> ColumnElement[int]:
        """What one row adds to the number."""
        return literal(1) if self.money is None else func.coalesce(self.money, 0)

    def behind(self, span: Span, town: str, times: Times, towns: Iterable[str], *columns: Any) -> Select[Any]:
        """Those columns of the rows that make up the number of a span and a town."""
        query = self.family.under(editions.notice().key, *columns)
        return query.where(self.where, self._within(span, times), self._there(town, towns))

    def _within(self, span: Span, times: Times) -> Condition:
        if self.moment is None:
            return true()
        since, until = times.bounds(span)
        return and_(self.moment < until, true() if since is None else self.moment >= since)

    def _there(self, town: str, towns: Iterable[str]) -> Condition:
        place = self.family.town
        if town == TOTAL:
            return true()
        return or_(place.is_(None), place.not_in(list(towns))) if town == ELSEWHERE else place == town


AnyFigure = Figure | DutyFigure
Words = Callable[[Notice], Iterable[tuple[str, Word]]]
Measured = tuple[Asked, Part, Family, Moment, Condition, InstrumentedAttribute[Any] | None]


def terms(taxonomy: str) -> Words:
    """The words of a taxonomy; a notice that has no such taxonomy breaks nothing up by it."""
    return lambda notice: [(term.key, term.name) for term in notice.taxonomies.get(taxonomy, ())]


def members(kind: type[Labelled]) -> Words:
    """The words that the house itself has for something."""
    return lambda _: [(one.value, one) for one in kind]


def in_yuan(taxonomy: str) -> Words:
    """The words of a taxonomy of money."""
    named = terms(taxonomy)
    return lambda notice: [(key, Bilingual(f"{name}（元）", f"{_english(name)} (yuan)")) for key, name in named(notice)]


def _english(name: Word) -> str:
    return name.en if isinstance(name, Bilingual) else str(name)


@dataclass(frozen=True, eq=False)
class Breakdown:
    """One measure by the words of one list: a figure for each word."""

    prefix: str
    part: Part
    family: Family
    moment: Moment
    words: Words
    where: Callable[[str], Condition]
    money: InstrumentedAttribute[Any] | None = None

    def figures(self, notice: Notice) -> Iterator[Figure]:
        for key, name in self.words(notice):
            where = self.where(key)
            yield Figure(f"{self.prefix}.{key}", name, self.part, self.family, self.moment, where, self.money)


def among(words: InstrumentedAttribute[list[str]]) -> Callable[[str], Condition]:
    """Whether a list of words holds this one; both engines keep the list as JSON text."""
    return lambda key: cast(words, Text).contains(f'"{key}"', autoescape=True)


def running() -> Condition:
    """Referrals on which a clock can still run out."""
    return Referral.state.not_in(DONE)


def found_true(notice: Notice) -> Condition:
    """Findings by which something was so, wholly or in part: those that ask for one of the four forms."""
    return Referral.finding.in_([rule.finding for rule in notice.outcomes.findings if rule.asks_form])


def _given(*families: MeasureFamily) -> Condition:
    return OutcomeSheet.id.in_(with_measures(*families))


PUNISHED = (MeasureFamily.PARTY, MeasureFamily.ADMIN)
REGISTERED, CONCLUDED = Lead.registered_at, Referral.concluded_at
HANDED_OVER = Referral.state.in_(WITH_THE_BODY)


def measures(notice: Notice) -> dict[Asked, Measured]:
    """What is counted whatever the words of the notice, by the moment at which it was reached.

    The month of a lead is that of its registration, so that a month that is over stays as it was.
    """
    part, true_ = Part.HANDLING, true()
    put_right, rung_back = Finding.state == FindingState.CONFIRMED, MissedCall.state == CallState.RUNG_BACK
    rows: tuple[Measured, ...] = (
        (Asked.LEADS, Part.RECEIVED, LEADS, REGISTERED, true_, None),
        (Asked.NAMED, Part.RECEIVED, LEADS, REGISTERED, Lead.named.is_(True), None),
        (Asked.ANONYMOUS, Part.RECEIVED, LEADS, REGISTERED, Lead.named.is_(False), None),
        (Asked.REPEATS, Part.RECEIVED, LEADS, REGISTERED, Lead.primary_id.is_not(None), None),
        (Asked.REFUSED, Part.RECEIVED, REFUSALS, Refusal.decided_at, Refusal.refused.is_(True), None),
        (Asked.PASSED_ON, Part.RECEIVED, families.PASSED_ON, PassedOn.passed_at, true_, None),
        (Asked.HANDED_OVER, part, REFERRALS, Referral.handed_over_at, HANDED_OVER, None),
        (Asked.SIGNED_FOR, part, REFERRALS, Referral.signed_for_at, HANDED_OVER, None),
        (Asked.CASES_FILED, part, REFERRALS, Referral.case_filed_at, true_, None),
        (Asked.CONCLUDED, part, REFERRALS, CONCLUDED, true_, None),
        (Asked.FOUND_TRUE, part, REFERRALS, CONCLUDED, found_true(notice), None),
        (Asked.RECOVERED, part, ENDED, CONCLUDED, Referral.recovered_fen > 0, Referral.recovered_fen),
        (Asked.SANCTIONED, Part.OUTCOME, SHEETS, CONCLUDED, _given(*PUNISHED), None),
        (Asked.TRANSFERRED, Part.OUTCOME, SHEETS, CONCLUDED, _given(MeasureFamily.PROSECUTION), None),
        (Asked.TOLERATED, Part.OUTCOME, SHEETS, CONCLUDED, OutcomeSheet.tolerance.is_(True), None),
        (Asked.OPENED, Part.SUPERVISION, SUPERVISED, SupervisedCase.opened_at, true_, None),
        (Asked.RELEASED, Part.SUPERVISION, SUPERVISED, SupervisedCase.released_at, true_, None),
        (Asked.REPORTS, Part.TYPICAL, REPORTS, TypicalCaseReport.first_filed_at, true_, None),
        (Asked.NIL, Part.TYPICAL, REPORTS, TypicalCaseReport.first_filed_at, TypicalCaseReport.nil.is_(True), None),
        (Asked.CASES, Part.TYPICAL, CASES, TypicalCaseReport.first_filed_at, true_, None),
        (Asked.CIRCULATED, Part.TYPICAL, families.CIRCULATED, Circular.issued_at, true_, None),
        (Asked.READ, Part.TYPICAL, families.READ, CircularReading.at, true_, None),
        (Asked.TAUGHT, Part.TYPICAL, families.TAUGHT, Education.recorded_at, true_, None),
        (Asked.FINDINGS, Part.INSPECTION, FINDINGS, Finding.recorded_at, true_, None),
        (Asked.RECTIFIED, Part.INSPECTION, FINDINGS, Finding.recorded_at, put_right, None),
        (Asked.DIALLED, Part.HOTLINE, DIALLED, DialTest.dialled_at, true_, None),
        (Asked.FAILED_TESTS, Part.HOTLINE, DIALLED, DialTest.dialled_at, DialTest.passed.is_(False), None),
        (Asked.MISSED_CALLS, Part.HOTLINE, MISSED_CALLS, MissedCall.rang_at, true_, None),
        (Asked.RUNG_BACK, Part.HOTLINE, MISSED_CALLS, MissedCall.rang_at, rung_back, None),
    )
    return {row[0]: row for row in rows}


def _sanctions(family: MeasureFamily, part: Part) -> Breakdown:
    def given(key: str) -> Condition:
        return and_(Measure.family == family, Measure.kind == key)

    return Breakdown(family.value, part, MEASURES, CONCLUDED, terms(family.value), given)


BREAKDOWNS = (
    Breakdown("channel", Part.RECEIVED, LEADS, REGISTERED, terms("channel"), lambda key: Lead.channel == key),
    Breakdown("problem", Part.PROBLEM, LEADS, REGISTERED, terms("problem_type"), among(Lead.problems)),
    Breakdown("wrong", Part.WRONG, LEADS, REGISTERED, terms("wrong_dibao_type"), among(Lead.wrong_dibao)),
    Breakdown(
        "rank", Part.RANK, PEOPLE, REGISTERED, members(RankClass), lambda key: ImplicatedPerson.rank_class == key
    ),
    Breakdown(
        "body",
        Part.BODY,
        REFERRALS,
        Referral.handed_over_at,
        members(Body),
        lambda key: and_(HANDED_OVER, Referral.body == key),
    ),
    Breakdown(
        "disposition",
        Part.HANDLING,
        REFERRALS,
        Referral.disposed_at,
        members(Disposition),
        lambda key: Referral.disposition == key,
    ),
    Breakdown("finding", Part.FINDING, REFERRALS, CONCLUDED, terms("finding"), lambda key: Referral.finding == key),
    Breakdown("form", Part.FORM, SHEETS, CONCLUDED, terms("form"), lambda key: cast(OutcomeSheet.form, Text) == key),
    _sanctions(MeasureFamily.PARTY, Part.PARTY),
    _sanctions(MeasureFamily.ADMIN, Part.ADMIN),
    _sanctions(MeasureFamily.BELOW, Part.BELOW),
    _sanctions(MeasureFamily.ORGANISATIONAL, Part.ORGANISATIONAL),
    Breakdown(
        "money",
        Part.MONEY,
        MONEY,
        CONCLUDED,
        in_yuan("money"),
        lambda key: MoneyMoved.kind == key,
        MoneyMoved.amount_fen,
    ),
    Breakdown(
        "correction",
        Part.CORRECTION,
        CORRECTIONS,
        CONCLUDED,
        terms("dibao_correction"),
        lambda key: DibaoCorrection.kind == key,
    ),
    Breakdown(
        "tolerance",
        Part.TOLERANCE,
        REVIEWED,
        ToleranceReview.decided_at,
        terms("error_tolerance_decision"),
        lambda key: ToleranceReview.decision == key,
    ),
)


def _first_reports(notice: Notice) -> Iterable[tuple[str, Word]]:
    """The problems, as they are called where a repeat does not count."""
    for key, name in terms("problem_type")(notice):
        yield key, Bilingual(f"{name}（首次反映）", f"{_english(name)} (first reports)")


FIRST = Breakdown(
    "first",
    Part.PROBLEM,
    LEADS,
    REGISTERED,
    _first_reports,
    lambda key: and_(among(Lead.problems)(key), Lead.primary_id.is_(None)),
)
"""What hotspots are looked for in; on no page of the report itself."""


def figures(notice: Notice, times: Times) -> tuple[AnyFigure, ...]:
    """Every figure of the report, in the order of the page."""
    measured = [Figure(str(row[0]), *row) for row in measures(notice).values()]
    broken = [figure for breakdown in BREAKDOWNS for figure in breakdown.figures(notice)]
    found: list[AnyFigure] = [*measured, *broken, *owed.FIGURES, *_screened(notice), *_filed(notice), *_standing(times)]
    order = list(Part)
    return tuple(sorted(found, key=lambda figure: order.index(figure.part)))


def _screened(notice: Notice) -> Iterator[Figure]:
    """How far screening has come, by table and conclusion, on the day one looks."""
    part = Part.SCREENING
    states: dict[str | None, Word] = {
        one.key: one.name for table in notice.screening.populations for one in table.conclusions
    } | {None: Asked.WITHOUT_CONCLUSION}
    yield Figure(Asked.SCREENED, Asked.SCREENED, part, SCREENED, None, states=states)
    open_ones = ScreeningRecord.conclusion.is_(None)
    yield Figure(Asked.WITHOUT_CONCLUSION, Asked.WITHOUT_CONCLUSION, part, SCREENED, None, open_ones, states=states)
    for table in notice.screening.populations:
        for one in table.conclusions:
            name = Bilingual(f"{table.name.zh}：{one.name.zh}", f"{table.name.en}: {one.name.en}")
            there = and_(ScreeningRecord.population == table.key, ScreeningRecord.conclusion == one.key)
            yield Figure(f"screened.{table.key}.{one.key}", name, part, SCREENED, None, there, states=states)


def _filed(notice: Notice) -> Iterator[Figure]:
    """How many relatives are filed on the day one looks."""
    filings = [one.key for one in notice.registers.registers if one.side is Side.FILING]
    yield Figure(Asked.FILED, Asked.FILED, Part.KINSHIP, LISTED, None, RegisterEntry.register.in_(filings))


def _standing(times: Times) -> Iterator[Figure]:
    """How things stand on the day one looks; not kept, so it cannot be asked of a day that is past."""
    due = Referral.due_on
    for asked, when in (
        (Asked.OVERDUE, due < times.on),
        (Asked.DUE_TODAY, due == times.on),
        (Asked.DUE_SOON, and_(due > times.on, due <= times.soon)),
    ):
        yield Figure(asked, asked, Part.STANDING, REFERRALS, None, and_(running(), when))
    at_work = and_(HANDED_OVER, running())
    for asked, when in _ages((Asked.WORK_YOUNG, Asked.WORK_OLDER, Asked.WORK_OLD), Referral.handed_over_at, times):
        yield Figure(asked, asked, Part.WORK, REFERRALS, None, and_(at_work, when))
    watched = SupervisedCase.state.in_(OPEN)
    for asked, when in _ages((Asked.YOUNG, Asked.OLDER, Asked.OLD), SupervisedCase.opened_at, times):
        yield Figure(asked, asked, Part.AGE, SUPERVISED, None, and_(watched, when))


def _ages(
    asked: tuple[Asked, ...], begun: InstrumentedAttribute[Any], times: Times
) -> Iterable[tuple[Asked, Condition]]:
    """How long ago something began: new, older, old."""
    older = and_(begun < times.newest, begun >= times.oldest)
    return zip(asked, (begun >= times.newest, older, begun < times.oldest), strict=True)
