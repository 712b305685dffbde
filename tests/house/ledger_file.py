"""A ledger as offices keep it in their own workbooks: every column of the official sheet that the house can read in."""

import csv
import io
from collections.abc import Iterable

from sqlalchemy import select

from tipline.kit import lists, sheets
from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.identity import tidy
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.office.frame import said
from tipline.office.models import Place


def written(leads: Iterable[Lead], kind: str) -> bytes:
    """The leads as a file of that kind, in the language of whoever asks."""
    leads = list(leads)
    sheet = leads[0].rules.sheet("lead_ledger")
    places = {place.code: place.name for place in db.session.scalars(select(Place))}
    lines = [cells_of(lead, places) for lead in leads]
    columns = [column for column in sheet.columns if column.key in lines[0]]
    heads, rows = [said(column.name) for column in columns], [[one[column.key] for column in columns] for one in lines]
    out = io.BytesIO()
    if kind == "csv":
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        csv.writer(text).writerows([heads, *([lists.harmless(tidy(cell)) for cell in row] for row in rows)])
        text.detach()
    else:
        sheets.write(out, sheets.Sheet(name=said(sheet.name), heads=heads, rows=rows, widths=[12] * len(heads)))
    return out.getvalue()


def cells_of(lead: Lead, places: dict[str, str]) -> dict[str, str]:
    def each(of: str) -> str:
        return "；".join(said(getattr(person, of)) for person in lead.people)

    def terms(taxonomy: str, keys: Iterable[str]) -> str:
        return "、".join(said(lead.rules.term(taxonomy, key).name) for key in keys)

    since, until = lead.happened_from, lead.happened_until
    return {
        "lead_no": lead.number,
        "received_at": f"{local(lead.received_at):%Y-%m-%d %H:%M}",
        "channel": terms("channel", [lead.channel]),
        "named": terms("named", ["named" if lead.named else "anonymous"]),
        "implicated_person": "；".join(person.name or "—" for person in lead.people),
        "post": "；".join(post_of(person) for person in lead.people),
        "rank_class": each("rank_class"),
        "party_member": each("party_member"),
        "managed_by": each("managed_by"),
        "town": places.get(lead.town_code or "", ""),
        "village": places.get(lead.place_code or "", ""),
        "household": lead.household or "",
        "problem_type": terms("problem_type", lead.problems),
        "wrong_dibao_type": terms("wrong_dibao_type", lead.wrong_dibao),
        "amount": "" if lead.amount_fen is None else f"{lead.amount_fen / 100:.2f}",
        "period": " – ".join(day.isoformat() if day else "" for day in (since, until)) if since or until else "",
        "summary": lead.narrative or "",
    }


def post_of(person: ImplicatedPerson) -> str:
    named = next((post.name for post in person.lead.rules.posts if post.key == person.post), None)
    return person.post_text or said(named or person.kind)
