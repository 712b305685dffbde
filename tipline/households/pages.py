"""The rows of the view, each as its own room shows it to this officer, with its link and its ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from tipline.eligibility.models import EligibilityReview
from tipline.households.queries import MOST, Search
from tipline.households.rules import WEAK, Ground
from tipline.kit.dates import day_of
from tipline.kit.words import Bilingual, Labelled
from tipline.law.registers import Part
from tipline.leads.models import Lead
from tipline.office import editions
from tipline.office.frame import said
from tipline.publicity.models import Posting
from tipline.referrals.models import Referral
from tipline.relatives.models import RegisterEntry, RegisterHit
from tipline.relatives.operations import table_of as register_of
from tipline.relatives.pages import Covers
from tipline.screening import pages as screening
from tipline.screening.models import ScreeningRecord
from tipline.screening.operations import table_of

Word = str | Bilingual | Labelled


@dataclass(frozen=True)
class Row:
    """One paper that is held to be about the household."""

    kind: Word
    name: str
    url: str
    said: list[Word]
    on: date
    ground: Ground
    state: Labelled | None = None
    ref: str = ""


@dataclass(frozen=True)
class View:
    """What is known, and what may be known; the surest ground first in each."""

    sure: list[Row]
    weak: list[Row]


def view(search: Search, opened: str, now: datetime, *, complaints: bool) -> View:
    """All rows but that of the paper it was opened from; leads and referrals only where `complaints` may be told."""
    rows = [row for found in editions.each(lambda: list(_of_the_notice(search))) for row in found]
    rows += _of_the_ledger(search, now, complaints=complaints)
    surest = list(Ground).index
    rows = sorted((row for row in rows if row.ref != opened), key=lambda row: surest(row.ground))
    return View([row for row in rows if row.ground not in WEAK], [row for row in rows if row.ground in WEAK])


def _of_the_notice(search: Search) -> Iterator[Row]:
    """What is kept by notice; its addresses say under which."""
    covers: dict[str, Covers] = {}
    for record, ground in list(search.records())[:MOST]:
        yield _record(record, ground, search)
    for entry, ground in search.entries():
        yield _entry(entry, ground, search, covers)
    for hit, ground in list(search.hits())[:MOST]:
        yield _hit(hit, ground)
    for posting, ground in search.postings():
        yield _posting(posting, ground)


def _record(record: ScreeningRecord, ground: Ground, search: Search) -> Row:
    of = table_of(record)
    name, conclusion = screening.name_and_conclusion(of, record.values, search.officer)
    gaps: list[Word] = [gate.name for gate in screening.gaps_of(record, of.notice)]
    where: list[Word] = [of.town.name, *([of.notice.title] if len(editions.campaigns()) > 1 else [])]
    return Row(
        kind=of.population.name,
        name=f"{record.number} {said(name)}",
        url=url_for("screening.show", key=record.key),
        said=[*where, conclusion or _("没有结论"), *gaps],
        on=day_of(record.changed_at),
        ground=ground,
        ref=record.ref,
    )


def _entry(entry: RegisterEntry, ground: Ground, search: Search, covers: dict[str, Covers]) -> Row:
    table, values = register_of(entry), entry.values
    key = f"{table.register.key}/{table.office.id}"
    words = covers.setdefault(key, Covers.of(table, search.officer))
    told = [words.part(values, part) for part in (Part.RELATION, Part.CADRE, Part.POST)]
    return Row(
        kind=table.register.name,
        name=f"{entry.number} {said(words.part(values, Part.NAME) or words.part(values, Part.HEAD))}",
        url=url_for("relatives.show", key=entry.key),
        said=[word for word in told if word],
        on=entry.seen_on or day_of(entry.changed_at),
        ground=Ground.LENGTHENED if entry.lengthened and ground is Ground.IDENTITY else ground,
    )


def _hit(hit: RegisterHit, ground: Ground) -> Row:
    return _paper(hit, ground, _("比对结果"), "relatives.hit", hit.level, on=hit.found_at)


def _posting(posting: Posting, ground: Ground) -> Row:
    key = f"{posting.duty}.{posting.period}.{posting.place_code}"
    return Row(
        kind=_("公示"),
        name=f"{posting.place.name} {posting.period}",
        url=url_for("publicity.show", key=key),
        said=[_("名单上有此户")],
        on=posting.latest.posted_on,
        ground=ground,
        state=posting.state,
    )


def _of_the_ledger(search: Search, now: datetime, *, complaints: bool) -> Iterator[Row]:
    for one, ground in search.reviews():
        told = [one.handler.name, *([one.last_opinion.outcome] if one.last_opinion else [])]
        yield _paper(one, ground, _("资格复核"), "eligibility.show", *told, on=one.opened_at)
    if not complaints:
        return
    for lead, ground in search.leads(now):
        yield _paper(lead, ground, _("线索"), "leads.show", lead.office.name, on=lead.received_at)
    for referral, ground in search.referrals(now):
        at = referral.lead.received_at
        yield _paper(referral, ground, _("办理"), "referrals.show", referral.to.name, on=at)


def _paper(
    paper: Lead | Referral | EligibilityReview | RegisterHit,
    ground: Ground,
    kind: str,
    door: str,
    *told: Word,
    on: datetime,
) -> Row:
    """What has a number, a state and a page of its own."""
    return Row(kind, paper.number, url_for(door, key=paper.key), list(told), day_of(on), ground, paper.state, paper.ref)
