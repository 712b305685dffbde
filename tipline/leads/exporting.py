"""The ledger as a file: the official columns but those that tell of people and of what they are said to have done.

Names, words, sums and dates of the facts are read on the page of a lead, where every reading is written down.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from tipline.kit import lists, sheets
from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.identity import tidy
from tipline.kit.words import Sentence
from tipline.law.notice import Notice
from tipline.leads.ledger import narrowed
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.frame import said
from tipline.office.models import Officer, Place

SHEET = "lead_ledger"
FIRST, REPEAT = Sentence("初次件"), Sentence("重复件")
AT_ONCE = 200
WIDTHS = {"serial": 6, "lead_no": 15, "received_at": 17, "channel": 6, "problem_type": 18}
IN_MEMORY = 4_000_000
OF_A_LINE = (
    "id",
    "number",
    "notice",
    "received_at",
    "registered_by_id",
    "channel",
    "named",
    "primary_id",
    "town_code",
    "place_code",
    "problems",
    "wrong_dibao",
)

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
)


class Ledger:
    """The ledger as something the trail can name."""

    ref = "ledger"


def export(officer: Officer, filters: Mapping[str, str], kind: str, notice: Notice, *, at: datetime) -> BinaryIO:
    """The officer's ledger within the filters, as `csv` or `xlsx`. Written in the trail, with the filters' names."""
    witness(Act.EXPORT_LEDGER, Ledger(), by=officer, at=at, format=kind, filters=",".join(sorted(filters)))
    places = {place.code: place.name for place in db.session.scalars(select(Place))}
    columns = {column.key: said(column.name) for column in notice.sheet(SHEET).columns}
    keys = [key for key in columns if key in OF_THE_SHELL]
    rows = (
        [cells[key] for key in keys]
        for cells in (_cells(serial, lead, places) for serial, lead in enumerate(_leads(officer, filters), 1))
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


def _leads(officer: Officer, filters: Mapping[str, str]) -> Iterator[Lead]:
    """Every lead of the export, a few at a time."""
    shell = load_only(*(getattr(Lead, name) for name in OF_A_LINE), raiseload=True)
    recorder = joinedload(Lead.registered_by).load_only(Officer.name)
    query = narrowed(officer, filters).options(shell, recorder).limit(AT_ONCE)
    last: int | None = None
    while True:
        found = list(db.session.scalars(query if last is None else query.where(Lead.id < last)))
        yield from found
        if len(found) < AT_ONCE:
            return
        last = found[-1].id
        for lead in found:
            db.session.expunge(lead)


def _cells(serial: int, lead: Lead, places: dict[str, str]) -> dict[str, sheets.Cell]:
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
    }


def _terms(lead: Lead, taxonomy: str, keys: list[str]) -> str:
    """Words of the notice under which the lead was registered."""
    return "、".join(said(lead.rules.term(taxonomy, key).name) for key in keys)


def _write_csv(out: BinaryIO, heads: list[str], rows: Iterator[list[sheets.Cell]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    text.detach()


def _harmless(cell: sheets.Cell) -> str:
    return lists.harmless(tidy(cell)) if isinstance(cell, str) else "" if cell is None else str(cell)
