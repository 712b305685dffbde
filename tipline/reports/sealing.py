"""Sealing a month (封账): every figure is kept as it was counted, and its hash goes into the trail.

Afterwards the report is the sealed one; the rows go on, and where they say something else it is shown beside it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.errors import NotFound, NotNow
from tipline.kit.words import Sentence
from tipline.office import editions, trail
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Entry, Officer
from tipline.office.trail import Fault
from tipline.reports import queries
from tipline.reports.lifecycle import STANDING, SealState
from tipline.reports.models import MonthSeal, SealCorrection
from tipline.reports.queries import Line, Numbers, Report
from tipline.reports.rules import SPANS, TOTAL, Across, Span
from tipline.typical_cases.rules import spoken


def propose(month: Month, *, by: Officer, at: datetime) -> MonthSeal:
    """Count a month that is over and ask for its seal. Raises NotNow."""
    if month.last >= day_of(at):
        raise NotNow("%(month)s还没有过完，不能封账。", month=spoken(month))
    if seal_of(month) is not None:
        raise NotNow("%(month)s已经提请封账或已经封账。", month=spoken(month))
    notice, times = editions.notice(), queries.times_of(month, day_of(at))
    figures = spelled(queries.live(times))
    seal = MonthSeal(
        notice=notice.key,
        edition_digest=notice.digest,
        month=month,
        standing=f"{notice.key}/{month}",
        counted_on=times.on,
        figures=figures,
        digest=digest_of(figures),
        proposed_at=at,
        proposed_by=by,
    )
    enact(Act.PROPOSE_SEAL, seal, by=by, at=at, **_asked(seal))
    db.session.add(seal)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才有人先提请了封账，请刷新后再看。") from None
    return seal


def _asked(seal: MonthSeal) -> dict[str, str]:
    """What the trail keeps of a seal that is asked for: every column by which it is found and read."""
    return {
        "month": str(seal.month),
        "digest": seal.digest,
        "notice": seal.notice,
        "edition": seal.edition_digest,
        "counted_on": seal.counted_on.isoformat(),
    }


def confirm(seal: MonthSeal, *, by: Officer, at: datetime) -> None:
    """Seal the month with the figures that were counted when it was asked for; for good."""
    enact(Act.CONFIRM_SEAL, seal, by=by, at=at, month=str(seal.month), digest=seal.digest)
    seal.decided_by, seal.decided_at = by, at


def decline(seal: MonthSeal, *, reason: str, by: Officer, at: datetime) -> None:
    """Leave the month open; it may be asked for again."""
    enact(Act.DECLINE_SEAL, seal, by=by, at=at, note=reason, month=str(seal.month))
    seal.decided_by, seal.decided_at, seal.standing = by, at, None


def correct(
    seal: MonthSeal, figure: str, span: Span, town: str, becomes: int, *, reason: str, by: Officer, at: datetime
) -> SealCorrection:
    """Enter what a sealed figure should have been; the sealed one stays. Raises NotFound and NotNow."""
    numbers = corrected(seal)
    if (figure, Span.MONTH, TOTAL) not in numbers:
        raise NotFound("封账的月报里没有这个数字。")
    was = numbers.get((figure, span, town), 0)
    if was == becomes:
        raise NotNow("与现有数字相同，不用更正。")
    new = SealCorrection(figure=figure, span=span, town=town, was=was, becomes=becomes, entered_at=at, entered_by=by)
    new.reason = reason
    enact(Act.CORRECT_SEALED, seal, by=by, at=at, note=reason, **_facts(new))
    seal.corrections.append(new)
    return new


def _facts(one: SealCorrection) -> dict[str, str]:
    return {
        "figure": one.figure,
        "span": one.span.value,
        "town": one.town,
        "was": str(one.was),
        "becomes": str(one.becomes),
    }


def seal_of(month: Month) -> MonthSeal | None:
    """The seal of a month that stands or waits for its second person, under the notice one works by."""
    query = select(MonthSeal).filter_by(notice=editions.notice().key, month=month)
    query = query.where(MonthSeal.state.in_(STANDING)).options(
        joinedload(MonthSeal.proposed_by),
        joinedload(MonthSeal.decided_by),
        selectinload(MonthSeal.corrections).joinedload(SealCorrection.entered_by),
    )
    return db.session.scalars(query).one_or_none()


def sealed(month: Month) -> MonthSeal | None:
    """The seal of a month that is sealed."""
    seal = seal_of(month)
    return seal if seal and seal.is_sealed else None


def sealed_months() -> list[MonthSeal]:
    """Every sealed month of the notice, oldest first."""
    query = select(MonthSeal).filter_by(notice=editions.notice().key, state=SealState.SEALED)
    return list(db.session.scalars(query.order_by(MonthSeal.month)))


def report(month: Month, today: date, officer: Officer | None = None, across: Iterable[Across] = Across) -> Report:
    """The month as it is told: the sealed figures where it is sealed, else those of the rows."""
    seal = sealed(month)
    return as_counted(seal, officer, across) if seal else queries.report(month, today, officer, across)


def as_counted(seal: MonthSeal, officer: Officer | None = None, across: Iterable[Across] = Across) -> Report:
    """The report with the figures that were counted when its seal was asked for."""
    with by_its_words(seal):
        columns = queries.columns_for(officer, queries.towns(editions.notice()))
        return queries.drawn(queries.times_of(seal.month, seal.counted_on), columns, read(seal.figures), across, seal)


def by_its_words(seal: MonthSeal | None) -> AbstractContextManager[object]:
    """While the words of the edition hold under which a month was counted."""
    return nullcontext() if seal is None else editions.under(seal.edition_digest)


# --- the one spelling of all figures


def spelled(numbers: Numbers) -> str:
    """Every number in one canonical spelling, so that equal figures have equal hashes."""
    told: dict[str, dict[str, dict[str, int]]] = {}
    for (figure, span, town), number in numbers.items():
        spans = told.setdefault(str(figure), {})
        if number:
            spans.setdefault(span.value, {})[str(town)] = number
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read(figures: str) -> Numbers:
    """The numbers of that spelling."""
    told = json.loads(figures)
    return {(figure, Span.MONTH, TOTAL): 0 for figure in told} | {
        (figure, SPANS[span], town): number
        for figure, spans in told.items()
        for span, towns in spans.items()
        for town, number in towns.items()
    }


def digest_of(figures: str) -> str:
    """SHA-256 of the spelling."""
    return hashlib.sha256(figures.encode()).hexdigest()


def corrected(seal: MonthSeal) -> Numbers:
    """The sealed numbers with every correction entered since."""
    numbers = read(seal.figures)
    for one in seal.corrections:
        numbers[one.figure, one.span, one.town] = one.becomes
    return numbers


# --- what the rows say since


@dataclass(frozen=True)
class Difference:
    """A figure of which the rows say today something else than the seal."""

    line: Line
    span: Span
    town: str
    name: str
    """Of the column."""
    sealed: int
    now: int


def differences(report: Report, scope: str, today: date) -> list[Difference]:
    """Where the rows say something else today. What is asked of one day only is not compared with another day."""
    live = queries.live(queries.times_of(report.month, today), ())
    columns = [(scope, dict(report.towns).get(scope, TOTAL)), *(one for one in report.towns if one[0] != scope)]
    return [
        Difference(line, span, code, name, line.number(span, code), live.get((line.figure.key, span, code), 0))
        for line in report.lines
        if not line.is_standing
        for span in (Span.MONTH, Span.ALL)
        for code, name in columns
        if line.number(span, code) != live.get((line.figure.key, span, code), 0)
    ]


def faults() -> Iterator[Fault]:
    """Seals whose figures are no longer what the trail says, and corrections that are not in it."""
    for seal in db.session.scalars(select(MonthSeal).options(selectinload(MonthSeal.corrections))):
        lines = list(db.session.scalars(select(Entry).where(Entry.paper == seal.ref).order_by(Entry.seq)))
        told = {line.facts.get("digest") for line in lines if line.act in (Act.PROPOSE_SEAL, Act.CONFIRM_SEAL)}
        asked = [line.facts for line in lines if line.act is Act.PROPOSE_SEAL]
        if told != {seal.digest} or digest_of(seal.figures) != seal.digest or asked != [_asked(seal)]:
            yield Fault(seal.last_seq, Sentence("%(ref)s：封账的数字与留痕的摘要不符", {"ref": seal.ref}))
        entered = [_facts(one) for one in seal.corrections]
        written = [line.facts for line in lines if line.act is Act.CORRECT_SEALED]
        if entered != [{name: fact for name, fact in facts.items() if name != "note"} for facts in written]:
            yield Fault(seal.last_seq, Sentence("%(ref)s：更正与留痕不符", {"ref": seal.ref}))


trail.further.append(faults)
