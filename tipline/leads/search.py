"""Search over sealed text: a blind index finds candidates, decryption decides, dates order."""

from collections.abc import Callable, Iterator

from sqlalchemy import Select, text

from tipline.kit.db import db
from tipline.kit.grams import contains, grams, wanted
from tipline.kit.vault import vault
from tipline.leads.models import Lead

CHUNK = 50
EVERYWHERE = 20_000
"""More candidates than this and a search starts from what the reader may see instead."""


def words_of(lead: Lead) -> list[str]:
    """Everything in a lead that can be searched for; who may read which word is asked afterwards."""
    people = [word for person in lead.people for word in (person.name, person.post_text, person.allegation)]
    return [word for word in (lead.number, lead.narrative, lead.household, *people) if word]


def index(lead: Lead) -> None:
    """Put a new lead into the index."""
    tokens = _tokens(lead)
    if _is_sqlite():
        db.session.execute(text("INSERT INTO lead_search (rowid, grams) VALUES (:id, :grams)"), {"id": lead.id, "grams": tokens})
    else:
        db.session.execute(
            text("INSERT INTO lead_search (lead_id, grams) VALUES (:id, array_to_tsvector(string_to_array(:grams, ' ')))"),
            {"id": lead.id, "grams": tokens},
        )


def forget(lead: Lead) -> None:
    """Take a lead out, before its words change; SQLite must be told the old words."""
    if _is_sqlite():
        remove = text("INSERT INTO lead_search (lead_search, rowid, grams) VALUES ('delete', :id, :grams)")
        db.session.execute(remove, {"id": lead.id, "grams": _tokens(lead)})
    else:
        db.session.execute(text("DELETE FROM lead_search WHERE lead_id = :id"), {"id": lead.id})


def _tokens(lead: Lead) -> str:
    found: set[str] = set()
    for word in words_of(lead):
        found |= grams(word)
    return " ".join(sorted(vault.gram(gram) for gram in found))


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def find(
    query: str, visible: Select[Lead], readable: Callable[[Lead], list[str]], *, limit: int, before: int | None = None
) -> list[Lead]:
    """The newest visible leads that really contain every run of the query in words the reader may read.

    `visible` decides the rows and `readable` the words, so that nothing hidden can move a result.
    `before` is the id after which the last page ended.
    """
    tokens = sorted(vault.gram(gram) for gram in wanted(query))
    if not tokens:
        return []
    found: list[Lead] = []
    for lead in _candidates(tokens, visible, before):
        if any(contains(word, query) for word in readable(lead)) or contains(" ".join(readable(lead)), query):
            found.append(lead)
            if len(found) == limit:
                break
    return found


def _candidates(tokens: list[str], visible: Select[Lead], before: int | None) -> Iterator[Lead]:
    """Visible candidates, newest first, a chunk at a time."""
    match = _match(tokens)
    last = before
    while True:
        chunk = visible.where(match).order_by(None).order_by(Lead.id.desc()).limit(CHUNK)
        rows = list(db.session.scalars(chunk if last is None else chunk.where(Lead.id < last)).unique())
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1].id


def _match(tokens: list[str]):  # type: ignore[no-untyped-def]
    if _is_sqlite():
        condition = text("lead.id IN (SELECT rowid FROM lead_search WHERE lead_search MATCH :tokens)")
        return condition.bindparams(tokens=" AND ".join(f'"{token}"' for token in tokens))
    condition = text("lead.id IN (SELECT lead_id FROM lead_search WHERE grams @@ CAST(:tokens AS tsquery))")
    return condition.bindparams(tokens=" & ".join(f"'{token}'" for token in tokens))
