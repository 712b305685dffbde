"""A list of leads read in: a verdict for every row, the same row never twice, no row half."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tipline.intake import operations
from tipline.intake.rows import COLUMNS, NEEDED, NUMBER, call_of_row, heads, registered_as
from tipline.kit import lists
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, Refused
from tipline.kit.lists import Row
from tipline.kit.words import Labelled, Sentence
from tipline.law.bodies import Secrecy
from tipline.leads import queries
from tipline.leads.call import Call
from tipline.leads.plan import check_parts
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer

LARGEST_PAGE = 1_000_000
"""Bytes of a file that the page takes; the command takes what `kit.workbooks.LARGEST` allows."""

__all__ = ["COLUMNS", "LARGEST_PAGE", "Report", "Verdict", "Verdicts", "import_leads", "read_in"]


class Verdict(Labelled):
    """What became, or would become, of a row."""

    GOOD = "good", "可以登记"
    ENTERED = "entered", "已登记"
    KNOWN = "known", "早已登记"
    REFUSED = "refused", "未登记"


@dataclass(frozen=True)
class Verdicts:
    """One row's verdict: its line, the number it has or the bodies it would go to, and what is to be said of it."""

    line: int
    verdict: Verdict
    number: str = ""
    trouble: Sentence | None = None
    bodies: tuple[Labelled, ...] = ()
    """Where a good row would go, each body once; none of one of which only the envelope is kept."""


@dataclass(frozen=True)
class Report:
    """The verdicts on all rows of a list."""

    rows: tuple[Verdicts, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def tally(self) -> dict[str, int]:
        """How many rows have each verdict."""
        return {verdict.value: self.count(verdict) for verdict in Verdict}

    @property
    def words(self) -> dict[str, Verdict]:
        """The verdicts by what is stored for them."""
        return {verdict.value: verdict for verdict in Verdict}

    @property
    def has_good(self) -> bool:
        return self.count(Verdict.GOOD) > 0


class List:
    """A list read in, as something the trail can name."""

    ref = "import"


def import_leads(path: Path, by: Officer, at: datetime) -> Report:
    """Read in a file, row by row. Does not commit. Raises Incomplete when it is no list at all."""
    return read_in(path.read_bytes(), path.name, by=by, at=at, dry=False)


def read_in(content: bytes, filename: str | None, *, by: Officer, at: datetime, dry: bool) -> Report:
    """The verdicts on every row; when `dry`, what they would be. The same rows again are found, not repeated."""
    rows = list(lists.rows(content, filename or "", heads(editions.notice())))
    _check_columns(rows)
    report = Report(tuple(_verdicts(rows, by, at, dry=dry)))
    if not dry:
        counts = {verdict.value: str(report.count(verdict)) for verdict in Verdict if verdict is not Verdict.GOOD}
        witness(Act.IMPORT_LEADS, List(), by=by, at=at, rows=str(len(rows)), **counts)
    return report


def _check_columns(rows: list[Row]) -> None:
    """A list without a row, or without what every lead has and with no number to be known by, is none."""
    if not rows:
        raise Incomplete("表头下面一行也没有。")
    told = set().union(*(row.cells for row in rows))
    missing = [column for column in NEEDED if column not in told]
    if missing and NUMBER not in told:
        raise Incomplete("表里没有“%(columns)s”这一列，列名请照写。", columns="”“".join(missing))


def _verdicts(rows: list[Row], by: Officer, at: datetime, *, dry: bool) -> Iterator[Verdicts]:
    """The same row twice is two leads, for two may have written the same; whoever looks first is told of it."""
    seen: dict[str, list[int]] = {}
    for row in rows:
        twins = seen.setdefault(row.digest, [])
        twins.append(row.line)
        verdict = _verdict(row, f"{row.digest}#{len(twins)}", by, at, dry=dry)
        if verdict.verdict is Verdict.GOOD and len(twins) > 1:
            alike = Sentence("与第%(line)s行一字不差，会另登记一件；是重抄的，请先删去。", {"line": twins[0]})
            verdict = replace(verdict, trouble=alike)
        yield verdict


def _verdict(row: Row, token: str, by: Officer, at: datetime, *, dry: bool) -> Verdicts:
    """One row: looked up, then entered whole or not at all."""
    known = queries.of_submission(by, operations.mark_of(token, by))
    if known is not None:
        return Verdicts(row.line, Verdict.KNOWN, known.number)
    try:
        named = registered_as(row)
        if named and queries.registered_as(by, *named):
            return Verdicts(row.line, Verdict.KNOWN, named[0])
        call = call_of_row(row, editions.notice(), at)
        if dry:
            return Verdicts(row.line, Verdict.GOOD, bodies=_would_go_to(call, at))
        with db.session.begin_nested():
            lead = operations.receive_once(call, token, by=by, at=at)
    except Refused as refusal:
        return Verdicts(row.line, Verdict.REFUSED, trouble=refusal.sentence)
    return Verdicts(row.line, Verdict.ENTERED, lead.number)


def _would_go_to(call: Call, at: datetime) -> tuple[Labelled, ...]:
    proposal = operations.proposal_for(call, at)
    if proposal.secrecy is Secrecy.STUB_ONLY:
        return ()
    check_parts(call.people, proposal)
    return tuple(dict.fromkeys(decision.body for decision in proposal.decisions))
