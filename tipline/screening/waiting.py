"""What of screening waits for whom: a table to be taken, one that came back, an export in full to be allowed."""

from dataclasses import replace
from datetime import date, time
from itertools import chain

from tipline.kit.dates import at_clock
from tipline.kit.words import Sentence
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting
from tipline.screening import full_exports, queries
from tipline.screening.lifecycle import ExportState, TableState
from tipline.screening.models import FullExport, TableSubmission
from tipline.screening.operations import table_of

WAITS = {TableState.SUBMITTED: Act.ACCEPT_TABLE, TableState.RETURNED: Act.SUBMIT_TABLE}
SAYS = {
    TableState.SUBMITTED: Sentence("%(town)s报来%(table)s排查表"),
    TableState.RETURNED: Sentence("%(town)s的%(table)s排查表被退回，请改正后重新报送"),
}


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """What waits for the officer, under every notice."""
    return list(chain(*editions.each(lambda: _waiting_for(officer, today))))


def _waiting_for(officer: Officer, today: date) -> list[Waiting]:
    tables = [_table(paper) for paper in queries.submissions_seen_by(officer) if _is_for(officer, paper)]
    asked = full_exports.open_to(officer, at_clock(today, time.min)) if officer.may(Act.ALLOW_FULL_EXPORT) else []
    return tables + [_export(one) for one in asked if one.state is ExportState.ASKED]


def _is_for(officer: Officer, paper: TableSubmission) -> bool:
    return paper.state in WAITS and officer.may(WAITS[paper.state])


def _table(paper: TableSubmission) -> Waiting:
    of = table_of(paper)
    return Waiting(
        what=replace(SAYS[paper.state], values={"town": of.town.name, "table": of.population.name}),
        number="",
        act=WAITS[paper.state],
        endpoint="screening.table",
        values={"population": paper.population, "town": str(of.town.place_code)} | editions.address(),
    )


def _export(paper: FullExport) -> Waiting:
    of = table_of(paper)
    words: dict[str, object] = {"name": paper.asked_by.name, "town": of.town.name, "table": of.population.name}
    return Waiting(
        what=Sentence("%(name)s申请完整导出%(town)s的%(table)s排查表", words),
        number="",
        act=Act.ALLOW_FULL_EXPORT,
        endpoint="screening.full_export",
        values={"key": paper.key} | editions.address(),
    )
