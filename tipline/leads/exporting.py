"""The ledger as a file: the official columns, the words only where they are open, text that stays text."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tipline.kit import lists, sheets
from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.law.notice import Notice
from tipline.leads.ledger import narrowed
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.leads.queries import content_open_to
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.frame import said
from tipline.office.models import Officer, Place

SHEET = "lead_ledger"
FIRST, REPEAT = Sentence("初次件"), Sentence("重复件")
AT_ONCE = 200
WIDTHS = {
    "serial": 6,
    "lead_no": 15,
    "received_at": 17,
    "channel": 6,
    "problem_type": 18,
    "period": 14,
    "post": 16,
    "summary": 50,
}
IN_MEMORY = 4_000_000

OF_THE_SHELL = (
    "serial",
    "lead_no",
    "received_at",
    "recorder",
    "channel",
    "named",
    "duplicate",
    "town",
    "village",
    "problem_type",
    "wrong_dibao_type",
    "amount",
    "period",
)
OF_THE_CONTENT = ("implicated_person", "post", "rank_class", "party_member", "managed_by", "household", "summary")


class Ledger:
    """The ledger as something the trail can name."""

    ref = "ledger"


def export(officer: Officer, filters: Mapping[str, str], kind: str, notice: Notice, *, at: datetime) -> BinaryIO:
    """The officer's ledger within the filters, as `csv` or `xlsx`. Written in the trail, with the filters' names."""
    witness(Act.EXPORT_LEDGER, Ledger(), by=officer, at=at, format=kind, filters=",".join(sorted(filters)))
    places = {place.code: place.name for place in db.session.scalars(select(Place))}
    columns = {column.key: said(column.name) for column in notice.sheet(SHEET).columns}
    keys = [key for key in columns if key in OF_THE_SHELL + OF_THE_CONTENT]
    rows = (
        [cells[key] for key in keys]
        for cells in (_cells(serial, *found, places) for serial, found in enumerate(_leads(officer, filters, at), 1))
    )
    out = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 (the answer closes it)
    heads = [columns[key] for key in keys]
    if kind == "csv":
        _write_csv(out, heads, rows)
    else:
        widths = [WIDTHS.get(key, 10) for key in keys]
        sheets.write(out, sheets.Sheet(name=said(notice.sheet(SHEET).name), heads=heads, rows=rows, widths=widths))
    out.seek(0)
    return out


def _leads(officer: Officer, filters: Mapping[str, str], now: datetime) -> Iterator[tuple[Lead, bool]]:
    """Every lead of the export with whether its words are open, a few at a time."""
    query = narrowed(officer, filters).add_columns(content_open_to(officer, now))
    query = query.options(selectinload(Lead.people), joinedload(Lead.registered_by)).limit(AT_ONCE)
    last: int | None = None
    while True:
        found = list(db.session.execute(query if last is None else query.where(Lead.id < last)).unique())
        for lead, opened in found:
            yield lead, bool(opened)
        if len(found) < AT_ONCE:
            return
        last = found[-1][0].id
        for lead, _ in found:
            db.session.expunge(lead)


def _cells(serial: int, lead: Lead, opened: bool, places: dict[str, str]) -> dict[str, sheets.Cell]:
    content = _content(lead) if opened else dict.fromkeys(OF_THE_CONTENT, "")
    return {
        "serial": serial,
        "lead_no": lead.number,
        "received_at": f"{local(lead.received_at):%Y-%m-%d %H:%M}",
        "recorder": lead.registered_by.name,
        "channel": _terms(lead, "channel", [lead.channel]),
        "named": _terms(lead, "named", ["named" if lead.named else "anonymous"]),
        "duplicate": said(REPEAT if lead.primary_id else FIRST),
        "town": places.get(lead.town_code or "", ""),
        "village": places.get(lead.place_code or "", ""),
        "problem_type": _terms(lead, "problem_type", lead.problems),
        "wrong_dibao_type": _terms(lead, "wrong_dibao_type", lead.wrong_dibao),
        "amount": "" if lead.amount_fen is None else f"{lead.amount_fen / 100:.2f}",
        "period": _period(lead.happened_from, lead.happened_until),
        **content,
    }


def _period(first: date | None, last: date | None) -> str:
    return " – ".join(day.isoformat() if day else "" for day in (first, last)) if first or last else ""


def _terms(lead: Lead, taxonomy: str, keys: list[str]) -> str:
    """Words of the notice under which the lead was registered."""
    return "、".join(said(lead.rules.term(taxonomy, key).name) for key in keys)


def _content(lead: Lead) -> dict[str, sheets.Cell]:
    def each(of: str) -> str:
        return "；".join(said(getattr(person, of)) for person in lead.people)

    return {
        "implicated_person": "；".join(person.name or "—" for person in lead.people),
        "post": "；".join(_post(person, lead.rules) for person in lead.people),
        "rank_class": each("rank_class"),
        "party_member": each("party_member"),
        "managed_by": each("managed_by"),
        "household": lead.household or "",
        "summary": lead.narrative or "",
    }


def _post(person: ImplicatedPerson, rules: Notice) -> str:
    named = next((post.name for post in rules.posts if post.key == person.post), None)
    return person.post_text or said(named or person.kind)


def _write_csv(out: BinaryIO, heads: list[str], rows: Iterator[list[sheets.Cell]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    text.detach()


def _harmless(cell: sheets.Cell) -> str:
    return lists.harmless(tidy(cell)) if isinstance(cell, str) else "" if cell is None else str(cell)
