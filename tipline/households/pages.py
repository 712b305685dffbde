"""The rows of the view, each as its own room shows it to this officer, with its link and its ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from tipline.households.queries import MOST, Search
from tipline.households.rules import WEAK, Ground
from tipline.kit.dates import day_of
from tipline.kit.words import Bilingual, Labelled
from tipline.law.registers import Part
from tipline.office import editions
from tipline.office.frame import said
from tipline.publicity.models import Posting
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
    return Row(
        kind=_("比对结果"),
        name=hit.number,
        url=url_for("relatives.hit", key=hit.key),
        said=[hit.level],
        on=day_of(hit.found_at),
        ground=ground,
        state=hit.state,
    )


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
    for review, ground in search.reviews():
        yield Row(
            kind=_("资格复核"),
            name=review.number,
            url=url_for("eligibility.show", key=review.key),
            said=[review.handler.name, *([review.last_opinion.outcome] if review.last_opinion else [])],
            on=day_of(review.opened_at),
            ground=ground,
            state=review.state,
            ref=review.ref,
        )
    if not complaints:
        return
    for lead, ground in search.leads(now):
        yield Row(
            kind=_("线索"),
            name=lead.number,
            url=url_for("leads.show", key=lead.key),
            said=[lead.office.name],
            on=day_of(lead.received_at),
            ground=ground,
            state=lead.state,
            ref=lead.ref,
        )
    for referral, ground in search.referrals(now):
        yield Row(
            kind=_("办理"),
            name=referral.number,
            url=url_for("referrals.show", key=referral.key),
            said=[referral.to.name],
            on=day_of(referral.lead.received_at),
            ground=ground,
            state=referral.state,
            ref=referral.ref,
        )
