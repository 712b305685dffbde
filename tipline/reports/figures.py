"""One definition per figure of the monthly report: it gives both the number and the rows behind it.

Walled and sealed leads are in no figure of anybody's: a count must not betray what a list hides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from tipline.kit.words import Bilingual, Labelled
from tipline.law.bodies import Body, RankClass
from tipline.law.entries import Term
from tipline.law.notice import Notice
from tipline.law.sanctions import Family as MeasureFamily
from tipline.leads.lifecycle import IN_THE_FIGURES
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.models import Office
from tipline.outcomes.lifecycle import SheetState
from tipline.outcomes.models import Measure, MoneyMoved, OutcomeSheet, ToleranceReview
from tipline.outcomes.queries import with_measures
from tipline.referrals.lifecycle import DONE, WITH_THE_BODY, Disposition
from tipline.referrals.models import Referral
from tipline.reports.rules import ELSEWHERE, TOTAL, Asked, Part, Span, Times
from tipline.supervision.lifecycle import OPEN
from tipline.supervision.models import SupervisedCase
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCase, TypicalCaseReport

Condition = ColumnElement[bool]
Column = InstrumentedAttribute[Any] | ColumnElement[Any]


@dataclass(frozen=True, eq=False)
class Family:
    """Rows that are counted alike: which table, what always holds, and the shell that a list may show."""

    model: type[Any]
    joins: tuple[InstrumentedAttribute[Any], ...]
    always: tuple[Condition, ...]
    town: Column
    number: Column
    state: Column
    paper: type[Any]
    """The paper on which the right to see the row hangs."""
    endpoint: str
    full: bool = False
    """Its rows tell what came of a person: whoever handles it lists them, everybody else reads the number."""

    def ask(self, *columns: Any) -> Select[Any]:
        """Those columns of every row that counts."""
        query = select(*columns).select_from(self.model)
        for way in self.joins:
            query = query.join(way)
        return query.where(*self.always)


COUNTED = (Lead.walled.is_(False), Lead.state.in_(IN_THE_FIGURES))

LEADS = Family(Lead, (), COUNTED, Lead.town_code, Lead.number, Lead.state, Lead, "leads.show")
PEOPLE = Family(
    ImplicatedPerson, (ImplicatedPerson.lead,), COUNTED, Lead.town_code, Lead.number, Lead.state, Lead, "leads.show"
)
REFERRALS = Family(
    Referral,
    (Referral.lead,),
    (*COUNTED, Referral.sealed.is_(False)),
    Lead.town_code,
    Referral.number,
    Referral.state,
    Referral,
    "referrals.show",
)
ENDED = replace(REFERRALS, endpoint="outcomes.show", full=True)
SHEETS = replace(
    ENDED,
    model=OutcomeSheet,
    joins=(OutcomeSheet.referral, Referral.lead),
    always=(*REFERRALS.always, OutcomeSheet.current.is_(True), OutcomeSheet.state == SheetState.CONCLUDED),
)
MEASURES = replace(
    SHEETS,
    model=Measure,
    joins=(Measure.sheet, *SHEETS.joins),
    always=(*SHEETS.always, Measure.draft == OutcomeSheet.draft),
)
MONEY = replace(
    SHEETS,
    model=MoneyMoved,
    joins=(MoneyMoved.sheet, *SHEETS.joins),
    always=(*SHEETS.always, MoneyMoved.draft == OutcomeSheet.draft),
)
REVIEWED = replace(ENDED, model=ToleranceReview, joins=(ToleranceReview.referral, Referral.lead))
SUPERVISED = Family(
    SupervisedCase,
    (SupervisedCase.lead,),
    COUNTED,
    Lead.town_code,
    SupervisedCase.number,
    SupervisedCase.state,
    SupervisedCase,
    "supervision.show",
)
REPORTS = Family(
    TypicalCaseReport,
    (TypicalCaseReport.office,),
    (TypicalCaseReport.state != ReportState.RETURNED,),
    Office.place_code,
    cast(TypicalCaseReport.month, Text),
    TypicalCaseReport.state,
    TypicalCaseReport,
    "typical_cases.show",
)
CASES = Family(
    TypicalCase,
    (TypicalCase.report, TypicalCaseReport.office),
    (TypicalCase.filing == TypicalCaseReport.filing, TypicalCaseReport.state != ReportState.RETURNED),
    Office.place_code,
    cast(TypicalCaseReport.month, Text),
    TypicalCaseReport.state,
    TypicalCaseReport,
    "typical_cases.show",
)


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: its name, which rows it counts, and by which moment they belong to a month.

    Without a moment it is a standing: how many there are on the day one looks.
    """

    key: str
    label: Labelled | Bilingual
    part: Part
    family: Family
    moment: InstrumentedAttribute[Any] | None
    where: Condition = field(default_factory=true)
    money: InstrumentedAttribute[Any] | None = None
    """Add up this column, in 分, instead of counting rows."""

    @property
    def value(self) -> ColumnElement[int]:
        """What one row adds to the number."""
        return literal(1) if self.money is None else func.coalesce(self.money, 0)

    def behind(self, span: Span, town: str, times: Times, towns: Iterable[str], *columns: Any) -> Select[Any]:
        """Those columns of the rows that make up the number of a span and a town."""
        return self.family.ask(*columns).where(self.where, self._within(span, times), self._there(town, towns))

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


def figures(notice: Notice, times: Times) -> tuple[Figure, ...]:
    """Every figure of the report, in the order of the page."""
    return (
        *_received(notice),
        *_handled(notice),
        *_ended(notice),
        *_supervised(),
        *_reported(),
        *_standing(times),
    )


def _received(notice: Notice) -> Iterator[Figure]:
    """What came in. The month is that of registration, so that a month that is over stays as it was."""
    at = Lead.registered_at
    yield Figure(Asked.LEADS, Asked.LEADS, Part.RECEIVED, LEADS, at)
    yield Figure(Asked.NAMED, Asked.NAMED, Part.RECEIVED, LEADS, at, Lead.named.is_(True))
    yield Figure(Asked.ANONYMOUS, Asked.ANONYMOUS, Part.RECEIVED, LEADS, at, Lead.named.is_(False))
    for term in notice.terms("channel"):
        yield Figure(f"channel.{term.key}", term.name, Part.RECEIVED, LEADS, at, Lead.channel == term.key)
    for term in notice.terms("problem_type"):
        yield Figure(f"problem.{term.key}", term.name, Part.PROBLEM, LEADS, at, _among(Lead.problems, term))
    for term in notice.terms("wrong_dibao_type"):
        yield Figure(f"wrong.{term.key}", term.name, Part.WRONG, LEADS, at, _among(Lead.wrong_dibao, term))
    for rank in RankClass:
        yield Figure(f"rank.{rank.value}", rank, Part.RANK, PEOPLE, at, ImplicatedPerson.rank_class == rank)


def _among(words: InstrumentedAttribute[list[str]], term: Term) -> Condition:
    """Whether a list of words holds this one; both engines keep the list as JSON text."""
    return cast(words, Text).contains(f'"{term.key}"', autoescape=True)


def _handled(notice: Notice) -> Iterator[Figure]:
    """What became of it: each step by the moment at which it was reached."""
    with_the_body, part = Referral.state.in_(WITH_THE_BODY), Part.HANDLING
    for body in Body:
        there = and_(with_the_body, Referral.body == body)
        yield Figure(f"body.{body.value}", body, Part.BODY, REFERRALS, Referral.handed_over_at, there)
    yield Figure(Asked.HANDED_OVER, Asked.HANDED_OVER, part, REFERRALS, Referral.handed_over_at, with_the_body)
    yield Figure(Asked.SIGNED_FOR, Asked.SIGNED_FOR, part, REFERRALS, Referral.signed_for_at, with_the_body)
    for way in Disposition:
        yield Figure(
            f"disposition.{way.value}", way, part, REFERRALS, Referral.disposed_at, Referral.disposition == way
        )
    yield Figure(Asked.CASES_FILED, Asked.CASES_FILED, part, REFERRALS, Referral.case_filed_at)
    yield Figure(Asked.CONCLUDED, Asked.CONCLUDED, part, REFERRALS, Referral.concluded_at)
    yield Figure(
        Asked.RECOVERED,
        Asked.RECOVERED,
        part,
        ENDED,
        Referral.concluded_at,
        Referral.recovered_fen > 0,
        Referral.recovered_fen,
    )
    for term in notice.terms("finding"):
        found = Referral.finding == term.key
        yield Figure(f"finding.{term.key}", term.name, Part.FINDING, REFERRALS, Referral.concluded_at, found)


FAMILIES = {
    MeasureFamily.PARTY: Part.PARTY,
    MeasureFamily.ADMIN: Part.ADMIN,
    MeasureFamily.BELOW: Part.BELOW,
    MeasureFamily.ORGANISATIONAL: Part.ORGANISATIONAL,
}


def _ended(notice: Notice) -> Iterator[Figure]:
    """What came of it, person by person: by the moment of the conclusion that stands."""
    at = Referral.concluded_at
    for asked, families in (
        (Asked.SANCTIONED, (MeasureFamily.PARTY, MeasureFamily.ADMIN)),
        (Asked.TRANSFERRED, (MeasureFamily.PROSECUTION,)),
    ):
        met = OutcomeSheet.id.in_(with_measures(*families))
        yield Figure(asked, asked, Part.OUTCOME, SHEETS, at, met)
    yield Figure(Asked.TOLERATED, Asked.TOLERATED, Part.OUTCOME, SHEETS, at, OutcomeSheet.tolerance.is_(True))
    for family, part in FAMILIES.items():
        for term in notice.terms(family.value):
            given = and_(Measure.family == family, Measure.kind == term.key)
            yield Figure(f"{family.value}.{term.key}", term.name, part, MEASURES, at, given)
    for term in notice.terms("money"):
        moved, name = MoneyMoved.kind == term.key, Bilingual(f"{term.name.zh}（元）", f"{term.name.en} (yuan)")
        yield Figure(f"money.{term.key}", name, Part.MONEY, MONEY, at, moved, MoneyMoved.amount_fen)
    for term in notice.terms("error_tolerance_decision"):
        decided = ToleranceReview.decision == term.key
        key = f"tolerance.{term.key}"
        yield Figure(key, term.name, Part.TOLERANCE, REVIEWED, ToleranceReview.decided_at, decided)


def _supervised() -> Iterator[Figure]:
    for asked, at in ((Asked.OPENED, SupervisedCase.opened_at), (Asked.RELEASED, SupervisedCase.released_at)):
        yield Figure(asked, asked, Part.SUPERVISION, SUPERVISED, at)


def _reported() -> Iterator[Figure]:
    at = TypicalCaseReport.first_filed_at
    yield Figure(Asked.REPORTS, Asked.REPORTS, Part.TYPICAL, REPORTS, at)
    yield Figure(Asked.NIL, Asked.NIL, Part.TYPICAL, REPORTS, at, TypicalCaseReport.nil.is_(True))
    yield Figure(Asked.CASES, Asked.CASES, Part.TYPICAL, CASES, at)


def running() -> Condition:
    """Referrals on which a clock can still run out."""
    return Referral.state.not_in(DONE)


def _standing(times: Times) -> Iterator[Figure]:
    """How things stand on the day one looks; not kept, so it cannot be asked of a day that is past."""
    due = Referral.due_on
    for asked, when in (
        (Asked.OVERDUE, due < times.on),
        (Asked.DUE_TODAY, due == times.on),
        (Asked.DUE_SOON, and_(due > times.on, due <= times.soon)),
    ):
        yield Figure(asked, asked, Part.STANDING, REFERRALS, None, and_(running(), when))
    opened = SupervisedCase.opened_at
    for asked, when in (
        (Asked.YOUNG, opened >= times.newest),
        (Asked.OLDER, and_(opened < times.newest, opened >= times.oldest)),
        (Asked.OLD, opened < times.oldest),
    ):
        yield Figure(asked, asked, Part.AGE, SUPERVISED, None, and_(SupervisedCase.state.in_(OPEN), when))
