"""In the rehearsal's past two calls turned out to be about the same people, and a third to hang together with them."""

from collections.abc import Iterator
from datetime import datetime

from tipline.bundles import operations, queries
from tipline.bundles.candidates import candidates
from tipline.bundles.rules import LinkKind
from tipline.kit.db import db
from tipline.leads.lifecycle import IN_TRIAGE
from tipline.leads.models import Lead
from tipline.office import roster
from tipline.office.charter import Role
from tipline.office.models import Officer

LOOKED_AT = 10


def bundle_what_is_alike(at: datetime) -> None:
    """The bureau's keeper takes two calls about the same people as one matter, and links another call with it."""
    keeper = next(officer for officer in roster.officers() if officer.role is Role.LEDGER_KEEPER)
    for repeat, first in _pairs(keeper, at):
        operations.bundle(first, [repeat], reason="两次来电反映同一人、同一件事，第二次没有留名。", by=keeper, at=at)
        other = next(lead for lead in _open(keeper, at) if lead.primary_id is None and lead is not first)
        operations.link(first, other, LinkKind.RELATED, reason="同一时期、同一做法，核查时一并留意。", by=keeper, at=at)
        return


def _pairs(keeper: Officer, at: datetime) -> Iterator[tuple[Lead, Lead]]:
    """Open calls that look like repeats, newest first, each with the earlier one."""
    for lead in _open(keeper, at):
        for candidate in candidates(lead, keeper, at):
            if candidate.repeat and candidate.lead.id < lead.id:
                yield lead, candidate.lead


def _open(keeper: Officer, at: datetime) -> list[Lead]:
    query = queries.readable(keeper, at).where(Lead.state.in_(IN_TRIAGE), Lead.walled.is_(False)).limit(LOOKED_AT)
    return list(db.session.scalars(query))
