"""Rows that are counted alike, and where the right to see them hangs.

Walled and sealed leads are in no family, and so in no figure of anybody's: a count must not betray what a list hides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, literal, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tipline.circulars.lifecycle import CircularState, EducationState
from tipline.circulars.models import Circular, CircularReading, Education
from tipline.hotline.lifecycle import TestState
from tipline.hotline.models import DialTest, HotlineLine, MissedCall
from tipline.inspections.lifecycle import TOLD_TO_THE_TOWN
from tipline.inspections.models import Finding, Inspection
from tipline.kit.db import db
from tipline.leads.lifecycle import IN_THE_FIGURES
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office import editions
from tipline.office.models import Office
from tipline.outcomes.lifecycle import SheetState
from tipline.outcomes.models import DibaoCorrection, Measure, MoneyMoved, OutcomeSheet, ToleranceReview
from tipline.referrals.models import Referral
from tipline.relatives.models import RegisterEntry
from tipline.reports.rules import Span, Times
from tipline.screening.models import ScreeningRecord
from tipline.supervision.models import SupervisedCase
from tipline.triage.models import PassedOn, Refusal
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.models import TypicalCase, TypicalCaseReport

if TYPE_CHECKING:
    from tipline.reports.figures import Figure

Condition = ColumnElement[bool]
Column = InstrumentedAttribute[Any] | ColumnElement[Any]
Tallied = tuple[str | None, str, Sequence[int]]
"""A town, a span, and one number for every figure that was asked."""


@dataclass(frozen=True, eq=False)
class Family:
    """Rows that are counted alike: which table, what always holds, and the shell that a list may show."""

    model: type[Any]
    joins: tuple[InstrumentedAttribute[Any], ...]
    always: tuple[Condition, ...]
    of: Column | None
    """The key of the notice under which it is; None for what is the office's, whatever the notice."""
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

    def under(self, notice: str, *columns: Any) -> Select[Any]:
        """Those columns of every row that counts under one notice."""
        return self.ask(*columns).where(true() if self.of is None else self.of == notice)

    def tally(self, asked: Sequence["Figure"], times: Times) -> Iterator[Tallied]:
        """Figures of one moment by town and span, in one question."""
        moment = asked[0].moment
        sums = [func.sum(case((figure.where, figure.value), else_=0)) for figure in asked]
        shell = (self.town.label("town"), _span(moment, times).label("span"))
        query = self.under(editions.notice().key, *shell, *sums).group_by("town", "span")
        for code, span, *values in db.session.execute(query if moment is None else query.where(moment < times.end)):
            yield code, span, [int(value) for value in values]  # PostgreSQL adds up to a Decimal


def _span(moment: Column | None, times: Times) -> Any:
    if moment is None:
        return literal(Span.MONTH.value)
    since, until = times.year_ago
    return case(
        (moment >= times.first, Span.MONTH.value),
        (moment >= times.before, Span.BEFORE.value),
        (and_(moment >= since, moment < until), Span.YEAR_AGO.value),
        else_=Span.ALL.value,
    )


COUNTED = (Lead.walled.is_(False), Lead.state.in_(IN_THE_FIGURES))

LEADS = Family(Lead, (), COUNTED, Lead.notice, Lead.town_code, Lead.number, Lead.state, Lead, "leads.show")
PEOPLE = replace(LEADS, model=ImplicatedPerson, joins=(ImplicatedPerson.lead,))
REFUSALS = replace(LEADS, model=Refusal, joins=(Refusal.lead,))
PASSED_ON = replace(LEADS, model=PassedOn, joins=(PassedOn.lead,))
REFERRALS = Family(
    Referral,
    (Referral.lead, Referral.person),
    (*COUNTED, Referral.sealed.is_(False)),
    Lead.notice,
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
    joins=(OutcomeSheet.referral, *REFERRALS.joins),
    always=(*REFERRALS.always, OutcomeSheet.current.is_(True), OutcomeSheet.state == SheetState.CONCLUDED),
)


def _of_the_sheet(model: type[Measure] | type[MoneyMoved] | type[DibaoCorrection]) -> Family:
    """The rows of a concluded sheet as they stand."""
    always = (*SHEETS.always, model.draft == OutcomeSheet.draft)
    return replace(SHEETS, model=model, joins=(model.sheet, *SHEETS.joins), always=always)


MEASURES, MONEY = _of_the_sheet(Measure), _of_the_sheet(MoneyMoved)
CORRECTIONS = _of_the_sheet(DibaoCorrection)
REVIEWED = replace(ENDED, model=ToleranceReview, joins=(ToleranceReview.referral, *REFERRALS.joins))
SUPERVISED = Family(
    SupervisedCase,
    (SupervisedCase.lead,),
    COUNTED,
    Lead.notice,
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
    TypicalCaseReport.notice,
    Office.place_code,
    cast(TypicalCaseReport.month, Text),
    TypicalCaseReport.state,
    TypicalCaseReport,
    "typical_cases.show",
)
CASES = replace(
    REPORTS,
    model=TypicalCase,
    joins=(TypicalCase.report, TypicalCaseReport.office),
    always=(*REPORTS.always, TypicalCase.filing == TypicalCaseReport.filing),
)
CIRCULATED = Family(
    Circular,
    (Circular.office,),
    (Circular.state == CircularState.ISSUED,),
    Circular.notice,
    Office.place_code,
    Circular.doc_no,
    Circular.state,
    Circular,
    "circulars.show",
)
_earlier = aliased(CircularReading)
READ = replace(
    CIRCULATED,
    model=CircularReading,
    joins=(CircularReading.circular, CircularReading.office),
    always=(
        *CIRCULATED.always,
        ~select(_earlier.id)
        .where(_earlier.circular_id == CircularReading.circular_id, _earlier.office_id == CircularReading.office_id)
        .where(_earlier.id < CircularReading.id)
        .exists(),
    ),
)
"""A town has read once its first officer has."""
TAUGHT = Family(
    Education,
    (Education.office,),
    (Education.state == EducationState.RECORDED,),
    Education.notice,
    Office.place_code,
    cast(Education.held_on, Text),
    Education.state,
    Education,
    "circulars.show_education",
)
SCREENED = Family(
    ScreeningRecord,
    (ScreeningRecord.office,),
    (),
    ScreeningRecord.notice,
    Office.place_code,
    literal("№").concat(cast(ScreeningRecord.position, Text)),
    ScreeningRecord.conclusion,
    ScreeningRecord,
    "screening.show",
)
FINDINGS = Family(
    Finding,
    (Finding.inspection, Finding.office),
    (Finding.state.in_(TOLD_TO_THE_TOWN),),  # before, a town's number would betray what its list hides
    Inspection.notice,
    Office.place_code,
    Finding.number,
    Finding.state,
    Finding,
    "inspections.show_finding",
)
DIALLED = Family(
    DialTest,
    (DialTest.line, HotlineLine.office),
    (DialTest.state == TestState.DONE,),
    None,
    Office.place_code,
    HotlineLine.number,
    DialTest.state,
    DialTest,
    "hotline.test",
)
MISSED_CALLS = replace(
    DIALLED,
    model=MissedCall,
    joins=(MissedCall.line, HotlineLine.office),
    always=(),
    state=MissedCall.state,
    paper=HotlineLine,  # a call itself is the operators'; that the number rang in vain is everybody's who reads it
    endpoint="hotline.show",
)
LISTED = Family(
    RegisterEntry,
    (RegisterEntry.office,),
    (RegisterEntry.ended_on.is_(None),),
    RegisterEntry.notice,
    Office.place_code,
    literal("№").concat(cast(RegisterEntry.position, Text)),
    literal(None),
    RegisterEntry,
    "relatives.show",
)
